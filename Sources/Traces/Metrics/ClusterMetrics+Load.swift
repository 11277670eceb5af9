import KubernetesObjects
import TimeUnits

// What machines, workloads and requests were like, as a monitoring system would have recorded it.
extension ClusterMetrics {
  mutating func absorb(_ sample: NodeLoadSample, at time: SimulationTime) {
    let places = places(
      of: "node/\(sample.name)", ["node": sample.name],
      [
        "seatrial_node_memory_available_bytes", "seatrial_node_missing_pages_ratio",
        "seatrial_node_daemon_speed_ratio", "seatrial_node_disk_reads_per_second",
        "seatrial_node_burst_credits", "seatrial_node_cpu_cores",
      ])
    let values = [
      Double(sample.availableMiB) * 1_048_576, Double(sample.missingPerMille) / 1_000,
      Double(sample.daemonSpeedPerMillion) / 1e6, Double(sample.readsPerSecond),
      Double(sample.credits), Double(sample.cpuMillis) / 1_000,
    ]
    for (place, value) in zip(places, values) { store.set(value, place: place, at: time) }
  }

  mutating func absorb(_ sample: WorkloadSample, at time: SimulationTime) {
    let places = places(
      of: "workload/\(sample.workload)", ["workload": sample.workload],
      [
        "container_memory_working_set_bytes", "container_cpu_usage_seconds_total",
        "container_cpu_cfs_periods_total", "container_cpu_cfs_throttled_periods_total",
        "container_cpu_cfs_throttled_seconds_total",
      ])
    let values = [
      Double(sample.memoryMiB) * 1_048_576, Double(sample.cpuMilliseconds) / 1_000,
      Double(sample.periods), Double(sample.throttledPeriods),
      Double(sample.throttledMilliseconds) / 1_000,
    ]
    for (place, value) in zip(places, values) { store.set(value, place: place, at: time) }
  }

  mutating func absorb(_ window: RequestWindow, at time: SimulationTime) {
    for (outcome, count) in [("answered", window.answered), ("failed", window.failed)] {
      add(
        Double(count),
        MetricName(
          "seatrial_requests_total", ["outcome": outcome, "workload": window.workload]), time)
    }
    for (quantile, value) in [("0.5", window.p50), ("0.95", window.p95), ("0.99", window.p99)] {
      store.set(
        Double(value) / 1e9,
        MetricName(
          "seatrial_request_duration_seconds",
          ["quantile": quantile, "workload": window.workload]), at: time)
    }
    store.set(
      Double(window.inFlight),
      MetricName("seatrial_requests_in_flight", ["workload": window.workload]), at: time)
  }

  /// The page of the web dashboard has a name of its own: it is what people watch.
  mutating func setResponse(
    _ workload: String, _ milliseconds: Int64, at time: SimulationTime
  ) {
    let seconds = Double(milliseconds) / 1_000
    if workload == "kubernetes-dashboard" {
      store.set(seconds, MetricName("seatrial_dashboard_response_seconds"), at: time)
    } else {
      store.set(
        seconds, MetricName("seatrial_response_seconds", ["workload": workload]), at: time)
    }
  }

  private mutating func places(
    of owner: String, _ labels: Labels, _ names: [String]
  ) -> [Int] {
    if let places = loadPlaces[owner] { return places }
    let places = names.map { store.place(of: MetricName($0, labels)) }
    loadPlaces[owner] = places
    return places
  }
}
