/// Ages as the API server prints them in tables.
public enum HumanAge {
  /// `75s`, `3m20s`, `95m`, `4h5m`, `30h`, `3d4h`, `200d`, `3y20d`: two units where they matter, a
  /// zero one left out (apimachinery `pkg/util/duration.HumanDuration` 1.36).
  public static func text(for age: Duration) -> String {
    let seconds = age.components.seconds
    // Clocks may differ by a second; more is no age.
    if seconds < -1 { return "<invalid>" }
    if seconds < 0 { return "0s" }
    let minutes = seconds / 60
    let hours = minutes / 60
    let days = hours / 24
    func pair(_ whole: Int64, _ unit: String, _ rest: Int64, _ restUnit: String) -> String {
      rest == 0 ? "\(whole)\(unit)" : "\(whole)\(unit)\(rest)\(restUnit)"
    }
    if seconds < 120 { return "\(seconds)s" }
    if minutes < 10 { return pair(minutes, "m", seconds % 60, "s") }
    if hours < 3 { return "\(minutes)m" }
    if hours < 8 { return pair(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    if days < 8 { return pair(days, "d", hours % 24, "h") }
    if days < 2 * 365 { return "\(days)d" }
    if days < 8 * 365 { return pair(days / 365, "y", days % 365, "d") }
    return "\(days / 365)y"
  }
}
