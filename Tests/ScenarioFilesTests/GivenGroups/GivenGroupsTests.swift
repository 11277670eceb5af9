import AWSObjects
import Documents
import Foundation
import ScenarioFiles
import Scenarios
import Testing

struct GivenGroupsTests {
  private static let cluster = """
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: {name: blue, region: eu-west-1, version: "1.33"}
    managedNodeGroups:
      - {name: general, instanceType: m5.large, minSize: 1, maxSize: 5}
    """

  private static let groups = """
    {"AutoScalingGroups": [{"AutoScalingGroupName": "workers", "MinSize": 1, "MaxSize": 6,
      "DesiredCapacity": 3, "AvailabilityZones": ["eu-west-1a", "eu-west-1b"],
      "LaunchConfigurationName": "lc-1", "HealthCheckType": "EC2", "HealthCheckGracePeriod": 90,
      "SuspendedProcesses": [{"ProcessName": "AZRebalance"}],
      "Tags": [{"Key": "owner", "Value": "me", "PropagateAtLaunch": true}], "Instances": []}]}
    """

  private static let configurations = """
    {"LaunchConfigurations": [{"LaunchConfigurationName": "lc-1", "InstanceType": "c5.large",
      "BlockDeviceMappings": [{"DeviceName": "/dev/xvda",
        "Ebs": {"VolumeSize": 40, "VolumeType": "gp3"}}]}]}
    """

  private func scenario(_ cloud: String) -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: s}
    spec:
      horizon: 1h
      cloud: \(cloud)

    """
  }

  private func load(
    _ cloud: String, _ files: [String: String]
  ) throws -> (scenario: Scenario?, said: [String], shown: String) {
    let models = try ScenarioFolder.library.get()
    return try ScenarioFolder.with(files.merging(["s.yaml": scenario(cloud)]) { $1 }) { folder in
      let loaded = ScenarioLoader.load("\(folder)/s.yaml", models: models)
      let said = loaded.diagnostics.map {
        $0.description.replacingOccurrences(of: folder + "/", with: "")
      }
      let shown = EffectiveScenario(loaded, models: models)?.text ?? ""
      return (loaded.scenario, said, shown.replacingOccurrences(of: folder + "/", with: ""))
    }
  }

  @Test("a ClusterConfig alone is a cloud: its region, version and groups")
  func clusterConfig() throws {
    let (scenario, said, shown) = try load(
      "{clusterConfig: blue.yaml}", ["blue.yaml": Self.cluster])
    #expect(said.isEmpty, "\(said)")
    let cloud = try #require(scenario?.cloud)
    #expect(cloud.region.name == "eu-west-1" && cloud.version == "1.33")
    #expect(cloud.nodeGroups.map(\.name) == ["general"])
    #expect(cloud.nodeGroups[0].max == 5 && cloud.nodeGroups[0].desired == 1)
    let line = shown.split(separator: "\n").first { $0.contains("nodeGroups[0].max ") }
    #expect(line?.contains("blue.yaml:5") == true, "\(shown)")
  }

  @Test("answers of the AWS CLI are a cloud: the group, and the type of what it launches")
  func answers() throws {
    let (scenario, said, _) = try load(
      "{autoScalingGroups: [g.json, l.json]}",
      ["g.json": Self.groups, "l.json": Self.configurations])
    #expect(said.isEmpty, "\(said)")
    let group = try #require(scenario?.cloud.nodeGroups.first)
    #expect(group.instanceType == "c5.large")
    #expect("\(group.min) \(group.desired) \(group.max)" == "1 3 6")
    #expect(group.zones.map(\.name) == ["eu-west-1a", "eu-west-1b"])
    #expect(group.volume == RootVolumeSpec(type: .gp3, gibibytes: 40))
    #expect(group.autoScaling.suspendedProcesses == [.azRebalance])
    #expect(group.autoScaling.healthCheckGracePeriod == .seconds(90))
    #expect(group.autoScaling.terminationPolicies == ["Default"])
    #expect(group.autoScaling.tags == [ResourceTag(key: "owner", value: "me")])
    #expect(group.autoScaling.mixedInstances == nil && group.autoScaling.warmPool == nil)
  }

  @Test("purchase options, warm pool and rules of a group are the run's; the rest is named")
  func settings() throws {
    let mixed = """
      {"AutoScalingGroups": [{"AutoScalingGroupName": "mixed", "MinSize": 0, "MaxSize": 6,
        "DesiredCapacity": 3, "AvailabilityZones": ["eu-west-1a"], "CapacityRebalance": true,
        "TerminationPolicies": ["arn:aws:lambda:x", "OldestInstance", "Default"],
        "MixedInstancesPolicy": {"LaunchTemplate": {"Overrides": [
            {"InstanceType": "m5.large", "WeightedCapacity": "2"}, {"InstanceType": "m4.large"}]},
          "InstancesDistribution": {"OnDemandBaseCapacity": 1, "SpotInstancePools": 3,
            "OnDemandPercentageAboveBaseCapacity": 25, "SpotAllocationStrategy": "diversified"}}},
       {"AutoScalingGroupName": "warm", "MinSize": 0, "MaxSize": 6, "DesiredCapacity": 1,
        "AvailabilityZones": ["eu-west-1a"], "DefaultCooldown": 60, "DefaultInstanceWarmup": 90,
        "NewInstancesProtectedFromScaleIn": true, "LaunchConfigurationName": "lc-1",
        "WarmPoolConfiguration": {"MinSize": 2, "PoolState": "Running",
          "InstanceReusePolicy": {"ReuseOnScaleIn": true}}}]}
      """
    let (scenario, said, _) = try load(
      "{autoScalingGroups: [g.json, l.json]}",
      ["g.json": mixed, "l.json": Self.configurations])
    let groups = try #require(scenario?.cloud.nodeGroups.map(\.autoScaling))
    var policy = MixedInstancesPolicy(instanceTypes: ["m5.large", "m4.large"])
    policy.onDemandBaseCapacity = 1
    policy.onDemandPercentageAboveBaseCapacity = 25
    policy.spotInstancePools = 3
    #expect(groups[0].mixedInstances == policy && groups[0].capacityRebalance)
    #expect(groups[0].terminationPolicies == ["OldestInstance", "Default"])
    var pool = WarmPool()
    (pool.minSize, pool.poolState, pool.reuseOnScaleIn) = (2, .running, true)
    #expect(groups[1].warmPool == pool && groups[1].protectedFromScaleIn)
    #expect(groups[1].cooldown == .seconds(60) && groups[1].instanceWarmup == .seconds(90))
    #expect(said.count == 3 && said.allSatisfy { $0.contains(": warning: ") }, "\(said)")
    for word in ["arn:aws:lambda:x", "diversified", "weights"] {
      #expect(said.contains { $0.contains(word) }, "\(word) in \(said)")
    }
  }

  @Test("what a template or a launch configuration asks of the spot market is the group's")
  func spotRequest() throws {
    let spot = Self.configurations.replacingOccurrences(
      of: "\"InstanceType\"", with: "\"SpotPrice\": \"0.04\", \"InstanceType\"")
    let (scenario, said, _) = try load(
      "{autoScalingGroups: [g.json, l.json]}", ["g.json": Self.groups, "l.json": spot])
    #expect(said.isEmpty, "\(said)")
    let policy = try #require(scenario?.cloud.nodeGroups.first?.autoScaling.mixedInstances)
    #expect(policy.instanceTypes == ["c5.large"] && policy.spotMaxPrice == 0.04)
    #expect(policy.onDemandPercentageAboveBaseCapacity == 0)
  }

  @Test("a history of spot prices is the cloud's; a file without one is said")
  func spotPrices() throws {
    let own = "nodeGroups: [{name: own, instanceType: m5.large, min: 0, max: 1}]"
    let history = """
      {"SpotPriceHistory": [{"AvailabilityZone": "us-east-1a", "InstanceType": "m5.large",
        "ProductDescription": "Linux/UNIX", "SpotPrice": "0.0345",
        "Timestamp": "2026-07-19T08:00:00.000Z"}]}
      """
    let (scenario, said, _) = try load(
      "{region: us-east-1, \(own), spotPrices: p.json}", ["p.json": history])
    #expect(said.isEmpty, "\(said)")
    let price = try scenario?.cloud.spotPrices?.price(
      of: "m5.large", in: AvailabilityZone("us-east-1a"),
      at: try #require(scenario?.date))
    #expect(price?.usdPerHour == 0.0345)
    let other = try load(
      "{region: us-east-1, \(own), spotPrices: p.json}", ["p.json": Self.groups]
    ).said
    #expect(other.contains { $0.contains("no spot price of Linux") }, "\(other)")
  }

  @Test("groups of all three sources stand side by side")
  func together() throws {
    let own = "nodeGroups: [{name: own, instanceType: m5.large, min: 0, max: 1}]"
    let (scenario, said, _) = try load(
      "{\(own), clusterConfig: b.yaml, autoScalingGroups: [g.json, l.json]}",
      ["b.yaml": Self.cluster, "g.json": Self.groups, "l.json": Self.configurations])
    #expect(said.isEmpty, "\(said)")
    #expect(scenario?.cloud.nodeGroups.map(\.name) == ["own", "general", "workers"])
  }

  @Test("a type that nothing tells, or that there is not, is said where the group stands")
  func unknownTypes() throws {
    let said = try load("{autoScalingGroups: g.json}", ["g.json": Self.groups]).said
    #expect(
      said == [
        "g.json:1:24: error: AutoScalingGroups[0]: the instance type is not known: nothing "
          + "describes the launch configuration 'lc-1' (add the answer of aws autoscaling "
          + "describe-launch-configurations to spec.cloud.autoScalingGroups)"
      ])
    let wrong = Self.cluster.replacingOccurrences(of: "m5.large", with: "m5.lrage")
    #expect(
      try load("{clusterConfig: b.yaml}", ["b.yaml": wrong]).said == [
        "b.yaml:5:5: error: managedNodeGroups[0].instanceType: unknown instance type 'm5.lrage' "
          + "(did you mean 'm5.large'?)"
      ])
  }

  @Test("a file that is not there, and one that is something else")
  func missing() throws {
    #expect(
      try load("{clusterConfig: b.yaml}", [:]).said == [
        "s.yaml:6:26: error: spec.cloud.clusterConfig: no such file: 'b.yaml'"
      ])
    let said = try load("{autoScalingGroups: b.json}", ["b.json": "{\"Pods\": []}"]).said
    #expect(said.first?.contains("not an answer of the AWS CLI") == true, "\(said)")
  }
}
