import ClusterAutoscaler
import Testing

@Suite("Autoscaler options")
struct OptionTests {
  @Test("the expander of 1.36 is least-waste unless a flag says otherwise")
  func expander() {
    #expect(AutoscalerOptions().expander == [.leastWaste])
  }
}
