import Kubelet
import NodeModel
import Testing
import TimeUnits

/// The machine's own division of CPU against the rule that recordings hold: `CPUAllocation`.
@Suite struct CPUSharingTests {
  /// A small generator, so that the worlds are the same everywhere.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
  }

  private struct Pod {
    var group: PodGroup
    var containers: [ContainerLoad]
  }

  private static func pods(_ seed: UInt64) -> [Pod] {
    var dice = Dice(state: seed)
    return (0..<Int(1 + dice.roll(12))).map { _ in
      let qos = PodGroupClass.allCases[Int(dice.roll(3))]
      let weight = qos == .bestEffort ? 2.0 : Double(2 + dice.roll(2_000))
      let containers = (0..<Int(1 + dice.roll(3))).map { _ in
        var load = ContainerLoad()
        load.threads = Double(dice.roll(40)) / 10
        load.weight = qos == .bestEffort ? 2 : Double(2 + dice.roll(1_000))
        if dice.roll(3) == 0 { load.quota = Double(1 + dice.roll(20)) / 10 }
        load.image = 1
        return load
      }
      let quota =
        containers.allSatisfy { $0.quota.isFinite } && dice.roll(2) == 0
        ? containers.reduce(0) { $0 + $1.quota } : .infinity
      return Pod(group: PodGroup(qos: qos, weight: weight, quota: quota), containers: containers)
    }
  }

  /// The same cgroups in the general form; returns each container's cores, and the daemons'.
  private static func expected(_ pods: [Pod], daemonWant: Double) -> ([Double], Double) {
    var groups = [
      CPUAllocation.Group(weight: 1_024, demand: daemonWant),
      CPUAllocation.Group(weight: 2_048),
    ]
    let burstable = pods.filter { $0.group.qos == .burstable }
    let weight = burstable.reduce(0) { $0 + $1.group.weight }
    groups.append(CPUAllocation.Group(parent: 1, weight: max(2, weight)))
    groups.append(CPUAllocation.Group(parent: 1, weight: 2))
    var leaves: [Int] = []
    for pod in pods {
      let parent = pod.group.qos == .guaranteed ? 1 : pod.group.qos == .burstable ? 2 : 3
      let quota = pod.group.quota.isFinite ? pod.group.quota : nil
      let place = groups.count
      groups.append(CPUAllocation.Group(parent: parent, weight: pod.group.weight, quota: quota))
      for load in pod.containers {
        leaves.append(groups.count)
        groups.append(
          CPUAllocation.Group(
            parent: place, weight: load.weight, demand: load.threads,
            quota: load.quota.isFinite ? load.quota : nil))
      }
    }
    let cores = CPUAllocation.cores(groups, capacity: 2)
    return (leaves.map { cores[$0] }, cores[0])
  }

  @Test("every container gets what the tree of cgroups gives it", arguments: 1...60)
  func sharing(seed: Int) {
    let pods = Self.pods(UInt64(seed))
    var fixture = MachineFixture()
    var places: [UInt32] = []
    for pod in pods {
      let group = fixture.machine.addPod(pod.group)
      for load in pod.containers {
        places.append(fixture.machine.start(load, owner: 0, in: group))
      }
    }
    fixture.machine.countJobs(seed % 4)
    fixture.machine.settle()
    fixture.machine.advance(to: .seconds(10))
    let parameters = NodeParameters()
    let want =
      parameters.daemonCPU + parameters.daemonCPUPerContainer * Double(places.count)
      + parameters.jobCPU * Double(seed % 4)
    let (expected, daemons) = Self.expected(pods, daemonWant: want)
    for (place, cores) in zip(places, expected) {
      #expect(abs(fixture.machine.usage(of: place).cpuSeconds - 10 * cores) < 1e-6)
    }
    #expect(abs(fixture.machine.daemonSpeed - min(1, daemons / want)) < 1e-9)
  }

  @Test("who sleeps beside hogs may use a fair share, and nothing more when it uses it")
  func entitlement() {
    var fixture = MachineFixture()
    var hog = ContainerLoad()
    hog.threads = 2
    hog.image = 1
    var sleeper = hog
    sleeper.threads = 0
    for _ in 0..<4 { fixture.start(hog) }
    let place = fixture.start(sleeper)
    let parameters = NodeParameters()
    let daemons = parameters.daemonCPU + 5 * parameters.daemonCPUPerContainer
    let fair = (2 - daemons) / 5
    #expect(abs(fixture.machine.entitlement(of: place).cores - fair) < 1e-9)
    fixture.machine.setThreads(40, of: place)
    fixture.machine.settle()
    #expect(abs(fixture.machine.entitlement(of: place).cores - fair) < 1e-9)
    // Alone it may use all that the daemons leave; a limit holds over a period, not at once.
    var lonely = MachineFixture()
    sleeper.quota = 0.5
    let only = lonely.start(sleeper)
    let rest = 2 - parameters.daemonCPU - parameters.daemonCPUPerContainer
    #expect(abs(lonely.machine.entitlement(of: only).cores - rest) < 1e-9)
    #expect(lonely.machine.entitlement(of: only).limit == 0.5)
  }

  @Test("a limit of half a core under a demand of one holds every period up for half of it")
  func throttling() {
    var fixture = MachineFixture()
    var load = ContainerLoad()
    load.threads = 1
    load.quota = 0.5
    load.image = 1
    let place = fixture.start(load)
    fixture.run(until: 100)
    let usage = fixture.machine.usage(of: place)
    #expect(abs(usage.cpuSeconds - 50) < 1e-6)
    #expect(abs(usage.periods - 1_000) < 1e-6)
    #expect(usage.throttledPeriods == usage.periods)
    #expect(abs(usage.throttledSeconds - 50) < 1e-6)
  }
}
