import Documents
import ScenarioFiles

/// A factor as the file has it.
struct FactorDraft {
  /// A setting of the factor: its name in reports, and what it sets.
  struct Level {
    var value: String
    var settings: [Setting]
    /// Where the file gives it.
    var place: DocumentCursor
    /// Of a range, on its scale: the logarithm where that is logarithmic.
    var number: Double?
  }

  /// A range to be sampled.
  struct Range {
    var low: Double
    var high: Double
    var isLogarithmic: Bool
    var isWhole: Bool
    /// What follows the number, such as `Mi`.
    var unit: String
  }

  var name: String
  /// What a plain level sets; nil where each level says so itself.
  var path: String?
  /// The manifest's object that `path` leads into, such as `Deployment/web`; nil is the scenario.
  var object: String?
  var levels: [Level] = []
  var range: Range?
  var place: DocumentCursor

  /// The level of a value that is not listed.
  func level(_ value: String, _ place: DocumentCursor) -> Level {
    Level(
      value: value,
      settings: path.map { [Setting(path: $0, value: value, object: object)] } ?? [], place: place)
  }
}

/// Reads `spec.factors`.
enum FactorReader {
  private enum Scale: String, CaseIterable { case linear, log }

  /// The factors, none called like those of `names`, which theirs are added to; mistakes are in the
  /// cursors' sink.
  static func read(_ cursor: DocumentCursor, _ names: inout [String]) -> [FactorDraft] {
    cursor.elements().compactMap { factor($0, &names) }
  }

  private static func factor(_ cursor: DocumentCursor, _ names: inout [String]) -> FactorDraft? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.name(unlike: &names, columns: RunTable.columns)
    var draft = FactorDraft(name: name ?? "", place: cursor.field("path") ?? cursor)
    draft.path = cursor.field("path")?.string()
    draft.object = cursor.field("object").flatMap(object)
    if draft.object != nil, draft.path == nil { cursor.error("'object' needs a 'path' into it") }
    let levels = cursor.field("levels")
    let from = cursor.field("from")
    let to = cursor.field("to")
    let scale = cursor.field("scale")?.word(Scale.self) ?? .linear
    let isWhole = cursor.field("whole")?.bool() ?? false
    let unit = cursor.field("unit")?.string() ?? ""
    cursor.reportUnknownFields()
    if let levels {
      if from != nil || to != nil { cursor.error("give 'levels', or 'from' and 'to', not both") }
      readLevels(levels, into: &draft)
    } else if from != nil || to != nil {
      if draft.path == nil {
        cursor.error("'path' is missing: the value that 'from' and 'to' give")
      }
      draft.range = range(cursor, from, to, scale == .log, isWhole, unit)
    } else if draft.path == nil {
      cursor.error("'path' is missing: the value of the scenario that is varied")
    }
    return name == nil ? nil : draft
  }

  private static func object(_ cursor: DocumentCursor) -> String? {
    guard let text = cursor.string() else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) { return text }
    cursor.error(
      "expected a kind and a name, found \"\(text)\"", suggestion: "such as Deployment/web")
    return nil
  }

  private static func readLevels(_ cursor: DocumentCursor, into draft: inout FactorDraft) {
    var values: [String] = []
    for element in cursor.elements() {
      guard let level = level(element, draft) else { continue }
      if values.contains(level.value) { element.error("there is another level '\(level.value)'") }
      values.append(level.value)
      draft.levels.append(level)
    }
    if cursor.node.elements?.isEmpty == true { cursor.error("a factor needs a level") }
  }

  /// `{name: small, set: {PATH: VALUE, …}}`, or simply the value at the factor's path.
  private static func level(
    _ cursor: DocumentCursor, _ draft: FactorDraft
  ) -> FactorDraft.Level? {
    if let path = draft.path {
      if cursor.node["name"] != nil, cursor.node["value"] != nil {
        let name = cursor.field("name")?.string()
        let value = cursor.field("value")
        cursor.reportUnknownFields()
        guard let name, let value else { return nil }
        return FactorDraft.Level(
          value: name,
          settings: [Setting(path: path, value: FlowText.of(value.node), object: draft.object)],
          place: value)
      }
      let text = FlowText.of(cursor.node)
      return FactorDraft.Level(
        value: cursor.node.scalarText ?? text,
        settings: [Setting(path: path, value: text, object: draft.object)], place: cursor)
    }
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let entries = cursor.required("set")?.entries() ?? []
    cursor.reportUnknownFields()
    guard let name else { return nil }
    return FactorDraft.Level(
      value: name,
      settings: entries.map { Setting(path: $0.key, value: FlowText.of($0.value.node)) },
      place: cursor)
  }

  private static func range(
    _ cursor: DocumentCursor, _ from: DocumentCursor?, _ to: DocumentCursor?, _ isLog: Bool,
    _ isWhole: Bool, _ unit: String
  ) -> FactorDraft.Range? {
    if from == nil { cursor.error("'from' is missing") }
    if to == nil { cursor.error("'to' is missing") }
    guard let low = isLog ? from?.positive() : from?.finite(), let high = to?.finite() else {
      return nil
    }
    guard low < high else {
      to?.error("must be greater than 'from', \(low), not \(high)")
      return nil
    }
    if isWhole, !isPlayable(low, high, from, to, isLog) { return nil }
    return FactorDraft.Range(
      low: low, high: high, isLogarithmic: isLog, isWhole: isWhole, unit: unit)
  }

  /// Whether whole numbers lie between two, none of them too great to be exact.
  private static func isPlayable(
    _ low: Double, _ high: Double, _ from: DocumentCursor?, _ to: DocumentCursor?, _ isLog: Bool
  ) -> Bool {
    for (value, place) in [(low, from), (high, to)] where abs(value) > 0x1p53 {
      place?.error("a whole number lies within 2⁵³ of 0, not at \(value)")
      return false
    }
    if isLog, low < 1 {
      from?.error("whole numbers on a logarithmic scale begin at 1, not at \(low)")
      return false
    }
    guard low.rounded(.up) < high.rounded(.down) else {
      to?.error("there are no two whole numbers from \(low) to \(high)")
      return false
    }
    return true
  }
}
