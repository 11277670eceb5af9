/// Every flag of cluster-autoscaler 1.36 (`config/flags/flags.go`) and 1.13 (`main.go`).
enum FlagTable {
  static let flags = modeled + unmodeled + irrelevant

  static let names = flags.map(\.name)

  private static let byName = Dictionary(uniqueKeysWithValues: flags.map { ($0.name, $0) })

  static func flag(_ name: String) -> Flag? { byName[name] }

  private static let modeled = loop + scaleUp + provisioning + scaleDown + removal + cloud

  private static let loop: [Flag] = [
    Flag("scan-interval", .duration(\.scanInterval)),
    Flag("frequent-loops-enabled", .bool(\.frequentLoopsEnabled), .since113),
    Flag("write-status-configmap", .bool(\.writeStatusConfigMap)),
    Flag("status-config-map-name", .string(\.statusConfigMapName), .since113),
    Flag("namespace", .string(\.namespace)),
  ]

  private static let scaleUp: [Flag] = [
    Flag("expander", .expander),
    Flag("balance-similar-node-groups", .bool(\.balanceSimilarNodeGroups)),
    Flag("balancing-ignore-label", .strings(\.balancingIgnoreLabels), .since113),
    Flag("balancing-label", .strings(\.balancingLabels), .since113),
    Flag("memory-difference-ratio", .double(\.memoryDifferenceRatio), .since113),
    Flag("max-allocatable-difference-ratio", .double(\.maxAllocatableDifferenceRatio), .since113),
    Flag("max-free-difference-ratio", .double(\.maxFreeDifferenceRatio), .since113),
    Flag("max-nodes-total", .int(\.maxNodesTotal)),
    Flag("cores-total", .range(\.coresTotal)),
    Flag("memory-total", .range(\.memoryTotal)),
    Flag("max-nodes-per-scaleup", .int(\.maxNodesPerScaleUp), .since113),
    Flag(
      "max-nodegroup-binpacking-duration", .duration(\.maxNodegroupBinpackingDuration), .since113),
    Flag("new-pod-scale-up-delay", .duration(\.newPodScaleUpDelay)),
    Flag("expendable-pods-priority-cutoff", .int32(\.expendablePodsPriorityCutoff)),
    Flag("scale-up-from-zero", .bool(\.scaleUpFromZero)),
    Flag("parallel-scale-up", .bool(\.parallelScaleUp), .since113),
    Flag("enforce-node-group-min-size", .bool(\.enforceNodeGroupMinSize), .since113),
    Flag("force-ds", .bool(\.forceDaemonSets), .since113),
    Flag("scale-from-unschedulable", .bool(\.scaleFromUnschedulable), .since113),
    Flag("startup-taint", .strings(\.startupTaints), .since113),
    Flag("ignore-taint", .strings(\.startupTaints), .since113),
    Flag("status-taint", .strings(\.statusTaints), .since113),
  ]

  private static let provisioning: [Flag] = [
    Flag("max-node-provision-time", .duration(\.maxNodeProvisionTime)),
    Flag("max-node-startup-time", .duration(\.maxNodeStartupTime), .since113),
    Flag("force-delete-unregistered-nodes", .bool(\.forceDeleteUnregisteredNodes), .since113),
    Flag("ok-total-unready-count", .int(\.okTotalUnreadyCount)),
    Flag("max-total-unready-percentage", .double(\.maxTotalUnreadyPercentage)),
    Flag(
      "initial-node-group-backoff-duration", .duration(\.initialNodeGroupBackoffDuration),
      .since113),
    Flag("max-node-group-backoff-duration", .duration(\.maxNodeGroupBackoffDuration), .since113),
    Flag("node-group-backoff-reset-timeout", .duration(\.nodeGroupBackoffResetTimeout), .since113),
  ]

  private static let scaleDown: [Flag] = [
    Flag("scale-down-enabled", .bool(\.scaleDownEnabled)),
    Flag("scale-down-delay-after-add", .duration(\.scaleDownDelayAfterAdd)),
    Flag("scale-down-delay-after-delete", .duration(\.scaleDownDelayAfterDelete)),
    Flag("scale-down-delay-after-failure", .duration(\.scaleDownDelayAfterFailure)),
    Flag("scale-down-delay-type-local", .bool(\.scaleDownDelayTypeLocal), .since113),
    Flag("scale-down-unneeded-time", .duration(\.scaleDownUnneededTime)),
    Flag("scale-down-unready-time", .duration(\.scaleDownUnreadyTime)),
    Flag("scale-down-unready-enabled", .bool(\.scaleDownUnreadyEnabled), .since113),
    Flag("scale-down-utilization-threshold", .double(\.scaleDownUtilizationThreshold)),
    Flag(
      "scale-down-gpu-utilization-threshold", .double(\.scaleDownGPUUtilizationThreshold),
      .since113),
    Flag("scale-down-simulation-timeout", .duration(\.scaleDownSimulationTimeout), .since113),
    Flag("scale-down-non-empty-candidates-count", .int(\.scaleDownNonEmptyCandidatesCount)),
    Flag("scale-down-candidates-pool-ratio", .double(\.scaleDownCandidatesPoolRatio)),
    Flag("scale-down-candidates-pool-min-count", .int(\.scaleDownCandidatesPoolMinCount)),
    Flag("unremovable-node-recheck-timeout", .duration(\.unremovableNodeRecheckTimeout)),
    Flag("ignore-daemonsets-utilization", .bool(\.ignoreDaemonSetsUtilization)),
    Flag("ignore-mirror-pods-utilization", .bool(\.ignoreMirrorPodsUtilization)),
    Flag("skip-nodes-with-system-pods", .bool(\.skipNodesWithSystemPods)),
    Flag("skip-nodes-with-local-storage", .bool(\.skipNodesWithLocalStorage)),
    Flag(
      "skip-nodes-with-custom-controller-pods", .bool(\.skipNodesWithCustomControllerPods),
      .since113),
    Flag("min-replica-count", .int(\.minReplicaCount)),
    Flag(
      "blocking-system-pod-distruption-timeout", .duration(\.blockingSystemPodDisruptionTimeout),
      .since113),
  ]

  private static let removal: [Flag] = [
    Flag("max-scale-down-parallelism", .int(\.maxScaleDownParallelism), .since113),
    Flag("max-drain-parallelism", .int(\.maxDrainParallelism), .since113),
    Flag("max-empty-bulk-delete", .int(\.maxEmptyBulkDelete), .only113),
    Flag("node-delete-delay-after-taint", .duration(\.nodeDeleteDelayAfterTaint), .since113),
    Flag("node-deletion-batcher-interval", .duration(\.nodeDeletionBatcherInterval), .since113),
    Flag("max-pod-eviction-time", .duration(\.maxPodEvictionTime), .since113),
    Flag("max-graceful-termination-sec", .int64(\.maxGracefulTerminationSec)),
    Flag("max-bulk-soft-taint-count", .int(\.maxBulkSoftTaintCount), .since113),
    Flag("cordon-node-before-terminating", .bool(\.cordonNodeBeforeTerminating), .since113),
    Flag(
      "daemonset-eviction-for-empty-nodes", .bool(\.daemonSetEvictionForEmptyNodes), .since113),
    Flag(
      "daemonset-eviction-for-occupied-nodes", .bool(\.daemonSetEvictionForOccupiedNodes),
      .since113),
  ]

  private static let cloud: [Flag] = [
    Flag("cloud-provider", .string(\.cloudProvider)),
    Flag("cluster-name", .string(\.clusterName)),
    Flag("nodes", .nodes),
    Flag("node-group-auto-discovery", .discovery),
    Flag("aws-use-static-instance-list", .bool(\.awsUseStaticInstanceList), .since113),
  ]
}
