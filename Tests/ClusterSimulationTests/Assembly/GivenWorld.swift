import AWSObjects
import ClusterSimulation
import ClusterState
import KubernetesObjects
import Scenarios
import SimulationKernel
import TestSupport
import TimeUnits
import Traces

/// Worlds whose nodes come from manifests.
enum GivenWorld {
  static func draft(
    seconds: Int64 = 600, era: Era = .current, _ timeline: [(Int64, String)] = []
  ) throws -> ScenarioDraft {
    var draft = ScenarioDraft(
      name: "given", era: era, horizon: .seconds(seconds),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: []))
    draft.addons = []
    draft.timeline = try timeline.map { try TimelineEntry(at: .seconds($0.0), run: $0.1) }
    return draft
  }

  /// A Node of four cores; `more` are further lines of its spec and status.
  static func node(_ name: String, ready: String? = "True", spec: String = "{}") -> String {
    let conditions = ready.map { "conditions: [{type: Ready, status: \"\($0)\"}]" } ?? ""
    return """
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: \(name), labels: {name: \(name)}}
      spec: \(spec)
      status:
        allocatable: {cpu: 4, memory: 8Gi, pods: 20}
        \(conditions)

      """
  }

  static func pod(
    _ name: String, on node: String? = nil, metadata: String = "", status: String = "{}",
    cpu: String = "1"
  ) -> String {
    let bound = node.map { "\n  nodeName: \($0)" } ?? ""
    return """
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: \(name)
        labels: {app: web}
      \(metadata)
      spec:
        containers: [{name: c, image: "web:1", resources: {requests: {cpu: \(cpu)}}}]\(bound)
      status: \(status)

      """
  }

  /// The run at its end, and everything that was recorded.
  static func play(
    _ draft: ScenarioDraft, _ manifests: String, arrivals: [PodArrival] = []
  ) throws -> (run: ClusterRun, records: [(time: SimulationTime, record: TraceRecord)]) {
    var setup = try TestRuns.setup(draft, manifests: manifests)
    setup.arrivals = arrivals
    var run = try ClusterRun(setup)
    var records: [(SimulationTime, TraceRecord)] = []
    run.run(until: run.horizon) { record, time in records.append((time, record)) }
    return (run, records)
  }

  /// Where each pod is and how it is: `web on a, Running`.
  static func pods(_ run: ClusterRun) -> [String] {
    let cluster = run.simulation.model.cluster
    return cluster.pods.ids.compactMap { cluster.pods[$0] }.map { pod in
      let state = pod.metadata.isTerminating ? "Terminating" : pod.status.phase.rawValue
      return "\(pod.metadata.name) on \(pod.nodeName ?? "none"), \(state)"
    }.sorted()
  }

  static func node(_ name: String, of run: ClusterRun) -> Node? {
    let cluster = run.simulation.model.cluster
    return cluster.nodeID(name: name).flatMap { cluster.nodes[$0] }
  }
}
