import NodeModel
import Testing
import TimeUnits

/// The note's claims about one machine, each a test that can fail.
@Suite struct NodeMachineTests {
  private static let parameters = NodeParameters()

  /// The first number of JVMs with refaults, counted from the figures alone.
  private static func onset(memory: Double, heap: Double) -> Double {
    let files = parameters.systemFiles + 140
    return (memory - parameters.systemMemory - files)
      / (170 + parameters.podOverhead + heap)
  }

  @Test(
    "refaults begin at (M - U - F) / (b + k + heap) JVMs, within one",
    arguments: [256.0, 512, 1024], [7_600.0, 15_500])
  func onsetOfRefaults(heap: Double, memory: Double) {
    let expected = Self.onset(memory: memory, heap: heap)
    var first: Int?
    for count in 1...60 where first == nil {
      var fixture = MachineFixture(memory: memory, cores: memory > 8_000 ? 4 : 2)
      for _ in 0..<count { fixture.start(MachineFixture.jvm(heap: heap)) }
      var slowest = 1.0
      fixture.run(until: 7_200) { slowest = min(slowest, $0.threadSpeed) }
      if slowest < 1 { first = count }
    }
    #expect(first != nil)
    #expect(abs(Double(first ?? 0) - expected) <= 1)
  }

  @Test("memory is conserved at every change")
  func conservation() {
    var fixture = MachineFixture()
    for _ in 0..<29 { fixture.start(MachineFixture.jvm(heap: 1_235)) }
    var changes = 0
    fixture.run(until: 3_600) { machine in
      changes += 1
      let used =
        Self.parameters.systemMemory + machine.podMemory + machine.residentFiles
      #expect(used <= 7_600 + 1e-3 || machine.room <= Self.parameters.oomFiles + 1)
      #expect(machine.residentFiles >= 0)
      #expect(machine.residentFiles <= machine.hotFiles + 1e-6)
      #expect(machine.credits >= 0)
      #expect(machine.usedCores <= 2 + 1e-9)
    }
    #expect(changes > 100)
    #expect(!fixture.killed.isEmpty)
  }

  @Test("CPU hogs alone slow nobody's pages")
  func hogs() {
    var fixture = MachineFixture()
    for _ in 0..<29 {
      var hog = ContainerLoad()
      hog.threads = 4
      hog.baseMemory = 20
      hog.image = 1
      fixture.start(hog)
    }
    var slowest = 1.0
    fixture.run(until: 3_600) { slowest = min(slowest, $0.threadSpeed) }
    #expect(slowest == 1)
    // system.slice has 1024 of 3072 shares and wants less than a third of two cores.
    #expect(fixture.machine.daemonSpeed == 1)
    #expect(fixture.killed.isEmpty)
  }

  @Test("a volume without waiting takes the sting out of refaults")
  func fastDisk() {
    var parameters = NodeParameters()
    parameters.readLatency = 0
    parameters.reclaimStall = 0
    var fixture = MachineFixture(
      volume: RootVolume(
        baseReads: 1e12, burstReads: 1e12, creditLimit: 0, throughput: 1e12),
      parameters: parameters)
    for _ in 0..<29 { fixture.start(MachineFixture.jvm(heap: 1_235)) }
    var slowest = 1.0
    fixture.run(until: 3_600) { slowest = min(slowest, $0.threadSpeed) }
    #expect(slowest > 0.99)
    #expect(!fixture.killed.isEmpty)
  }

  @Test("the same machine, copied, goes on alike")
  func copy() {
    var one = MachineFixture()
    for _ in 0..<20 { one.start(MachineFixture.jvm(heap: 1_235)) }
    one.run(until: 600)
    var other = one
    one.run(until: 3_600)
    other.run(until: 3_600)
    #expect(one.machine.reads == other.machine.reads)
    #expect(one.machine.daemonWork == other.machine.daemonWork)
    #expect(one.killed == other.killed)
  }
}
