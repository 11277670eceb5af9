public import Documents

extension AWSAnswer {
  /// The key by which each call's answer is known.
  private static let keys = [
    "AutoScalingGroups", "AutoScalingInstances", "Activities", "ScalingPolicies",
    "LifecycleHooks", "WarmPoolConfiguration", "LaunchConfigurations", "LaunchTemplateVersions",
    "Reservations", "InstanceTypes", "InstanceTypeOfferings", "SpotPriceHistory", "nodegroup",
    "cluster", "ScalableTargets", "Datapoints", "Instances",
  ]

  /// Reads one answer; nil after reporting if it is of no call we know.
  ///
  /// What `--query 'AutoScalingGroups[…]'` prints, a bare list of groups or of type names, is
  /// understood too. A bad element is reported and left out.
  public init?(_ document: DocumentNode, file: String, sink: DiagnosticSink) {
    let root = DocumentCursor(document, file: file, sink: sink)
    if let elements = document.elements {
      self.init(elementsOf: root, first: elements.first)
      return
    }
    guard root.expectMapping() else { return nil }
    guard let key = Self.keys.first(where: { document[$0] != nil }) else {
      let known = Self.keys
      let near = document.entries?.lazy
        .compactMap { Spelling.suggestion(for: $0.key, among: known) }.first
      root.error(
        "not an answer of the AWS CLI that is understood",
        suggestion: near ?? "such as aws autoscaling describe-auto-scaling-groups")
      return nil
    }
    guard let body = root.field(key) else { return nil }
    switch key {
    case "AutoScalingGroups": self = .autoScalingGroups(body.all { Group($0) })
    case "AutoScalingInstances": self = .autoScalingInstances(body.all { GroupInstance($0) })
    case "Activities": self = .scalingActivities(body.all { Activity($0) })
    case "ScalingPolicies": self = .scalingPolicies(body.all { Policy($0) })
    case "LifecycleHooks": self = .lifecycleHooks(body.all { LifecycleHook($0) })
    case "WarmPoolConfiguration":
      self = .warmPool(
        WarmPool(
          configuration: WarmPoolConfiguration(body),
          instances: root.field("Instances")?.all { GroupInstance($0) } ?? []))
    case "LaunchConfigurations":
      self = .launchConfigurations(body.all { LaunchConfiguration($0) })
    case "LaunchTemplateVersions":
      self = .launchTemplateVersions(body.all { LaunchTemplateVersion($0) })
    case "Reservations":
      self = .instances(
        body.elements().flatMap { $0.field("Instances")?.all { MachineInstance($0) } ?? [] })
    case "InstanceTypes":
      let catalog = InstanceTypeCatalog(describeInstanceTypes: document, file: file, sink: sink)
      self = .instanceTypes(catalog.types)
    case "InstanceTypeOfferings": self = .instanceTypeOfferings(body.all { Offering($0) })
    case "SpotPriceHistory": self = .spotPrices(body.all { SpotPrice($0) })
    case "nodegroup":
      guard let nodegroup = ManagedNodegroup(body) else { return nil }
      self = .nodegroup(nodegroup)
    case "cluster":
      guard let cluster = Cluster(body) else { return nil }
      self = .cluster(cluster)
    case "ScalableTargets": self = .scalableTargets(body.all { ScalableTarget($0) })
    case "Datapoints": self = .datapoints(body.all { Datapoint($0) })
    default: self = .instanceTopology(body.all { TopologyRow($0) })
    }
  }

  private init?(elementsOf root: DocumentCursor, first: DocumentNode?) {
    if first?["AutoScalingGroupName"] != nil, first?["MinSize"] != nil {
      self = .autoScalingGroups(root.all { Group($0) })
    } else if let first, first.scalarText != nil {
      self = .instanceTypeNames(root.strings())
    } else {
      root.error(
        "a list of groups or of names of instance types was expected",
        suggestion: "such as aws autoscaling describe-auto-scaling-groups")
      return nil
    }
  }
}

extension DocumentCursor {
  func all<Value>(_ read: (DocumentCursor) -> Value?) -> [Value] { elements().compactMap(read) }
}
