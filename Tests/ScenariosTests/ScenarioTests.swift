import AWSObjects
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits

import struct Scenarios.Expectation

struct ScenarioTests {
  private func draft(
    min: Int = 1, desired: Int = 2, max: Int = 3, zones: [String] = ["us-east-1a"]
  ) -> ScenarioDraft {
    ScenarioDraft(
      name: "s", horizon: .seconds(600),
      cloud: CloudSpec(
        region: Region("us-east-1"),
        nodeGroups: [
          NodeGroupSpec(
            name: "workers", instanceType: "m5.large", zones: zones.map(AvailabilityZone.init),
            min: min, desired: desired, max: max)
        ]))
  }

  private func messages(_ draft: ScenarioDraft) -> [String] {
    do throws(ScenarioProblems) {
      _ = try Scenario(draft)
      return []
    } catch {
      return error.problems.map { "\($0.path): \($0.message)" }
    }
  }

  @Test("each era has its release, its nodes and its day")
  func eras() {
    #expect(Era.february2019.release == .v1_11)
    #expect(Era.february2019.defaultDate.date == "2019-02-15")
    #expect(Era.current.release == .v1_36)
    #expect(Era.current.defaultDate.date == "2026-07-20")
    #expect(
      ScenarioDraft(name: "s", era: .february2019, horizon: .seconds(1), cloud: draft().cloud)
        .date.date == "2019-02-15")
  }

  @Test(
    "a group outside its own bounds is no scenario",
    arguments: [
      (1, 2, 3, [String]()), (0, 0, 0, []),
      (
        4, 5, 3,
        [
          "spec.cloud.nodeGroups[0].min: min 4 is above max 3",
          "spec.cloud.nodeGroups[0].desired: desired 5 is above max 3",
        ]
      ),
      (2, 1, 3, ["spec.cloud.nodeGroups[0].desired: desired 1 is below min 2"]),
      (-1, 0, 3, ["spec.cloud.nodeGroups[0].min: min -1 is below 0"]),
    ])
  func bounds(min: Int, desired: Int, max: Int, expected: [String]) {
    #expect(messages(draft(min: min, desired: desired, max: max)) == expected)
  }

  @Test("zones lie in the region, once each")
  func zones() {
    #expect(
      messages(draft(zones: ["us-east-1a", "eu-west-1a", "us-east-1a", "us-east-1"])) == [
        "spec.cloud.nodeGroups[0].zones[1]: 'eu-west-1a' is not a zone of us-east-1",
        "spec.cloud.nodeGroups[0].zones[2]: 'us-east-1a' is there twice",
        "spec.cloud.nodeGroups[0].zones[3]: 'us-east-1' is not a zone of us-east-1",
      ])
    #expect(
      messages(draft(zones: [])) == [
        "spec.cloud.nodeGroups[0].zones: a node group needs at least one zone"
      ])
  }

  @Test("everything that contradicts itself is said at once")
  func everything() throws {
    var draft = draft()
    draft.cloud.nodeGroups.append(draft.cloud.nodeGroups[0])
    draft.addons = [.coreDNS, .coreDNS]
    draft.timeline = [
      try TimelineEntry(at: .seconds(700), run: "kubectl get pods"),
      try TimelineEntry(
        at: .seconds(10), run: "aws ec2 stop-instances --instance-ids $(instances wrokers)"),
    ]
    draft.expectations = [
      Expectation(.event(EventExpectation(reason: "x", window: .init(to: .seconds(601))))),
      Expectation(
        .event(
          EventExpectation(reason: "x", window: .init(from: .seconds(9), to: .seconds(8))))),
      Expectation(.command(CommandExpectation(number: 3, commandText: ""))),
    ]
    #expect(
      messages(draft) == [
        "spec.cloud.nodeGroups[1].name: there is a node group 'workers' already",
        "spec.addons[1]: 'coredns' is there twice",
        "spec.timeline[0].at: 11m40s is beyond the horizon of 10m",
        "spec.timeline[1].run: $(instances wrokers): there is no node group 'wrokers'",
        "spec.expect[0].to: 10m1s is beyond the horizon of 10m",
        "spec.expect[1].to: 'to' is before 'from'",
        "spec.expect[2].command: there is no command 3: the timeline has 2",
      ])
  }

  @Test("the timeline is in the order of time, and of the file within one instant")
  func timelineOrder() throws {
    var draft = draft()
    draft.timeline = try [(20, "a"), (10, "b"), (20, "c")].map { at, name in
      try TimelineEntry(at: .seconds(at), run: "kubectl get pods \(name)")
    }
    #expect(try Scenario(draft).timeline.map { $0.text.suffix(1) } == ["b", "a", "c"])
  }

  @Test("a container's own behavior goes before its workload's")
  func behaviors() throws {
    var draft = draft()
    draft.behaviors = [
      BehaviorSpec(name: "web", exitCode: 1), BehaviorSpec(name: "nginx", exitCode: 2),
    ]
    let scenario = try Scenario(draft)
    #expect(scenario.behavior(container: "nginx", workload: "web")?.exitCode == 2)
    #expect(scenario.behavior(container: "sidecar", workload: "web")?.exitCode == 1)
    #expect(scenario.behavior(container: "sidecar", workload: "db") == nil)
  }
}
