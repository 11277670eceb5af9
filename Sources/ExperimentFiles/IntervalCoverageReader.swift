import Documents
import IntervalCoverage

/// Reads `spec` of an experiment of kind IntervalCoverage.
enum IntervalCoverageReader {
  /// The study; after an error, which then is in the cursor's sink, it is not to be run.
  static func read(_ spec: DocumentCursor) -> CoverageStudy {
    let seed = spec.field("seed")?.whole(in: 0...Int.max) ?? 1
    let macroReplications = spec.field("macroReplications")?.whole(in: 1...100_000) ?? 1_000
    var confidence = 0.95
    if let field = spec.field("confidence"), let value = field.probability() {
      if value > 0, value < 1 { confidence = value } else { field.error("must be between 0 and 1") }
    }
    spec.reportUnknownFields()
    return CoverageStudy(
      seed: UInt64(seed), macroReplications: macroReplications, confidence: confidence)
  }
}
