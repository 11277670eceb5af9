import AnomalyDetector

/// The rows that Cassandra holds of each key: how many, and which of them are anomalous.
///
/// A key's values are all the same but for the outliers, so four bytes a key hold them all: a
/// count, and a mark of keys that lately had an outlier. A million keys take 4 MB, where their last
/// fifty values as numbers would take 400 MB.
struct RowTable: Sendable {
  /// 31 bits of count, and whether the key is in `outliers`.
  private var rows: [UInt32]
  /// Row numbers of outliers by key, in order. Looked up, never walked.
  private var outliers: [UInt32: [UInt32]] = [:]

  /// So many rows of each key to begin with.
  init(keys: Int, filled: Int) {
    rows = Array(repeating: UInt32(filled), count: keys)
  }

  @inline(__always)
  func count(of id: UInt32) -> UInt32 { rows[Int(id)] & 0x7FFF_FFFF }

  /// Whether the last rows of a key may be something else than a constant.
  @inline(__always)
  func isMixed(_ id: UInt32) -> Bool { rows[Int(id)] & 0x8000_0000 != 0 }

  /// A new row.
  @inline(__always)
  mutating func append(_ id: UInt32, isOutlier: Bool) {
    let row = rows[Int(id)]
    if isOutlier || row & 0x8000_0000 != 0 { return appendMixed(id, isOutlier) }
    if row < 0x7FFF_FFFF { rows[Int(id)] = row &+ 1 }
  }

  /// A new row that is an outlier or may follow one.
  private mutating func appendMixed(_ id: UInt32, _ isOutlier: Bool) {
    let row = rows[Int(id)] & 0x7FFF_FFFF
    var old = outliers[id] ?? []
    if isOutlier { old.append(row) }
    old.removeAll { $0 + Self.kept < row }
    outliers[id] = old.isEmpty ? nil : old
    rows[Int(id)] = min(row + 1, 0x7FFF_FFFF) | (old.isEmpty ? 0 : 0x8000_0000)
  }

  /// Rows back to which outliers are remembered: the 50 of a read, and those that came since some
  /// reads that are still under way.
  private static let kept: UInt32 = 128

  /// The values of the newest `limit` of the first `count` rows, oldest first.
  func values(of id: UInt32, count: UInt32, limit: Int) -> [Double] {
    let first = count > UInt32(limit) ? count - UInt32(limit) : 0
    let value = Double(id)
    var values = Array(repeating: value, count: Int(count - first))
    for row in outliers[id] ?? [] where row >= first && row < count {
      values[Int(row - first)] = 1_000 * value
    }
    return values
  }

  /// Bytes that the table takes.
  var bytes: Int { rows.count * 4 + outliers.count * 64 }
}
