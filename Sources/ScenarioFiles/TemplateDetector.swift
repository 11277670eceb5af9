/// Tells text that must be rendered before it is YAML: Helm, Go templates, shell variables.
enum TemplateDetector {
  struct Finding {
    var line: Int
    var column: Int
    var message: String
    var hint: String
  }

  /// Whether a plain scalar holds a placeholder of a template.
  static func isTemplated(_ plain: String) -> Bool {
    if plain.contains("{{"), plain.contains("}}") { return true }
    guard let dollar = plain.range(of: "${") else { return false }
    return plain[dollar.upperBound...].contains("}")
  }

  /// What kind of template a placeholder is of, for the message.
  static func finding(for placeholder: String, line: Int, column: Int) -> Finding {
    if placeholder.contains("{{") {
      let isHelm = [".Values", ".Release", ".Chart", "include ", ".Capabilities"]
        .contains { placeholder.contains($0) }
      return Finding(
        line: line, column: column,
        message: "this is a template, not YAML: \(excerpt(placeholder, from: "{{"))",
        hint: isHelm
          ? "render it first: helm template NAME CHART"
          : "render it first, with helm template or its own tool")
    }
    return Finding(
      line: line, column: column,
      message: "this is a template, not YAML: \(excerpt(placeholder, from: "${"))",
      hint: "fill in the variables first: envsubst < FILE")
  }

  /// The first `{{ … }}` of the text outside comments; for texts that are not YAML.
  static func firstAction(in text: String) -> Finding? {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let start = line.range(of: "{{")?.lowerBound,
        line[start...].contains("}}"),
        !line[..<start].contains("#")
      else { continue }
      let column = line.distance(from: line.startIndex, to: start) + 1
      return finding(for: String(line[start...]), line: index + 1, column: column)
    }
    return nil
  }

  private static func excerpt(_ text: String, from mark: String) -> String {
    let start = text.range(of: mark)?.lowerBound ?? text.startIndex
    let rest = text[start...].prefix(40)
    let closing = mark == "{{" ? "}}" : "}"
    if let end = rest.range(of: closing)?.upperBound { return String(rest[..<end]) }
    return rest + "…"
  }
}

extension StringProtocol {
  /// The first place of `other`, without Foundation.
  fileprivate func range(of other: String) -> Range<Index>? { firstRange(of: other) }
}
