import Kubelet
import KubernetesObjects
import Testing
import TimeUnits

struct EvictionManagerTests {
  private typealias F = EvictionFixture

  private let hard = EvictionThreshold(signal: .memoryAvailable, amount: F.bytes(100))

  @Test("a node with enough left rests and reports no pressure")
  func enough() {
    var memory = EvictionMemory()
    let decision = F.manager([hard]).synchronize(
      &memory, observations: F.observations(memory: 100, at: 0), pods: [], at: .zero)
    #expect(decision.rest == .nothingStarved)
    #expect(memory.conditions.isEmpty)
  }

  @Test("a byte below a hard threshold starves the node at once")
  func hardThreshold() {
    var memory = EvictionMemory()
    let decision = F.manager([hard]).synchronize(
      &memory, observations: F.observations(memory: 99, at: 0), pods: [], at: .zero)
    #expect(decision.starvations.map(\.resource) == [.memory])
    #expect(decision.starvations.first?.nodeReclaims == [])
    #expect(memory.conditions.kinds == [.memoryPressure])
  }

  @Test("pressure stays for the transition period after it was last seen")
  func transitionPeriod() {
    var memory = EvictionMemory()
    let manager = F.manager([hard])
    func conditions(at seconds: Int64, _ available: Int64) -> PressureConditions {
      _ = manager.synchronize(
        &memory, observations: F.observations(memory: available, at: seconds), pods: [],
        at: .seconds(seconds))
      return memory.conditions
    }
    #expect(conditions(at: 0, 50) == .memory)
    #expect(conditions(at: 10, 50) == .memory)
    #expect(conditions(at: 309, 500) == .memory)
    #expect(conditions(at: 310, 500) == [])
  }

  @Test("statistics that a pass has seen do not make it act again")
  func sameStatistics() {
    var memory = EvictionMemory()
    let manager = F.manager([hard])
    let seen = F.observations(memory: 50, at: 0)
    #expect(
      !manager.synchronize(&memory, observations: seen, pods: [], at: .zero).starvations.isEmpty)
    #expect(
      manager.synchronize(&memory, observations: seen, pods: [], at: .seconds(5)).rest
        == .statisticsNotNewer)
    let newer = F.observations(memory: 50, at: 10)
    #expect(
      !manager.synchronize(&memory, observations: newer, pods: [], at: .seconds(15)).starvations
        .isEmpty)
  }

  @Test("a soft threshold waits for its grace, and starts afresh when relieved")
  func softThreshold() {
    var memory = EvictionMemory()
    let manager = F.manager([
      EvictionThreshold(signal: .memoryAvailable, amount: F.bytes(200), gracePeriod: .seconds(30))
    ])
    func decide(at seconds: Int64, _ available: Int64) -> EvictionDecision {
      manager.synchronize(
        &memory, observations: F.observations(memory: available, at: seconds), pods: [],
        at: .seconds(seconds))
    }
    #expect(decide(at: 0, 150).rest == .graceNotOver(since: .zero))
    #expect(memory.conditions == .memory)
    #expect(decide(at: 20, 250).rest == .nothingStarved)
    #expect(decide(at: 30, 150).rest == .graceNotOver(since: .seconds(30)))
    #expect(decide(at: 59, 150).rest == .graceNotOver(since: .seconds(30)))
    #expect(decide(at: 60, 150).starvations.count == 1)
  }

  @Test("a threshold once met holds until the minimum is reclaimed on top")
  func minimumReclaim() {
    var memory = EvictionMemory()
    var threshold = hard
    threshold.minimumReclaim = F.bytes(50)
    let manager = F.manager([threshold])
    func isStarved(at seconds: Int64, _ available: Int64) -> Bool {
      !manager.synchronize(
        &memory, observations: F.observations(memory: available, at: seconds), pods: [],
        at: .seconds(seconds)
      ).starvations.isEmpty
    }
    #expect(!isStarved(at: 0, 120))
    #expect(isStarved(at: 10, 99))
    #expect(isStarved(at: 20, 149))
    #expect(!isStarved(at: 30, 150))
    #expect(!isStarved(at: 40, 120))
  }

  @Test("memory goes before everything else; the rest is equally good")
  func order() {
    let disk = EvictionThreshold(signal: .nodeFsAvailable, amount: .share(0.1))
    let pids = EvictionThreshold(signal: .pidAvailable, amount: .share(0.1))
    let manager = F.manager([disk, pids, hard])
    var memory = EvictionMemory()
    let all = manager.synchronize(
      &memory, observations: F.observations(memory: 1, disk: 1, pids: 1, at: 0), pods: [],
      at: .zero)
    #expect(all.starvations.map(\.resource) == [.memory])
    let others = manager.synchronize(
      &memory, observations: F.observations(disk: 1, pids: 1, at: 10), pods: [], at: .seconds(10))
    #expect(
      others.starvations.map(\.threshold.signal)
        == [.nodeFsAvailable, .pidAvailable, .containerFsAvailable])
    #expect(memory.conditions == [.memory, .disk, .pid])
  }

  @Test("for disk the node first gives up dead containers, then images")
  func nodeReclaims() {
    let disk = EvictionThreshold(signal: .imageFsAvailable, amount: .share(0.15))
    let manager = F.manager([disk])
    var memory = EvictionMemory()
    let starved = manager.synchronize(
      &memory, observations: F.observations(disk: 149, at: 0), pods: [], at: .zero)
    #expect(starved.starvations.first?.nodeReclaims == [.deadContainers, .unusedImages])
    #expect(!manager.isResolved(by: F.observations(disk: 149, at: 0)))
    #expect(manager.isResolved(by: F.observations(disk: 151, at: 0)))
  }

  @Test(
    "a second disk frees what lies on it",
    arguments: [
      (FileSystemLayout.dedicatedImages, EvictionSignal.nodeFsAvailable, [NodeReclaim]()),
      (.dedicatedImages, .imageFsAvailable, [.deadContainers, .unusedImages]),
      (.splitImages, .nodeFsAvailable, [.deadContainers]),
      (.splitImages, .imageFsAvailable, [.unusedImages]),
    ])
  func layouts(_ layout: FileSystemLayout, _ signal: EvictionSignal, _ expected: [NodeReclaim]) {
    let manager = EvictionManager(
      EvictionConfiguration(
        thresholds: [EvictionThreshold(signal: signal, amount: .share(0.2))], layout: layout))
    var memory = EvictionMemory()
    let starved = manager.synchronize(
      &memory, observations: F.observations(disk: 1, at: 0), pods: [], at: .zero)
    #expect(
      starved.starvations.first { $0.threshold.signal == signal }?.nodeReclaims == expected)
  }
}
