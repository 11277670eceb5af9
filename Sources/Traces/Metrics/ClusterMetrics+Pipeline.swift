import KubernetesObjects
import TimeUnits

// The pipeline by the names that its own metrics and Kafka's exporter give.
extension ClusterMetrics {
  mutating func absorb(_ sample: PipelineSample, at time: SimulationTime) {
    func set(_ value: Double, _ name: String, _ labels: Labels = [:]) {
      store.set(value, MetricName(name, labels), at: time)
    }
    let counts = sample.counts
    for (stage, value) in [
      ("producer", counts.produced), ("consumer", counts.produced - counts.lag),
      ("detector", counts.checked), ("detector_Run", counts.run),
      ("detector_notRun", counts.checked - counts.run),
    ] { set(Double(value), "AnomaliaMachina_requests_total", ["stage": stage]) }
    set(Double(counts.anomalies), "AnomaliaMachina_anomalies_total")
    set(
      Double(counts.lag), "kafka_consumergroup_lag",
      ["consumergroup": sample.group, "topic": sample.topic])
    for (state, value) in [
      ("produced", counts.produced), ("redelivered", counts.redelivered),
      ("checked", counts.checked), ("lost", counts.lost), ("expired", counts.expired),
      ("refused", counts.refused), ("in_flight", counts.inFlight), ("lag", counts.lag),
    ] { set(Double(value), "seatrial_pipeline_messages", ["state": state]) }
    set(Double(counts.difference), "seatrial_pipeline_unaccounted_messages")
    set(Double(sample.checksPerSecond), "seatrial_pipeline_checks_per_second")
    set(Double(sample.sentPerSecond), "seatrial_pipeline_sent_per_second")
    for (quantile, value) in [("0.5", sample.p50), ("0.99", sample.p99)] {
      set(Double(value) / 1e9, "seatrial_pipeline_latency_seconds", ["quantile": quantile])
    }
    for (quantile, value) in [("0.5", sample.serviceP50), ("0.99", sample.serviceP99)] {
      set(Double(value) / 1e9, "seatrial_pipeline_service_seconds", ["quantile": quantile])
    }
    set(Double(sample.consumers), "seatrial_pipeline_consumers", ["state": "active"])
    set(Double(sample.idleConsumers), "seatrial_pipeline_consumers", ["state": "starving"])
    set(Double(sample.rebalances), "seatrial_pipeline_rebalances_total")
    set(Double(sample.hints), "seatrial_cassandra_hints_total")
    set(Double(sample.cassandraPerMille) / 1_000, "seatrial_cassandra_cpu_ratio")
  }
}
