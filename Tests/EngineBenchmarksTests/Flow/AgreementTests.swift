import EngineBenchmarks
import Testing

@Suite("Agreement of both fidelities")
struct AgreementTests {
  /// Small scenarios: a lone pod (53), few messages (35), bursts with the loss of a pod (10, 69:
  /// whether the group knows with this heartbeat or the next is chance; 120: long queues in
  /// threads), near critical load without any (337: one of three pods; 308: all, which share nodes
  /// that are nearly busy), and partitions that are read in turn when a burst ends (558) and
  /// when a pod is lost (676).
  @Test(
    "drawn scenarios agree within the tolerances",
    arguments: [10, 35, 53, 69, 120, 308, 337, 558, 676] as [UInt64])
  func agrees(seed: UInt64) {
    let agreement = Agreement(seed: seed)
    #expect(agreement.isBalanced)
    #expect(agreement.isMet, "\(agreement.lines.joined(separator: "\n"))")
    #expect(agreement.rows.count == 4)
  }

  @Test("a seed draws the same scenario again, and another one another")
  func draws() {
    let (one, again, other) = (
      AgreementScenario(seed: 5), AgreementScenario(seed: 5), AgreementScenario(seed: 6)
    )
    #expect(one.roundTrip == again.roundTrip && one.cores == again.cores)
    #expect(one.roundTrip != other.roundTrip)
    for seed in 1...60 as ClosedRange<UInt64> {
      #expect(AgreementScenario(seed: seed).load.allSatisfy { $0.perSecond <= 20_000 })
    }
  }
}
