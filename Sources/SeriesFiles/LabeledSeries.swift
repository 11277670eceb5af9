public import TimeUnits

/// A measured series with what people said about it.
public struct LabeledSeries: Sendable {
  /// The file's name, with its folder where that tells it from others.
  public var name: String
  /// In the order of the file; all finite.
  public var values: [Double]
  /// Of each value; empty where the file has numbers instead of times.
  public var times: [CalendarTime]
  /// The numbers, from 0, of values between which something is wrong, as labeled.
  public var windows: [Range<Int>]
  /// Whether a window begins where the trouble does, rather than some time before.
  public var hasOnsets: Bool
}
