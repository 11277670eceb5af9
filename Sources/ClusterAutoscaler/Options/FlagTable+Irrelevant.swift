/// Flags that bear on nothing that is simulated: where things are, how they are logged, which of
/// several copies works, and other clouds.
extension FlagTable {
  static let irrelevant = connection + logging + leaderElection + others

  private static let connection: [Flag] = [
    Flag("address", .irrelevant(.string)),
    Flag("kubernetes", .irrelevant(.string)),
    Flag("kubeconfig", .irrelevant(.string)),
    Flag("cloud-config", .irrelevant(.string)),
    Flag("kube-api-content-type", .irrelevant(.string), .since113),
    Flag("kube-client-burst", .irrelevant(.int), .since113),
    Flag("kube-client-qps", .irrelevant(.double), .since113),
    Flag("user-agent", .irrelevant(.string), .since113),
    Flag("profiling", .irrelevant(.bool), .since113),
    Flag("version", .irrelevant(.bool)),
  ]

  private static let logging: [Flag] = [
    Flag("v", .irrelevant(.string)),
    Flag("vmodule", .irrelevant(.string)),
    Flag("logtostderr", .irrelevant(.bool)),
    Flag("alsologtostderr", .irrelevant(.bool)),
    Flag("alsologtostderrthreshold", .irrelevant(.string)),
    Flag("legacy-stderr-threshold-behavior", .irrelevant(.bool)),
    Flag("stderrthreshold", .irrelevant(.string)),
    Flag("log-dir", .irrelevant(.string)),
    Flag("log-file", .irrelevant(.string)),
    Flag("log-file-max-size", .irrelevant(.string)),
    Flag("log-backtrace-at", .irrelevant(.string)),
    Flag("log-flush-frequency", .irrelevant(.duration)),
    Flag("log-json-info-buffer-size", .irrelevant(.string)),
    Flag("log-json-split-stream", .irrelevant(.bool)),
    Flag("log-text-info-buffer-size", .irrelevant(.string)),
    Flag("log-text-split-stream", .irrelevant(.bool)),
    Flag("logging-format", .irrelevant(.string)),
    Flag("skip-headers", .irrelevant(.bool)),
    Flag("skip-log-headers", .irrelevant(.bool)),
    Flag("add-dir-header", .irrelevant(.bool)),
    Flag("one-output", .irrelevant(.bool)),
    Flag("feature-gates", .irrelevant(.string)),
  ]

  private static let leaderElection: [Flag] = [
    Flag("leader-elect", .irrelevant(.bool)),
    Flag("leader-elect-lease-duration", .irrelevant(.duration)),
    Flag("leader-elect-renew-deadline", .irrelevant(.duration)),
    Flag("leader-elect-retry-period", .irrelevant(.duration)),
    Flag("leader-elect-resource-lock", .irrelevant(.string)),
    Flag("leader-elect-resource-name", .irrelevant(.string)),
    Flag("leader-elect-resource-namespace", .irrelevant(.string)),
  ]

  private static let others: [Flag] = [
    Flag("regional", .irrelevant(.bool)),
    Flag("gce-concurrent-refreshes", .irrelevant(.int), .since113),
    Flag("gce-expander-ephemeral-storage-support", .irrelevant(.bool), .since113),
    Flag("gce-mig-instances-min-refresh-wait-time", .irrelevant(.duration), .since113),
    Flag("bulk-mig-instances-listing-enabled", .irrelevant(.bool), .since113),
    Flag("clusterapi-cloud-config-authoritative", .irrelevant(.bool), .since113),
    Flag("emit-per-nodegroup-metrics", .irrelevant(.bool), .since113),
    Flag("node-removal-latency-tracking-enabled", .irrelevant(.bool), .since113),
    Flag("max-node-skip-eval-time-tracker-enabled", .irrelevant(.bool), .since113),
    Flag("scaleup-simulation-for-skipped-node-groups-enabled", .irrelevant(.bool), .since113),
    Flag("debugging-snapshot-enabled", .irrelevant(.bool), .since113),
    Flag("record-duplicated-events", .irrelevant(.bool), .since113),
    Flag("cluster-snapshot-parallelism", .irrelevant(.int), .since113),
    Flag("predicate-parallelism", .irrelevant(.int), .since113),
    Flag("capacity-buffer-pod-dry-run-enabled", .irrelevant(.bool), .since113),
    Flag("provisioning-request-initial-backoff-time", .irrelevant(.duration), .since113),
    Flag("provisioning-request-max-backoff-time", .irrelevant(.duration), .since113),
    Flag("provisioning-request-max-backoff-cache-size", .irrelevant(.int), .since113),
    Flag("check-capacity-batch-processing", .irrelevant(.bool), .since113),
    Flag("check-capacity-provisioning-request-max-batch-size", .irrelevant(.int), .since113),
    Flag("check-capacity-provisioning-request-batch-timebox", .irrelevant(.duration), .since113),
    Flag("check-capacity-processor-instance", .irrelevant(.string), .since113),
  ]
}
