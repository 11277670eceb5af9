import ClusterAutoscaler
import KubernetesObjects
import Testing
import TimeUnits

struct AWSNodeGroupsTests {
  private let prefix = AWSNodeTemplate.tagPrefix

  private func describe(
    desired: Int, instances: Int, tags: [(key: String, value: String)] = [],
    machine: AWSMachineType? = nil
  ) -> AWSGroupDescription {
    AWSGroupDescription(
      name: "asg", minSize: 1, maxSize: 10, desiredCapacity: desired,
      instances: (0..<instances).map { AWSGroupInstance(id: "i-\($0)", zone: "eu-west-1b") },
      availabilityZones: ["eu-west-1b", "eu-west-1a"], tags: tags, machine: machine)
  }

  private func groups(
    _ description: AWSGroupDescription, release: AutoscalerRelease = .v1_36
  ) -> AWSNodeGroups {
    var options = AutoscalerOptions.defaults(for: release)
    options.nodes = [NodeGroupSpec(minSize: 1, maxSize: 10, name: "asg")]
    var groups = AWSNodeGroups(options: options)
    groups.refresh([description], at: .zero) { _ in [] }
    return groups
  }

  @Test("the cloud is asked once a minute, and after a deletion")
  func refresh() throws {
    var groups = groups(describe(desired: 3, instances: 3))
    #expect(!groups.needsRefresh(at: .seconds(59)) && groups.needsRefresh(at: .seconds(60)))
    let calls = try groups.delete(["aws:///eu-west-1b/i-2"], from: "asg") { 3 }
    #expect(calls == [.terminateInstance(group: "asg", id: "i-2")])
    groups.noteDeletion(calls, at: .seconds(1))
    #expect(groups.needsRefresh(at: .seconds(2)) && groups.nodeGroups[0].targetSize == 2)
  }

  @Test("sizes outside the bounds, and machines of others, are refused")
  func refusals() {
    let groups = groups(describe(desired: 9, instances: 1))
    #expect(throws: CreationError.self) { try groups.increase("asg", by: 2) }
    #expect(throws: CreationError.self) { try groups.increase("asg", by: 0) }
    // Placeholders stand for the machines that are missing.
    #expect(throws: CreationError.self) { try groups.decrease("asg", by: 1) }
    #expect(throws: CreationError.self) { try groups.delete(["i-9"], from: "asg") { 1 } }
    #expect(throws: CreationError.self) { try groups.increase("other", by: 1) }
    let least = self.groups(describe(desired: 1, instances: 1))
    #expect(throws: CreationError.self) { try least.delete(["i-0"], from: "asg") { 1 } }
  }

  @Test("an order of machines that was lowered elsewhere can be taken back")
  func decrease() throws {
    var groups = groups(describe(desired: 2, instances: 2))
    groups.note(.setDesiredCapacity(group: "asg", to: 5), at: .seconds(1))
    #expect(try groups.decrease("asg", by: 3) == [.setDesiredCapacity(group: "asg", to: 2)])
  }

  @Test("1.13 takes one off for each placeholder, and asks for no reasons")
  func old() throws {
    var groups = groups(describe(desired: 3, instances: 1), release: .v1_13)
    groups.refresh([describe(desired: 3, instances: 1)], at: .seconds(60)) { _ in
      [AWSScalingActivity(start: .seconds(30), hasFailed: true)]
    }
    let ids = groups.nodeGroups[0].instances.dropFirst().map(\.providerID)
    #expect(groups.nodeGroups[0].instances.allSatisfy { $0.creationError == nil })
    let calls = try groups.delete(Array(ids), from: "asg") { 1 }
    #expect(calls == [2, 1].map { .setDesiredCapacity(group: "asg", to: $0) })
  }

  @Test("the next machine is thought to have all of its type, and what the tags say")
  func template() throws {
    let description = describe(
      desired: 0, instances: 0,
      tags: [
        (prefix + "label/pool", "batch"), (prefix + "taint/dedicated", "batch:NoSchedule"),
        (prefix + "taint/odd", "batch"), (prefix + "resources/ephemeral-storage", "10G"),
        (prefix + "resources/odd", "?"),
        (prefix + "autoscaling-options/scaledownunneededtime", "3m"),
        (prefix + "autoscaling-options/scaledownutilizationthreshold", "0.7"),
        (prefix + "autoscaling-options/ignoredaemonsetsutilization", "true"),
      ], machine: AWSMachineType(name: "m5.large", vCPUs: 2, memoryMiB: 8_192))
    let group = groups(description).nodeGroups[0]
    let template = try #require(group.template)
    let node = template.node
    #expect(node.status.allocatable == node.status.capacity)
    #expect(node.status.capacity["memory"]?.value == 8 << 30)
    #expect(node.status.capacity["pods"]?.value == AWSNodeTemplate.podSlots)
    #expect(node.status.capacity["ephemeral-storage"]?.value == 10_000_000_000)
    #expect(node.zone == "eu-west-1b" && node.metadata.labels["pool"] == "batch")
    #expect(node.metadata.labels[WellKnownLabel.region] == "eu-west-1")
    #expect(node.taints.map(\.description) == ["dedicated=batch:NoSchedule"])
    #expect(template.pods.map(\.spec.value.requests.milliCPU) == [100])
    #expect(template.pods[0].isMirror)
    #expect(group.options.scaleDownUnneededTime == .seconds(180))
    #expect(group.options.scaleDownUtilizationThreshold == 0.7)
    #expect(group.options.ignoreDaemonSetsUtilization == true)
  }

  @Test("groups are found by their tags, and named ones keep the sizes of the flag")
  func discovery() throws {
    var options = AutoscalerOptions()
    options.nodeGroupAutoDiscovery = [
      try #require(NodeGroupDiscovery("asg:tag=enabled,cluster=mine"))
    ]
    var groups = AWSNodeGroups(options: options)
    let mine = describe(desired: 2, instances: 0, tags: [("enabled", ""), ("cluster", "mine")])
    var other = describe(desired: 1, instances: 1, tags: [("enabled", ""), ("cluster", "other")])
    other.name = "other"
    let failed = [AWSScalingActivity(start: .zero, hasFailed: true)]
    groups.refresh([mine, other], at: .zero) { _ in failed }
    #expect(groups.nodeGroups.map(\.id) == ["asg"])
    // What has just been found is not asked about.
    #expect(groups.nodeGroups[0].instances.allSatisfy { $0.creationError == nil })
    groups.refresh([mine, other], at: .seconds(60)) { _ in failed }
    #expect(groups.nodeGroups[0].instances.allSatisfy { $0.creationError != nil })
    #expect(
      groups.nodeGroups[0].instances.map(\.providerID)
        == (0..<2).map { "aws:///eu-west-1b/i-placeholder-asg-\($0)" })
  }
}
