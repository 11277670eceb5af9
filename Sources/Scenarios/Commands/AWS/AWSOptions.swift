import Documents

/// The options of an AWS command line: `--name value`, `--name=value`, lists of values separated by
/// spaces, and switches with their `--no-` forms.
struct AWSOptions {
  private var words: [ShellWords.Word]
  let end: Int
  private var values: [String: [ShellWords.Word]] = [:]
  private var switches: [String: Bool] = [:]

  // Options of the program itself; only the region means anything here.
  private static let global = [
    "region", "profile", "output", "query", "endpoint-url", "cli-read-timeout",
    "cli-connect-timeout", "color",
  ]
  private static let globalSwitches = [
    "no-cli-pager", "debug", "no-verify-ssl", "no-paginate", "no-sign-request",
  ]

  init(words: [ShellWords.Word], end: Int) {
    self.words = words
    self.end = end
  }

  mutating func takeOperand() -> ShellWords.Word? {
    guard let first = words.first, first.text?.hasPrefix("--") != true else { return nil }
    return words.removeFirst()
  }

  /// Reads the program's own options that stand before the service.
  mutating func readLeading() throws(CommandError) {
    while let text = words.first?.text, text.hasPrefix("--") {
      let word = words.removeFirst()
      let (name, inline) = Self.parts(text, word)
      if Self.globalSwitches.contains(name) { continue }
      guard Self.global.contains(name) else { throw unknown(name, word, []) }
      if let inline {
        values[name] = [inline]
      } else if let next = takeOperand() {
        values[name] = [next]
      } else {
        throw CommandError("aws: error: argument --\(name): expected one argument", at: word.offset)
      }
    }
  }

  private static func parts(
    _ text: String, _ word: ShellWords.Word
  ) -> (name: String, inline: ShellWords.Word?) {
    let pieces = text.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let inline =
      pieces.count == 2
      ? ShellWords.Word(parts: [.text(String(pieces[1]))], offset: word.offset) : nil
    return (String(pieces[0]), inline)
  }

  /// Reads the rest of the line; refuses an option that the operation does not have here.
  mutating func read(
    values single: [String] = [], lists: [String] = [], switches known: [String] = []
  ) throws(CommandError) {
    while !words.isEmpty {
      let word = words.removeFirst()
      guard let text = Self.optionText(word) else {
        throw CommandError(
          "Unknown options: \(word.text ?? "$(instances …)")", at: word.offset)
      }
      let (name, inline) = Self.parts(text, word)
      if Self.globalSwitches.contains(name) { continue }
      if known.contains(name) {
        switches[name] = true
        continue
      }
      if name.hasPrefix("no-"), known.contains(String(name.dropFirst(3))) {
        switches[String(name.dropFirst(3))] = false
        continue
      }
      let isList = lists.contains(name)
      guard isList || single.contains(name) || Self.global.contains(name) else {
        throw unknown(name, word, single + lists + known)
      }
      var found: [ShellWords.Word] = inline.map { [$0] } ?? []
      if word.parts.count > 1 {
        // `--instance-ids=$(…)` is one word of two parts.
        found = [ShellWords.Word(parts: Array(word.parts.dropFirst()), offset: word.offset)]
      }
      while found.isEmpty || (isList && inline == nil), let next = words.first,
        next.text?.hasPrefix("--") != true
      {
        found.append(words.removeFirst())
      }
      guard !found.isEmpty else {
        throw CommandError(
          "aws: error: argument --\(name): expected \(isList ? "at least one" : "one") argument",
          at: word.offset)
      }
      values[name] = found
    }
  }

  /// The word as an option, its substitution aside; nil for anything else.
  private static func optionText(_ word: ShellWords.Word) -> String? {
    guard case .text(let text)? = word.parts.first, text.hasPrefix("--") else { return nil }
    return word.parts.count == 1 || text.hasSuffix("=") ? text : nil
  }

  private func unknown(
    _ name: String, _ word: ShellWords.Word, _ known: [String]
  ) -> CommandError {
    CommandError(
      "Unknown options: --\(name)", at: word.offset,
      suggestion: Spelling.suggestion(for: name, among: known)
        ?? "understood: " + (known + ["region"]).map { "--\($0)" }.joined(separator: " "))
  }

  // MARK: What was given

  func has(_ name: String) -> Bool { values[name] != nil || switches[name] != nil }

  func isOn(_ name: String) -> Bool { switches[name] ?? false }

  /// Refuses a line without one of these, naming every one that is missing.
  func require(_ names: String...) throws(CommandError) {
    let missing = names.filter { !has($0) }
    guard !missing.isEmpty else { return }
    let list = missing.map { name in
      name.hasPrefix("should-") ? "--\(name) | --no-\(name)" : "--\(name)"
    }
    throw CommandError(
      "aws: error: the following arguments are required: \(list.joined(separator: ", "))", at: end)
  }

  func value(_ name: String) -> Arguments.Value? {
    guard let word = values[name]?.last, let text = word.text else { return nil }
    return Arguments.Value(text: text, offset: word.offset)
  }

  func required(_ name: String) throws(CommandError) -> Arguments.Value {
    try require(name)
    if let value = value(name) { return value }
    throw CommandError("--\(name) takes text", at: values[name]?.first?.offset ?? end)
  }

  /// A whole number; refuses anything else in the program's (Python's) words.
  func integer(_ name: String) throws(CommandError) -> Int? {
    guard has(name) else { return nil }
    let value = try required(name)
    if let number = Int(value.text), abs(number) <= Int(Int32.max) { return number }
    throw CommandError(
      "invalid literal for int() with base 10: '\(value.text)'", at: value.offset,
      suggestion: "--\(name) takes a whole number")
  }

  func texts(_ name: String) throws(CommandError) -> [String] {
    var texts: [String] = []
    for word in values[name] ?? [] {
      guard let text = word.text else {
        throw CommandError("--\(name) takes text", at: word.offset)
      }
      texts.append(text)
    }
    return texts
  }

  /// The values of `--instance-ids`.
  func instances() throws(CommandError) -> [InstanceReference] {
    try require("instance-ids")
    var found: [InstanceReference] = []
    for word in values["instance-ids"] ?? [] { found.append(try Self.reference(word)) }
    return found
  }

  func oneInstance(_ name: String) throws(CommandError) -> InstanceReference {
    let words = values[name] ?? []
    guard words.count == 1 else {
      throw CommandError(
        "Unknown options: \(words.dropFirst().map { $0.text ?? "$(…)" }.joined(separator: ", "))",
        at: words.dropFirst().first?.offset ?? end)
    }
    return try Self.reference(words[0])
  }

  private static func reference(
    _ word: ShellWords.Word
  ) throws(CommandError) -> InstanceReference {
    if let text = word.text { return .id(text) }
    guard word.parts.count == 1, case .instances(let group, let first) = word.parts[0] else {
      throw CommandError("$(instances …) must stand alone", at: word.offset)
    }
    return .group(group, first: first)
  }
}
