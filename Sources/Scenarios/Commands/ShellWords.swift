/// A command line split into words as a POSIX shell does it, with where each word begins.
///
/// Of expansions only `$(instances GROUP)` is known, perhaps with `| head -n N`; it stays symbolic.
struct ShellWords {
  enum Part: Sendable, Hashable {
    case text(String)
    case instances(group: String, first: Int?)
  }

  struct Word: Sendable, Hashable {
    var parts: [Part]
    /// In UTF-8 code units from the start of the line.
    var offset: Int

    /// The word if it holds no substitution.
    var text: String? {
      switch parts.count {
      case 0: return ""
      case 1: if case .text(let text) = parts[0] { return text }
      default: break
      }
      return nil
    }
  }

  /// Splits `line`. Complexity: linear in its length.
  static func split(_ line: String) throws(CommandError) -> [Word] {
    var splitter = ShellWords(bytes: Array(line.utf8))
    var words: [Word] = []
    while let word = try splitter.next() { words.append(word) }
    return words
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func next() throws(CommandError) -> Word? {
    while position < bytes.count {
      // A backslash before a line end joins the lines.
      if bytes[position] == 0x5C, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
        position += 2
      } else if Self.isSpace(bytes[position]) {
        position += 1
      } else {
        break
      }
    }
    guard position < bytes.count else { return nil }
    var word = Word(parts: [], offset: position)
    var text: [UInt8] = []
    func flush() {
      if !text.isEmpty { word.parts.append(.text(String(decoding: text, as: UTF8.self))) }
      text = []
    }
    while position < bytes.count, !Self.isSpace(bytes[position]) {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "'"): text += try singleQuoted()
      case UInt8(ascii: "\""): try doubleQuoted(&text, &word)
      case 0x5C:
        position += 1
        guard position < bytes.count else {
          throw CommandError("a '\\' at the end", at: position - 1)
        }
        if bytes[position] != 0x0A { text.append(bytes[position]) }
        position += 1
      case UInt8(ascii: "$"):
        flush()
        word.parts.append(try substitution())
      case UInt8(ascii: "`"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
        UInt8(ascii: "<"), UInt8(ascii: ">"):
        throw CommandError(
          "'\(Character(Unicode.Scalar(byte)))' is not understood here: one command an entry",
          at: position)
      default:
        text.append(byte)
        position += 1
      }
    }
    flush()
    return word
  }

  private mutating func singleQuoted() throws(CommandError) -> [UInt8] {
    let start = position
    position += 1
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) else {
      throw CommandError("a quote without its closing '", at: start)
    }
    defer { position = end + 1 }
    return Array(bytes[position..<end])
  }

  private mutating func doubleQuoted(
    _ text: inout [UInt8], _ word: inout Word
  ) throws(CommandError) {
    let start = position
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case 0x5C:
        let next = position + 1 < bytes.count ? bytes[position + 1] : 0
        let isSpecial = [0x22, 0x5C, 0x24, 0x60].contains(next)
        if isSpecial { text.append(next) } else { text += next == 0 ? [0x5C] : [0x5C, next] }
        position += 2
      case UInt8(ascii: "$"):
        if !text.isEmpty { word.parts.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        word.parts.append(try substitution())
      default:
        text.append(bytes[position])
        position += 1
      }
    }
    throw CommandError("a quote without its closing \"", at: start)
  }

  /// `$(instances GROUP)` or `$(instances GROUP | head -n N)`.
  private mutating func substitution() throws(CommandError) -> Part {
    let start = position
    let understood =
      "the only substitution is $(instances GROUP), or $(instances GROUP | head -n 1)"
    guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "("),
      let end = bytes[position...].firstIndex(of: UInt8(ascii: ")"))
    else { throw CommandError("'$' is not understood here", at: start, suggestion: understood) }
    let inner = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
    position = end + 1
    let stages = inner.split(separator: "|", omittingEmptySubsequences: false)
    let words = stages[0].split { $0.isWhitespace }
    guard words.count == 2, words[0] == "instances" else {
      throw CommandError("$(\(inner)) is not understood", at: start, suggestion: understood)
    }
    let group = String(words[1])
    if stages.count == 1 { return .instances(group: group, first: nil) }
    guard stages.count == 2, let first = Self.headCount(stages[1]) else {
      throw CommandError("$(\(inner)) is not understood", at: start, suggestion: understood)
    }
    return .instances(group: group, first: first)
  }

  /// N of `head -n N`, `head -nN` or `head -N`; 10 of a bare `head`, as in POSIX.
  private static func headCount(_ stage: Substring) -> Int? {
    let words = stage.split { $0.isWhitespace }
    guard words.first == "head" else { return nil }
    let count: Int?
    switch (words.count, words.dropFirst().first) {
    case (1, _): count = 10
    case (2, let flag?) where flag.hasPrefix("-n"): count = Int(flag.dropFirst(2))
    case (2, let flag?) where flag.hasPrefix("-"): count = Int(flag.dropFirst())
    case (3, "-n"?): count = Int(words[2])
    default: count = nil
    }
    return count.flatMap { $0 > 0 ? $0 : nil }
  }
}
