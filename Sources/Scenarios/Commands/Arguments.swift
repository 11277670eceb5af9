import Documents

/// The words of a command line while they are being understood.
struct Arguments {
  /// A flag's value and where it stands.
  struct Value {
    var text: String
    var offset: Int
  }

  var words: [ShellWords.Word]
  /// Where the line ends, for what is missing.
  let end: Int
  private(set) var operands: [ShellWords.Word] = []
  private var values: [String: [Value]] = [:]
  private var switches: [String: Bool] = [:]

  init(words: [ShellWords.Word], end: Int) {
    self.words = words
    self.end = end
  }

  /// The next word as an operand, before flags are read.
  mutating func takeOperand() -> ShellWords.Word? {
    guard let first = words.first, first.text?.hasPrefix("-") != true else { return nil }
    return words.removeFirst()
  }

  /// Which flags a command has: `valued` take a value, `boolean` need none.
  struct Grammar {
    var valued: [String]
    var boolean: [String]
    /// One-letter flags and what they stand for.
    var short: [Character: String]
    /// Flags of the real program that change nothing here.
    var ignored: [String] = []
    /// For messages: `kubectl scale`.
    var command: String
  }

  /// Reads the rest of the line as kubectl (pflag) does: `--flag=value`, `--flag value`, `-n
  /// value`,
  /// `-nvalue`, bare booleans, `--` before operands.
  mutating func readFlags(_ grammar: Grammar) throws(CommandError) {
    var onlyOperands = false
    while !words.isEmpty {
      let word = words.removeFirst()
      guard !onlyOperands, let text = word.text, text.hasPrefix("-"), text != "-" else {
        operands.append(word)
        continue
      }
      if text == "--" {
        onlyOperands = true
        continue
      }
      try readFlag(text, at: word.offset, grammar)
    }
  }

  private mutating func readFlag(
    _ text: String, at offset: Int, _ grammar: Grammar
  ) throws(CommandError) {
    var name: String
    var inline: String?
    if text.hasPrefix("--") {
      let parts = text.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      name = String(parts[0])
      if parts.count == 2 { inline = String(parts[1]) }
    } else {
      let letter = text.dropFirst().first ?? "-"
      guard let long = grammar.short[letter] else {
        throw CommandError(
          "error: unknown shorthand flag: '\(letter)' in \(text)", at: offset,
          suggestion: "see '\(grammar.command) --help'")
      }
      name = long
      let rest = text.dropFirst(2)
      if !rest.isEmpty { inline = String(rest.hasPrefix("=") ? rest.dropFirst() : rest) }
    }
    if grammar.boolean.contains(name) {
      guard let value = inline else {
        switches[name] = true
        return
      }
      guard let isOn = Self.boolean(value) else {
        throw CommandError(
          "error: invalid argument \"\(value)\" for \"--\(name)\" flag: "
            + "strconv.ParseBool: parsing \"\(value)\": invalid syntax", at: offset)
      }
      switches[name] = isOn
      return
    }
    let isIgnored = grammar.ignored.contains(name)
    guard grammar.valued.contains(name) || isIgnored else {
      throw CommandError(
        "error: unknown flag: --\(name)", at: offset,
        suggestion: Spelling.suggestion(for: name, among: grammar.valued + grammar.boolean)
          ?? "understood: "
          + (grammar.valued + grammar.boolean).map { "--\($0)" }.joined(separator: " "))
    }
    let value: Value
    if let inline {
      value = Value(text: inline, offset: offset)
    } else {
      guard let next = words.first, let text = next.text else {
        throw CommandError(
          "error: flag needs an argument: --\(name)", at: words.first?.offset ?? end)
      }
      words.removeFirst()
      value = Value(text: text, offset: next.offset)
    }
    if !isIgnored { values[name, default: []].append(value) }
  }

  /// Go's `strconv.ParseBool`.
  private static func boolean(_ text: String) -> Bool? {
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": true
    case "0", "f", "F", "false", "FALSE", "False": false
    default: nil
    }
  }

  func isOn(_ name: String, default: Bool = false) -> Bool { switches[name] ?? `default` }

  /// The last value given for a flag, as pflag keeps it.
  func value(_ name: String) -> Value? { values[name]?.last }

  /// Every value given for a flag, commas separating several in one.
  func list(_ name: String) -> [Value] {
    (values[name] ?? []).flatMap { value in
      value.text.split(separator: ",").map { Value(text: String($0), offset: value.offset) }
    }
  }

  /// A whole number; refuses anything else in pflag's words.
  func integer(_ name: String) throws(CommandError) -> Int64? {
    guard let value = value(name) else { return nil }
    if let number = Int64(value.text) { return number }
    throw CommandError(
      "error: invalid argument \"\(value.text)\" for \"--\(name)\" flag: "
        + "strconv.ParseInt: parsing \"\(value.text)\": invalid syntax", at: value.offset)
  }
}
