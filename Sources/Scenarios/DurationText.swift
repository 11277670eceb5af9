/// Durations as people write them: `10m`, `1h30m`, `1.5h`, `500ms`, `0`.
///
/// The grammar is that of Go's `time.ParseDuration`, plus `d` for 24 hours, without signs.
public enum DurationText {
  /// Why a text is not a duration.
  public enum Mistake: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case negative(String)
    case missingUnit(String)
    case unknownUnit(String, text: String)
    case notADuration(String)
    case tooLong(String)

    public var description: String {
      switch self {
      case .empty: "an empty duration"
      case .negative(let text): "a negative duration \"\(text)\""
      case .missingUnit(let text): "a duration without its unit: \"\(text)\""
      case .unknownUnit(let unit, let text): "unknown unit '\(unit)' in the duration \"\(text)\""
      case .notADuration(let text): "not a duration: \"\(text)\""
      case .tooLong(let text): "a duration of more than 292 years: \"\(text)\""
      }
    }

    /// What would be right.
    public var suggestion: String {
      switch self {
      case .missingUnit(let text): "\(text)s or \(text)m?"
      case .unknownUnit(_, let text), .notADuration(let text):
        DurationText.meant(by: text).map { "did you mean '\($0)'?" } ?? DurationText.understood
      case .negative: "times count from the start of the run"
      default: DurationText.understood
      }
    }
  }

  static let understood = "such as 500ms, 90s, 10m, 1h30m, 1.5h"

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
    // The micro sign and the Greek letter: both are typed.
    ("\u{B5}s", 1_000), ("\u{3BC}s", 1_000),
  ]

  private static let spelledOut: [(word: String, unit: String)] = [
    ("min", "m"), ("mins", "m"), ("minute", "m"), ("minutes", "m"), ("sec", "s"), ("secs", "s"),
    ("second", "s"), ("seconds", "s"), ("hr", "h"), ("hrs", "h"), ("hour", "h"), ("hours", "h"),
    ("day", "d"), ("days", "d"), ("millisecond", "ms"), ("milliseconds", "ms"),
  ]

  /// `1h30m` for `1 hour 30 minutes`; nil if the text is not that either.
  private static func meant(by text: String) -> String? {
    var result = ""
    var rest = text.lowercased().filter { !$0.isWhitespace }[...]
    while let first = rest.first {
      let run = rest.prefix { $0.isLetter == first.isLetter }
      rest = rest.dropFirst(run.count)
      result += spelledOut.first { $0.word == run }?.unit ?? String(run)
    }
    return (try? parse(result)) == nil ? nil : result
  }

  /// Reads a duration; digits below a nanosecond are cut off.
  public static func parse(_ text: String) throws(Mistake) -> Duration {
    guard !text.isEmpty else { throw .empty }
    if text.hasPrefix("-") { throw .negative(text) }
    if text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return .zero }
    var total: Int64 = 0
    var rest = text[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest.dropFirst(unit.count)
      guard number.contains(where: \.isNumber), number.count(where: { $0 == "." }) <= 1 else {
        throw .notADuration(text)
      }
      if unit.isEmpty {
        throw number.count == text.count ? .missingUnit(text) : .notADuration(text)
      }
      guard let scale = units.first(where: { $0.name == unit })?.nanoseconds else {
        throw unit.allSatisfy(\.isLetter)
          ? .unknownUnit(String(unit), text: text) : .notADuration(text)
      }
      guard let part = nanoseconds(number, scale: scale) else { throw .tooLong(text) }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { throw .tooLong(text) }
      total = sum
    }
    return .nanoseconds(total)
  }

  /// `number × scale` without floating point; nil if it does not fit.
  private static func nanoseconds(_ number: Substring, scale: Int64) -> Int64? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts[0]
    guard let whole = digits.isEmpty ? 0 : Int64(digits) else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
    if overflow { return nil }
    // 18 digits of the fraction are far below a nanosecond of the longest unit.
    let fraction = parts.count > 1 ? parts[1].prefix(18) : ""
    var numerator: Int128 = 0
    var denominator: Int128 = 1
    for digit in fraction.utf8 {
      numerator = numerator * 10 + Int128(digit - UInt8(ascii: "0"))
      denominator *= 10
    }
    let (sum, carry) = product.addingReportingOverflow(
      Int64(numerator * Int128(scale) / denominator))
    return carry ? nil : sum
  }

  /// The shortest usual spelling: `1h30m`, `90s` as `1m30s`, `2.5s`, `500ms`, `0s`.
  public static func text(for duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if seconds < 0 || attoseconds < 0 { return "-" + text(for: .zero - duration) }
    let nanoseconds = attoseconds / 1_000_000_000
    if seconds == 0 {
      if nanoseconds == 0 { return "0s" }
      if nanoseconds % 1_000_000 == 0 { return "\(nanoseconds / 1_000_000)ms" }
      if nanoseconds % 1_000 == 0 { return "\(nanoseconds / 1_000)us" }
      if nanoseconds < 1_000_000 { return "\(nanoseconds)ns" }
    }
    var text = ""
    if seconds >= 3600 { text += "\(seconds / 3600)h" }
    if seconds / 60 % 60 > 0 { text += "\(seconds / 60 % 60)m" }
    if seconds % 60 > 0 || nanoseconds > 0 { text += "\(seconds % 60)\(fraction(nanoseconds))s" }
    return text
  }

  private static func fraction(_ nanoseconds: Int64) -> String {
    guard nanoseconds > 0 else { return "" }
    let digits = String(nanoseconds)
    var padded = String(repeating: "0", count: 9 - digits.count) + digits
    while padded.hasSuffix("0") { padded.removeLast() }
    return "." + padded
  }
}
