import AWSObjects
import Documents
import Foundation
import KubernetesObjects
import ScenarioFiles
import Scenarios
import Testing

struct ClusterConfigTests {
  private func read(_ text: String) throws -> (config: ClusterConfig?, said: [String]) {
    let sink = DiagnosticSink()
    let documents = DocumentReader.read(text, file: "c.yaml", sink: sink)
    let config = ClusterConfig(try #require(documents.first), file: "c.yaml", sink: sink)
    return (config, sink.sorted.map(\.description))
  }

  private func config(_ lines: String) throws -> (config: ClusterConfig, said: [String]) {
    let (config, said) = try read(
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {name: blue, region: eu-west-1, version: "1.34"}
      \(lines)

      """)
    return (try #require(config), said)
  }

  @Test("a group of which only the name is said is eksctl's: two m5.large, gp3 of 80 GiB")
  func defaults() throws {
    let (config, said) = try config("nodeGroups: [{name: a}]")
    #expect(said.isEmpty, "\(said)")
    let group = try #require(config.nodeGroups.first)
    #expect(config.name == "blue" && config.region.name == "eu-west-1")
    #expect(config.version == "1.34")
    #expect(group.instanceTypes == ["m5.large"])
    #expect(Self.sizes(of: group) == "2 2 2")
    #expect(group.volume == RootVolumeSpec(type: .gp3, gibibytes: 80))
    #expect(group.zones.map(\.name) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"])
    #expect(group.labels["alpha.eksctl.io/cluster-name"] == "blue")
    #expect(group.labels["alpha.eksctl.io/nodegroup-name"] == "a")
    #expect(group.tags == ["kubernetes.io/cluster/blue": "owned"])
  }

  private static let sizes: [(given: String, expected: String)] = [
    ("desiredCapacity: 5", "5 5 5"), ("minSize: 1", "1 1 1"), ("maxSize: 4", "2 2 4"),
    ("minSize: 1, maxSize: 4", "1 1 4"), ("desiredCapacity: 0", "0 0 1"),
    ("minSize: 1, desiredCapacity: 3", "1 3 3"),
  ]

  private static func sizes(of group: EksctlNodeGroup) -> String {
    "\(group.min) \(group.desired) \(group.max)"
  }

  @Test("sizes that are not said follow from those that are", arguments: sizes)
  func sizesFollow(given: String, expected: String) throws {
    let (config, said) = try config("nodeGroups: [{name: a, \(given)}]")
    #expect(said.isEmpty, "\(said)")
    let group = try #require(config.nodeGroups.first)
    #expect(Self.sizes(of: group) == expected)
  }

  @Test("what a node group says of its nodes reaches the run's group")
  func nodes() throws {
    let (config, said) = try config(
      """
      availabilityZones: [eu-west-1b, eu-west-1c]
      managedNodeGroups:
        - name: jobs
          instanceType: c5.xlarge
          desiredCapacity: 1
          labels: {team: green}
          taints: [{key: jobs, value: "yes", effect: NoSchedule}]
          maxPodsPerNode: 20
          volumeType: gp2
          volumeSize: 30
          amiFamily: Bottlerocket
          tags: {owner: me}
      nodeGroups:
        - name: own
          availabilityZones: [eu-west-1a]
          taints: {spot: "true:PreferNoSchedule"}
          kubeletExtraConfig: {kubeReserved: {cpu: 300m, memory: 1Gi}}
          asgSuspendProcesses: [AZRebalance]
          iam: {withAddonPolicies: {autoScaler: true}}
          propagateASGTags: true
      """)
    #expect(said.isEmpty, "\(said)")
    let own = NodeGroupSpec(config.nodeGroups[0])
    #expect(own.zones == [AvailabilityZone("eu-west-1a")])
    #expect(own.taints == [Taint(key: "spot", value: "true", effect: .preferNoSchedule)])
    #expect(own.kubeReserved == KubeReservedSpec(cpuMillis: 300, memoryMiB: 1_024))
    #expect(own.autoScaling.suspendedProcesses == [.azRebalance])
    let ownTags = config.nodeGroups[0].tags
    #expect(
      own.autoScaling.tags
        == ownTags.sorted { $0.key < $1.key }.map { ResourceTag(key: $0.key, value: $0.value) })
    #expect(ownTags["k8s.io/cluster-autoscaler/blue"] == "owned")
    #expect(
      ownTags["k8s.io/cluster-autoscaler/node-template/taint/spot"] == "true:PreferNoSchedule")
    let jobs = NodeGroupSpec(config.nodeGroups[1])
    #expect(jobs.instanceType == "c5.xlarge" && jobs.maxPods == 20)
    #expect(jobs.zones.map(\.name) == ["eu-west-1b", "eu-west-1c"])
    #expect(jobs.labels["team"] == "green")
    #expect(jobs.labels["eks.amazonaws.com/capacityType"] == "ON_DEMAND")
    #expect(jobs.taints == [Taint(key: "jobs", value: "yes", effect: .noSchedule)])
    #expect(jobs.volume == RootVolumeSpec(type: .gp2, gibibytes: 30))
    #expect(jobs.image == "bottlerocket")
    let tags = config.nodeGroups[1].tags
    #expect(tags["k8s.io/cluster-autoscaler/enabled"] == "true")
    #expect(tags["eks:nodegroup-name"] == "jobs" && tags["owner"] == "me")
  }

  @Test("what bears on scaling and is not modeled is named; what does not is not mentioned")
  func doubts() throws {
    let (config, said) = try config(
      """
      fargateProfiles: [{name: f, selectors: [{namespace: n}]}]
      cloudWatch: {clusterLogging: {enableTypes: ["*"]}}
      nodeGroups:
        - name: a
          ssh: {allow: true}
          instancesDistribution:
            instanceTypes: [c5.large, c4.large]
            onDemandPercentageAboveBaseCapacity: 0
            maxPrice: 0.05
          placement: {groupName: g}
      """)
    #expect(said.count == 2 && said.allSatisfy { $0.contains(": warning: ") }, "\(said)")
    for word in ["Fargate", "placement groups"] {
      #expect(said.contains { $0.contains(word) }, "\(word) in \(said)")
    }
    let mixed = NodeGroupSpec(config.nodeGroups[0]).autoScaling.mixedInstances
    #expect(mixed?.instanceTypes == ["c5.large", "c4.large"])
    #expect(mixed?.usesSpot == true && mixed?.spotMaxPrice == 0.05)
    #expect(mixed?.spotAllocationStrategy == .lowestPrice)
  }

  @Test(
    "a managed spot group buys as EKS does for its version, and replaces at the notice",
    arguments: [("1.27", "capacity-optimized"), ("1.34", "price-capacity-optimized")])
  func managedSpot(version: String, strategy: String) throws {
    let (config, said) = try read(
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {name: blue, region: eu-west-1, version: "\(version)"}
      managedNodeGroups: [{name: a, instanceTypes: [c5.large, c4.large], spot: true}]
      """)
    #expect(said.isEmpty, "\(said)")
    let group = NodeGroupSpec(try #require(config?.nodeGroups.first))
    let mixed = try #require(group.autoScaling.mixedInstances)
    #expect(mixed.instanceTypes == ["c5.large", "c4.large"])
    #expect(mixed.onDemandPercentageAboveBaseCapacity == 0)
    #expect(mixed.spotAllocationStrategy.rawValue == strategy)
    #expect(group.autoScaling.capacityRebalance)
    #expect(group.labels["eks.amazonaws.com/capacityType"] == "SPOT")
  }

  @Test("six mistakes are said at once, each with line, column, path and what would be right")
  func mistakes() throws {
    let (_, said) = try config(
      """
      nodeGroups:
        - name: a
          instanceTyp: m5.large
          minSize: 3
          maxSize: 4
          desiredCapacity: 9
          volumeType: gp33
          availabilityZones: [us-east-1a]
          taints: [{key: k, effect: NoShedule}]
          asgSuspendProcesses: [Lunch]
      """)
    #expect(
      said == [
        "c.yaml:6:5: error: nodeGroups[0].instanceTyp: unknown key 'instanceTyp' "
          + "(did you mean 'instanceType'?)",
        "c.yaml:9:22: error: nodeGroups[0].desiredCapacity: desiredCapacity 9 is above maxSize 4 "
          + "(minSize <= desiredCapacity <= maxSize)",
        "c.yaml:10:17: error: nodeGroups[0].volumeType: unknown value 'gp33' "
          + "(did you mean 'gp3'?)",
        "c.yaml:11:25: error: nodeGroups[0].availabilityZones[0]: 'us-east-1a' is not a zone of "
          + "eu-west-1 (such as eu-west-1a)",
        "c.yaml:12:31: error: nodeGroups[0].taints[0].effect: unknown value 'NoShedule' "
          + "(did you mean 'NoSchedule'?)",
        "c.yaml:13:27: error: nodeGroups[0].asgSuspendProcesses[0]: unknown value 'Lunch' "
          + "(did you mean 'Launch'?)",
      ])
  }

  @Test(
    "every given ClusterConfig is read; the counts of its groups are the raw text's",
    .enabled(if: GivenManifestsTests.isThere))
  func given() throws {
    let folder = GivenManifestsTests.data.appending(path: "aws/eksctl")
    let extra = ["eks-p3dn", "eks-hpc6a-32"].map {
      GivenManifestsTests.data.appending(path: "clusters/\($0)/eks-config.yaml")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count >= 34)
    for file in names.map({ folder.appending(path: $0) }) + extra {
      let text = try String(contentsOf: file, encoding: .utf8)
        // One of them is a template for envsubst.
        .replacingOccurrences(of: "${EKS_CLUSTER_NAME}", with: "c")
        .replacingOccurrences(of: "${AWS_REGION}", with: "us-west-2")
      let (config, said) = try read(text)
      let name = file.lastPathComponent
      #expect(said.allSatisfy { $0.contains(": warning: ") }, "\(name): \(said)")
      // By the text alone: list items with a name, under the two lists.
      var count = 0
      var isInGroups = false
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        if !line.hasPrefix(" "), !line.hasPrefix("-") {
          isInGroups = line.hasPrefix("nodeGroups:") || line.hasPrefix("managedNodeGroups:")
        } else if isInGroups, line.contains("name: "), line.contains("- name: ") {
          count += 1
        }
      }
      #expect(config?.nodeGroups.count == count, "\(name)")
    }
  }
}
