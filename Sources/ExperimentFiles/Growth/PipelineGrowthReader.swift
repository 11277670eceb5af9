import Documents
import PipelineCalibration

/// Reads `spec` of an experiment of kind PipelineGrowth.
struct PipelineGrowthReader {
  let name: String
  /// The folder that `spec.calibration` counts from.
  let folder: String

  /// The plan; nil after an error, which then is in the cursor's sink.
  func read(_ spec: DocumentCursor) -> GrowthPlan? {
    let calibration = spec.required("calibration").flatMap(self.calibration)
    let draws = spec.field("draws")?.whole(in: 1...100_000) ?? 200
    let rates = spec.required("rates").map { ascendingNumbers($0) } ?? []
    let podCores = spec.field("podCores").map { ascendingNumbers($0) } ?? [2]
    let nodes = spec.required("nodes")?.ascending(in: 1...100_000)
    if let nodes, nodes.count != 2 {
      spec.field("nodes")?.error("two ends are wanted, such as [3, 1000]")
    }
    let threads = spec.required("threadCounts")?.ascending(in: 1...2_000)
    let workerCores = spec.required("workerCores")?.positive()
    let burstRatio = spec.field("burstRatio")?.positive() ?? 1
    let prices = spec.required("prices").flatMap(Self.prices)
    spec.reportUnknownFields()
    if let workerCores, let greatest = podCores.last, greatest > workerCores {
      spec.field("podCores")?.error("no worker of \(workerCores) cores has room for \(greatest)")
    }
    guard let calibration, let nodes, nodes.count == 2, let threads, let workerCores, let prices,
      !rates.isEmpty, !podCores.isEmpty
    else { return nil }
    return GrowthPlan(
      name: name, calibration: calibration, draws: draws, rates: rates, podCores: podCores,
      nodes: nodes[0]...nodes[1], threadCounts: threads, workerCores: workerCores,
      burstRatio: burstRatio, prices: prices)
  }

  /// Another experiment file; what is wrong in it is said of it.
  private func calibration(_ cursor: DocumentCursor) -> CalibrationPlan? {
    guard let path = cursor.string() else { return nil }
    let loaded = ExperimentLoader.load(FilePatterns.join(folder, path))
    loaded.diagnostics.forEach { cursor.sink.report($0) }
    switch loaded.experiment {
    case .pipelineCalibration(let plan): return plan
    case nil: break
    default: cursor.error("'\(path)' is no PipelineCalibration")
    }
    return nil
  }

  private static func prices(_ cursor: DocumentCursor) -> GrowthPlan.Prices? {
    guard cursor.expectMapping() else { return nil }
    let cassandra = cursor.required("cassandraHour")?.positive()
    let broker = cursor.required("brokerHour")?.positive()
    let worker = cursor.required("workerHour")?.positive()
    let control = cursor.required("controlPlaneHour")?.positive()
    let zone = cursor.required("zoneGB")?.positive()
    cursor.reportUnknownFields()
    guard let cassandra, let broker, let worker, let control, let zone else { return nil }
    return GrowthPlan.Prices(
      cassandraHour: cassandra, brokerHour: broker, workerHour: worker, controlPlaneHour: control,
      zoneGB: zone)
  }

  private func ascendingNumbers(_ cursor: DocumentCursor) -> [Double] {
    var values: [Double] = []
    for element in cursor.elements() {
      guard let value = element.positive() else { return [] }
      if let last = values.last, value <= last {
        element.error("must be above the one before, \(last)")
        return []
      }
      values.append(value)
    }
    if values.isEmpty, cursor.node.elements != nil { cursor.error("at least one number is wanted") }
    return values
  }
}
