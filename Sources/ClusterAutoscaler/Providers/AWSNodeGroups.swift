public import TimeUnits

/// What the autoscaler believes of the Auto Scaling groups it may change.
///
/// The cloud is asked once a minute, and in the first loop after a deletion; in between the
/// autoscaler believes what it ordered itself, so what a person changes by hand is seen late.
/// Follows `cloudprovider/aws/{auto_scaling_groups,aws_manager}.go` of cluster-autoscaler 1.36. A
/// value: a copy is a checkpoint.
public struct AWSNodeGroups: Sendable {
  /// How long an answer of the cloud is believed: `refreshInterval`.
  public static let refreshInterval: Duration = .seconds(60)
  /// How the ids of machines begin that were asked for and do not exist.
  public static let placeholderPrefix = "i-placeholder"
  /// Whether a machine, by its id or provider id, was asked for and does not exist.
  public static func isPlaceholder(_ id: String) -> Bool {
    (id.split(separator: "/").last ?? "").hasPrefix(placeholderPrefix)
  }

  /// The code of the error of a placeholder that nothing will come for.
  public static let unfulfillableCode = "placeholder-cannot-be-fulfilled"

  /// One group as it is believed to be.
  public struct Group: Sendable {
    public internal(set) var description: AWSGroupDescription
    /// The size that was read or ordered last.
    public internal(set) var size: Int
    /// The machines that were read, and a placeholder for each that is missing.
    public internal(set) var instances: [AWSGroupInstance]
    /// Whether the cloud failed to make machines since the size was changed last.
    public internal(set) var isUnfulfillable = false
    /// When the autoscaler set the size last; nil if it never did.
    public internal(set) var lastChange: SimulationTime?
  }

  /// In order of first sight.
  public internal(set) var groups: [Group] = []
  var places: [String: Int] = [:]
  /// When the cloud was asked last; nil if it is to be asked at the next loop.
  private var lastRefresh: SimulationTime?
  private let named: [String: NodeGroupSpec]
  private let discovery: [NodeGroupDiscovery]
  let release: AutoscalerRelease

  /// The groups that the flags `--nodes` and `--node-group-auto-discovery` name.
  public init(options: AutoscalerOptions) {
    named = Dictionary(
      options.nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    discovery = options.nodeGroupAutoDiscovery
    release = options.release
  }

  public func group(_ name: String) -> Group? { places[name].map { groups[$0] } }

  // MARK: Reading

  /// Whether the flags name a group or its tags make it found.
  public func manages(_ description: AWSGroupDescription) -> Bool {
    named[description.name] != nil || discovery.contains { $0.matches(description.tags) }
  }

  /// Whether EKS is asked for the labels and taints of a group's nodes: it says by its tags that it
  /// is a managed one. 1.13 did not ask.
  public func knowsTraits(of description: AWSGroupDescription) -> Bool {
    release != .v1_13
      && ["eks:cluster-name", "eks:nodegroup-name"].allSatisfy { key in
        description.tags.contains { $0.key == key }
      }
  }

  /// Whether the loop that begins now asks the cloud.
  public func needsRefresh(at now: SimulationTime) -> Bool {
    lastRefresh.map { $0 + Self.refreshInterval <= now } ?? true
  }

  /// Takes over the cloud's answer; groups that the flags do not lead to are passed over.
  ///
  /// - Parameters:
  ///   - activities: the scaling activities of a group, the newest first; asked for only where
  ///     machines are missing.
  public mutating func refresh(
    _ descriptions: [AWSGroupDescription], at now: SimulationTime,
    activities: (String) -> [AWSScalingActivity]
  ) {
    let old = self
    groups = []
    places = [:]
    for description in descriptions where manages(description) {
      var group = Group(
        description: description, size: description.desiredCapacity,
        instances: description.instances)
      if let spec = named[description.name] {
        group.description.minSize = spec.minSize
        group.description.maxSize = spec.maxSize
      }
      let before = old.group(description.name)
      group.lastChange = before?.lastChange
      if group.size > group.instances.count {
        // A group that was just found is not asked about.
        group.isUnfulfillable =
          (before != nil || named[description.name] != nil) && release != .v1_13
          && Self.hasFailed(activities(description.name), since: group.lastChange)
        addPlaceholders(&group)
      }
      places[description.name] = groups.count
      groups.append(group)
    }
    lastRefresh = now
  }

  /// The next loop asks the cloud whatever the time.
  public mutating func forceRefresh() { lastRefresh = nil }

  private func addPlaceholders(_ group: inout Group) {
    let zone = group.description.availabilityZones.first ?? ""
    for number in group.instances.count..<group.size {
      group.instances.append(
        AWSGroupInstance(
          id: "\(Self.placeholderPrefix)-\(group.description.name)-\(number)", zone: zone))
    }
  }

  /// Whether any activity that began after a size was set has failed; what came before that does
  /// not count.
  static func hasFailed(_ activities: [AWSScalingActivity], since change: SimulationTime?) -> Bool {
    for activity in activities {
      if let change, activity.start < change { return false }
      if activity.hasFailed { return true }
    }
    return false
  }
}
