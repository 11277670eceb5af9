public import KubernetesObjects

/// The flags of kube-controller-manager that bear on nodes, under their names.
///
/// Defaults: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go, 1.36.
public struct NodeLifecycleOptions: Sendable, Hashable {
  /// `--node-monitor-period`, nanoseconds: 5 s.
  public var nodeMonitorPeriod: Int64 = 5_000_000_000
  /// `--node-monitor-grace-period`, nanoseconds: 50 s, and 40 s before 1.32.
  public var nodeMonitorGracePeriod: Int64
  /// `--node-startup-grace-period`, nanoseconds: 60 s.
  public var nodeStartupGracePeriod: Int64 = 60_000_000_000
  /// `--pod-eviction-timeout`, nanoseconds: 5 min. Read by 1.11 only.
  public var podEvictionTimeout: Int64 = 300_000_000_000
  /// `--node-eviction-rate`, nodes a second in a healthy zone: 0.1.
  public var nodeEvictionRate = 0.1
  /// `--secondary-node-eviction-rate`, nodes a second in a large unhealthy zone: 0.01.
  public var secondaryNodeEvictionRate = 0.01
  /// `--unhealthy-zone-threshold`, the share of nodes that are not ready: 0.55.
  public var unhealthyZoneThreshold: Float = 0.55
  /// `--large-cluster-size-threshold`, nodes: 50. In smaller zones the secondary rate is 0.
  public var largeClusterSizeThreshold = 50

  public init(release: KubernetesRelease = .v1_36) {
    nodeMonitorGracePeriod = release == .v1_36 ? 50_000_000_000 : 40_000_000_000
  }
}
