/// What one call of the AWS CLI printed (`aws SERVICE describe-… --output json`).
///
/// The call is known by the answer's first key. Times and numbers are as the service gave them;
/// nothing here belongs to a run.
public enum AWSAnswer: Sendable {
  case autoScalingGroups([Group])
  case autoScalingInstances([GroupInstance])
  case scalingActivities([Activity])
  case scalingPolicies([Policy])
  case lifecycleHooks([LifecycleHook])
  case warmPool(WarmPool)
  case launchConfigurations([LaunchConfiguration])
  case launchTemplateVersions([LaunchTemplateVersion])
  case instances([MachineInstance])
  case instanceTypes([InstanceType])
  case instanceTypeNames([String])
  case instanceTypeOfferings([Offering])
  case instanceTopology([TopologyRow])
  case spotPrices([SpotPrice])
  case nodegroup(ManagedNodegroup)
  case cluster(Cluster)
  case scalableTargets([ScalableTarget])
  case datapoints([Datapoint])

  /// The call, such as `autoscaling describe-auto-scaling-groups`.
  public var call: String {
    switch self {
    case .autoScalingGroups: "autoscaling describe-auto-scaling-groups"
    case .autoScalingInstances: "autoscaling describe-auto-scaling-instances"
    case .scalingActivities: "autoscaling describe-scaling-activities"
    case .scalingPolicies: "autoscaling describe-policies"
    case .lifecycleHooks: "autoscaling describe-lifecycle-hooks"
    case .warmPool: "autoscaling describe-warm-pool"
    case .launchConfigurations: "autoscaling describe-launch-configurations"
    case .launchTemplateVersions: "ec2 describe-launch-template-versions"
    case .instances: "ec2 describe-instances"
    case .instanceTypes, .instanceTypeNames: "ec2 describe-instance-types"
    case .instanceTypeOfferings: "ec2 describe-instance-type-offerings"
    case .instanceTopology: "ec2 describe-instance-topology"
    case .spotPrices: "ec2 describe-spot-price-history"
    case .nodegroup: "eks describe-nodegroup"
    case .cluster: "eks describe-cluster"
    case .scalableTargets: "application-autoscaling describe-scalable-targets"
    case .datapoints: "cloudwatch get-metric-statistics"
    }
  }
}

extension AWSAnswer {
  /// A tag of a group or of an instance.
  public struct Tag: Sendable, Hashable {
    public var key: String
    public var value: String
    /// Whether new instances get it; true for an instance's own tags.
    public var isPropagated: Bool
  }

  /// What an instance is launched from, by name.
  public enum LaunchSource: Sendable, Hashable {
    case configuration(name: String)
    /// `version` is a number, `$Default` or `$Latest`.
    case template(id: String?, name: String?, version: String?)

    /// `the launch configuration 'web'`.
    public var sentence: String {
      switch self {
      case .configuration(let name): "the launch configuration '\(name)'"
      case .template(let id, let name, let version):
        "the launch template '\(name ?? id ?? "")'" + (version.map { ", version \($0)" } ?? "")
      }
    }
  }
}
