import ClusterAutoscaler
import Testing

/// What flags are when nobody sets them: the table of `config/flags/flags.go` 1.36 and `main.go`
/// 1.13, written as the flags are.
@Suite("Flag defaults")
struct FlagDefaultTests {
  /// Flag, 1.36, 1.13; nil where the release has no such flag.
  static let table: [(String, String?, String?)] = [
    ("scan-interval", "10s", "10s"),
    ("scale-down-enabled", "true", "true"),
    ("scale-down-delay-after-add", "10m", "10m"),
    ("scale-down-delay-after-delete", "0", "10s"),
    ("scale-down-delay-after-failure", "3m", "3m"),
    ("scale-down-delay-type-local", "false", nil),
    ("scale-down-unneeded-time", "10m", "10m"),
    ("scale-down-unready-time", "20m", "20m"),
    ("scale-down-unready-enabled", "true", nil),
    ("scale-down-utilization-threshold", "0.5", "0.5"),
    ("scale-down-gpu-utilization-threshold", "0.5", nil),
    ("scale-down-non-empty-candidates-count", "30", "30"),
    ("scale-down-candidates-pool-ratio", "0.1", "0.1"),
    ("scale-down-candidates-pool-min-count", "50", "50"),
    ("unremovable-node-recheck-timeout", "5m", "5m"),
    ("scale-down-simulation-timeout", "30s", nil),
    ("max-scale-down-parallelism", "10", nil),
    ("max-drain-parallelism", "1", nil),
    ("max-empty-bulk-delete", nil, "10"),
    ("node-delete-delay-after-taint", "5s", nil),
    ("node-deletion-batcher-interval", "0s", nil),
    ("max-pod-eviction-time", "2m", nil),
    ("max-graceful-termination-sec", "600", "600"),
    ("max-bulk-soft-taint-count", "10", nil),
    ("cordon-node-before-terminating", "true", nil),
    ("daemonset-eviction-for-empty-nodes", "false", nil),
    ("daemonset-eviction-for-occupied-nodes", "true", nil),
    ("max-node-provision-time", "15m", "15m"),
    ("max-node-startup-time", "15m", nil),
    ("ok-total-unready-count", "3", "3"),
    ("max-total-unready-percentage", "45", "45"),
    ("max-nodes-total", "0", "0"),
    ("cores-total", "0:320000", "0:320000"),
    ("memory-total", "0:6400000", "0:6400000"),
    ("expander", "least-waste", "random"),
    ("max-nodes-per-scaleup", "1000", nil),
    ("max-nodegroup-binpacking-duration", "10s", nil),
    ("balance-similar-node-groups", "false", "false"),
    ("memory-difference-ratio", "0.015", nil),
    ("max-allocatable-difference-ratio", "0.05", nil),
    ("max-free-difference-ratio", "0.05", nil),
    ("new-pod-scale-up-delay", "0s", "0s"),
    ("expendable-pods-priority-cutoff", "-10", "-10"),
    ("ignore-daemonsets-utilization", "false", "false"),
    ("ignore-mirror-pods-utilization", "false", "false"),
    ("skip-nodes-with-system-pods", "true", "true"),
    ("skip-nodes-with-local-storage", "true", "true"),
    ("skip-nodes-with-custom-controller-pods", "true", nil),
    ("min-replica-count", "0", "0"),
    ("blocking-system-pod-distruption-timeout", "1h", nil),
    ("initial-node-group-backoff-duration", "5m", nil),
    ("max-node-group-backoff-duration", "30m", nil),
    ("node-group-backoff-reset-timeout", "3h", nil),
    ("scale-up-from-zero", "true", "true"),
    ("parallel-scale-up", "false", nil),
    ("enforce-node-group-min-size", "false", nil),
    ("force-ds", "false", nil),
    ("force-delete-unregistered-nodes", "false", nil),
    ("frequent-loops-enabled", "true", nil),
    ("write-status-configmap", "true", "true"),
    ("status-config-map-name", "cluster-autoscaler-status", nil),
    ("namespace", "kube-system", "kube-system"),
    ("cloud-provider", "gce", "gce"),
    // Known, and the simulation follows the default only.
    ("estimator", "binpacking", "binpacking"),
    ("max-binpacking-time", "5m", nil),
    ("node-deletion-delay-timeout", "2m", nil),
    ("max-bulk-soft-taint-time", "3s", nil),
    ("salvo-scale-up", "false", nil),
    ("async-node-groups", "false", nil),
    ("max-inactivity", "10m", "10m"),
    ("max-failing-time", "15m", "15m"),
  ]

  @Test("setting a flag to its default changes nothing", arguments: table)
  func defaults(_ flag: String, _ now: String?, _ then: String?) throws {
    for (release, value) in [(AutoscalerRelease.v1_36, now), (.v1_13, then)] {
      var options = AutoscalerOptions.defaults(for: release)
      let warning = try options.set(flag, value ?? now ?? then ?? "")
      #expect(options == .defaults(for: release))
      #expect((warning == nil) == (value != nil), "\(String(describing: warning))")
    }
  }

  @Test("setting a flag to something else changes something, or is told of", arguments: table)
  func others(_ flag: String, _ now: String?, _ then: String?) throws {
    let other =
      switch now ?? then ?? "" {
      case "true": "false"
      case "false": "true"
      case "least-waste": "most-pods"
      case let text where text.contains(":"): "1:2"
      case let text where text.contains("-") && Int(text) == nil: "another"
      case let text where Double(text) != nil && !flag.contains("delay"): "77"
      case let text where text.first?.isNumber == true: "77s"
      default: "another"
      }
    var options = AutoscalerOptions.defaults(for: now == nil ? .v1_13 : .v1_36)
    let before = options
    let warning = try options.set(flag, other)
    #expect((options != before) == (warning == nil))
  }
}
