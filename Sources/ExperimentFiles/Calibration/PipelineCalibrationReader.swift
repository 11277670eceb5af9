import Documents
import PipelineCalibration

/// Reads `spec` of an experiment of kind PipelineCalibration.
enum PipelineCalibrationReader {
  /// The plan; nil or incomplete after an error, which then is in the cursor's sink.
  static func read(_ spec: DocumentCursor, name: String) -> CalibrationPlan? {
    let seed = spec.field("seed")?.whole(in: 0...Int.max) ?? 1
    let draws = spec.required("draws")?.whole(in: 1...1_000_000_000)
    let prior = spec.required("priors").flatMap(PriorReader.read)
    var changes: [(inout CalibrationPlan) -> Void] = []
    if let share = spec.field("tolerance")?.share() { changes.append { $0.tolerance = share } }
    if let share = spec.field("goodEnough")?.share() { changes.append { $0.goodEnough = share } }
    if let steps = spec.field("podSteps")?.whole(in: 1...1_000) {
      changes.append { $0.podSteps = steps }
    }
    if let counts = spec.field("nodeCounts")?.ascending(in: 1...10_000) {
      changes.append { $0.nodeCounts = counts }
    }
    if let counts = spec.field("threadCounts")?.ascending(in: 1...2_000) {
      changes.append { $0.threadCounts = counts }
    }
    if let field = spec.field("published"), field.expectMapping() {
      let published = published(field)
      changes.append { $0.published = published }
    }
    if let field = spec.field("shape"), field.expectMapping() {
      let shape = shape(field)
      changes.append { $0.shape = shape }
    }
    spec.reportUnknownFields()
    guard let draws, let prior else { return nil }
    var plan = CalibrationPlan(name: name, seed: UInt64(seed), draws: draws, prior: prior)
    for change in changes { change(&plan) }
    return plan
  }

  private static func published(_ cursor: DocumentCursor) -> CalibrationPlan.Published {
    var published = CalibrationPlan.Published()
    if let rate = cursor.field("smallRate")?.positive() { published.smallRate = rate }
    if let rate = cursor.field("tunedRate")?.positive() { published.tunedRate = rate }
    if let count = cursor.field("untunedPerDay")?.positive() { published.untunedPerDay = count }
    if let gain = cursor.field("gain")?.positive() { published.gain = gain }
    let peak = cursor.field("peakRate")
    if let rate = peak?.positive() { published.peakRate = rate }
    if let seconds = cursor.field("burstSeconds")?.positive() { published.burstSeconds = seconds }
    cursor.reportUnknownFields()
    if published.peakRate < published.tunedRate {
      (peak ?? cursor).error("the peak is below the rate at which checks drain it")
    }
    return published
  }

  private static func shape(_ cursor: DocumentCursor) -> CalibrationPlan.Shape {
    var shape = CalibrationPlan.Shape()
    if let count = cursor.field("smallPods")?.whole(in: 1...10_000) { shape.smallPods = count }
    if let cores = cursor.field("podCores")?.positive() { shape.podCores = cores }
    if let count = cursor.field("smallNodes")?.whole(in: 1...10_000) { shape.smallNodes = count }
    if let cores = cursor.field("nodeCores")?.whole(in: 1...1_000) { shape.nodeCores = cores }
    if let count = cursor.field("largeNodes")?.whole(in: 1...10_000) { shape.largeNodes = count }
    let workers = cursor.field("workerCores")
    if let cores = workers?.positive() { shape.workerCores = cores }
    cursor.reportUnknownFields()
    if shape.workerCores < shape.podCores {
      (workers ?? cursor).error("no pod has room on \(shape.workerCores) cores")
    }
    return shape
  }
}

extension DocumentCursor {
  /// A share above 0 and below 1.
  fileprivate func share() -> Double? {
    guard let value = positive() else { return nil }
    if value < 1 { return value }
    error("must be below 1, not \(value)")
    return nil
  }

  /// Whole numbers, each above the one before; at least one.
  func ascending(in range: ClosedRange<Int>) -> [Int]? {
    let cursors = elements()
    guard !cursors.isEmpty else {
      if node.elements != nil { error("at least one number is wanted") }
      return nil
    }
    var values: [Int] = []
    for cursor in cursors {
      guard let value = cursor.whole(in: range) else { return nil }
      if let last = values.last, value <= last {
        cursor.error("must be above the one before, \(last)")
        return nil
      }
      values.append(value)
    }
    return values
  }
}
