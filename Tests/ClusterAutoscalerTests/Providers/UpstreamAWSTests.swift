import ClusterAutoscaler
import Testing
import TimeUnits

/// `cloudprovider/aws/{auto_scaling_groups,aws_cloud_provider}_test.go` of 1.36.
@Suite("Upstream: Auto Scaling groups")
struct UpstreamAWSTests {
  private static let missing = UpstreamCase.of("aws", "aws.placeholder")
  private static let deletions = UpstreamCase.of("aws", "aws.delete")
  private static let increases = UpstreamCase.of("aws", "aws.increase")
  static let tried = missing + deletions + increases

  private func describe(
    _ desired: Int, _ instances: Int, min: Int = 0, max: Int = 100, isTerminating: Bool = false
  ) -> AWSGroupDescription {
    AWSGroupDescription(
      name: "asg", minSize: min, maxSize: max, desiredCapacity: desired,
      instances: (0..<instances).map {
        AWSGroupInstance(id: "i-\($0)", zone: "us-east-1a", isTerminating: isTerminating)
      }, availabilityZones: ["us-east-1a"])
  }

  private func groups(
    _ description: AWSGroupDescription, release: AutoscalerRelease = .v1_36
  ) -> AWSNodeGroups {
    var options = AutoscalerOptions.defaults(for: release)
    options.nodes = [
      NodeGroupSpec(minSize: description.minSize, maxSize: description.maxSize, name: "asg")
    ]
    var groups = AWSNodeGroups(options: options)
    groups.refresh([description], at: .zero) { _ in [] }
    return groups
  }

  private func allIDs(_ groups: AWSNodeGroups) -> [String] {
    groups.nodeGroups[0].instances.map(\.providerID)
  }

  @Test("machines that were asked for and are not there", arguments: missing)
  func placeholders(_ example: UpstreamCase) throws {
    let desired = try #require(example.given["desired"]?.int)
    let instances = try #require(example.given["instances"]?.int)
    let activities = (example.given["activities"]?.list ?? []).map {
      AWSScalingActivity(
        start: .seconds(Int64($0["start_t"]?.int ?? 0)), hasFailed: $0["status"]?.text == "Failed")
    }
    var groups = groups(describe(desired, desired))
    if let time = example.given["last_ca_change_t"]?.int {
      groups.note(.setDesiredCapacity(group: "asg", to: desired), at: .seconds(Int64(time)))
    }
    groups.refresh([describe(desired, instances)], at: .seconds(120)) { _ in activities }
    let missing = groups.nodeGroups[0].instances.filter {
      $0.providerID.contains("/\(AWSNodeGroups.placeholderPrefix)-asg-")
    }
    #expect(missing.count == example.expected["placeholders"]?.int)
    let codes = Set(missing.map { $0.creationError?.code ?? "" })
    #expect(codes == [example.expected["health"]?.text ?? ""])
    let classes = Set(missing.compactMap { $0.creationError?.errorClass })
    #expect(classes.subtracting([.outOfResources]).isEmpty)
  }

  @Test("what a deletion calls", arguments: deletions)
  func deletion(_ example: UpstreamCase) throws {
    let given = example.given
    let group = try #require(given["asg"] ?? given["cached"])
    let desired = try #require(group["desired"]?.int ?? group["size"]?.int)
    let instances = group["instances"]?.int ?? desired
    let isTerminating = given["instance_lifecycle"]?.text?.hasPrefix("Terminating") ?? false
    var groups = groups(describe(desired, instances, isTerminating: isTerminating))
    let all = allIDs(groups)
    let placeholders = all.filter { $0.contains(AWSNodeGroups.placeholderPrefix) }
    let ids: [String]
    if let count = given["delete"]?.int {
      ids = Array(all.prefix(count))
    } else if given["delete"]?.list != nil {
      ids = placeholders
    } else {
      ids = Array(all.prefix(given["delete"]?.numbers.first ?? 0)) + placeholders
    }
    let actual = given["actual_instances"]?.int ?? instances
    let calls = try groups.delete(ids, from: "asg") { actual }
    var sizes: [Int] = []
    var terminations = 0
    for call in calls {
      switch call {
      case .setDesiredCapacity(_, let size): sizes.append(size)
      case .terminateInstance: terminations += 1
      }
    }
    #expect(sizes == (example.expected["set_desired_capacity"]?.int.map { [$0] } ?? []))
    #expect(terminations == example.expected["terminate_calls"]?.int)
    groups.noteDeletion(calls, at: .seconds(1))
    if let size = example.expected["size_after"]?.int {
      #expect(groups.nodeGroups[0].targetSize == size)
    }
    #expect(groups.needsRefresh(at: .seconds(1)))
  }

  @Test("more machines are an absolute size", arguments: increases)
  func increase(_ example: UpstreamCase) throws {
    let bounds = try #require(example.given["asg"]?.numbers)
    let current = try #require(example.given["current"]?.int)
    let delta = try #require(example.given["delta"]?.int)
    var groups = groups(describe(current, current, min: bounds[0], max: bounds[1]))
    let size = try #require(example.expected["set_desired_capacity"]?.int)
    let calls = try groups.increase("asg", by: delta)
    #expect(calls == [.setDesiredCapacity(group: "asg", to: size)])
    groups.note(calls[0], at: .seconds(1))
    #expect(groups.nodeGroups[0].targetSize == size)
  }
}
