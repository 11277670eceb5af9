import Documents

/// Numbers with what is asked of them; anything else is reported and gives nil.
extension DocumentCursor {
  /// A whole number of a range.
  func whole(in range: ClosedRange<Int>) -> Int? {
    guard let value = int() else { return nil }
    if value >= Int64(range.lowerBound), value <= Int64(range.upperBound) { return Int(value) }
    error("must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
    return nil
  }

  /// A finite number.
  func finite() -> Double? {
    guard let value = double() else { return nil }
    if value.isFinite { return value }
    error("must be a finite number, not \(value)")
    return nil
  }

  /// A finite number above 0.
  func positive() -> Double? {
    guard let value = finite() else { return nil }
    if value > 0 { return value }
    error("must be greater than 0, not \(value)")
    return nil
  }

  /// A finite number other than 0.
  func nonzero() -> Double? {
    guard let value = finite() else { return nil }
    if value != 0 { return value }
    error("must not be 0")
    return nil
  }

  /// A number from 0 to 1.
  func probability() -> Double? {
    guard let value = finite() else { return nil }
    if (0...1).contains(value) { return value }
    error("must be from 0 to 1, not \(value)")
    return nil
  }

  /// A name that none of the others has, nor a column that every table has.
  func name(unlike taken: inout [String], columns: [String] = []) -> String? {
    guard let name = string() else { return nil }
    if name.isEmpty { error("a name is not empty") }
    if columns.contains(name) { error("every table of runs has a column '\(name)' already") }
    if taken.contains(name) { error("there is another '\(name)'") }
    taken.append(name)
    return name
  }
}
