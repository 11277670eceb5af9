import AnomalyDetector
public import Documents

/// Rows of a detector as text: CSV as in the recordings, or JSON.
public struct DetectorTable {
  /// What was written and not yet taken.
  public private(set) var bytes: [UInt8]

  /// A table that begins with the names of its columns.
  public init() {
    bytes = Array((DetectorRow.columns.joined(separator: ",") + "\n").utf8)
  }

  /// Adds a line.
  public mutating func append(_ row: DetectorRow) {
    // One by one, because a list of them for each row would cost more than printing them.
    append(row.value)
    append(row.mean)
    append(row.sumSquaredDeviation)
    append(row.cusumHigh)
    append(row.cusumLow)
    append(row.detection.isReady)
    append(row.detection.changeHigh)
    append(row.detection.changeLow)
    bytes[bytes.count - 1] = UInt8(ascii: "\n")
  }

  private mutating func append(_ number: Double) {
    JavaNumber.append(number, to: &bytes)
    bytes.append(UInt8(ascii: ","))
  }

  private mutating func append(_ fact: Bool) {
    bytes += fact ? "true,".utf8 : "false,".utf8
  }

  /// Forgets what was written, once it is taken.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

extension DetectorRow {
  /// An object with the names of the columns. What JSON has no number for is a text: `"Infinity"`,
  /// `"-Infinity"`, `"NaN"`, and `"-0.0"`, whose sign would be lost.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      for (name, number) in zip(Self.columns, numbers) {
        if number.isFinite, number != 0 || number.sign == .plus {
          json.field(name, number)
        } else {
          json.field(name, JavaNumber.text(number))
        }
      }
      for (name, fact) in zip(Self.columns.dropFirst(numbers.count), facts) {
        json.field(name, fact)
      }
    }
  }
}
