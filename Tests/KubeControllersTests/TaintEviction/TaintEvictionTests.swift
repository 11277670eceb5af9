import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Taint eviction")
struct TaintEvictionTests {
  private let unreachable = Taint(key: Taint.Key.unreachable, effect: .noExecute)
  private let other = Taint(key: "other", effect: .noExecute)

  private func tolerates(_ key: String, for seconds: Int64?) -> Toleration {
    Toleration(key: key, operator: .exists, effect: .noExecute, seconds: seconds)
  }

  private func decide(
    _ tolerations: [Toleration], _ taints: [Taint],
    scheduled: TaintEviction.Scheduled? = nil, at now: Int64 = 10
  ) -> TaintEviction.Decision {
    TaintEviction.decide(
      tolerations: tolerations, taints: taints, scheduled: scheduled, at: .seconds(now))
  }

  private func due(_ created: Int64, _ fire: Int64) -> TaintEviction.Scheduled {
    TaintEviction.Scheduled(createdAt: .seconds(created), fireAt: .seconds(fire))
  }

  @Test("A pod that does not tolerate goes at once, and one that waits is told off first")
  func intolerant() {
    #expect(decide([], [unreachable]) == .schedule(due(10, 10), cancelsEarlier: false))
    #expect(
      decide([], [unreachable], scheduled: due(5, 305))
        == .schedule(due(10, 10), cancelsEarlier: true))
  }

  @Test("The shortest of the tolerations in use counts; without seconds a pod stays for ever")
  func minimum() {
    let tolerations = [
      tolerates(Taint.Key.unreachable, for: 300), tolerates("other", for: 20),
      tolerates("unused", for: 1),
    ]
    #expect(
      decide(tolerations, [unreachable, other])
        == .schedule(due(10, 30), cancelsEarlier: false))
    #expect(decide([tolerates("", for: nil)], [unreachable, other]) == .keep)
    #expect(
      decide([tolerates(Taint.Key.unreachable, for: -5)], [unreachable])
        == .schedule(due(10, 10), cancelsEarlier: false))
  }

  @Test("A running clock is not started afresh by another taint")
  func keepsTheClock() {
    let tolerations = [tolerates("", for: 300)]
    #expect(decide(tolerations, [unreachable, other], scheduled: due(5, 305)) == .keep)
  }

  @Test("Only NoExecute counts; without it what was due is called off")
  func cancels() {
    let mild = Taint(key: "x", effect: .noSchedule)
    #expect(decide([], [mild]) == .cancel(cancelsEarlier: false))
    #expect(decide([], [mild], scheduled: due(5, 305)) == .cancel(cancelsEarlier: true))
  }
}
