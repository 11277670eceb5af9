import EngineBenchmarks
import Testing

@Suite("Agreement of both fidelities")
struct AgreementTests {
  /// Small scenarios: a burst with the loss of a pod, and a lone pod.
  @Test("drawn scenarios agree within the tolerances", arguments: [10, 53] as [UInt64])
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
