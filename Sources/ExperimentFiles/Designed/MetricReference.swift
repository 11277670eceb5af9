import Documents
import KubernetesObjects
import Traces

/// A metric's name as people write it: `name{quantile=0.99,workload="web"}`, in any order.
enum MetricReference {
  /// The name as `summary.json` has it; a mistake is reported.
  static func read(_ cursor: DocumentCursor) -> String? {
    guard let text = cursor.string() else { return nil }
    if let name = name(text) { return name.description }
    cursor.error(
      "not a metric: \"\(text)\"", suggestion: "such as name{quantile=0.99,workload=web}")
    return nil
  }

  static func name(_ text: String) -> MetricName? {
    guard let open = text.firstIndex(of: "{") else { return isName(text) ? MetricName(text) : nil }
    let name = String(text[..<open])
    guard isName(name), text.hasSuffix("}") else { return nil }
    var labels = Labels()
    var rest = text[text.index(after: open)...].dropLast()
    while !rest.isEmpty {
      guard let equals = rest.firstIndex(of: "="), equals > rest.startIndex else { return nil }
      let key = rest[..<equals].filter { $0 != " " }
      rest = rest[rest.index(after: equals)...]
      let value: Substring
      if rest.first == "\"" {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        value = rest[..<end]
        rest = rest[rest.index(after: end)...]
        guard rest.isEmpty || rest.first == "," else { return nil }
      } else {
        value = rest.prefix { $0 != "," }
        rest = rest.dropFirst(value.count)
      }
      labels[String(key)] = String(value)
      if rest.first == "," { rest = rest.dropFirst() }
    }
    return MetricName(name, labels)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0.isWhitespace || $0 == "\"" || $0 == "}" || $0 == "=" }
  }

  /// What a person may have meant: the same metric with other labels, or the nearest names.
  static func near(_ metric: String, among known: [String]) -> String? {
    func base(_ text: String) -> String { String(text.prefix { $0 != "{" }) }
    let name = base(metric)
    var candidates = known.filter { base($0) == name }
    if candidates.isEmpty {
      var bases: [String] = []
      for text in known where bases.last != base(text) { bases.append(base(text)) }
      guard let near = Spelling.nearest(to: name, among: bases) else { return nil }
      candidates = known.filter { base($0) == near }
    }
    if candidates.count == 1 { return "did you mean '\(candidates[0])'?" }
    if let near = Spelling.nearest(to: metric, among: candidates) {
      return "did you mean '\(near)'?"
    }
    let shown = candidates.prefix(5).joined(separator: ", ")
    return "there are \(shown)" + (candidates.count > 5 ? " and \(candidates.count - 5) more" : "")
  }
}
