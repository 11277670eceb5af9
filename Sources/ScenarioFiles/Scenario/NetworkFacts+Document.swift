import AWSObjects
import Documents
import NetworkModel

extension NetworkFacts {
  /// Reads `models/aws/network.yaml`, and by `table` the text and the path of the table it names;
  /// nil after reporting if a part of it is missing.
  init?(
    document: DocumentNode, file: String, sink: DiagnosticSink,
    table read: (String) -> (text: String, file: String)
  ) {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    root.ignore("apiVersion", "kind")
    let sameZone = root.required("sameZone").flatMap(Self.local)
    let otherZone = root.required("otherZone").flatMap(Self.local)
    let between = root.required("betweenRegions")
    var latencies = RegionLatencies()
    var provenance: Provenance?
    if let between, between.expectMapping() {
      if let name = between.required("table")?.string() {
        let table = read(name)
        latencies.add(table: table.text, file: table.file, sink: sink)
      }
      provenance = Self.provenance(between)
      between.reportUnknownFields()
    }
    root.reportUnknownFields()
    guard let sameZone, let otherZone, let provenance else { return nil }
    self.init(
      sameZone: sameZone, otherZone: otherZone, regions: latencies, regionsProvenance: provenance)
  }

  private static func local(_ cursor: DocumentCursor) -> Sourced<RoundTripFigures>? {
    guard cursor.expectMapping() else { return nil }
    let minimum = cursor.required("minimum")?.nonNegative()
    let mean = cursor.required("mean")?.nonNegative()
    let maximum = cursor.required("maximum")?.nonNegative()
    let deviation = cursor.required("deviation")?.nonNegative()
    let provenance = provenance(cursor)
    cursor.reportUnknownFields()
    guard let minimum, let mean, let maximum, let deviation, let provenance else { return nil }
    let figures = RoundTripFigures(
      minimum: minimum, mean: mean, maximum: maximum, deviation: deviation)
    for mistake in figures.mistakes { cursor.error(mistake) }
    return figures.mistakes.isEmpty ? Sourced(figures, provenance) : nil
  }

  private static func provenance(_ cursor: DocumentCursor) -> Provenance? {
    if let unit = cursor.required("unit"), unit.string() != "ms" {
      unit.error("the unit of a round trip is ms")
    }
    let mark = cursor.required("mark")?.word(Mark.self)
    let source = cursor.required("source")?.string()
    guard let mark, let source else { return nil }
    return Provenance(mark, source)
  }
}

extension RegionLatencies {
  /// Adds the rows of a table (`models/aws/region-rtt-ms.csv`); a bad row is reported and left out.
  mutating func add(table text: String, file: String, sink: DiagnosticSink) {
    let columns = ["min_ms", "avg_ms", "max_ms", "mdev_ms"]
    let table = DelimitedTable(
      text, file: file, required: ["source", "destination"] + columns, sink: sink)
    for row in table.rows {
      let source = row.required("source")
      let destination = row.required("destination")
      let values = columns.compactMap { row.required($0) == nil ? nil : row.double($0) }
      guard let source, let destination, values.count == columns.count else { continue }
      let figures = RoundTripFigures(
        minimum: values[0], mean: values[1], maximum: values[2], deviation: values[3])
      guard figures.mistakes.isEmpty else {
        for mistake in figures.mistakes { row.refuse("avg_ms", mistake) }
        continue
      }
      set(figures, from: source, to: destination)
    }
  }
}
