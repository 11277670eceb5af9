public import ExperimentStore

extension DesignedExperiment {
  /// The responses that must be there and that no run has.
  public func unknownResponses(among known: [String]) -> [Response] {
    let names = Set(known)
    return responses.filter { !$0.mayBeAbsent && !names.contains($0.metric) }
  }

  /// A response of a point's first runs, by replication, up to the first that is missing.
  public func values(
    of response: Int, point: Int, first count: Int = .max, in store: ExperimentStore
  ) throws(StoreFailure) -> [Double] {
    if let values = try store.values(
      of: responses[response].metric, point: point, first: count)
    {
      return values
    }
    // No run anywhere has it: nothing of it happened.
    guard responses[response].mayBeAbsent else { return [] }
    let runs = try store.values(of: "seatrial_cost_usd", point: point, first: count) ?? []
    return runs.map { _ in 0 }
  }

  /// The same as independent observations: the runs, or the means of antithetic pairs.
  public func units(
    of response: Int, point: Int, first count: Int = .max, in store: ExperimentStore
  ) throws(StoreFailure) -> [Double] {
    units(from: try values(of: response, point: point, first: count, in: store))
  }

  /// The independent observations in the runs of a point.
  func units(from values: [Double]) -> [Double] {
    guard isAntithetic else { return values }
    return stride(from: 1, to: values.count, by: 2).map { (values[$0 - 1] + values[$0]) / 2 }
  }
}
