import AnomalyDetector

/// The rows that Cassandra holds of each key: how many, and which of them are anomalous.
///
/// A key's values are all the same but for the outliers, and a read wants no more than the newest
/// fifty. So one byte a key holds them all: a count that ends where it does not matter any more,
/// or a mark of keys that lately had an outlier, which are kept apart. A million keys take 1 MB,
/// where their last fifty values as numbers would take 400 MB.
struct RowTable: Sendable {
  /// The number of rows, `most` for more; or `mixed`.
  private var rows: Slab<UInt8>
  private(set) var touched: UInt8 = 0
  /// Keys that lately had an outlier. Looked up, never walked.
  private var mixedKeys: [UInt32: MixedKey] = [:]

  private struct MixedKey: Sendable {
    var count: UInt32
    /// Row numbers of outliers, in order.
    var outliers: [UInt32]
  }

  /// Counts end here: more than any read wants.
  private static let most: UInt8 = 250
  private static let mixed: UInt8 = 255
  /// Rows back to which outliers are remembered: more than any read wants, and those that came
  /// since some reads that are still under way.
  private static let kept: UInt32 = 256
  /// The most rows that a read may want.
  static let longestRead = 200

  /// So many rows of each key to begin with.
  init(keys: Int, filled: Int) {
    rows = Slab(repeating: UInt8(min(filled, Int(Self.most))), count: keys)
  }

  /// Makes the memory its own; to be called before changes, as copies share it.
  mutating func detach() { rows.detach() }

  /// The number of a key's rows; no more than some hundreds.
  @inline(__always)
  func count(of id: UInt32) -> UInt32 {
    let count = rows[Int(id)]
    return count == Self.mixed ? mixedCount(of: id) : UInt32(count)
  }

  /// Brings a key's place into the processor's cache before it is needed: the table is too large to
  /// stay there, and nobody waits for this load.
  @inline(__always)
  mutating func touch(_ id: UInt32) { touched = rows[Int(id)] }

  private func mixedCount(of id: UInt32) -> UInt32 { mixedKeys[id]?.count ?? 0 }

  /// Whether the last rows of a key may be something else than a constant.
  @inline(__always)
  func isMixed(_ id: UInt32) -> Bool { rows[Int(id)] == Self.mixed }

  /// A new row.
  @inline(__always)
  mutating func append(_ id: UInt32, isOutlier: Bool) {
    let count = rows[Int(id)]
    if isOutlier || count == Self.mixed { return appendMixed(id, isOutlier) }
    if count < Self.most { rows[Int(id)] = count &+ 1 }
  }

  /// A new row that is an outlier or may follow one.
  private mutating func appendMixed(_ id: UInt32, _ isOutlier: Bool) {
    var key = mixedKeys[id] ?? MixedKey(count: UInt32(rows[Int(id)]), outliers: [])
    if isOutlier { key.outliers.append(key.count) }
    key.outliers.removeAll { $0 + Self.kept < key.count }
    key.count += 1
    if key.outliers.isEmpty {
      mixedKeys[id] = nil
      rows[Int(id)] = Self.most
    } else {
      mixedKeys[id] = key
      rows[Int(id)] = Self.mixed
    }
  }

  /// The values of the newest `limit` of the first `count` rows, oldest first.
  func values(of id: UInt32, count: UInt32, limit: Int) -> [Double] {
    let first = count > UInt32(limit) ? count - UInt32(limit) : 0
    let value = Double(id)
    var values = Array(repeating: value, count: Int(count - first))
    for row in mixedKeys[id]?.outliers ?? [] where row >= first && row < count {
      values[Int(row - first)] = 1_000 * value
    }
    return values
  }

  /// What the published detector says of a new value, after those that a read with `limit` of
  /// `count` rows has brought.
  func isAnomaly(_ record: CheckRecord, count: UInt32, limit: Int) -> Bool {
    var window = values(of: record.id, count: count, limit: limit)
    window.append(Double(record.id) * (record.isOutlier ? 1_000 : 1))
    return PublishedCUSUM().check(window: window).isAnomaly
  }

  /// Bytes that the table takes.
  var bytes: Int { rows.count + mixedKeys.count * 96 }
}
