/// The cheapest designs of all draws at one rate.
public struct GrowthRow: Sendable {
  /// Cores of a pod.
  public var podCores: Double
  /// Checks a second.
  public var rate: Double
  /// Draws that were looked at.
  public var draws: Int
  /// Of the draws for which there is one.
  public var designs: [GrowthDesign]
  /// Dollars for a million checks if the rate is cut into equal cells of the cheapest size, each a
  /// system of its own; of all draws.
  public var cellCosts: [Double]
  /// Checks a second of such a cell.
  public var cellRates: [Double]
}

/// What growth came to.
public struct GrowthResults: Sendable {
  public var calibration: CalibrationResults
  /// By cores of a pod, then by rate.
  public var rows: [GrowthRow]
  /// The rate at which connections double Cassandra's work, k/(β d_p); of the draws that were
  /// looked at, in their order, by cores of a pod.
  public var doubling: [(podCores: Double, rates: [Double])]
}

extension GrowthPlan {
  /// Calibrates, then looks for the cheapest design of each draw at each rate.
  ///
  /// - Parameters:
  ///   - threads: 1 for one draw after the other; nil, the default, for all processors. The
  ///     results are the same.
  ///   - progress: told how many parts of how many are done.
  public func run(
    threads: Int? = nil, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> GrowthResults {
    let calibrated = calibration.run(threads: threads, progress: progress)
    let count = min(draws, calibrated.kept.count)
    let chosen = (0..<count).map { calibrated.kept[$0 * calibrated.kept.count / count] }
    var results = GrowthResults(calibration: calibrated, rows: [], doubling: [])
    for cores in podCores {
      let capacity = PipelineCapacity(
        pods: PodTable(cores: cores, threadCounts: threadCounts),
        nodeCores: calibration.shape.nodeCores)
      let designs = IndexedBlocks.map(count, threads: threads) { draw in
        let search = GrowthSearch(self, chosen[draw].parameters, capacity)
        return rates.map { search.cheapest(rate: $0) }
      }
      results.rows += rates.indices.map { row(cores, $0, designs) }
      results.doubling.append(
        (cores, chosen.map { cores / ($0.parameters.perConnection * $0.parameters.podWork) }))
    }
    return results
  }

  private func row(_ cores: Double, _ place: Int, _ designs: [[GrowthDesign?]]) -> GrowthRow {
    var row = GrowthRow(
      podCores: cores, rate: rates[place], draws: designs.count,
      designs: designs.compactMap { $0[place] }, cellCosts: [], cellRates: [])
    for draw in designs {
      var best: (cost: Double, rate: Double)?
      for (smaller, design) in draw[...place].enumerated() {
        guard let design else { continue }
        let cells = (rates[place] / rates[smaller]).rounded(.up)
        let cost = cells * design.cost / (rates[place] * 3_600) * 1e6
        if best.map({ cost < $0.cost }) ?? true { best = (cost, rates[place] / cells) }
      }
      guard let best else { continue }
      row.cellCosts.append(best.cost)
      row.cellRates.append(best.rate)
    }
    return row
  }
}
