import KubeControllers
import Testing
import TimeUnits

@Suite("Event correlation")
struct EventCorrelatorTests {
  private func event(_ message: String) -> ReportedEvent {
    ReportedEvent(reason: "SuccessfulCreate", message: message)
  }

  @Test("The same event again counts up")
  func counts() {
    var correlator = EventCorrelator()
    #expect(correlator.observe(event("m"), about: "Pod/a", at: .zero) == .created(message: "m"))
    #expect(
      correlator.observe(event("m"), about: "Pod/a", at: .seconds(1))
        == .counted(message: "m", count: 2))
    #expect(
      correlator.observe(event("m"), about: "Pod/b", at: .seconds(1)) == .created(message: "m"))
  }

  @Test("From the tenth different message on they are told as one, within ten minutes")
  func aggregates() {
    var correlator = EventCorrelator()
    for index in 1...9 {
      #expect(
        correlator.observe(event("m\(index)"), about: "Pod/a", at: .zero)
          == .created(message: "m\(index)"))
    }
    #expect(
      correlator.observe(event("m10"), about: "Pod/a", at: .seconds(1))
        == .created(message: "(combined from similar events): m10"))
    #expect(
      correlator.observe(event("m11"), about: "Pod/a", at: .seconds(2))
        == .counted(message: "(combined from similar events): m11", count: 2))
    #expect(
      correlator.observe(event("m12"), about: "Pod/a", at: .seconds(603))
        == .created(message: "m12"))
  }

  @Test("An object has 25 events at once, then one every five minutes")
  func spam() {
    var correlator = EventCorrelator()
    for _ in 0..<25 {
      #expect(correlator.observe(event("m"), about: "Pod/a", at: .zero) != .dropped)
    }
    #expect(correlator.observe(event("m"), about: "Pod/a", at: .seconds(299)) == .dropped)
    #expect(correlator.observe(event("m"), about: "Pod/a", at: .seconds(301)) != .dropped)
    #expect(correlator.observe(event("m"), about: "Pod/b", at: .zero) != .dropped)
  }
}
