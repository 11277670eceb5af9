import KubernetesObjects
import TimeUnits

extension ClusterMetrics {
  /// The autoscaler's metrics under their real names (`metrics/metrics.go` 1.36).
  mutating func absorb(_ sample: AutoscalerSample, at time: SimulationTime) {
    let prefix = "cluster_autoscaler_"
    func set(_ name: String, _ value: Int64, _ labels: Labels = [:]) {
      store.set(Double(value), MetricName(prefix + name, labels), at: time)
    }
    set("unschedulable_pods_count", sample.podsToHelp, ["type": "unschedulable"])
    set("unneeded_nodes_count", sample.unneededNodes)
    set("cluster_safe_to_autoscale", sample.isSafe ? 1 : 0)
    set("scale_down_in_cooldown", sample.isInCooldown ? 1 : 0)
    for (state, count) in [
      ("ready", sample.readyNodes), ("unready", sample.unreadyNodes),
      ("notStarted", sample.notStartedNodes), ("unregistered", sample.unregisteredNodes),
    ] { set("nodes_count", count, ["state": state]) }
    for group in sample.groups {
      let labels: Labels = ["node_group": group.name]
      set("node_group_min_count", group.min, labels)
      set("node_group_max_count", group.max, labels)
      set("node_group_target_count", group.target, labels)
      set("node_group_healthiness", group.isHealthy ? 1 : 0, labels)
      set("node_group_backoff_status", group.isBackedOff ? 1 : 0, labels)
    }
    let totals = sample.totals
    set("scaled_up_nodes_total", Int64(totals.scaledUp))
    set("scaled_down_nodes_total", Int64(totals.scaledDownEmpty), ["reason": "empty"])
    set(
      "scaled_down_nodes_total", Int64(totals.scaledDownUnderutilized),
      ["reason": "underutilized"])
    set("failed_scale_ups_total", Int64(totals.failedScaleUps))
    set("evicted_pods_total", Int64(totals.evictedPods))
    set("errors_total", Int64(totals.errors), ["type": "cloudProviderError"])
  }
}
