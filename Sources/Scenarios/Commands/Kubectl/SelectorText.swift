import KubernetesObjects

/// Selectors as the command line writes them.
enum SelectorText {
  /// Reads `app=web,tier!=cache,env in (a, b),!canary` (apimachinery `pkg/labels` 1.36).
  static func labels(_ value: Arguments.Value) throws(CommandError) -> LabelSelector {
    var selector = LabelSelector()
    for part in parts(value.text) {
      guard !part.isEmpty else { throw refusal(value) }
      if let requirement = setBased(part) {
        selector.matchExpressions.append(requirement)
      } else if let (key, isEqual, wanted) = equality(part) {
        guard isName(key), wanted.isEmpty || isName(wanted) else { throw refusal(value) }
        if isEqual, selector.matchLabels[key] == nil {
          selector.matchLabels[key] = wanted
        } else {
          selector.matchExpressions.append(
            LabelRequirement(key: key, operator: isEqual ? .in : .notIn, values: [wanted]))
        }
      } else if part.hasPrefix("!"), isName(trimmed(part.dropFirst())) {
        selector.matchExpressions.append(
          LabelRequirement(key: trimmed(part.dropFirst()), operator: .doesNotExist))
      } else if isName(part) {
        selector.matchExpressions.append(LabelRequirement(key: part, operator: .exists))
      } else {
        throw refusal(value)
      }
    }
    return selector
  }

  /// Reads `spec.nodeName=n1,status.phase!=Running`.
  static func fields(_ value: Arguments.Value) throws(CommandError) -> [FieldRequirement] {
    var requirements: [FieldRequirement] = []
    for part in parts(value.text) {
      guard let (field, isEqual, wanted) = equality(part) else {
        throw CommandError(
          "error: invalid field selector: '\(value.text)'; can't understand '\(part)'",
          at: value.offset, suggestion: "such as status.phase!=Running")
      }
      requirements.append(FieldRequirement(field: field, isEqual: isEqual, value: wanted))
    }
    return requirements
  }

  private static func refusal(_ value: Arguments.Value) -> CommandError {
    CommandError(
      "error: unable to parse the selector \"\(value.text)\"", at: value.offset,
      suggestion: "such as app=web,tier!=cache,env in (a,b),!canary")
  }

  /// Splits at commas outside parentheses.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(trimmed(part[...]))
        part = ""
      } else {
        part.append(character)
      }
    }
    if !trimmed(part[...]).isEmpty || !parts.isEmpty { parts.append(trimmed(part[...])) }
    return parts
  }

  private static func equality(_ part: String) -> (key: String, isEqual: Bool, value: String)? {
    guard let equals = part.firstIndex(of: "=") else { return nil }
    var key = part[..<equals]
    var isEqual = true
    if key.hasSuffix("!") {
      isEqual = false
      key = key.dropLast()
    }
    var value = part[part.index(after: equals)...]
    if isEqual, value.hasPrefix("=") { value = value.dropFirst() }
    let name = trimmed(key)
    return name.isEmpty ? nil : (name, isEqual, trimmed(value))
  }

  private static func setBased(_ part: String) -> LabelRequirement? {
    guard part.hasSuffix(")"), let open = part.firstIndex(of: "(") else { return nil }
    let words = part[..<open].split { $0.isWhitespace }
    guard words.count == 2, isName(String(words[0])), words[1] == "in" || words[1] == "notin" else {
      return nil
    }
    let values = part[part.index(after: open)...].dropLast()
      .split(separator: ",").map(trimmed)
    guard !values.isEmpty, values.allSatisfy(isName) else { return nil }
    return LabelRequirement(
      key: String(words[0]), operator: words[1] == "in" ? .in : .notIn, values: values)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F, 0x2F].contains(byte)
      }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
