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
  /// By group: how many machines were missing when the groups were read.
  private var missing: [String: Int] = [:]
  /// The groups whose missing machines will not come.
  private var unavailable: Set<String> = []
  private var readAt: SimulationTime?
  /// When the autoscaler last changed each group's size.
  private var sizedAt: [String: SimulationTime] = [:]

  /// Reads again what is too old; throws if the API refuses.
  mutating func refresh(
    _ cloud: inout Cloud, _ options: AutoscalerOptions, at now: SimulationTime
  ) throws(AWSError) {
    if let readAt, now - readAt < Self.refreshInterval { return }
    let all = try cloud.describeAutoScalingGroups(at: now)
    let known = Set(groups.lazy.map(\.name))
    groups = all.filter { group in
      options.nodes.contains { $0.name == group.name }
        || options.nodeGroupAutoDiscovery.contains { $0.matches(group.tagPairs) }
    }
    missing = [:]
    unavailable = []
    for group in groups {
      let count = group.desiredCapacity - group.members.count(where: \.isThere)
      guard count > 0 else { continue }
      missing[group.name] = count
      // 1.13 did not look at activities, and nobody does before a group is known.
      if options.release == .v1_13 || !known.contains(group.name) { continue }
      if hasFailed(group.name, &cloud, at: now) { unavailable.insert(group.name) }
    }
    readAt = now
  }

  /// Whether an activity failed since the size was last changed; an API that does not answer is
  /// no sign that one did (`isNodeGroupAvailable`).
  private func hasFailed(
    _ group: String, _ cloud: inout Cloud, at now: SimulationTime
  ) -> Bool {
    guard let activities = try? cloud.describeScalingActivities(ofGroup: group, at: now) else {
      return false
    }
    let since = sizedAt[group] ?? SimulationTime(nanoseconds: .min)
    return activities.prefix { $0.startTime >= since }.contains { $0.status == .failed }
  }

  /// The size as the autoscaler believes it, nil for a group it does not know.
  func size(of group: String) -> Int? {
    groups.first { $0.name == group }?.desiredCapacity
  }

  mutating func noteSize(of group: String, _ size: Int, at now: SimulationTime) {
    sizedAt[group] = now
    if let index = groups.firstIndex(where: { $0.name == group }) {
      groups[index].desiredCapacity = size
    }
  }

  /// A machine was asked to go, and its group's size with it.
  mutating func noteTermination(in group: String) {
    if let index = groups.firstIndex(where: { $0.name == group }) {
      groups[index].desiredCapacity -= 1
    }
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
    let zone = group.zones.first?.name ?? ""
    let first = result.instances.count
    for number in first..<first + (missing[group.name] ?? 0) {
      result.instances.append(
        CloudInstance(
          providerID: "aws:///\(zone)/\(Self.placeholder)\(group.name)-\(number)",
          state: .creating,
          creationError: unavailable.contains(group.name) ? Self.unfulfillable : nil))
    }
    return result
  }

  /// How the names of invented machines begin.
  static let placeholder = "i-placeholder-"

  private static let unfulfillable = CreationError(
    .outOfResources, code: "placeholder-cannot-be-fulfilled",
    message: "AWS cannot provision any more instances for this node group")

  /// The smallest size that the autoscaler may give a group, nil for one it does not know.
  func minSize(of group: String, _ options: AutoscalerOptions) -> Int? {
    options.nodes.first { $0.name == group }?.minSize
      ?? groups.first { $0.name == group }?.minSize
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
