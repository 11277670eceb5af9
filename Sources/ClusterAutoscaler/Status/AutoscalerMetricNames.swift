/// The names of the metrics that cluster-autoscaler serves (`metrics/metrics.go` 1.36).
public enum AutoscalerMetricName: String, Sendable, Hashable, CaseIterable {
  case clusterSafeToAutoscale = "cluster_autoscaler_cluster_safe_to_autoscale"
  /// By `state`: ready, unready, notStarted, longUnregistered, unregistered.
  case nodesCount = "cluster_autoscaler_nodes_count"
  case nodeGroupsCount = "cluster_autoscaler_node_groups_count"
  case unschedulablePodsCount = "cluster_autoscaler_unschedulable_pods_count"
  case maxNodesCount = "cluster_autoscaler_max_nodes_count"
  case clusterCPUCurrentCores = "cluster_autoscaler_cluster_cpu_current_cores"
  case cpuLimitsCores = "cluster_autoscaler_cpu_limits_cores"
  case clusterMemoryCurrentBytes = "cluster_autoscaler_cluster_memory_current_bytes"
  case memoryLimitsBytes = "cluster_autoscaler_memory_limits_bytes"
  case nodeGroupMinCount = "cluster_autoscaler_node_group_min_count"
  case nodeGroupMaxCount = "cluster_autoscaler_node_group_max_count"
  case nodeGroupTargetCount = "cluster_autoscaler_node_group_target_count"
  case nodeGroupHealthiness = "cluster_autoscaler_node_group_healthiness"
  case nodeGroupBackoffStatus = "cluster_autoscaler_node_group_backoff_status"
  case lastActivity = "cluster_autoscaler_last_activity"
  case functionDurationSeconds = "cluster_autoscaler_function_duration_seconds"
  case errorsTotal = "cluster_autoscaler_errors_total"
  case scaledUpNodesTotal = "cluster_autoscaler_scaled_up_nodes_total"
  /// By `reason`: cloudProviderError, apiCallError, timeout.
  case failedScaleUpsTotal = "cluster_autoscaler_failed_scale_ups_total"
  /// By `reason`: underutilized, empty, unready.
  case scaledDownNodesTotal = "cluster_autoscaler_scaled_down_nodes_total"
  case evictedPodsTotal = "cluster_autoscaler_evicted_pods_total"
  case unneededNodesCount = "cluster_autoscaler_unneeded_nodes_count"
  case unremovableNodesCount = "cluster_autoscaler_unremovable_nodes_count"
  case scaleDownInCooldown = "cluster_autoscaler_scale_down_in_cooldown"
  case pendingNodeDeletions = "cluster_autoscaler_pending_node_deletions"
  case oldUnregisteredNodesRemovedCount =
    "cluster_autoscaler_old_unregistered_nodes_removed_count"
  case skippedScaleEventsCount = "cluster_autoscaler_skipped_scale_events_count"
  case overflowingControllersCount = "cluster_autoscaler_overflowing_controllers_count"
  case nodeTaintsCount = "cluster_autoscaler_node_taints_count"
}
