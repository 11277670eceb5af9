/// What requests cost a Cassandra node, as core time at full speed.
///
/// Nobody has published core times of the anomaly detector's cluster. The defaults are guesses
/// inside the hard bound of the smallest published run: 18 000 checks a second on 3 nodes of 8
/// cores leave 1.33 ms of core time for a check, which is a read of 50 rows and 3 replica writes.
/// The defaults take 0.5 + 3 x 0.09 = 0.77 ms before overheads, so that run is at 58 %; with 100
/// connections and the queue as long as the cores it is 0.90 ms. At 220 000 checks a second on 48
/// nodes 1.745 ms are allowed. All defaults are *assumed* unless said otherwise.
public struct CassandraCosts: Hashable, Sendable {
  /// A read without its rows, nanoseconds. Default 150 µs.
  public var readBase: Int64 = 150_000
  /// Each row of a read, nanoseconds. Default 7 µs, so that 50 rows (chunks of 1 KiB, LZ4) take
  /// 0.35 ms.
  public var readPerRow: Int64 = 7_000
  /// The greatest number of rows of a read. Default 50: `LIMIT 50`; published.
  public var rowLimit: Int = 50
  /// A write on one replica, nanoseconds. Default 90 µs.
  public var write: Int64 = 90_000
  /// What a coordinator spends on each request that it sends to another node, nanoseconds.
  /// Default 20 µs. 0 switches it off: then it is inside the other costs.
  public var remoteRequest: Int64 = 20_000
  /// The share of reads that go to the disk. Default 0.8: the published runs were loaded with so
  /// much data that "reads come mostly from disk".
  public var coldShare = 0.8
  /// What a read from the disk waits for it, nanoseconds, without a core. Default 0.3 ms, an SSD.
  /// The disk itself is never the bottleneck here.
  public var coldWait: Int64 = 300_000
  /// The share of reads that a coordinator repeats at another replica because the first is slow.
  /// Default 0.01: `speculative_retry` is 99PERCENTILE by default (3.11); derived. Only where a
  /// table has more than one replica.
  public var speculativeShare = 0.01
  /// How much each open connection adds to every cost (β). Default 0.0017, the geometric middle of
  /// 1e-4 … 3e-2. 0 switches it off.
  public var perConnection = 0.0017
  /// How much every cost grows with the requests in flight per core above one (η). Default 0.032,
  /// the geometric middle of 1e-3 … 1. 0 switches it off.
  public var perInFlight = 0.032

  public init() {}

  /// Core time of a read of so many rows, without overheads.
  @inlinable
  public func read(rows: Int) -> Int64 {
    readBase + readPerRow * Int64(min(rows, rowLimit))
  }

  /// Whether a read with so many random bits goes to the disk.
  @inlinable
  public func isCold(_ bits: UInt64) -> Bool { Double(bits >> 11) * 0x1p-53 < coldShare }

  /// Core time of a check on all nodes together, without overheads, in nanoseconds: one read and
  /// a write on each replica (D of the model).
  public func check(replicas: Int, rows: Int) -> Int64 {
    read(rows: rows) + write * Int64(replicas)
  }

  /// By how much all costs of a node are multiplied: (1 + βH)(1 + η max(0, J/c − 1)) for H open
  /// connections, J requests in flight and c cores.
  @inlinable
  public func factor(connections: Int, inFlight: Int, cores: Double) -> Double {
    (1 + perConnection * Double(connections))
      * (1 + perInFlight * max(0, Double(inFlight) / cores - 1))
  }

  /// What cannot be in these costs, one sentence each; empty if nothing is wrong.
  public var mistakes: [String] {
    var found: [String] = []
    if [readBase, readPerRow, write, remoteRequest, coldWait].contains(where: { $0 < 0 }) {
      found.append("core times and waits are at least 0")
    }
    if rowLimit < 0 { found.append("a read has at least 0 rows") }
    if ![coldShare, speculativeShare].allSatisfy({ (0...1).contains($0) }) {
      found.append("shares lie in 0 to 1")
    }
    if ![perConnection, perInFlight].allSatisfy({ $0.isFinite && $0 >= 0 }) {
      found.append("overheads are finite and at least 0")
    }
    return found
  }
}
