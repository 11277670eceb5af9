import DetectionQuality
import Documents

/// Reads `spec` of an experiment of kind DetectorQuality.
struct DetectorQualityReader {
  let name: String
  /// The folder that `spec.data` counts from.
  let folder: String
  /// The folder of data that was named on the command line.
  let data: String?
  private(set) var skipped: [String] = []

  init(name: String, folder: String, data: String?) {
    self.name = name
    self.folder = folder
    self.data = data
  }

  /// More values than this in all are refused: that would take hours.
  private static let mostValues = 2_000_000_000

  /// The experiment; nil or incomplete after an error, which then is in the cursor's sink.
  mutating func read(_ spec: DocumentCursor) -> QualityExperiment? {
    let seed = spec.field("seed")?.whole(in: 0...Int.max) ?? 1
    let replications = spec.field("replications")?.whole(in: 1...1_000_000) ?? 100
    let observations = spec.field("observations")?.whole(in: 1...10_000_000) ?? 2_000
    let scoring = spec.field("scoring").map(Self.scoring) ?? .init()
    var names: [String] = []
    let variants =
      spec.required("variants")?.elements()
      .compactMap { VariantReader.read($0, taken: &names) } ?? []
    if let field = spec.field("variants"), field.node.elements?.isEmpty == true {
      field.error("there is no variant to judge")
    }
    names = []
    let streams =
      spec.field("streams")?.elements()
      .compactMap { StreamReader.read($0, observations: observations, taken: &names) } ?? []
    let values = replications.multipliedReportingOverflow(
      by: observations * max(1, streams.count))
    if values.overflow || values.partialValue > Self.mostValues {
      spec.error("more than \(Self.mostValues) values in all: fewer replications or observations")
    }
    let facts = spec.field("facts").flatMap(Self.facts)
    let runLengths = spec.field("runLengths").flatMap(Self.runLengths)
    let dataField = spec.field("data")?.string()
    let root = data ?? dataField.map { FilePatterns.join(folder, $0) } ?? folder
    names = []
    var collections: [QualityExperiment.Collection] = []
    for element in spec.field("series")?.elements() ?? [] {
      var reader = CollectionReader(root: root, limit: scoring.limit)
      if let collection = reader.read(element, taken: &names) { collections.append(collection) }
      skipped += reader.skipped
    }
    spec.reportUnknownFields()
    return QualityExperiment(
      name: name, seed: UInt64(seed), replications: replications, observations: observations,
      scoring: scoring, variants: variants, streams: streams, collections: collections,
      factDraws: facts, runLengths: runLengths)
  }

  private static func scoring(_ cursor: DocumentCursor) -> QualityExperiment.Scoring {
    var scoring = QualityExperiment.Scoring()
    guard cursor.expectMapping() else { return scoring }
    if let limit = cursor.field("limit")?.whole(in: 1...1_000_000) { scoring.limit = limit }
    if let grace = cursor.field("grace")?.whole(in: 0...1_000_000) { scoring.grace = grace }
    if let gap = cursor.field("gap")?.whole(in: 1...1_000_000) { scoring.gap = gap }
    cursor.reportUnknownFields()
    return scoring
  }

  private static func facts(_ cursor: DocumentCursor) -> Int? {
    guard cursor.expectMapping() else { return nil }
    let draws = cursor.required("draws")?.whole(in: 1...100_000_000)
    cursor.reportUnknownFields()
    return draws
  }

  private static func runLengths(_ cursor: DocumentCursor) -> (draws: Int, shifts: [Double])? {
    guard cursor.expectMapping() else { return nil }
    let draws = cursor.required("draws")?.whole(in: 2...100_000_000)
    let shifts = cursor.required("shifts")?.elements().compactMap { $0.finite() }
    cursor.reportUnknownFields()
    guard let draws, let shifts else { return nil }
    return (draws, shifts)
  }
}
