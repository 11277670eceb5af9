import Conformance
public import Documents
import SimulationKernel

/// Forty simulated minutes of the recorded case `13-scaledown-empty`: four nodes, of which three
/// go after ten minutes.
public struct AutoscalerWorldBenchmark: Hashable, Sendable {
  public struct Result: Hashable, Sendable {
    /// CPU time of this thread, the median of several.
    public var milliseconds: Double
    public var loops: Int
    /// The size of the group at the end.
    public var target: Int

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("case_ms", milliseconds)
        json.field("loops", loops)
        json.field("target", target)
      }
    }
  }

  public init() {}

  public func run(repeats: Int = 5) -> Result {
    var result = Result(milliseconds: 0, loops: 0, target: 0)
    guard let document = try? JSONReader.read(Self.recordedCase),
      let recording = AutoscalerRecording(
        DocumentCursor(document, file: "", sink: DiagnosticSink()))
    else { return result }
    var times: [Double] = []
    for _ in 0..<max(1, repeats) {
      let start = CPUTime.thisThread()
      guard
        let run = try? AutoscalerDryRun(recording, ties: RandomStreams(seed: 1).stream("bench"))
      else { return result }
      times.append(Double(CPUTime.thisThread() - start) / 1e6)
      result.loops = run.reports.count
      result.target = run.samples.last?.targets.first ?? 0
    }
    result.milliseconds = times.sorted()[times.count / 2]
    return result
  }

  private static let recordedCase = """
    {"case": {"name": "13-scaledown-empty", "durationSec": 2400,
      "groups": [{"id": "g1", "min": 1, "max": 10, "initial": 4, "template": {"name": "t",
        "zone": "z1", "region": "r", "labels": {"node.kubernetes.io/instance-type": "m5.large"},
        "allocatable": {"cpu": "1930m", "memory": "7100Mi", "pods": "29"}},
        "registrationDelaySec": 40, "readinessDelaySec": 20}],
      "replicaSets": [{"name": "web", "selector": {"app": "web"}}],
      "pods": [{"name": "web-a", "labels": {"app": "web"},
        "requests": {"cpu": "500m", "memory": "512Mi"}, "owner": "web", "node": "g1-node-0",
        "bound": true}]}}
    """
}
