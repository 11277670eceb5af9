import KubeControllers
import KubernetesObjects
import TimeUnits

/// The pod garbage collector in a recorded world: a pass every twenty seconds.
final class PodGCLoop: Watching {
  private unowned let world: World
  private let client: Client
  private let collector = PodGarbageCollector()
  private var memory = PodGarbageCollector.Memory()

  init(_ world: World) {
    self.world = world
    client = Client(world, extra: 1_900_000)
  }

  func start() { world.at(0) { [unowned self] in pass() } }

  private func pass() {
    let pods = world.pods.all
    // A quarantine that ends in this very instant may or may not have been noticed.
    var collector = collector
    let orphans = pods.filter { pod in pod.pod.nodeName.map { world.nodes[$0] == nil } ?? false }
    if !world.hints.deletesSoon(orphans.map(\.name), after: world.now) { collector.quarantine += 1 }
    let deletions = collector.collect(
      pods.map(\.pod), nodes: world.nodes.all, memory: &memory,
      at: world.time)
    let orphaned = deletions.filter { $0.reason == .orphaned }.map { pods[$0.pod] }
    var lostNodes: [String] = []
    for pod in orphaned {
      if let node = pod.pod.nodeName, !lostNodes.contains(node) { lostNodes.append(node) }
    }
    ask(lostNodes.count) { [unowned self] in
      let names = deletions.map { pods[$0.pod].name }
      let order = world.hints.byDeletion(names, after: world.now)
      let sorted = order.compactMap { name in deletions.first { pods[$0.pod].name == name } }
      run(sorted.map { ($0, pods[$0.pod]) }[...]) { [unowned self] in
        world.after(self.collector.period) { [unowned self] in pass() }
      }
    }
  }

  // One GET for each node that may be gone.
  private func ask(_ count: Int, then next: @escaping () -> Void) {
    guard count > 0 else { return next() }
    client.request { [unowned self] in ask(count - 1, then: next) }
  }

  private func run(
    _ deletions: ArraySlice<(PodGarbageCollector.Deletion, WorldPod)>,
    then next: @escaping () -> Void
  ) {
    guard let (deletion, pod) = deletions.first else { return next() }
    let delete = { [unowned self] in
      client.request { [unowned self] in
        if world.pods[pod.name]?.uid == pod.uid { world.deletePod(pod.name, graceSeconds: 0) }
        run(deletions.dropFirst(), then: next)
      }
    }
    guard deletion.marksFailed else { return delete() }
    client.request { [unowned self] in
      guard world.pods[pod.name]?.uid == pod.uid else {
        return run(deletions.dropFirst(), then: next)
      }
      world.changePod(pod.name) {
        $0.pod.status.phase = .failed
        if let message = deletion.message {
          $0.pod.status.set(
            .disruptionTarget, .true, reason: "DeletionByPodGC", message: message,
            at: world.apiTime)
        }
      }
      delete()
    }
  }
}
