import AWSObjects
import ClusterSimulation
import EC2AutoScaling
import Scenarios
import SimulationKernel
import TestSupport
import Testing
import TimeUnits

/// What becomes of a group over time, seen as DescribeAutoScalingGroups sees it.
@Suite struct GroupLifeTests {
  private func cloud(
    _ change: (inout ScenarioDraft) throws -> Void, zones: [String] = ["us-east-1a"],
    desired: Int = 2, minutes: Int64 = 30
  ) throws -> Cloud {
    let group = NodeGroupSpec(
      name: "workers", instanceType: "m5.large", zones: zones.map { AvailabilityZone($0) },
      min: 0, desired: desired, max: 6)
    var draft = ScenarioDraft(
      name: "group-life", era: .current, horizon: .seconds(minutes * 60),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: [group]))
    try change(&draft)
    var run = try ClusterRun(TestRuns.setup(draft, manifests: ""))
    run.run(until: run.horizon)
    let cloud = run.simulation.model.world.cloud
    #expect(cloud.brokenInvariants.isEmpty)
    return cloud
  }

  private func at(_ minute: Int64, _ text: String) throws -> TimelineEntry {
    try TimelineEntry(at: .seconds(minute * 60), run: "aws autoscaling " + text)
  }

  private func lives(_ cloud: Cloud) -> [String] {
    cloud.groups[0].members.map { "\($0.lifecycle.rawValue) \($0.zone.name.suffix(1))" }
  }

  @Test("Uneven by two: an instance is launched first, and one is taken 20 to 90 s later")
  func launchesFirst() throws {
    let cloud = try cloud(
      { draft in
        // Zone a was closed while the group grew.
        draft.cloud.capacityShortages = [
          CapacityShortage(zones: [AvailabilityZone("us-east-1a")], until: .seconds(600))
        ]
        draft.timeline = [
          try at(1, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 5"),
          try at(12, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 6"),
        ]
      }, zones: ["us-east-1a", "us-east-1b"])
    #expect(
      lives(cloud).sorted() == ["InService a", "InService a", "InService a"]
        + ["InService b", "InService b", "InService b"])
    let launch = try #require(cloud.activities.first { $0.cause.contains("to balance") })
    let loss = try #require(
      cloud.activities.first { $0.kind == .terminate && $0.startTime > launch.startTime })
    let span = (loss.startTime - launch.startTime).secondsValue
    #expect((20...90).contains(span))
  }

  @Test("With AZRebalance suspended the zones stay uneven")
  func staysUneven() throws {
    let cloud = try cloud(
      { draft in
        draft.cloud.nodeGroups[0].autoScaling.suspendedProcesses = [.azRebalance]
        draft.cloud.capacityShortages = [
          CapacityShortage(zones: [AvailabilityZone("us-east-1a")], until: .seconds(600))
        ]
        draft.timeline = [
          try at(1, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 5")
        ]
      }, zones: ["us-east-1a", "us-east-1b"])
    #expect(lives(cloud).count { $0 == "InService b" } == 4)
    #expect(!cloud.activities.contains { $0.cause.contains("to balance") })
  }

  @Test("A shortage without end: desired stays, each failure is an activity, the tries get rarer")
  func keepsTrying() throws {
    let cloud = try cloud(
      { draft in
        draft.cloud.capacityShortages = [CapacityShortage(instanceType: "m5.large")]
        draft.timeline = [
          try at(1, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 3")
        ]
      })
    #expect(cloud.groups[0].desiredCapacity == 3)
    #expect(cloud.groups[0].members.count == 2)
    let failed = cloud.activities.filter { $0.status == .failed }
    #expect(failed.allSatisfy { $0.errorCode == "InsufficientInstanceCapacity" })
    let spans = zip(failed, failed.dropFirst()).map { ($1.startTime - $0.startTime).secondsValue }
    #expect(spans.prefix(3) == [60, 120, 240])
    #expect(spans.dropFirst(3).allSatisfy { $0 == 300 })
  }

  @Test("A hook that nobody answers holds its instance for an hour, then the group tries again")
  func abandons() throws {
    let hook = LifecycleHook(name: "ready", transition: .launching)
    let cloud = try cloud(
      { draft in
        draft.cloud.nodeGroups[0].autoScaling.lifecycleHooks = [LifecycleHookSpec(hook: hook)]
        draft.timeline = [
          try at(1, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 3")
        ]
      }, minutes: 65)
    #expect(lives(cloud) == ["InService a", "InService a", "Pending:Wait a"])
    let given = try #require(
      cloud.activities.first { $0.statusMessage?.contains("abandoned") == true })
    #expect(given.status == .cancelled)
  }

  @Test("With Capacity Rebalancing the replacement is there before EC2 takes the instance")
  func rebalancesCapacity() throws {
    let cloud = try cloud(
      { draft in
        var policy = MixedInstancesPolicy(instanceTypes: ["m5.large"])
        policy.onDemandPercentageAboveBaseCapacity = 0
        draft.cloud.nodeGroups[0].autoScaling.mixedInstances = policy
        draft.cloud.nodeGroups[0].autoScaling.capacityRebalance = true
        draft.cloud.spot.interruptionsPerHour = 0.5
      }, minutes: 240)
    let losses = cloud.activities.filter { $0.kind == .terminate }
    #expect(losses.count >= 2)
    let early = losses.filter { $0.cause.contains("rebalance recommendation") }
    #expect(!early.isEmpty)
    for loss in early {
      let id = try #require(loss.instance)
      let end = try #require(cloud[id].interruptedAt)
      #expect(loss.startTime < end)
    }
  }

  @Test("A growing group takes the instances of its warm pool and launches none")
  func warmStarts() throws {
    let cloud = try cloud(
      { draft in
        draft.cloud.nodeGroups[0].autoScaling.warmPool = WarmPool()
        draft.timeline = [
          try at(1, "set-desired-capacity --auto-scaling-group-name workers --desired-capacity 4")
        ]
      })
    #expect(lives(cloud).count { $0 == "InService a" } == 4)
    #expect(lives(cloud).count { $0 == "Warmed:Stopped a" } == 2)
    #expect(cloud.instances.count == 6)
  }
}
