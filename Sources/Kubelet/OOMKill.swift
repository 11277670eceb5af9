public import KubernetesObjects
public import TimeUnits

/// Whom the kernel ends when memory is gone, and what Kubernetes makes of it.
///
/// Follows `oom_badness` and `select_bad_process` of Linux `mm/oom_kill.c` (6.x, in effect the same
/// since 4.17) and [36] `pkg/kubelet/oom/oom_watcher_linux.go`.
public enum OOMKill {
  /// A process that may be chosen.
  public struct Process: Sendable, Hashable {
    /// Bytes of anonymous and shared resident memory, swap and page tables.
    public var memory: Int64
    /// -1000 … 1000; what `OOMScore.adjustment` gives for a container.
    public var adjustment: Int64

    public init(memory: Int64, adjustment: Int64) {
      self.memory = memory
      self.adjustment = adjustment
    }
  }

  /// An adjustment that takes a process out of the choice.
  public static let never: Int64 = -1000

  static let pageSize: Int64 = 4096

  /// How much a process deserves to die, in pages: its memory, and for each point of adjustment a
  /// thousandth of what may be used in all; nil if it is exempt.
  ///
  /// - Parameter total: bytes of the machine, or of the limit that was hit.
  public static func badness(of process: Process, total: Int64) -> Int64? {
    if process.adjustment == never { return nil }
    let pages = process.memory / pageSize
    return pages + process.adjustment * (total / pageSize / 1000)
  }

  /// The processes with the highest badness, by position: one of them dies. Empty if all are
  /// exempt, when the kernel panics.
  ///
  /// Complexity: linear.
  public static func victims(among processes: [Process], total: Int64) -> [Int] {
    let scores = processes.map { badness(of: $0, total: total) }
    guard let worst = scores.compactMap({ $0 }).max() else { return [] }
    return scores.indices.filter { scores[$0] == worst }
  }

  /// 128 and the number of SIGKILL.
  public static let exitCode: Int32 = 137
  public static let reason = "OOMKilled"

  /// How a container's status shows it.
  public static func termination(
    startedAt: SimulationTime, finishedAt: SimulationTime
  ) -> ContainerStatus.Termination {
    ContainerStatus.Termination(
      exitCode: exitCode, reason: reason, startedAt: startedAt, finishedAt: finishedAt)
  }

  /// The node's Warning if the machine as a whole ran out; a container over its own limit makes
  /// none.
  public static let systemEventReason = "SystemOOM"

  /// - Parameters:
  ///   - process: the command's name, which the kernel cuts to 15 bytes; nil if it is unknown.
  ///   - pid: 0 if it is unknown.
  public static func systemEventMessage(process: String?, pid: Int64) -> String {
    let head = "System OOM encountered"
    guard let process, !process.isEmpty, pid != 0 else { return head }
    return "\(head), victim process: \(process), pid: \(pid)"
  }
}
