import KubeControllers
import KubernetesObjects

/// Holds what a world did against what was recorded: "Equal" of conformance/CONTROLLERS.md.
struct TimelineComparison {
  let recording: RecordedTimeline
  let world: World

  /// The first disagreement in words; nil if there is none.
  func firstDifference() -> String? {
    difference(
      in: items(recording.observations) { $0 }, items(world.observations, world.withAliases))
      ?? statusDifference()
  }

  /// One thing that happened: what it is counted with, what it was, when.
  struct Item {
    var group: String
    var text: String
    var time: Int64
    /// A recording whose runs differ is judged by how many of these there are.
    var countsAlways = false
  }

  private var tolerance: Int64 {
    switch recording.agreement {
    case .same, .times, .tied:
      // A request that is repeated after 100 to 200 ms, by chance, moves what follows.
      world.hasRetriedByChance ? 160_000_000 : 50_000_000
    case .loose, .differs: 2_000_000_000
    }
  }

  private func difference(in recorded: [Item], _ ours: [Item]) -> String? {
    var groups: [String] = []
    for item in recorded + ours where !groups.contains(item.group) { groups.append(item.group) }
    let byGroup = Dictionary(grouping: recorded, by: \.group)
    let oursByGroup = Dictionary(grouping: ours, by: \.group)
    var first: (time: Int64, text: String)?
    for group in groups {
      let (a, b) = (byGroup[group] ?? [], oursByGroup[group] ?? [])
      guard let found = difference(group, a, b) else { continue }
      if first.map({ found.time < $0.time }) ?? true { first = found }
    }
    return first?.text
  }

  private func difference(
    _ group: String, _ recorded: [Item], _ ours: [Item]
  ) -> (time: Int64, text: String)? {
    if recording.agreement == .differs {
      guard (recorded + ours).contains(where: \.countsAlways), recorded.count != ours.count else {
        return nil
      }
      return (
        recorded.first?.time ?? ours.first?.time ?? 0,
        "\(group): recorded \(recorded.count) times, ours \(ours.count) times"
      )
    }
    var left = ours
    for item in recorded {
      let match = left.firstIndex {
        $0.text == item.text && abs($0.time - item.time) <= tolerance
      }
      guard let match else {
        let near = left.min { abs($0.time - item.time) < abs($1.time - item.time) }
        let instead = near.map { "\($0.text) at \(seconds($0.time))" } ?? "nothing"
        return (
          item.time, "\(group): recorded \(item.text) at \(seconds(item.time)), ours \(instead)"
        )
      }
      left.remove(at: match)
    }
    return left.first.map {
      ($0.time, "\(group): ours \($0.text) at \(seconds($0.time)), recorded nothing")
    }
  }

  private func seconds(_ time: Int64) -> String {
    let milliseconds = (time + 500_000) / 1_000_000
    let rest = String(1000 + milliseconds % 1000).dropFirst()
    return "\(milliseconds / 1000).\(rest) s"
  }

  private func statusDifference() -> String? {
    let ours = finalStatus()
    for object in recording.finalStatus.keys.sorted() {
      guard let recorded = recording.finalStatus[object], let mine = ours[object],
        recorded != mine
      else { continue }
      return "\(object) at the end: recorded \(recorded); ours \(mine)"
    }
    return nil
  }

  private func finalStatus() -> [String: String] {
    var all: [String: String] = [:]
    for set in world.deployments.all {
      all["Deployment/\(set.metadata.name)"] = StatusText.of(set.status)
    }
    for job in world.jobs.all { all["Job/\(job.metadata.name)"] = StatusText.of(job.status) }
    for name in world.disruptionBudgets.names {
      all["PodDisruptionBudget/\(name)"] = world.disruptionStatus[name].map(StatusText.of)
    }
    for set in world.replicaSets.all {
      all["ReplicaSet/\(world.alias(set.metadata.name))"] = StatusText.of(set.status)
    }
    for set in world.daemonSets.all {
      all["DaemonSet/\(set.metadata.name)"] = StatusText.of(set.status)
    }
    for set in world.statefulSets.all {
      all["StatefulSet/\(set.metadata.name)"] = StatusText.of(set.status)
    }
    return all
  }

  // MARK: What is compared

  private func items(
    _ observations: [Observation], _ translate: (String) -> String
  ) -> [Item] {
    observations.flatMap { observation -> [Item] in
      let time = observation.time
      func item(_ group: String, _ text: String, always: Bool = false) -> Item {
        Item(group: translate(group), text: translate(text), time: time, countsAlways: always)
      }
      switch observation.what {
      case .podCreated(_, let owner):
        return [item("pods created of \(owner)", "one", always: true)]
      case .podDeleting(_, let owner, let key):
        let deleted = item("pods deleted of \(owner)", "one", always: true)
        return [deleted] + (key.map { [item("victims of \(owner)", $0)] } ?? [])
      case .podGone(_, let owner):
        return [item("pods gone of \(owner)", "one", always: true)]
      case .replicaSetScaled(let set, let from, let to):
        let change = from.map { "\($0) to \(to)" } ?? "created with \(to)"
        return [item("size of \(set)", change)]
      case .nodeTaints(let node, let taints):
        return [item("taints in zone \(zone(of: node))", "[\(taints.joined(separator: " "))]")]
      case .nodeReady(let node, let ready):
        return [item("Ready in zone \(zone(of: node))", ready)]
      case .eviction(let accepted, let code, let cause):
        let text = accepted ? "accepted" : "refused with \(code): \(cause)"
        return [item("evictions", text)]
      case .event(let kind, let name, let reason, let message):
        return event(kind, name, reason, message).map { [item($0, $1)] } ?? []
      }
    }
  }

  private func event(
    _ kind: String, _ name: String, _ reason: String, _ message: String
  ) -> (String, String)? {
    // Which of many similar events is told as one of several is left to chance.
    let message = message.replacing("(combined from similar events): ", with: "")
    switch reason {
    case "ScalingReplicaSet", "BackoffLimitExceeded": return ("events of \(kind)/\(name)", message)
    case "TaintManagerEviction", "NodeNotReady":
      // Pods and nodes that are alike may stand for each other.
      let kept = message.split(separator: " ").filter { word in
        !word.contains("/") && word != name
      }
      return ("\(reason) events", kept.joined(separator: " "))
    default: return nil
    }
  }

  private func zone(of node: String) -> String {
    let scripted = world.recorded.nodes.first { $0.name == node }
    return scripted?.zone ?? String(node.prefix { $0 != "-" })
  }
}
