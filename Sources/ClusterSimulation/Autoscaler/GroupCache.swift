import AWSObjects
import ClusterAutoscaler
import EC2AutoScaling
import KubernetesObjects
import TimeUnits

/// What the provider part of the autoscaler last read of the Auto Scaling groups.
///
/// Follows `cloudprovider/aws/{aws_manager,auto_scaling_groups}.go` of cluster-autoscaler 1.36:
/// groups are read at most once a minute, and at once after a deletion.
struct GroupCache: Sendable {
  /// How old what was read may be: `refreshInterval`.
  static let refreshInterval: Duration = .seconds(60)

  var groups: [AutoScalingGroup] = []
  /// By group: the activities that failed, newest first.
  var failures: [String: ScalingActivity] = [:]
  var readAt: SimulationTime?
  /// When the autoscaler last changed each group's size.
  var sizedAt: [String: SimulationTime] = [:]

  /// Reads again what is too old; throws if the API refuses.
  mutating func refresh(
    _ cloud: inout Cloud, _ options: AutoscalerOptions, at now: SimulationTime
  ) throws(AWSError) {
    if let readAt, now - readAt < Self.refreshInterval { return }
    let all = try cloud.describeAutoScalingGroups(at: now)
    let wanted = all.filter { group in
      options.nodes.contains { $0.name == group.name }
        || options.nodeGroupAutoDiscovery.contains { $0.matches(group.tagPairs) }
    }
    var failures: [String: ScalingActivity] = [:]
    for group in wanted where group.desiredCapacity > group.members.count(where: \.isThere) {
      // 1.13 did not look at activities.
      if options.release == .v1_13 { continue }
      let activities = try cloud.describeScalingActivities(ofGroup: group.name, at: now)
      failures[group.name] = activities.first { $0.kind == .launch && $0.status == .failed }
    }
    groups = wanted
    self.failures = failures
    readAt = now
  }

  mutating func forceRefresh() { readAt = nil }

  /// A group as the loop sees it: its machines, and one invented for each that is missing.
  func nodeGroup(
    _ group: AutoScalingGroup, _ cloud: Cloud, _ options: AutoscalerOptions,
    template: NodeTemplate?
  ) -> NodeGroup {
    let own = options.nodes.first { $0.name == group.name }
    var result = NodeGroup(
      id: group.name, minSize: own?.minSize ?? group.minSize,
      maxSize: own?.maxSize ?? group.maxSize,
      targetSize: group.desiredCapacity, template: template)
    result.options = NodeGroupOptions(tags: group.tagValues)
    for member in group.members where member.isThere {
      let instance = cloud[member.instance]
      result.instances.append(
        CloudInstance(
          providerID: instance.providerID,
          state: instance.state == .running ? .running : .creating))
    }
    let missing = group.desiredCapacity - result.instances.count
    for number in 0..<max(0, missing) {
      result.instances.append(
        CloudInstance(
          providerID:
            "aws:///\(group.zones.first?.name ?? "")/i-placeholder-\(group.name)-\(number)",
          state: .creating, creationError: error(of: group)))
    }
    return result
  }

  /// Why what is missing will not come: a launch that failed since the size was last changed.
  private func error(of group: AutoScalingGroup) -> CreationError? {
    guard let failure = failures[group.name],
      failure.startTime > sizedAt[group.name] ?? SimulationTime(nanoseconds: .min)
    else { return nil }
    return CreationError(
      .outOfResources, code: "placeholder-cannot-be-fulfilled",
      message: "AWS cannot provision any more instances for this node group")
  }
}

extension AutoScalingGroup {
  var tagPairs: [(key: String, value: String)] { tags.map { ($0.key, $0.value) } }

  var tagValues: [String: String] {
    Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension GroupMember {
  /// Whether the machine counts as one of the group's.
  var isThere: Bool { lifecycle.counts }
}

extension Instance {
  var providerID: String { "aws:///\(zone.name)/\(id)" }
}

extension NodeGroupOptions {
  /// What a group's tags say about its scaling down.
  init(tags: [String: String]) {
    self.init()
    let prefix = "k8s.io/cluster-autoscaler/node-template/autoscaling-options/"
    scaleDownUtilizationThreshold = tags[prefix + "scaledownutilizationthreshold"]
      .flatMap(Double.init)
    scaleDownGPUUtilizationThreshold = tags[prefix + "scaledowngpuutilizationthreshold"]
      .flatMap(Double.init)
    scaleDownUnneededTime = tags[prefix + "scaledownunneededtime"]
      .flatMap(AutoscalerOptions.duration)
    scaleDownUnreadyTime = tags[prefix + "scaledownunreadytime"]
      .flatMap(AutoscalerOptions.duration)
    ignoreDaemonSetsUtilization = tags[prefix + "ignoredaemonsetsutilization"].flatMap(Bool.init)
  }
}
