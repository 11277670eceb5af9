public import Documents

/// What annotators of the Turing Change Point Dataset marked: series, annotator, indices.
///
/// Source: alan-turing-institute/TCPD 83b3039, `annotations.json`.
public struct TCPDAnnotations: Sendable {
  let file: String
  /// Of each series what each annotator marked, with its place.
  private(set) var marks: [(name: String, annotators: [[Mark]])] = []

  struct Mark {
    var index: Int
    var node: DocumentNode
  }

  /// Marks of two annotators at most so far apart mean the same change.
  ///
  /// Source: G. van den Burg, C. Williams, *An evaluation of change point detection algorithms*
  /// (2020): a margin of 5.
  public static let margin = 5

  /// Reads the file of annotations; nil after saying what is wrong.
  public init?(_ text: String, file: String, sink: DiagnosticSink) {
    self.file = file
    let inner = DiagnosticSink()
    defer { SeriesFiles.forward(inner, of: file, to: sink) }
    guard let root = SeriesFiles.json(text, file: file, sink: inner),
      root.expectMapping()
    else { return nil }
    for series in root.entries() {
      let annotators = series.value.entries().map { annotator in
        annotator.value.elements().compactMap { mark -> Mark? in
          guard let index = mark.int() else { return nil }
          guard index >= 0, index <= 1_000_000_000 else {
            mark.error("an index counts from 0")
            return nil
          }
          return Mark(index: Int(index), node: mark.node)
        }
      }
      marks.append((series.key, annotators))
    }
    if inner.hasErrors { return nil }
  }

  /// The changes that at least half of the annotators of a series marked, each from the first mark
  /// to the last.
  static func agreed(_ annotators: [[Mark]]) -> [ClosedRange<Int>] {
    let marks = annotators.enumerated()
      .flatMap { annotator, marks in marks.map { (index: $0.index, annotator: annotator) } }
      .sorted { ($0.index, $0.annotator) < ($1.index, $1.annotator) }
    var groups: [[(index: Int, annotator: Int)]] = []
    for mark in marks {
      if let last = groups.last?.last, mark.index - last.index <= margin {
        groups[groups.count - 1].append(mark)
      } else {
        groups.append([mark])
      }
    }
    return groups.compactMap { group in
      let voters = Set(group.map(\.annotator)).count
      guard voters * 2 >= annotators.count, let first = group.first, let last = group.last else {
        return nil
      }
      return first.index...last.index
    }
  }
}

extension SeriesFiles {
  /// Reads a series of the Turing Change Point Dataset: `{name, n_obs, n_dim, series: [{raw}]}` of
  /// one dimension.
  ///
  /// A window is the stretch of marks that at least half of the annotators agree on; it begins
  /// where the change does. Missing values (`null`) are left out with a warning.
  public static func tcpd(
    _ text: String, file: String, annotations: TCPDAnnotations, sink: DiagnosticSink
  ) -> LabeledSeries? {
    let inner = DiagnosticSink()
    defer { forward(inner, of: file, to: sink) }
    guard let root = json(text, file: file, sink: inner), root.expectMapping() else { return nil }
    let name = root.required("name")?.string()
    let raw = values(root)
    if let count = root.field("n_obs")?.int(), let raw, Int(count) != raw.count {
      root.error("n_obs is \(count), but there are \(raw.count) values")
    }
    guard let name, let raw, !inner.hasErrors else { return nil }
    guard let marks = annotations.marks.first(where: { $0.name == name }) else {
      root.error(
        "\(annotations.file) has no annotations of '\(name)'",
        suggestion: Spelling.suggestion(for: name, among: annotations.marks.map(\.name)))
      return nil
    }
    for mark in marks.annotators.joined() where mark.index >= raw.count {
      inner.report(
        Diagnostic(
          severity: .error, file: annotations.file, line: mark.node.line, column: mark.node.column,
          path: name, message: "the index \(mark.index) is beyond the \(raw.count) values"))
    }
    if inner.hasErrors { return nil }
    let missing = raw.count { $0 == nil }
    if missing > 0 {
      root.warning(
        missing == 1
          ? "1 value is missing: it is left out"
          : "\(missing) values are missing: they are left out")
    }
    // Of each index how many values stand before it.
    var place = [0]
    for value in raw { place.append(place[place.count - 1] + (value == nil ? 0 : 1)) }
    return LabeledSeries(
      name: name, values: raw.compactMap { $0 }, times: [],
      windows: TCPDAnnotations.agreed(marks.annotators).map {
        place[$0.lowerBound]..<max(place[$0.upperBound + 1], place[$0.lowerBound] + 1)
      }, hasOnsets: true)
  }

  private static func values(_ root: DocumentCursor) -> [Double?]? {
    if let dimensions = root.field("n_dim"), let number = dimensions.int(), number != 1 {
      dimensions.error("only series of one dimension are understood")
      return nil
    }
    guard let list = root.required("series") else { return nil }
    guard let series = list.elements().first else {
      if list.node.elements != nil { list.error("there is no series") }
      return nil
    }
    guard series.expectMapping(), let raw = series.required("raw") else { return nil }
    let values = raw.elements().map { element -> Double? in
      if element.node.isNull { return nil }
      guard let value = element.double() else { return nil }
      if !value.isFinite { element.error("expected a finite number") }
      return value
    }
    if values.isEmpty, raw.node.elements != nil { raw.error("there are no values") }
    return values
  }
}
