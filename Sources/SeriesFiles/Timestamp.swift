import TimeUnits

/// Times as the published series write them.
enum Timestamp {
  /// Reads `2014-02-14 14:30:00`, `2014-02-14T14:30:00Z`, also with a fraction of a second (which
  /// is dropped) or without the zone; UTC is meant. Nil for anything else.
  static func read(_ text: String) -> CalendarTime? {
    var bytes = Array(text.utf8)
    if bytes.last == UInt8(ascii: "Z") { bytes.removeLast() }
    if bytes.count > 20, bytes[19] == UInt8(ascii: ".") {
      guard bytes[20...].allSatisfy({ (48...57).contains($0) }) else { return nil }
      bytes.removeSubrange(19...)
    }
    guard bytes.count == 19, bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T")
    else { return nil }
    bytes[10] = UInt8(ascii: "T")
    return CalendarTime(rfc3339: String(decoding: bytes, as: UTF8.self) + "Z")
  }
}
