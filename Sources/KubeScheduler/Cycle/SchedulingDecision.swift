/// What one scheduling cycle found for a pod.
public struct SchedulingDecision: Sendable {
  /// The nodes that do, in the order they were tried; of a large cluster only as many as sought.
  public var feasible: [NodeIndex] = []
  /// The nodes with the best total, in the order they were tried: equally good. Empty if nothing
  /// does.
  public var best: [NodeIndex] = []
  /// By feasible node; empty unless tables were asked for.
  public var totals: [Int64] = []
  /// By plugin, weighted and normalized; a plugin that had nothing to say is absent. Empty unless
  /// tables were asked for.
  public var scores: [PluginScores] = []
  /// The nodes that were examined and do not do. Complete when nothing does or tables were asked
  /// for, else empty.
  public var failures: [NodeFailure] = []
  /// Why the pod fits nowhere; nil if it does fit.
  public var diagnosis: FitDiagnosis?
  /// The score that `best` shares; 0 where scoring was skipped.
  public var bestTotal: Int64 = 0

  public init() {}
}

/// One plugin's weighted scores, in the order of the feasible nodes.
public struct PluginScores: Sendable, Hashable {
  public var plugin: PluginName
  public var values: [Int64]
}

/// Why one node does not do.
public struct NodeFailure: Sendable, Hashable {
  public var node: NodeIndex
  public var reasons: FailureReasons
}

/// Why a pod fits nowhere, and what preemption could do about it.
public struct FitDiagnosis: Sendable {
  public var nodeCount: Int
  /// The plugins that rejected the pod: what can make it schedulable is for them to say.
  public var rejectedBy: [PluginName]
  /// Why no node was even looked at, such as a claim that does not exist; nil if they were.
  public var refusal: String?
  /// The message up to preemption, such as `0/3 nodes are available: 3 Insufficient cpu.`
  public var message: String
  /// What follows it if preemption found nothing; empty if it did or was not tried.
  public var preemptionMessage = ""
  /// What to evict; nil if that cannot help.
  public var preemption: PreemptionDecision?

  /// The text of the FailedScheduling event and of the pod's condition.
  public var fullMessage: String {
    preemptionMessage.isEmpty ? message : "\(message) \(preemptionMessage)"
  }
}

extension FitDiagnosis {
  /// Counts reasons over nodes and writes them as `FitError` of kube-scheduler 1.36 does: counted,
  /// then sorted as text.
  static func summary(nodeCount: Int, _ counts: [(text: String, count: Int)]) -> String {
    let parts = counts.map { "\($0.count) \($0.text)" }.sorted()
    let head = "0/\(nodeCount) nodes are available:"
    return parts.isEmpty ? head : "\(head) \(parts.joined(separator: ", "))."
  }
}

/// Counts reasons as they come, in the order of their first appearance.
struct ReasonCounts {
  private(set) var counts: [(reasons: FailureReasons, count: Int)] = []

  mutating func add(_ reasons: FailureReasons, times: Int = 1) {
    // Few distinct sets come up in a cycle, however many nodes there are.
    if let place = counts.firstIndex(where: { $0.reasons == reasons }) {
      counts[place].count += times
    } else {
      counts.append((reasons, times))
    }
  }

  /// The counts by text.
  func texts(_ profile: SchedulerProfile, _ snapshot: SchedulerSnapshot) -> [(
    text: String, count: Int
  )] {
    var texts: [(text: String, count: Int)] = []
    for entry in counts {
      for text in entry.reasons.texts(profile, snapshot) {
        if let place = texts.firstIndex(where: { $0.text == text }) {
          texts[place].count += entry.count
        } else {
          texts.append((text, entry.count))
        }
      }
    }
    return texts
  }
}

extension FailureReasons {
  /// The reasons as the version's texts; a missing label is a kind of failed spreading, not a
  /// second reason.
  public func texts(_ profile: SchedulerProfile, _ snapshot: SchedulerSnapshot) -> [String] {
    var single = self
    if contains(.missingTopologyLabel) { single.remove(.topologySpread) }
    return single.elements.map { profile.text($0, in: snapshot) }
  }
}
