/// The values of flags as Go's `flag` package reads them.
enum FlagText {
  static func bool(_ text: String) -> Bool? {
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": true
    case "0", "f", "F", "false", "FALSE", "False": false
    default: nil
    }
  }

  /// Decimal digits, or `0x`, `0o` and `0b` before others.
  static func integer(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = text.drop { $0 == "-" || $0 == "+" }
    guard text.count - digits.count <= 1 else { return nil }
    let radix: (skip: Int, base: Int) =
      switch digits.prefix(2).lowercased() {
      case "0x": (2, 16)
      case "0o": (2, 8)
      case "0b": (2, 2)
      default: (0, 10)
      }
    guard digits.dropFirst(radix.skip).first != "-" else { return nil }
    guard let value = Int64(digits.dropFirst(radix.skip), radix: radix.base) else { return nil }
    return isNegative ? -value : value
  }

  /// `<min>:<max>`, neither below 0.
  static func range(_ text: String) -> ClosedRange<Int64>? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let least = Int64(parts[0]), let most = Int64(parts[1]), least >= 0,
      most >= least
    else { return nil }
    return least...most
  }

  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9),
    ("h", 3_600e9),
  ]

  /// `10m`, `1h30m`, `1.5h`, `-3s`, `0` (Go `time.ParseDuration`).
  static func duration(_ text: String) -> Duration? {
    var rest = text[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" { return .zero }
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !($0.isASCII && $0.isNumber || $0 == ".") }
      rest = rest.dropFirst(unit.count)
      guard let value = decimal(number), let size = units.first(where: { $0.name == unit })
      else { return nil }
      total += value * size.nanoseconds
    }
    guard total < 9.2e18 else { return nil }
    let whole = Int64(total.rounded())
    return .nanoseconds(isNegative ? -whole : whole)
  }

  /// Digits with at most one point among or beside them.
  private static func decimal(_ text: Substring) -> Double? {
    guard text.contains(where: \.isNumber), text.count(where: { $0 == "." }) <= 1 else {
      return nil
    }
    return Double("0" + text + (text.last == "." ? "0" : ""))
  }

  /// The known name with the fewest edits, at most a third of the length.
  static func nearest(to word: String, among known: [String]) -> String? {
    let typed = Array(word.utf8)
    var best: (name: String, edits: Int)?
    for name in known {
      let edits = edits(typed, Array(name.utf8))
      if edits <= max(1, typed.count / 3), edits < best?.edits ?? .max { best = (name, edits) }
    }
    return best?.name
  }

  private static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        row.append(
          min(row[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1)))
      }
      previous = row
    }
    return previous[b.count]
  }
}

extension AutoscalerOptions {
  /// A duration as Go writes it, such as `10m`; nil if it is none.
  public static func duration(_ text: String) -> Duration? { FlagText.duration(text) }
}
