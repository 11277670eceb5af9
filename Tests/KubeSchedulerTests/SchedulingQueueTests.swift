import KubernetesObjects
import Testing
import TimeUnits

@testable import KubeScheduler

@Suite struct SchedulingQueueTests {
  private func at(_ seconds: Double) -> SimulationTime {
    SimulationTime(nanoseconds: Int64(seconds * 1e9))
  }

  /// A queue that never takes from the back-off queue early.
  private var patient: QueueOptions {
    var options = QueueOptions.kubernetes1_36
    options.popsFromBackoff = false
    return options
  }

  private func fail(
    _ queue: inout SchedulingQueue, _ key: UInt32, at seconds: Double,
    by plugins: [PluginName] = [.nodeResourcesFit]
  ) {
    queue.requeueUnschedulable(key, rejectedBy: plugins, now: at(seconds)) { _, _ in true }
  }

  @Test("Higher priority first, then whoever came first")
  func order() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    queue.add(2, priority: 5, now: at(1))
    queue.add(3, priority: 0, now: at(0))
    queue.add(4, priority: 5, now: at(0.5))
    #expect((0..<5).map { _ in queue.pop(now: at(2)) } == [4, 2, 1, 3, nil])
    #expect(queue.place(of: 1) == .inFlight)
  }

  @Test("Back-offs are 1, 2, 4, 8, 10, 10 seconds after the failure")
  func backoff() {
    var queue = SchedulingQueue(patient)
    queue.add(1, priority: 0, now: at(0))
    var now = 0.0
    for wait in [1.0, 2, 4, 8, 10, 10] {
      #expect(queue.pop(now: at(now)) == 1)
      fail(&queue, 1, at: now)
      queue.moveOnEvent(.other, now: at(now)) { _, _ in true }
      #expect(queue.place(of: 1) == .backoff)
      #expect(queue.nextWakeUp(after: at(now)) == at(now + wait))
      #expect(queue.pop(now: at(now + wait - 0.001)) == nil)
      now += wait
    }
  }

  @Test("The end of a back-off is cut to a whole second")
  func truncation() {
    var queue = SchedulingQueue(patient)
    queue.add(1, priority: 0, now: at(0))
    _ = queue.pop(now: at(0))
    fail(&queue, 1, at: 3.7)
    queue.moveOnEvent(.other, now: at(3.8)) { _, _ in true }
    #expect(queue.nextWakeUp(after: at(3.8)) == at(4))
    #expect(queue.pop(now: at(3.999)) == nil)
    #expect(queue.pop(now: at(4)) == 1)
  }

  @Test("An idle scheduler does not wait for a back-off to end, except after errors")
  func popFromBackoff() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    queue.add(2, priority: 0, now: at(0))
    _ = queue.pop(now: at(0))
    _ = queue.pop(now: at(0))
    fail(&queue, 1, at: 0)
    queue.moveOnEvent(.other, now: at(0.1)) { _, _ in true }
    queue.requeueAfterError(2, now: at(0.1))
    #expect(queue.backoffCount == 2)
    #expect(queue.nextWakeUp(after: at(0.1)) == at(0.1))
    #expect(queue.pop(now: at(0.2)) == 1)
    #expect(queue.pop(now: at(0.2)) == nil)
    #expect(queue.pop(now: at(1)) == 2)
  }

  @Test("An unschedulable pod stays until an event that can help it")
  func hints() {
    var queue = SchedulingQueue()
    for key in [1, 2] as [UInt32] { queue.add(key, priority: 0, now: at(0)) }
    for _ in 0..<2 { _ = queue.pop(now: at(0)) }
    fail(&queue, 1, at: 0, by: [.nodeAffinity])
    fail(&queue, 2, at: 0, by: [.nodeResourcesFit])
    #expect(queue.unschedulableCount == 2)
    queue.moveOnEvent(.other, now: at(20)) { _, plugins in plugins == [.nodeAffinity] }
    #expect(queue.place(of: 1) == .active, "its back-off is over")
    #expect(queue.place(of: 2) == .unschedulable)
  }

  @Test("What happens while a pod is in flight counts for it")
  func inFlightEvents() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    queue.moveOnEvent(.other, now: at(0)) { _, _ in true }
    _ = queue.pop(now: at(0))
    fail(&queue, 1, at: 0.1)
    #expect(queue.place(of: 1) == .unschedulable, "the event before the pop is no reason")
    queue.moveOnEvent(.other, now: at(5)) { _, _ in true }
    _ = queue.pop(now: at(5))
    queue.moveOnEvent(.other, now: at(5.1)) { _, _ in true }
    queue.requeueUnschedulable(1, rejectedBy: [.nodePorts], now: at(5.2)) { _, _ in false }
    #expect(queue.place(of: 1) == .unschedulable, "the event cannot help")
    queue.moveOnEvent(.other, now: at(30)) { _, _ in true }
    _ = queue.pop(now: at(30))
    queue.moveOnEvent(.other, now: at(30.1)) { _, _ in true }
    fail(&queue, 1, at: 30.2)
    #expect(queue.place(of: 1) == .backoff)
  }

  @Test("After five minutes a pod is tried again without a reason, at a sweep of 30 seconds")
  func sweep() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    _ = queue.pop(now: at(10))
    fail(&queue, 1, at: 10)
    #expect(queue.nextWakeUp(after: at(10)) == at(330))
    #expect(queue.pop(now: at(329)) == nil)
    #expect(queue.pop(now: at(330)) == 1)
  }

  @Test("A pod that failed at a sweep's own second waits for the next sweep")
  func sweepIsStrict() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    _ = queue.pop(now: at(0))
    fail(&queue, 1, at: 0)
    #expect(queue.nextWakeUp(after: at(0)) == at(330))
    #expect(queue.pop(now: at(300)) == nil)
  }

  @Test("A gated pod waits for its gates only")
  func gates() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 9, gated: true, now: at(0))
    queue.add(2, priority: 0, now: at(0))
    queue.moveOnEvent(.other, now: at(1)) { _, _ in true }
    #expect(queue.pop(now: at(1)) == 2)
    #expect(queue.pop(now: at(1000)) == nil)
    #expect(queue.rejectingPlugins(of: 1) == [.schedulingGates])
    queue.ungate(1, now: at(1001))
    #expect(queue.pop(now: at(1001)) == 1)
  }

  @Test("A deleted pod is never popped, wherever it waited")
  func deletion() {
    var queue = SchedulingQueue(patient)
    for key in 1...4 as ClosedRange<UInt32> { queue.add(key, priority: 0, now: at(0)) }
    for _ in 0..<3 { _ = queue.pop(now: at(0)) }
    fail(&queue, 1, at: 0)
    fail(&queue, 2, at: 0)
    queue.moveOnEvent(.other, now: at(0)) { key, _ in true }
    fail(&queue, 3, at: 0)
    for key in 1...4 as ClosedRange<UInt32> { queue.delete(key) }
    #expect(queue.pop(now: at(1000)) == nil)
    #expect(queue.nextWakeUp(after: at(1000)) == nil)
    #expect(queue.activeCount + queue.backoffCount + queue.unschedulableCount == 0)
  }

  @Test("A pod added again keeps nothing of its earlier life")
  func addAgain() {
    var queue = SchedulingQueue()
    queue.add(1, priority: 0, now: at(0))
    _ = queue.pop(now: at(0))
    fail(&queue, 1, at: 0)
    queue.add(1, priority: 3, now: at(1))
    #expect(queue.attempts(of: 1) == 0)
    #expect(queue.pop(now: at(1)) == 1)
    queue.done(1)
    #expect(queue.pop(now: at(1000)) == nil)
  }

  @Test("In 1.11 nobody backs off, and any event moves everyone")
  func queue1_11() {
    var queue = SchedulingQueue(.kubernetes1_11)
    for key in [1, 2] as [UInt32] { queue.add(key, priority: 0, now: at(0)) }
    for _ in 0..<2 { _ = queue.pop(now: at(0)) }
    fail(&queue, 1, at: 0)
    fail(&queue, 2, at: 0)
    #expect(queue.pop(now: at(10_000)) == nil)
    #expect(queue.nextWakeUp(after: at(0)) == nil)
    queue.moveOnEvent(.other, now: at(10_001)) { _, _ in false }
    #expect(queue.pop(now: at(10_001)) == 1)
    #expect(queue.pop(now: at(10_001)) == 2)
    queue.moveOnEvent(.other, now: at(10_002)) { _, _ in false }
    fail(&queue, 1, at: 10_003)
    #expect(queue.pop(now: at(10_003)) == 1, "an event while in flight is enough")
  }

  @Test("A hundred random histories: every live pod comes out once, by priority", arguments: 0..<20)
  func conservation(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    var queue = SchedulingQueue()
    var live: Set<UInt32> = []
    var now = 0.0
    for key in 0..<200 as Range<UInt32> {
      now += Double(dice.roll(3)) / 2
      queue.add(key, priority: Int32(dice.roll(3)), now: at(now))
      live.insert(key)
      if dice.chance(50), let popped = queue.pop(now: at(now)) {
        #expect(live.contains(popped))
        switch dice.roll(3) {
        case 0:
          queue.done(popped)
          live.remove(popped)
        case 1: fail(&queue, popped, at: now)
        default: queue.requeueAfterError(popped, now: at(now))
        }
      }
      if dice.chance(20) { queue.moveOnEvent(.other, now: at(now)) { key, _ in key % 2 == 0 } }
      if dice.chance(10), let gone = live.min() {
        queue.delete(gone)
        live.remove(gone)
      }
    }
    queue.moveOnEvent(.other, now: at(now + 100)) { _, _ in true }
    var popped: [UInt32] = []
    while let key = queue.pop(now: at(now + 1000)) { popped.append(key) }
    #expect(Set(popped) == live)
    #expect(popped.count == live.count)
  }
}
