import ClusterAutoscaler
import Testing
import TimeUnits

@Suite("The status ConfigMap")
struct StatusConfigMapTests {
  private var status: AutoscalerStatus {
    let time = CalendarTime(rfc3339: "2026-03-01T10:00:20Z") ?? CalendarTime(unixSeconds: 0)
    let since = CalendarTime(rfc3339: "2026-03-01T09:00:00Z") ?? time
    var counts = AutoscalerStatus.NodeCounts()
    counts.registered = 3
    counts.ready = 2
    counts.unready = 1
    let probe = AutoscalerStatus.Probe(last: time, lastTransition: since)
    let state = AutoscalerStatus.ClusterWide(
      health: .healthy, counts: counts, scaleUp: .backoff, scaleDown: .candidatesPresent,
      candidates: 1, probe: probe)
    var status = AutoscalerStatus(time: time, phase: .running, clusterWide: state)
    status.clusterWide.scaleUp = .noActivity
    status.nodeGroups = [
      AutoscalerStatus.Group(
        name: "workers", state: state, target: 4, minSize: 1, maxSize: 9,
        backoff: CreationError(.outOfResources, code: "placeholder", message: "no \"m5\""))
    ]
    return status
  }

  @Test("1.36 writes YAML")
  func yaml() {
    let lines = StatusConfigMap.text(status, release: .v1_36).split(separator: "\n")
    #expect(
      lines.prefix(18).map(String.init) == [
        "time: 2026-03-01 10:00:20 +0000 UTC", "autoscalerStatus: Running", "clusterWide:",
        "  health:", "    status: Healthy", "    nodeCounts:", "      registered:",
        "        total: 3", "        ready: 2", "        notStarted: 0", "        unready:",
        "          total: 1", "          resourceUnready: 0", "      longUnregistered: 0",
        "      unregistered: 0", "    lastProbeTime: \"2026-03-01T10:00:20Z\"",
        "    lastTransitionTime: \"2026-03-01T09:00:00Z\"", "  scaleUp:",
      ])
    for line in [
      "- name: workers", "    cloudProviderTarget: 4", "    minSize: 1", "    maxSize: 9",
      "    status: Backoff", "      errorCode: placeholder",
      "      errorMessage: \"no \\\"m5\\\"\"", "    candidates: 1",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)")
    }
  }

  @Test("1.13 writes text")
  func text() {
    #expect(
      StatusConfigMap.text(status, release: .v1_13) == """
        Cluster-autoscaler status at 2026-03-01 10:00:20 +0000 UTC:
        Cluster-wide:
          Health:      Healthy (\(Self.counts))
        \(Self.probe)
          ScaleUp:     NoActivity (ready=2 registered=3)
        \(Self.probe)
          ScaleDown:   CandidatesPresent (candidates=1)
        \(Self.probe)

        NodeGroups:
          Name:        workers
          Health:      Healthy (\(Self.counts) cloudProviderTarget=4 (minSize=1, maxSize=9))
        \(Self.probe)
          ScaleUp:     Backoff (ready=2 cloudProviderTarget=4)
        \(Self.probe)
          ScaleDown:   CandidatesPresent (candidates=1)
        \(Self.probe)


        """)
  }

  private static let counts =
    "ready=2 unready=1 notStarted=0 longNotStarted=0 registered=3 longUnregistered=0"

  private static let probe = """
                   LastProbeTime:      2026-03-01 10:00:20 +0000 UTC
                   LastTransitionTime: 2026-03-01 09:00:00 +0000 UTC
    """

  @Test("every metric carries the program's prefix")
  func metrics() {
    #expect(
      AutoscalerMetricName.allCases.allSatisfy { $0.rawValue.hasPrefix("cluster_autoscaler_") })
  }
}
