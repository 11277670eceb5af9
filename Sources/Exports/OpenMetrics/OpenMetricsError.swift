/// Why rows cannot be written as OpenMetrics.
public enum OpenMetricsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name with other characters than the grammar's, or with an underscore in front.
  case name(String)
  /// A label name of that sort, or one twice in a row.
  case label(String, in: String)
  /// A counter whose name does not end in `_total`.
  case counterName(String)
  /// A name that does not end in its unit.
  case unit(String, of: String)
  /// Rows of one family that differ in type, unit or help.
  case metadata(String)
  /// Two families whose samples could have the same name.
  case clash(String, String)
  /// Two rows of one name with the same labels.
  case repeated(String)
  /// A time that is not later than the one before.
  case time(String)
  /// A counter that is negative or no number.
  case counterValue(String)

  /// A sentence without its full stop, the row first.
  public var description: String {
    switch self {
    case .name(let name): "\(name) is not a metric name"
    case .label(let label, let name): "\(name): \(label) is not a label name, or is there twice"
    case .counterName(let name): "\(name): a counter's name ends in _total"
    case .unit(let unit, let name): "\(name): the name does not end in its unit \(unit)"
    case .metadata(let name): "\(name): its rows differ in type, unit or help"
    case .clash(let one, let other): "\(one) and \(other) could have a sample of the same name"
    case .repeated(let row): "\(row) is there twice"
    case .time(let row): "\(row): a time is not later than the one before"
    case .counterValue(let row): "\(row): a counter is negative or no number"
    }
  }
}
