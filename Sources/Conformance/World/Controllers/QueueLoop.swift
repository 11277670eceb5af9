import KubeControllers
import KubernetesObjects

/// A controller that works off keys: its queue, its workers and its retries.
///
/// client-go util/workqueue, 1.36: a key that is added while it is worked on comes again after;
/// delays of one key keep the earliest; failures wait 5 ms · 2ⁿ up to 1000 s.
class QueueLoop: Watching {
  unowned let world: World
  let client: Client
  private var line: [String] = []
  private var dirty: Set<String> = []
  private var processing: Set<String> = []
  private var waiting: [String: Int64] = [:]
  private var failures: [String: Int] = [:]
  private var freeWorkers: Int

  init(_ world: World, client: Client, workers: Int) {
    self.world = world
    self.client = client
    freeWorkers = workers
  }

  /// One pass over a key; calls `done` once, with whether it succeeded.
  func sync(_ key: String, done: @escaping (Bool) -> Void) { done(true) }

  func start() {}
  func podChanged(_ old: WorldPod?, _ new: WorldPod?) {}
  func nodeChanged(_ old: Node?, _ new: Node?) {}
  func deploymentChanged(_ old: Deployment?, _ new: Deployment?) {}
  func replicaSetChanged(_ old: ReplicaSet?, _ new: ReplicaSet?) {}
  func daemonSetChanged(_ old: DaemonSet?, _ new: DaemonSet?) {}
  func statefulSetChanged(_ old: StatefulSet?, _ new: StatefulSet?) {}
  func budgetChanged(_ name: String) {}
  func jobChanged(_ name: String) {}

  final func enqueue(_ key: String) {
    guard dirty.insert(key).inserted else { return }
    guard !processing.contains(key) else { return }
    line.append(key)
    wake()
  }

  final func enqueue(_ key: String, after delay: Int64) {
    guard delay > 0 else { return enqueue(key) }
    let time = world.now + delay
    if let earlier = waiting[key], earlier <= time { return }
    waiting[key] = time
    world.at(time) { [unowned self] in
      guard waiting[key] == time else { return }
      waiting[key] = nil
      enqueue(key)
    }
  }

  final func enqueueRateLimited(_ key: String) {
    let count = failures[key, default: 0]
    failures[key] = count + 1
    enqueue(key, after: min(5_000_000 << Int64(min(count, 28)), 1_000_000_000_000))
  }

  private func wake() {
    world.at(world.now) { [unowned self] in work() }
  }

  private func work() {
    guard freeWorkers > 0, !line.isEmpty else { return }
    let key = line.removeFirst()
    dirty.remove(key)
    processing.insert(key)
    freeWorkers -= 1
    sync(key) { [unowned self] succeeded in
      if succeeded { failures[key] = nil } else { enqueueRateLimited(key) }
      processing.remove(key)
      freeWorkers += 1
      if dirty.contains(key) { line.append(key) }
      if !line.isEmpty { wake() }
    }
  }

  // MARK: Many requests

  /// Sends requests together and goes on when all have been answered.
  final func together(
    _ requests: [(@escaping () -> Void) -> Void], then next: @escaping () -> Void
  ) {
    guard !requests.isEmpty else { return next() }
    var left = requests.count
    for request in requests {
      request {
        left -= 1
        if left == 0 { next() }
      }
    }
  }

  /// Sends requests by slow start.
  final func slowly(
    _ requests: [(@escaping () -> Void) -> Void], then next: @escaping () -> Void
  ) {
    batches(SlowStart.batches(Int64(requests.count))[...], requests[...], next)
  }

  private func batches(
    _ sizes: ArraySlice<Int64>, _ requests: ArraySlice<(@escaping () -> Void) -> Void>,
    _ next: @escaping () -> Void
  ) {
    guard let size = sizes.first else { return next() }
    together(Array(requests.prefix(Int(size)))) { [unowned self] in
      batches(sizes.dropFirst(), requests.dropFirst(Int(size)), next)
    }
  }
}
