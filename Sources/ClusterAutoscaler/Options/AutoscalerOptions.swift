/// The flags of cluster-autoscaler, with the defaults of 1.36 (`config/flags/flags.go`).
///
/// Every property is the flag of the same name in kebab case unless said otherwise.
public struct AutoscalerOptions: Sendable, Hashable {
  public var release = AutoscalerRelease.v1_36

  // The loop.
  public var scanInterval: Duration = .seconds(10)
  public var frequentLoopsEnabled = true

  // Scaling up.
  public var expander: [ExpanderName] = [.leastWaste]
  public var balanceSimilarNodeGroups = false
  public var balancingIgnoreLabels: [String] = []
  public var balancingLabels: [String] = []
  public var memoryDifferenceRatio = 0.015
  public var maxAllocatableDifferenceRatio = 0.05
  public var maxFreeDifferenceRatio = 0.05
  public var maxNodesTotal = 0
  public var coresTotal: ClosedRange<Int64> = 0...320_000
  /// GiB.
  public var memoryTotal: ClosedRange<Int64> = 0...6_400_000
  public var maxNodesPerScaleUp = 1_000
  public var maxNodegroupBinpackingDuration: Duration = .seconds(10)
  public var newPodScaleUpDelay: Duration = .zero
  public var expendablePodsPriorityCutoff: Int32 = -10
  public var scaleUpFromZero = true
  public var parallelScaleUp = false
  public var enforceNodeGroupMinSize = false
  public var forceDaemonSets = false

  // Nodes on their way.
  public var maxNodeProvisionTime: Duration = .seconds(15 * 60)
  public var maxNodeStartupTime: Duration = .seconds(15 * 60)
  public var forceDeleteUnregisteredNodes = false
  public var okTotalUnreadyCount = 3
  /// Percent of all nodes.
  public var maxTotalUnreadyPercentage = 45.0
  public var initialNodeGroupBackoffDuration: Duration = .seconds(5 * 60)
  public var maxNodeGroupBackoffDuration: Duration = .seconds(30 * 60)
  public var nodeGroupBackoffResetTimeout: Duration = .seconds(3 * 3_600)

  // Scaling down.
  public var scaleDownEnabled = true
  public var scaleDownDelayAfterAdd: Duration = .seconds(10 * 60)
  public var scaleDownDelayAfterDelete: Duration = .zero
  public var scaleDownDelayAfterFailure: Duration = .seconds(3 * 60)
  public var scaleDownDelayTypeLocal = false
  public var scaleDownUnneededTime: Duration = .seconds(10 * 60)
  public var scaleDownUnreadyTime: Duration = .seconds(20 * 60)
  public var scaleDownUnreadyEnabled = true
  public var scaleDownUtilizationThreshold = 0.5
  public var scaleDownGPUUtilizationThreshold = 0.5
  public var unremovableNodeRecheckTimeout: Duration = .seconds(5 * 60)
  public var scaleDownSimulationTimeout: Duration = .seconds(30)
  public var maxScaleDownParallelism = 10
  public var maxDrainParallelism = 1
  public var nodeDeleteDelayAfterTaint: Duration = .seconds(5)
  public var nodeDeletionBatcherInterval: Duration = .zero
  public var maxPodEvictionTime: Duration = .seconds(2 * 60)
  /// Seconds.
  public var maxGracefulTerminationSec: Int64 = 600
  public var maxBulkSoftTaintCount = 10
  public var cordonNodeBeforeTerminating = true
  public var daemonSetEvictionForEmptyNodes = false
  public var daemonSetEvictionForOccupiedNodes = true
  public var ignoreDaemonSetsUtilization = false
  public var ignoreMirrorPodsUtilization = false
  public var skipNodesWithSystemPods = true
  public var skipNodesWithLocalStorage = true
  public var skipNodesWithCustomControllerPods = true
  public var minReplicaCount = 0
  /// The flag is spelled `blocking-system-pod-distruption-timeout`.
  public var blockingSystemPodDisruptionTimeout: Duration = .seconds(3_600)

  // 1.13 only.
  public var scaleDownNonEmptyCandidatesCount = 30
  public var scaleDownCandidatesPoolRatio = 0.1
  public var scaleDownCandidatesPoolMinCount = 50
  public var maxEmptyBulkDelete = 10

  // What belongs to the cloud and the cluster.
  public var cloudProvider = "gce"
  public var clusterName = ""
  /// Groups named one by one.
  public var nodes: [NodeGroupSpec] = []
  /// Tags by which groups are found.
  public var nodeGroupAutoDiscovery: [NodeGroupDiscovery] = []
  /// Taints that a node carries only while it starts: `startup-taint` and `ignore-taint`.
  public var startupTaints: [String] = []
  /// Taints that come and go with the node's state: `status-taint`.
  public var statusTaints: [String] = []
  public var scaleFromUnschedulable = false
  public var awsUseStaticInstanceList = false

  // What it reports.
  public var writeStatusConfigMap = true
  public var statusConfigMapName = "cluster-autoscaler-status"
  public var namespace = "kube-system"

  public init() {}
}

/// The release whose rules apply.
public enum AutoscalerRelease: String, Sendable, Hashable, CaseIterable {
  case v1_13 = "1.13"
  case v1_36 = "1.36"
}

/// The strategies that `--expander` may name.
public enum ExpanderName: String, Sendable, Hashable, CaseIterable {
  case random
  case mostPods = "most-pods"
  case leastWaste = "least-waste"
  case leastNodes = "least-nodes"
  case price
  case priority
  case grpc
}
