import Kubelet
import KubernetesObjects
import Testing
import TimeUnits

struct EvictionVictimsTests {
  private typealias F = EvictionFixture

  private func victims(
    of threshold: EvictionThreshold, _ pods: [EvictionPod],
    _ observations: SignalObservations = F.observations(memory: 1, disk: 1, pids: 1, at: 0),
    configure: (inout EvictionConfiguration) -> Void = { _ in }
  ) throws -> EvictionVictims {
    var manager = F.manager([threshold])
    configure(&manager.configuration)
    var memory = EvictionMemory()
    let starvations = manager.synchronize(
      &memory, observations: observations, pods: [], at: .zero
    ).starvations
    return manager.victims(
      of: try #require(starvations.first), among: starvations, observations: observations,
      pods: pods)
  }

  private let memory = EvictionThreshold(signal: .memoryAvailable, amount: F.bytes(100))

  @Test("who uses more than was asked for goes first, whatever the priority")
  func exceeding() throws {
    let pods = [
      F.pod("modest", memory: 500, request: 500, priority: -5),
      F.pod("greedy", memory: 11, request: 10, priority: 1000),
    ]
    #expect(try victims(of: memory, pods).best.map(\.pod) == [1])
  }

  @Test("then the lower priority, then the larger excess")
  func priorityThenExcess() throws {
    let pods = [
      F.pod("large", memory: 900, priority: 10), F.pod("small", memory: 20),
      F.pod("larger", memory: 300, request: 270),
    ]
    #expect(try victims(of: memory, pods).best.map(\.pod) == [2])
  }

  @Test("a pod without statistics goes before all others")
  func unknown() throws {
    let pods = [F.pod("known", memory: 900), F.pod("new", priority: 1000, hasUsage: false)]
    let best = try victims(of: memory, pods).best
    #expect(best.map(\.pod) == [1])
    #expect(
      best[0].texts.map(\.message) == [
        "The node was low on resource: memory. Threshold quantity: 100, available: 1. "
      ])
  }

  @Test("processes count by priority, then by number; requests do not")
  func processes() throws {
    let pids = EvictionThreshold(signal: .pidAvailable, amount: .share(0.1))
    let pods = [
      F.pod("few", memory: 900, processes: 3), F.pod("many", processes: 30),
      F.pod("important", processes: 300, priority: 1),
    ]
    #expect(try victims(of: pids, pods).best.map(\.pod) == [1])
  }

  @Test("disk counts writable layers, logs and local volumes")
  func disk() throws {
    let disk = EvictionThreshold(signal: .nodeFsAvailable, amount: .share(0.1))
    var volume = F.pod("volume", disk: 10)
    volume.usage?.localVolumes = [
      PodUsage.VolumeUsage(name: "v", disk: DiskUsage(bytes: 200))
    ]
    var logs = F.pod("logs", disk: 10)
    logs.usage?.containers[0].logs.bytes = 150
    #expect(
      try victims(of: disk, [F.pod("layer", disk: 100), logs, volume]).best.map(\.pod) == [2])
  }

  @Test("pods that rank alike are all named; one of them goes")
  func ties() throws {
    let pods = [F.pod("a", memory: 7), F.pod("b", memory: 5), F.pod("c", memory: 7)]
    #expect(try victims(of: memory, pods).best.map(\.pod) == [0, 2])
  }

  @Test("critical and static pods are spared, and said to be")
  func critical() throws {
    var fixed = F.pod("static", memory: 800)
    fixed.isStatic = true
    let pods = [
      F.pod("critical", memory: 900, priority: 2_000_000_000), fixed,
      F.pod("plain", memory: 20, request: 30),
    ]
    let outcome = try victims(of: memory, pods)
    #expect(outcome.best.map(\.pod) == [2])
    #expect(outcome.spared == [0, 1])
    #expect(try victims(of: memory, [pods[0], fixed]).best.isEmpty)
  }

  @Test("a hard eviction grants one second, a soft one the pod's own up to the longest allowed")
  func grace() throws {
    var pod = F.pod("p", memory: 500)
    pod.terminationGracePeriodSeconds = 20
    #expect(try victims(of: memory, [pod]).best.first?.gracePeriod == .seconds(1))
    // Soft for no longer than an instant, so that the first pass acts.
    var soft = memory
    soft.gracePeriod = .nanoseconds(1)
    var manager = F.manager([soft])
    for (longest, expected) in [(60, 20), (5, 5), (0, 0)] {
      manager.configuration.maximumPodGracePeriod = .seconds(longest)
      var memory = EvictionMemory()
      let seen = F.observations(memory: 1, at: 0)
      _ = manager.synchronize(&memory, observations: seen, pods: [], at: .zero)
      let later = F.observations(memory: 1, at: 10)
      let starved = manager.synchronize(&memory, observations: later, pods: [], at: .seconds(10))
        .starvations
      let victims = manager.victims(
        of: try #require(starved.first), among: starved, observations: later, pods: [pod])
      #expect(victims.best.first?.gracePeriod == .seconds(expected), "\(longest)")
    }
  }

  @Test("the text names every container beyond its request, and the event annotates them")
  func text() throws {
    var pod = F.pod("p", memory: 3072, request: 1024)
    pod.spec.containers.append(Container(name: "d"))
    var second = PodUsage.ContainerUsage(name: "d")
    second.memory = 1
    pod.usage?.containers.append(second)
    let text = try #require(try victims(of: memory, [pod]).best.first?.texts.first)
    #expect(
      text.message
        == "The node was low on resource: memory. Threshold quantity: 100, available: 1. "
        + "Container c was using 3Ki, request is 1Ki, has larger consumption of memory. "
        + "Container d was using 1, request is 0, has larger consumption of memory. ")
    #expect(text.annotations.map(\.value) == ["c,d", "3Ki,1", "memory"])
  }

  @Test("a pod with resources of its own is named as a whole too")
  func podLevelText() throws {
    var pod = F.pod("p", memory: 2048)
    pod.spec.containers = [Container(name: "other")]
    pod.spec.resources = ResourceRequirements()
    pod.spec.resources?.requests["memory"] = Quantity(value: 1024, format: .binarySI)
    let text = try #require(try victims(of: memory, [pod]).best.first?.texts.first)
    #expect(
      text.message.hasSuffix(
        "available: 1. Pod p was using 2Ki, request is 1Ki, has larger consumption of memory. "))
    #expect(text.annotations.map(\.name).contains("offending_pod_usage"))
  }

  @Test("with several thresholds met for one resource any of them may be named")
  func severalThresholds() throws {
    let disk = EvictionThreshold(signal: .nodeFsAvailable, amount: F.bytes(50))
    let images = EvictionThreshold(signal: .imageFsAvailable, amount: F.bytes(70))
    let manager = F.manager([disk, images])
    let seen = F.observations(disk: 1, at: 0)
    var memory = EvictionMemory()
    let starved = manager.synchronize(&memory, observations: seen, pods: [], at: .zero).starvations
    let victims = manager.victims(
      of: try #require(starved.first), among: starved, observations: seen,
      pods: [F.pod("p", disk: 1)])
    let messages = try #require(victims.best.first?.texts.map(\.message))
    #expect(messages.count == 2)
    #expect(messages[0].contains("quantity: 50, available: 1"))
    #expect(messages[1].contains("quantity: 70, available: 1"))
  }
}
