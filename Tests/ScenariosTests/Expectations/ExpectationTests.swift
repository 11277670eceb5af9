import KubernetesObjects
import Scenarios
import Testing
import TimeUnits

import struct Scenarios.Expectation

struct ExpectationTests {
  private let steps: [MetricExpectation.Step] = [
    .init(time: .seconds(10), value: 2), .init(time: .seconds(20), value: 9),
    .init(time: .seconds(20), value: 5), .init(time: .seconds(40), value: 1),
  ]

  private func check(
    _ bound: MetricExpectation.Bound, _ window: ExpectationWindow
  ) -> Verdict {
    MetricExpectation(metric: "m", window: window, bound: bound)
      .check(steps, end: .seconds(60))
  }

  @Test("a bound holds throughout its window, the value before it included")
  func throughout() {
    let middle = ExpectationWindow(from: .seconds(15), to: .seconds(30))
    #expect(check(.atLeast(2), middle) == Verdict(passed: true, actual: "2 at 15s"))
    #expect(check(.atLeast(3), middle) == Verdict(passed: false, actual: "2 at 15s"))
    #expect(check(.atMost(5), middle) == Verdict(passed: true, actual: "5 at 20s"))
    #expect(check(.atMost(4), middle) == Verdict(passed: false, actual: "5 at 20s"))
    #expect(check(.equals(5), ExpectationWindow(at: .seconds(39))).passed)
    #expect(check(.equals(1), ExpectationWindow(at: .seconds(40))).passed)
    #expect(check(.equals(5), ExpectationWindow()) == Verdict(passed: false, actual: "0 at 0s"))
  }

  @Test("reaching and falling need one moment")
  func moments() {
    #expect(check(.reaches(5), ExpectationWindow()).passed)
    // Of two values of one instant only the last was ever there.
    #expect(check(.reaches(6), ExpectationWindow()) == Verdict(passed: false, actual: "5 at 20s"))
    #expect(check(.falls(1), ExpectationWindow(from: .seconds(15))).passed)
    #expect(!check(.falls(0), ExpectationWindow(from: .seconds(15))).passed)
  }

  @Test("a metric that never was is 0, and a window after the end fails")
  func edges() {
    let none = MetricExpectation(metric: "m", window: ExpectationWindow(), bound: .equals(0))
    #expect(none.check([], end: .seconds(1)).passed)
    let late = MetricExpectation(
      metric: "m", window: ExpectationWindow(at: .seconds(90)), bound: .equals(0))
    #expect(late.check([], end: .seconds(60)).passed == false)
  }

  @Test("events are told by reason, object, text and time")
  func events() {
    let expectation = EventExpectation(
      reason: "FailedScheduling", kind: "Pod", namePrefix: "web-", message: "Insufficient cpu",
      window: ExpectationWindow(to: .seconds(60)))
    func matches(_ reason: String, _ kind: String, _ name: String, _ at: Int64) -> Bool {
      expectation.matches(
        reason: reason, kind: kind, name: name, message: "0/3 nodes: 3 Insufficient cpu.",
        at: .seconds(at))
    }
    #expect(matches("FailedScheduling", "Pod", "web-1", 60))
    #expect(!matches("FailedScheduling", "Pod", "web-1", 61))
    #expect(!matches("FailedScheduling", "Pod", "db-1", 10))
    #expect(!matches("FailedScheduling", "Node", "web-1", 10))
    #expect(!matches("Scheduled", "Pod", "web-1", 10))
    #expect(expectation.check(count: 2) == Verdict(passed: true, actual: "2 times"))
    #expect(expectation.check(count: 0) == Verdict(passed: false, actual: "never"))
    #expect(EventExpectation(reason: "x", count: .never).check(count: 1).passed == false)
  }

  @Test("a command is held against its output and its fate")
  func commands() {
    let refused = CommandExpectation(
      number: 2, commandText: "aws", output: "above max", accepted: false)
    #expect(refused.check(output: "6 is above max 4", accepted: false).passed)
    #expect(!refused.check(output: "6 is above max 4", accepted: true).passed)
    #expect(!refused.check(output: "", accepted: false).passed)
    #expect(refused.check(output: nil, accepted: false).actual == "it did not run")
  }

  @Test(
    "each expectation says itself as a sentence",
    arguments: [
      (
        Expectation(
          .metric(
            MetricExpectation(
              metric: "kube_pod_status_phase", labels: ["phase": "Pending"],
              window: ExpectationWindow(from: .seconds(300), to: .seconds(600)), bound: .atLeast(1))
          )), "kube_pod_status_phase{phase=\"Pending\"} is at least 1 from 5m to 10m"
      ),
      (
        Expectation(
          .metric(
            MetricExpectation(
              metric: "m", window: ExpectationWindow(at: .seconds(90)), bound: .equals(2.5)))),
        "m is 2.5 at 1m30s"
      ),
      (
        Expectation(.event(EventExpectation(reason: "Killing", count: .never))),
        "no event Killing"
      ),
      (
        Expectation(
          .event(
            EventExpectation(
              reason: "FailedScheduling", kind: "Pod", namePrefix: "web-", message: "0/3",
              window: ExpectationWindow(from: .seconds(60)), count: .atLeast(3)))),
        "at least 3 events FailedScheduling about a Pod web-… that says \"0/3\" from 1m on"
      ),
      (
        Expectation(
          .command(
            CommandExpectation(
              number: 5, commandText: "aws x", output: "above max", accepted: false))),
        "\"aws x\" (command 5) is refused and says \"above max\""
      ),
      (
        Expectation(.event(EventExpectation(reason: "x")), text: "my own words"), "my own words"
      ),
    ])
  func sentences(expectation: Expectation, sentence: String) {
    #expect(expectation.sentence == sentence)
  }
}
