import Kubelet
import NodeModel
import Testing
import TimeUnits

/// Limits, the kernel's choice, burst credits.
@Suite struct MemoryTests {
  private static func growing(_ rate: Double, limit: Double = .infinity) -> ContainerLoad {
    var load = ContainerLoad()
    load.baseMemory = 100
    load.growthPerSecond = rate
    load.memoryLimit = limit
    load.image = 1
    load.files = 10
    return load
  }

  @Test("a container is ended when it reaches its limit, to the moment")
  func containerLimit() throws {
    var fixture = MachineFixture()
    let place = fixture.start(Self.growing(5, limit: 600))
    var ended: Double?
    fixture.run(until: 200) { machine in
      if ended == nil, machine.owner(of: place) == nil { ended = machine.now.secondsValue }
    }
    // (600 - 100) / 5 seconds.
    #expect(abs(try #require(ended) - 100) < 1e-6)
    #expect(fixture.killed == [.containerLimit(place: place)])
  }

  @Test("the cgroup of all pods has a limit of its own, and the worst of them goes")
  func podLimit() {
    var fixture = MachineFixture(podMemoryLimit: 2_000)
    fixture.start(Self.growing(1))
    let worst = fixture.start(Self.growing(10))
    fixture.run(until: 300)
    #expect(fixture.killed.first == .podLimit(place: worst))
    #expect(fixture.machine.podMemory < 2_000)
  }

  @Test("when the machine is out of memory the kernel's score decides, and only after a while")
  func machine() throws {
    var parameters = NodeParameters()
    parameters.oomPatience = 3
    // A disk without waiting: the machine runs into the wall instead of creeping towards it.
    parameters.readLatency = 0
    parameters.reclaimStall = 0
    let volume = RootVolume(
      baseReads: 1e12, burstReads: 1e12, creditLimit: 0, throughput: 1e12)
    var fixture = MachineFixture(volume: volume, parameters: parameters)
    var guaranteed = Self.growing(20)
    guaranteed.oomAdjustment = -997
    fixture.start(guaranteed, qos: .guaranteed)
    let victim = fixture.start(Self.growing(5))
    var wall: Double?
    var ended: Double?
    fixture.run(until: 600) { machine in
      if wall == nil, machine.room <= parameters.oomFiles + 1e-3 {
        wall = machine.now.secondsValue
      }
      if ended == nil, machine.owner(of: victim) == nil { ended = machine.now.secondsValue }
    }
    // The larger one is protected by its score.
    #expect(fixture.killed.first == .machine(place: victim))
    #expect(abs(try #require(ended) - (try #require(wall)) - 3) < 0.01)
  }

  @Test("burst credits last as long as the volume's rates say, and then the base is all there is")
  func credits() throws {
    var fixture = MachineFixture()
    // Memory that is simply taken: nothing grows, so the storm is steady.
    var hog = ContainerLoad()
    hog.baseMemory = 7_600 - 600 - 17.5 - 200
    hog.threads = 64
    hog.image = 1
    hog.files = 140
    fixture.start(hog)
    var spent: Double?
    fixture.run(until: 4_000) { machine in
      if spent == nil, machine.credits == 0 { spent = machine.now.secondsValue }
    }
    // 5.4 million at 3 000 - 100 a second.
    #expect(abs(try #require(spent) - 5_400_000 / 2_900) < 30)
    #expect(fixture.machine.readsPerSecond <= 100)
    #expect(fixture.machine.daemonSpeed < 0.01)
  }

  @Test("limits that fit beside the system never slow anybody")
  func fittingLimits() {
    var fixture = MachineFixture()
    for _ in 0..<6 {
      var load = MachineFixture.jvm(heap: 5_000)
      load.memoryLimit = 1_000
      fixture.start(load)
    }
    // 600 + 440 + 6 * (1 000 + 17.5) is below 7 600.
    var slowest = 1.0
    fixture.run(until: 3_600) { slowest = min(slowest, $0.threadSpeed) }
    #expect(slowest == 1)
    #expect(fixture.killed.count == 6)
  }

  @Test("less hot text, and more reads a second, both mean a faster node under the same pressure")
  func levers() {
    func speed(files: Double, reads: Double) -> Double {
      var parameters = NodeParameters()
      parameters.systemFiles = files
      var fixture = MachineFixture(
        volume: RootVolume(
          baseReads: reads, burstReads: reads, creditLimit: 0, throughput: 1_000),
        parameters: parameters)
      var hog = ContainerLoad()
      hog.baseMemory = 7_600 - 600 - 17.5 - 100
      hog.threads = 64
      hog.image = 1
      fixture.start(hog)
      fixture.run(until: 60)
      return fixture.machine.daemonSpeed
    }
    #expect(speed(files: 150, reads: 3_000) > speed(files: 300, reads: 3_000))
    #expect(speed(files: 300, reads: 16_000) > speed(files: 300, reads: 3_000))
  }
}
