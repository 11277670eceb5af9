import ClusterState
import DequeModule
import TimeUnits

/// What was written and not yet seen by every watcher.
///
/// Each watcher sees every change once, in order, some milliseconds late. A watcher that has news
/// waiting has one delivery scheduled, which brings it everything written until then.
struct WatchHub: Sendable {
  private var log: Deque<WatchEvent> = []
  /// The number of changes that have left the log.
  private var forgotten = 0
  private var cursors = Array(repeating: 0, count: Watcher.allCases.count)
  private var isScheduled = Array(repeating: false, count: Watcher.allCases.count)
  private var isConnected = Array(repeating: true, count: Watcher.allCases.count)

  /// A watcher that nobody runs, such as the scheduler where bindings come from a recording.
  mutating func disconnect(_ watcher: Watcher) { isConnected[Int(watcher.rawValue)] = false }

  mutating func append(_ event: WatchEvent) { log.append(event) }

  /// The watchers with news and no delivery on its way; each counts as scheduled from now on.
  mutating func watchersToSchedule() -> [Watcher] {
    Watcher.allCases.filter { watcher in
      let index = Int(watcher.rawValue)
      guard isConnected[index], !isScheduled[index], cursors[index] < forgotten + log.count else {
        return false
      }
      isScheduled[index] = true
      return true
    }
  }

  /// Hands over what the watcher has not seen; what all have seen leaves the log.
  mutating func take(_ watcher: Watcher) -> [WatchEvent] {
    let index = Int(watcher.rawValue)
    isScheduled[index] = false
    let news = Array(log[(cursors[index] - forgotten)...])
    cursors[index] = forgotten + log.count
    for other in cursors.indices where !isConnected[other] { cursors[other] = cursors[index] }
    let seenByAll = cursors.min()! - forgotten
    log.removeFirst(seenByAll)
    forgotten += seenByAll
    return news
  }
}
