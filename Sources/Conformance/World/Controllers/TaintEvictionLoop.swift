import KubeControllers
import KubernetesObjects
import TimeUnits

/// The taint eviction controller in a recorded world.
final class TaintEvictionLoop: Watching {
  private unowned let world: World
  private let client: Client
  private var scheduled: [UID: TaintEviction.Scheduled] = [:]
  /// Deletions that were carried out; their pods are not scheduled again.
  private var done: Set<UID> = []

  init(_ world: World) {
    self.world = world
    client = Client(world, extra: 600_000)
  }

  func nodeChanged(_ old: Node?, _ new: Node?) {
    func effective(_ node: Node?) -> [Taint] {
      (node?.taints ?? []).filter { $0.effect == .noExecute }
    }
    guard effective(old) != effective(new), let name = (new ?? old)?.name else { return }
    // After whatever else happens in this instant.
    world.at(world.now) { [unowned self] in
      for pod in world.pods(on: name) { decide(pod) }
    }
  }

  func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let new else {
      if let old { cancel(old.uid, old.name) }
      return
    }
    guard new.pod.nodeName != old?.pod.nodeName else { return }
    decide(new)
  }

  private func decide(_ pod: WorldPod) {
    guard let current = world.pods[pod.name], current.uid == pod.uid,
      let node = current.pod.nodeName
    else { return }
    let decision = TaintEviction.decide(
      tolerations: current.pod.spec.value.spec.tolerations,
      taints: world.nodes[node]?.taints ?? [], scheduled: scheduled[pod.uid], at: world.time)
    switch decision {
    case .keep: break
    case .cancel: cancel(pod.uid, pod.name)
    case .schedule(let new, let cancelsEarlier):
      if cancelsEarlier { cancel(pod.uid, pod.name) }
      guard !done.contains(pod.uid) else { return }
      schedule(new, pod)
    }
  }

  private func cancel(_ uid: UID, _ name: String) {
    done.remove(uid)
    guard scheduled.removeValue(forKey: uid) != nil else { return }
    client.report(
      TaintEviction.cancelling(namespace: "default", pod: name), kind: "Pod", name: name)
  }

  private func schedule(_ new: TaintEviction.Scheduled, _ pod: WorldPod) {
    if let current = scheduled[pod.uid], current.fireAt <= new.fireAt { return }
    scheduled[pod.uid] = new
    world.at(new.fireAt.nanoseconds) { [unowned self] in
      guard scheduled[pod.uid] == new else { return }
      scheduled[pod.uid] = nil
      done.insert(pod.uid)
      evict(pod)
    }
  }

  // A GET, the condition, the deletion.
  private func evict(_ pod: WorldPod) {
    client.report(
      TaintEviction.marking(namespace: "default", pod: pod.name), kind: "Pod", name: pod.name)
    client.request { [unowned self] in
      guard world.pods[pod.name]?.uid == pod.uid else { return }
      client.request { [unowned self] in
        guard world.pods[pod.name]?.uid == pod.uid else { return }
        world.changePod(pod.name) {
          $0.pod.status.set(
            .disruptionTarget, .true, reason: TaintEviction.disruptionReason,
            message: TaintEviction.disruptionMessage, at: world.apiTime)
        }
        client.request { [unowned self] in
          guard world.pods[pod.name]?.uid == pod.uid else { return }
          world.deletePod(pod.name)
        }
      }
    }
  }
}
