import ClusterState

/// A job of a node's daemons: it takes CPU and pages, so it slows down with the node.
enum DaemonJob: BitwiseCopyable, Sendable {
  case heartbeat
  case evictionPass
  case step(PodID, course: UInt32, PodStep)
}

/// The jobs that a node's daemons work on, all at the same speed: each is done when the daemons'
/// clock has run as far as the job is long.
struct DaemonJobs: Sendable {
  private struct Entry: Sendable {
    var finish: Double
    var sequence: Int
    var job: DaemonJob
    var runs: Bool
  }

  /// The next to finish stands last.
  private var entries: [Entry] = []
  private var sequence = 0

  /// Adds a job that is done at `finish` on the daemons' clock; `runs` is false for one that only
  /// waits for another.
  mutating func add(_ job: DaemonJob, finish: Double, runs: Bool = true) {
    sequence += 1
    let entry = Entry(finish: finish, sequence: sequence, job: job, runs: runs)
    var place = entries.count
    while place > 0, entries[place - 1].finish <= finish { place -= 1 }
    entries.insert(entry, at: place)
  }

  /// When the next is done, on the daemons' clock.
  var nextFinish: Double? { entries.last?.finish }

  /// Takes the next that is done; times a nanosecond apart are the same.
  mutating func takeFinished(by clock: Double) -> (job: DaemonJob, ran: Bool)? {
    guard let last = entries.last, last.finish <= clock + 1e-9 else { return nil }
    entries.removeLast()
    return (last.job, last.runs)
  }
}
