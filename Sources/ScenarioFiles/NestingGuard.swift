/// Refuses texts nested so deeply that a recursive parser would run out of stack.
///
/// It estimates from above: brackets that stay open, and indicators that open a block each.
/// Kubernetes objects nest about a dozen levels.
enum NestingGuard {
  static let limit = 400

  /// The first line (from 1) that goes too deep; nil if none does. Complexity: linear.
  static func lineTooDeep(_ text: String) -> Int? {
    var line = 1
    var open = 0
    var indicators = 0
    var isAtStart = true
    var indent = 0
    var quote: UInt8?
    for byte in text.utf8 {
      if byte == 0x0A {
        line += 1
        (isAtStart, indent, indicators) = (true, 0, 0)
        continue
      }
      if isAtStart {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): indent += 1
        case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "!"),
          UInt8(ascii: "&"):
          indicators += 1
        default: isAtStart = false
        }
        // A file may deepen by one level a line, but only by indenting.
        if indicators > limit || (indicators > 0 && indent > 4 * limit) { return line }
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quote == byte { quote = nil } else if quote == nil { quote = byte }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open += 1
        if open > limit { return line }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      default: break
      }
    }
    return nil
  }
}
