import AWSObjects
import Testing
import TimeUnits

@Suite struct InstanceTests {
  private func instance() -> Instance {
    Instance(
      id: InstanceID(0), instanceType: "m5.large", zone: AvailabilityZone("us-east-1a"),
      launchTime: .zero)
  }

  @Test("Ids look like EC2's, never repeat, and differ where a person looks first")
  func printsIds() {
    let texts = (0..<10_000).map { InstanceID($0).description }
    #expect(texts.allSatisfy { $0.utf8.count == 19 && $0.hasPrefix("i-0") })
    #expect(Set(texts).count == texts.count)
    #expect(Set(texts.prefix(8).map { $0.prefix(8) }).count == 8)
  }

  @Test("Only time in running is billed, each start for itself")
  func billsRunningTime() {
    var instance = instance()
    #expect(instance.billedSeconds(at: .seconds(30)) == 0)
    instance.enter(.running, at: .seconds(40))
    instance.enter(.stopping, at: .seconds(140))
    instance.enter(.stopped, at: .seconds(170))
    #expect(instance.billedSeconds(at: .seconds(1_000)) == 100)
    instance.enter(.pending, at: .seconds(1_000))
    instance.enter(.running, at: .seconds(1_005))
    #expect(instance.billedSeconds(at: .seconds(1_205)) == 300)
    instance.enter(.shuttingDown, at: .seconds(1_305))
    instance.enter(.terminated, at: .seconds(1_340))
    #expect(instance.billedSeconds(at: .seconds(9_999)) == 400)
  }

  @Test("A start of a second costs a minute, and a begun second counts as one")
  func billsAMinuteAtLeast() {
    var instance = instance()
    instance.enter(.running, at: .seconds(10))
    #expect(instance.billedSeconds(at: .seconds(11)) == 60)
    let end = SimulationTime(nanoseconds: 90_000_000_001)
    instance.enter(.stopping, at: end)
    #expect(instance.billedSeconds(at: .seconds(500)) == 81)
    instance.enter(.stopped, at: .seconds(120))
    instance.enter(.pending, at: .seconds(200))
    instance.enter(.running, at: .seconds(205))
    instance.enter(.shuttingDown, at: .seconds(206))
    #expect(instance.billedSeconds(at: .seconds(500)) == 81 + 60)
  }

  @Test("A start sets the launch time anew, as EC2 does")
  func relaunches() {
    var instance = instance()
    instance.enter(.running, at: .seconds(5))
    instance.enter(.stopping, at: .seconds(50))
    instance.enter(.stopped, at: .seconds(60))
    instance.enter(.pending, at: .seconds(100))
    #expect(instance.launchTime == .seconds(100))
    #expect(instance.stateSince == .seconds(100))
  }

  @Test("A state that cannot follow changes nothing")
  func refusesImpossibleSteps() {
    for state in InstanceState.allCases {
      for next in InstanceState.allCases where !state.successors.contains(next) {
        var instance = reached(state)
        let before = instance
        let moved = instance.enter(next, at: .seconds(900))
        #expect(!moved)
        #expect(instance == before)
      }
    }
  }

  private func reached(_ state: InstanceState) -> Instance {
    let way: [InstanceState] =
      switch state {
      case .pending: []
      case .running: [.running]
      case .stopping: [.running, .stopping]
      case .stopped: [.running, .stopping, .stopped]
      case .shuttingDown: [.running, .shuttingDown]
      case .terminated: [.running, .shuttingDown, .terminated]
      }
    var instance = instance()
    for (index, step) in way.enumerated() {
      instance.enter(step, at: .seconds(Int64(100 * (index + 1))))
    }
    #expect(instance.state == state)
    return instance
  }
}
