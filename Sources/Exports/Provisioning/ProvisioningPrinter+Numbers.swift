import Statistics
import TimeUnits

/// Numbers as the study prints them.
extension ProvisioningPrinter {
  static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  /// One decimal, or two.
  static func number(_ value: Double, decimals: Int = 1) -> String {
    let unit: Int64 = decimals == 1 ? 10 : 100
    guard abs(value) < 1e12 else { return "\(value)" }
    let parts = Int64((abs(value) * Double(unit)).rounded())
    return (value < 0 && parts > 0 ? "-" : "") + "\(parts / unit)."
      + pad(String(parts % unit), decimals, right: true).replacing(" ", with: "0")
  }

  /// `16.2 h` from seconds.
  static func hours(_ seconds: Double) -> String { "\(number(seconds / 3600)) h" }

  /// `12 min`; below one minute `40 s`.
  static func minutes(_ span: Duration) -> String {
    let seconds = span.secondsValue
    return seconds < 60 ? "\(Int(seconds)) s" : "\(Int64((seconds / 60).rounded())) min"
  }

  /// Whole percent, and one decimal below one.
  static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent > 0, percent < 1 { return "\(number(percent)) %" }
    return "\(Int(percent.rounded())) %"
  }

  /// `-2.1 [-2.3, -1.9]` hours from seconds.
  static func signed(_ interval: StudentInterval) -> String {
    let sign = { (value: Double) in (value > 0 ? "+" : "") + number(value / 3600) }
    return "\(sign(interval.mean)) [\(sign(interval.low)), \(sign(interval.high))]"
  }
}
