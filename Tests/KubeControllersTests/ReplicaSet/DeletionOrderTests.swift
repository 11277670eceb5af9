import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("ReplicaSet: which pods go")
struct DeletionOrderTests {
  private let order = DeletionOrder(now: .seconds(100))

  private func candidate(
    _ uid: UInt64, bound: Bool = true, phase: PodStatus.Phase = .running, ready: Int64? = 10,
    cost: Int64 = 0, colocated: Int64 = 0, restarts: Int32 = 0, created: Int64 = 0
  ) -> DeletionCandidate {
    DeletionCandidate(
      uid: UID(low: uid), isBound: bound, phase: phase,
      readySince: ready.map { .seconds($0) }, deletionCost: cost, colocated: colocated,
      restarts: restarts, created: .seconds(created))
  }

  @Test("Each criterion decides only where those before it are equal")
  func criteria() {
    // From the first to go to the last; each pair differs in one more criterion.
    let ladder = [
      candidate(9, bound: false, phase: .pending, ready: nil),
      candidate(9, phase: .pending, ready: nil), candidate(9, phase: .unknown, ready: nil),
      candidate(9, ready: nil), candidate(9, cost: -5), candidate(9, colocated: 3),
      candidate(9, ready: 99), candidate(9, restarts: 4), candidate(9, created: 99),
      candidate(9),
    ]
    for (earlier, later) in zip(ladder, ladder.dropFirst()) {
      #expect(order.compare(earlier, later) < 0)
      #expect(order.compare(later, earlier) > 0)
    }
  }

  @Test("Ages in one power of two of nanoseconds are equal, and the smaller uid goes first")
  func ageBuckets() {
    // 90 s and 70 s lie between 2^36 and 2^37 ns, 68 s below.
    #expect(order.compare(candidate(1, ready: 10), candidate(2, ready: 30)) < 0)
    #expect(order.compare(candidate(2, ready: 10), candidate(1, ready: 30)) > 0)
    #expect(order.compare(candidate(1, ready: 10), candidate(2, ready: 32)) > 0)
  }

  @Test("1.11 compares exact times and knows neither cost nor colocation")
  func oldRelease() {
    let old = DeletionOrder(now: .seconds(100), release: .v1_11)
    #expect(old.compare(candidate(1, ready: 10), candidate(2, ready: 30)) > 0)
    #expect(old.compare(candidate(1, cost: -9, colocated: 9), candidate(2)) == 0)
  }

  @Test("Pods that differ in nothing are contested, and any of them may go")
  func ties() {
    let pods = [candidate(3), candidate(1), candidate(2), candidate(9, ready: nil)]
    let selection = order.selection(2, of: pods)
    #expect(selection.certain == [3])
    #expect(selection.contested == [0, 1, 2])
    #expect(selection.take == 1)
    for index in 0..<3 {
      #expect(order.admits([index], of: selection, candidates: pods))
    }
    #expect(order.victims(2, of: pods) == [3, 1])
  }

  @Test("Within a bucket a pod may go before a smaller uid only through pods of its own second")
  func cycles() {
    // p and q became ready in the same second, r in another; by uid p < r < q.
    let (p, q, r) = (candidate(1), candidate(3), candidate(2, ready: 11))
    let pods = [p, q, r]
    let one = order.selection(1, of: pods)
    // q, p, r is a sequence in which nobody stands right before one that should go earlier.
    #expect(order.admits([1], of: one, candidates: pods))
    #expect(order.admits([0], of: one, candidates: pods))
    // After r only q may stand, and p, which is left, may then not follow… q and p are equal.
    #expect(order.admits([2], of: one, candidates: pods))
    let strict = [candidate(1), candidate(2, ready: 11)]
    let only = order.selection(1, of: strict)
    #expect(order.admits([0], of: only, candidates: strict))
    #expect(!order.admits([1], of: only, candidates: strict))
  }

  @Test("A deletion cost that is no plain Int32 counts as 0", arguments: ["x", "+1", "1.5", "07"])
  func badCost(text: String) {
    var pod = Fixture.pod(readyAt: 1)
    pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = text
    #expect(DeletionCandidate(pod).deletionCost == 0)
    pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = "-12"
    #expect(DeletionCandidate(pod).deletionCost == -12)
  }
}
