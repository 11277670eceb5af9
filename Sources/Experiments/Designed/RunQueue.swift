import ExperimentStore

/// The runs that a store lacks, replication by replication, so that points grow alike.
struct RunQueue: Sendable {
  struct Place: Sendable, Hashable {
    var point: Int
    var replication: Int
  }

  private let targets: [Int]
  private let longest: Int
  /// For each point a bit a replication.
  private var present: [[UInt64]]
  private var cursor = Place(point: 0, replication: 0)
  /// Runs that were there at the beginning, of those that are wanted.
  private let found: Int
  private var finished = 0
  let missing: Int

  /// - Parameters:
  ///   - targets: how many replications each point is to have.
  ///   - limit: only replications below it are given out; default all.
  init(
    _ targets: [Int], below limit: Int = .max, lackingIn store: ExperimentStore
  ) throws(StoreFailure) {
    self.targets = targets
    longest = min(limit, targets.max() ?? 0)
    let bits = Bits(targets)
    try store.eachPlace { point, replication in bits.set(point, replication) }
    present = bits.words
    found = bits.count
    missing = targets.reduce(0, +) - bits.count
  }

  private final class Bits {
    var words: [[UInt64]]
    var count = 0
    private let targets: [Int]

    init(_ targets: [Int]) {
      self.targets = targets
      words = targets.map { Array(repeating: 0, count: ($0 + 63) / 64) }
    }

    func set(_ point: Int, _ replication: Int) {
      guard point < targets.count, replication < targets[point] else { return }
      words[point][replication / 64] |= 1 << UInt64(replication % 64)
      count += 1
    }
  }

  /// The next run to be played; nil when all are taken.
  mutating func next() -> Place? {
    while cursor.replication < longest {
      let place = cursor
      cursor.point += 1
      if cursor.point == targets.count {
        cursor = Place(point: 0, replication: place.replication + 1)
      }
      guard place.replication < targets[place.point] else { continue }
      let word = present[place.point][place.replication / 64]
      if word >> UInt64(place.replication % 64) & 1 == 0 { return place }
    }
    return nil
  }

  /// Counts a run that was played, after some seconds since the beginning.
  mutating func finish(after seconds: Double) -> ExperimentRunner.Progress {
    finished += 1
    return ExperimentRunner.Progress(
      done: found + finished, total: found + missing,
      secondsToGo: seconds / Double(finished) * Double(missing - finished))
  }
}
