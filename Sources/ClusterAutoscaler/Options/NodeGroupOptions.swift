/// What a group's tags set differently from the flags; nil follows the flag.
///
/// On AWS the tags are `k8s.io/cluster-autoscaler/node-template/autoscaling-options/<name>`
/// (`cloudprovider/aws/aws_manager.go` of cluster-autoscaler 1.36).
public struct NodeGroupOptions: Sendable, Hashable {
  public var scaleDownUtilizationThreshold: Double?
  public var scaleDownGPUUtilizationThreshold: Double?
  public var scaleDownUnneededTime: Duration?
  public var scaleDownUnreadyTime: Duration?
  public var maxNodeProvisionTime: Duration?
  public var ignoreDaemonSetsUtilization: Bool?

  public init() {}
}
