extension ValueColumn {
  /// What is wrong with a line.
  struct Mistake: Error {
    var column: Int
    var message: String
    var suggestion: String?

    init(column: Int, _ message: String, _ suggestion: String? = nil) {
      self.column = column
      self.message = message
      self.suggestion = suggestion
    }
  }

  /// One field of a line, without the spaces and quotes around it.
  struct Field {
    var text: String
    /// In bytes, counted from 1.
    var column: Int

    /// The fields between the commas of a line.
    static func split(_ line: UnsafeRawBufferPointer) throws(Mistake) -> [Field] {
      var fields: [Field] = []
      var start = 0
      while true {
        var stop = start
        var isQuoted = false
        while stop < line.count, isQuoted || line[stop] != UInt8(ascii: ",") {
          if line[stop] == UInt8(ascii: "\"") { isQuoted.toggle() }
          stop += 1
        }
        if isQuoted { throw Mistake(column: start + 1, "a quote that does not end in this line") }
        fields.append(Field(line, start..<stop))
        if stop == line.count { return fields }
        start = stop + 1
      }
    }

    private init(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) {
      var range = range
      while let first = range.first, ValueColumn.isBlank(line[first]) { range.removeFirst() }
      while let last = range.last, ValueColumn.isBlank(line[last]) { range.removeLast() }
      column = range.lowerBound + 1
      let quote = UInt8(ascii: "\"")
      if range.count >= 2, line[range.lowerBound] == quote, line[range.upperBound - 1] == quote {
        range = range.dropFirst().dropLast()
        text = String(decoding: line[range], as: UTF8.self).replacing("\"\"", with: "\"")
      } else {
        text = String(decoding: line[range], as: UTF8.self)
      }
    }

    /// Whether a first line of this field is a value, even a wrong one, and not a heading.
    var looksLikeNumber: Bool {
      guard let first = text.utf8.first else { return true }
      switch first {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        return true
      default: return ["nan", "inf", "infinity"].contains(name)
      }
    }

    func number() throws(Mistake) -> Double {
      if isPlainNumber, let value = Double(text) {
        if value.isFinite { return value }
        throw Mistake(column: column, "'\(text)' is too large for a double")
      }
      switch name {
      case "inf", "infinity": return text.utf8.first == UInt8(ascii: "-") ? -.infinity : .infinity
      case "nan":
        throw Mistake(column: column, "NaN: every mean after it would be NaN as well")
      case "": throw Mistake(column: column, "a value is missing")
      default: throw Mistake(column: column, "'\(text.prefix(40))' is not a number")
      }
    }

    /// The text in lower case without a sign.
    private var name: String {
      let isSigned = text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
      return (isSigned ? String(text.dropFirst()) : text).lowercased()
    }

    /// Whether it is made of digits, signs, points and an exponent, at least one of them a digit.
    private var isPlainNumber: Bool {
      var hasDigit = false
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
          UInt8(ascii: "E"):
          break
        default: return false
        }
      }
      return hasDigit
    }
  }
}
