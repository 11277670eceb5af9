import AWSObjects
import Documents
import Testing

@Suite struct AWSAnswerTests {
  private func read(_ text: String) throws -> (answer: AWSAnswer?, said: [String]) {
    let sink = DiagnosticSink()
    let answer = AWSAnswer(try JSONReader.read(text), file: "a.json", sink: sink)
    return (answer, sink.sorted.map(\.description))
  }

  private func groups(_ text: String) throws -> ([AWSAnswer.Group], said: [String]) {
    let (answer, said) = try read(text)
    guard case .autoScalingGroups(let groups)? = answer else { return ([], said) }
    return (groups, said)
  }

  static let workers = """
    {"AutoScalingGroups": [{
      "AutoScalingGroupName": "workers", "MinSize": 1, "MaxSize": 6, "DesiredCapacity": 3,
      "AvailabilityZones": ["eu-west-1a", "eu-west-1b"],
      "LaunchTemplate": {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "w", "Version": "7"},
      "HealthCheckType": "EC2,ELB", "HealthCheckGracePeriod": 90, "DefaultCooldown": 120,
      "SuspendedProcesses": [{"ProcessName": "AZRebalance", "SuspensionReason": "by hand"}],
      "TerminationPolicies": ["OldestInstance", "Default"],
      "NewInstancesProtectedFromScaleIn": true, "VPCZoneIdentifier": "subnet-1, subnet-2",
      "WarmPoolConfiguration": {"MinSize": 2, "PoolState": "Stopped"},
      "Tags": [{"Key": "k8s.io/cluster-autoscaler/enabled", "Value": "", "ResourceId": "workers",
        "ResourceType": "auto-scaling-group", "PropagateAtLaunch": false}],
      "Instances": [
        {"InstanceId": "i-1", "InstanceType": "c5.large", "AvailabilityZone": "eu-west-1a",
         "LifecycleState": "InService", "HealthStatus": "Healthy", "ProtectedFromScaleIn": true},
        {"InstanceId": "i-2", "InstanceType": "c5.large", "AvailabilityZone": "eu-west-1b",
         "LifecycleState": "Terminating:Wait", "HealthStatus": "Unhealthy",
         "ProtectedFromScaleIn": false}]
    }]}
    """

  @Test("a group is read with its sizes, rules, tags and instances")
  func group() throws {
    let (groups, said) = try groups(Self.workers)
    #expect(said.isEmpty, "\(said)")
    let group = try #require(groups.first)
    #expect([group.minSize, group.desiredCapacity, group.maxSize] == [1, 3, 6])
    #expect(group.launchSource == .template(id: "lt-1", name: "w", version: "7"))
    #expect(group.healthCheckTypes == [.ec2, .elb])
    #expect(group.healthCheckGracePeriod == 90 && group.defaultCooldown == 120)
    #expect(group.suspendedProcesses == ["AZRebalance"])
    #expect(group.terminationPolicies == ["OldestInstance", "Default"])
    #expect(group.newInstancesProtected)
    #expect(group.subnets == ["subnet-1", "subnet-2"])
    #expect(group.warmPool?.minSize == 2)
    #expect(group.tags.map(\.isPropagated) == [false])
    #expect(group.instances.map(\.lifecycleState) == [.inService, .terminatingWait])
    #expect(group.instances.map(\.isHealthy) == [true, false])
  }

  @Test("six mistakes of a group are said at once, each at its place with what would be right")
  func mistakes() throws {
    let text = """
      {"AutoScalingGroups": [{
        "AutoScalingGroupName": "w", "MinSize": 4, "MaxSize": 2, "DesiredCapasity": 3,
        "DesiredCapacity": 3,
        "AvailabilityZones": ["eu-west-1"],
        "HealthCheckType": "ELBB",
        "SuspendedProcesses": [{"ProcessName": "AZRebalanse"}],
        "Instances": [{"InstanceId": "i-1", "AvailabilityZone": "eu-west-1a",
          "LifecycleState": "InServise"}]
      }]}
      """
    let said = try groups(text).said
    #expect(
      said == [
        "a.json:2:43: error: AutoScalingGroups[0].MinSize: MinSize 4 is above MaxSize 2",
        "a.json:2:60: error: AutoScalingGroups[0].DesiredCapasity: unknown key 'DesiredCapasity' "
          + "(did you mean 'DesiredCapacity'?)",
        "a.json:4:25: error: AutoScalingGroups[0].AvailabilityZones[0]: 'eu-west-1' is not a zone "
          + "(such as us-east-1a)",
        "a.json:5:22: error: AutoScalingGroups[0].HealthCheckType: unknown health check type "
          + "'ELBB' (did you mean 'ELB'?)",
        "a.json:6:42: error: AutoScalingGroups[0].SuspendedProcesses[0].ProcessName: unknown value "
          + "'AZRebalanse' (did you mean 'AZRebalance'?)",
        "a.json:8:23: error: AutoScalingGroups[0].Instances[0].LifecycleState: unknown value "
          + "'InServise' (did you mean 'InService'?)",
      ])
  }

  @Test("a key that a later API may have brought is a warning, no error")
  func strangers() throws {
    let text = """
      {"AutoScalingGroups": [{"AutoScalingGroupName": "w", "MinSize": 0, "MaxSize": 1,
        "DesiredCapacity": 0, "AvailabilityZones": ["eu-west-1a"], "Quantum": true}]}
      """
    let (groups, said) = try groups(text)
    #expect(groups.count == 1)
    #expect(
      said == ["a.json:2:62: warning: AutoScalingGroups[0].Quantum: unknown key 'Quantum'"])
  }

  @Test("a mixed group has its types in order and its share of spot")
  func mixed() throws {
    let text = """
      [{"AutoScalingGroupName": "w", "MinSize": 0, "MaxSize": 1, "DesiredCapacity": 0,
        "AvailabilityZones": ["eu-west-1a"], "MixedInstancesPolicy": {
        "LaunchTemplate": {"LaunchTemplateSpecification": {"LaunchTemplateName": "w"},
          "Overrides": [{"InstanceType": "m5.large"}, {"InstanceType": "m4.large",
            "WeightedCapacity": "2"}]},
        "InstancesDistribution": {"OnDemandBaseCapacity": 1, "SpotInstancePools": 2,
          "OnDemandPercentageAboveBaseCapacity": 25, "SpotMaxPrice": "",
          "SpotAllocationStrategy": "capacity-optimized"}}}]
      """
    let (groups, said) = try groups(text)
    #expect(said.isEmpty, "\(said)")
    let mixed = try #require(groups.first?.mixedInstances)
    #expect(mixed.instanceTypes == ["m5.large", "m4.large"])
    #expect(mixed.onDemandPercentageAboveBaseCapacity == 25 && mixed.spotMaxPrice == nil)
    #expect(mixed.onDemandBaseCapacity == 1)
    #expect(groups[0].launchSource == .template(id: nil, name: "w", version: nil))
  }

  @Test("an answer is found in what a terminal shows, with its lines; a cut one is closed")
  func transcript() throws {
    let text = """
      $ aws ec2 describe-spot-price-history --instance-types m5.large
        {
          "SpotPriceHistory": [
            {"Timestamp": "2026-07-20T00:00:00Z", "ProductDescription": "Linux/UNIX",
             "InstanceType": "m5.large", "SpotPrice": "0.035", "AvailabilityZone": "us-east-1a"},
            ...
        }
      and so on
      """
    let sink = DiagnosticSink()
    let documents = AnswerTranscript.documents(in: text, file: "t", sink: sink)
    #expect(
      sink.diagnostics.map(\.description) == ["t:6:1: warning: the example is cut short here"])
    guard case .spotPrices(let prices)? = AWSAnswer(documents[0], file: "t", sink: sink) else {
      Issue.record("no prices")
      return
    }
    #expect(prices.map(\.usdPerHour) == [0.035])
  }

  @Test("what is no answer is said to be none")
  func nothing() throws {
    #expect(
      try read("{\"AutoScalingGroup\": []}").said.first?.contains("AutoScalingGroups") == true)
    #expect(try read("{\"a\": 1}").answer == nil)
  }
}
