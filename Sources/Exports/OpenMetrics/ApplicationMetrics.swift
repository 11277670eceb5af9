public import Traces

/// Scrapes of Anomalia Machina's pods as rows, by the application's own names.
///
/// Names and types as in instaclustr/AnomaliaMachina, commit 6ea72af, two oddities included:
///
/// - `AnomaliaMachina_records_total` is a gauge. OpenMetrics advises against `_total` outside
///   counters, but forbids it only beside a counter of the same stem, and there is none.
/// - `AnomaliaMachina_duration_seconds` holds milliseconds at `stage="detector"`. The values stay
///   the application's, and no `UNIT` is declared, for it would be wrong.
public enum ApplicationMetrics {
  /// Rows by metric, pod and stage, pods in the order in which they first appear.
  ///
  /// A series begins with the scrape that first found it: in Prometheus's client a labeled metric
  /// comes to be with its first use. Labels `instance` and `pod` are those a scrape adds.
  /// - Parameter samples: by time for each pod.
  /// - Complexity: O(*n*) in the samples.
  public static func rows(of samples: [ApplicationSample]) -> [MetricRow] {
    let pods = Self.byPod(samples)
    return pods.flatMap(requests) + pods.map(anomalies) + pods.map(records)
      + pods.flatMap(durations)
  }

  private struct Target: Hashable {
    var pod: String
    var instance: String
  }

  private static func byPod(_ samples: [ApplicationSample]) -> [[ApplicationSample]] {
    var groups: [[ApplicationSample]] = []
    var places: [Target: Int] = [:]
    for sample in samples {
      let target = Target(pod: sample.pod, instance: sample.instance)
      let place = places[target] ?? groups.count
      if place == groups.count {
        places[target] = place
        groups.append([])
      }
      groups[place].append(sample)
    }
    return groups
  }

  private static func requests(_ samples: [ApplicationSample]) -> [MetricRow] {
    ApplicationSample.Stage.allCases.map { stage in
      row(
        "AnomaliaMachina_requests_total", .counter, "Requests since the pod's start, by stage.",
        samples, stage: stage.rawValue
      ) { $0.counts[stage] > 0 ? Double($0.counts[stage]) : nil }
    }
  }

  private static func anomalies(_ samples: [ApplicationSample]) -> MetricRow {
    row(
      "AnomaliaMachina_anomalies_total", .counter, "Anomalies since the pod's start.", samples
    ) { $0.anomalies.map(Double.init) }
  }

  private static func records(_ samples: [ApplicationSample]) -> MetricRow {
    row(
      "AnomaliaMachina_records_total", .gauge, "Values in the last check; no counter.", samples,
      stage: "detector"
    ) { $0.lastRecords.map(Double.init) }
  }

  private static func durations(_ samples: [ApplicationSample]) -> [MetricRow] {
    let help =
      "Last duration only: detector in milliseconds since the poll, endToEnd in seconds since the "
      + "record's timestamp."
    return [
      row("AnomaliaMachina_duration_seconds", .gauge, help, samples, stage: "detector") {
        $0.lastDetectorMilliseconds
      },
      row("AnomaliaMachina_duration_seconds", .gauge, help, samples, stage: "endToEnd") {
        $0.lastEndToEndSeconds
      },
    ]
  }

  private static func row(
    _ name: String, _ kind: MetricRow.Kind, _ help: String, _ samples: [ApplicationSample],
    stage: String? = nil, value: (ApplicationSample) -> Double?
  ) -> MetricRow {
    var labels = [
      MetricRow.Label("instance", samples[0].instance), MetricRow.Label("pod", samples[0].pod),
    ]
    if let stage { labels.append(MetricRow.Label("stage", stage)) }
    let points = samples.compactMap { sample in
      value(sample).map { MetricRow.Point(sample.time, $0) }
    }
    return MetricRow(name, kind, help: help, labels: labels, points: points)
  }
}
