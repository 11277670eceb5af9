public import KubernetesObjects

/// The control plane's constants and the latencies between its parts.
public struct ClusterParameters: Sendable {
  public var release: KubernetesRelease
  /// From a write to the moment a watcher acts on it: lower and upper bound of a uniform draw, in
  /// nanoseconds. Default 5 to 50 ms (assumed; reference "watch fan-out 5–50 ms").
  public var watchLagNanoseconds: ClosedRange<Int64>
  /// From a request to its effect, in nanoseconds. Default 10 ms (assumed; "5–20 ms writes").
  public var writeLatencyNanoseconds: Int64
  /// Requests a second of each controller's client; nil is unlimited. Default 20
  /// (kube-controller-manager 1.36 `--kube-api-qps`).
  public var controllerQPS: Double?
  /// Default 30 (kube-controller-manager 1.36 `--kube-api-burst`).
  public var controllerBurst: Int64
  /// Requests a second of the scheduler's client. Default 50, burst 100 (kube-scheduler 1.36).
  public var schedulerQPS: Double
  public var schedulerBurst: Int64
  /// Requests a second of each kubelet's client. Default 50, burst 100; 5 and 10 in 1.11.
  public var kubeletQPS: Double
  public var kubeletBurst: Int64
  /// Extra latency of one controller's requests, by controller; default none. Recordings tell
  /// controllers apart by it.
  public var extraWriteLatencyNanoseconds: [ControllerName: Int64]

  public init(release: KubernetesRelease = .v1_36) {
    self.release = release
    watchLagNanoseconds = 5_000_000...50_000_000
    writeLatencyNanoseconds = 10_000_000
    controllerQPS = 20
    controllerBurst = 30
    schedulerQPS = 50
    schedulerBurst = 100
    kubeletQPS = release == .v1_11 ? 5 : 50
    kubeletBurst = release == .v1_11 ? 10 : 100
    extraWriteLatencyNanoseconds = [:]
  }

  /// How long one scheduling cycle takes: 0.3 ms and 7 µs for each node looked at (assumed, from
  /// the throughputs that `test/integration/scheduler_perf` of Kubernetes 1.36 asks for).
  func schedulingNanoseconds(nodesExamined: Int) -> Int64 {
    300_000 + 7_000 * Int64(nodesExamined)
  }

  /// The client of a new kubelet.
  var kubeletClient: APIClient {
    APIClient(
      ratePerSecond: kubeletQPS, burst: kubeletBurst,
      latencyNanoseconds: writeLatencyNanoseconds)
  }

  /// The client of one controller.
  func client(of name: ControllerName) -> APIClient {
    APIClient(
      ratePerSecond: controllerQPS, burst: controllerBurst,
      latencyNanoseconds: writeLatencyNanoseconds
        + (extraWriteLatencyNanoseconds[name] ?? 0))
  }
}
