import KubeControllers
import KubernetesObjects
import TimeUnits

/// The disruption controller in a recorded world: one worker.
final class DisruptionLoop: QueueLoop {
  init(_ world: World) { super.init(world, client: Client(world, extra: 1_700_000), workers: 1) }

  override func start() { for name in world.disruptionBudgets.names { enqueue(name) } }

  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let pod = new ?? old else { return }
    let selecting = world.budgets(selecting: pod).map(\.metadata.name)
    if let first = selecting.first { enqueue(first) }
  }

  override func budgetChanged(_ name: String) { enqueue(name) }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let budget = world.disruptionBudgets[key] else { return done(true) }
    let pods = world.pods.all.filter { budget.selector?.matches($0.pod.metadata.labels) ?? false }
    let status = world.disruptionStatus[key] ?? DisruptionBudgetStatus()
    let decision = DisruptionReconciler.decide(
      budget, status: status, pods: pods.map(\.pod), scales: scales(of: pods), at: world.time)
    if let recheck = decision.recheck { enqueue(key, after: recheck.nanoseconds - world.now) }
    guard decision.status != status else { return done(true) }
    client.request { [unowned self] in
      // An eviction that was granted in between makes this a 409.
      guard world.disruptionStatus[key] ?? DisruptionBudgetStatus() == status else {
        return done(false)
      }
      world.setDisruptionStatus(key, decision.status)
      done(true)
    }
  }

  private func scales(of pods: [WorldPod]) -> [Int64] {
    var seen: [UID] = []
    var scales: [Int64] = []
    func add(_ uid: UID, _ scale: Int64) {
      guard !seen.contains(uid) else { return }
      seen.append(uid)
      scales.append(scale)
    }
    for pod in pods {
      guard let owner = pod.pod.metadata.owner else { continue }
      if let set = world.statefulSets[owner.name], set.metadata.uid == owner.uid {
        add(owner.uid, set.replicas)
      } else if let set = world.replicaSets[owner.name], set.metadata.uid == owner.uid {
        if let parent = set.metadata.owner, let deployment = world.deployments[parent.name] {
          add(parent.uid, deployment.replicas)
        } else {
          add(owner.uid, set.replicas)
        }
      }
    }
    return scales
  }
}
