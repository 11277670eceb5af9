import Documents
public import KubernetesObjects
import TimeUnits

/// A trace of arrivals as a scenario: its nodes from the start, its pods at their times.
public struct ArrivalScenario: Sendable {
  /// How long the run goes on after the last event, so that its pods come to run or to be gone.
  public static let tail = Duration.seconds(60)

  public let name: String
  public let trace: ArrivalTrace
  /// What the trace is, for the file's first line.
  public let origin: String
  private let writer: APIObjectWriter

  /// `writer` writes the objects; its start is the day of the scenario.
  public init(_ trace: ArrivalTrace, name: String, origin: String, writer: APIObjectWriter) {
    self.trace = trace
    self.name = name
    self.origin = origin
    self.writer = writer
  }

  /// When the first pod is created: the start of the run.
  private var start: SimulationTime { trace.pods.first?.created ?? .zero }

  /// The last creation or deletion.
  private var end: SimulationTime {
    trace.pods.reduce(start) { max($0, $1.created, $1.deleted ?? $1.created) }
  }

  /// Everything to write, by name: the scenario and the files that it names.
  public var files: [(name: String, text: String)] {
    [
      ("scenario.yaml", scenario), ("nodes.json", nodes), ("pods.json", pods),
      ("lifetimes.csv", lifetimes),
    ]
  }

  private var nodes: String {
    var json = JSONWriter()
    writer.list(to: &json) { json in
      for node in trace.nodes { writer.write(node, to: &json) }
    }
    return json.text + "\n"
  }

  private var pods: String {
    var json = JSONWriter()
    writer.list(to: &json) { json in
      for arrival in trace.pods { writer.write(arrival.pod, to: &json) }
    }
    return json.text + "\n"
  }

  private var lifetimes: String {
    var text = "name,created_s,deleted_s\n"
    for arrival in trace.pods {
      let deleted = arrival.deleted.map { Self.seconds($0 - start) } ?? ""
      text += "\(arrival.pod.metadata.name),\(Self.seconds(arrival.created - start)),\(deleted)\n"
    }
    return text
  }

  private var scenario: String {
    let horizon = end - start + Self.tail
    return """
      # \(origin): its nodes from the start, its pods at their times.
      # Times count from the first creation, which was at \(Self.seconds(start - .zero)) s of the \
      trace. The run ends
      # \(Self.seconds(Self.tail)) s after the last creation or deletion.
      apiVersion: seatrial/v1
      kind: Scenario
      metadata: {name: \(name)}
      spec:
        era: current
        horizon: \(Self.seconds(horizon))s
        manifests: [nodes.json]
        arrivals:
          - {pods: pods.json, lifetimes: lifetimes.csv}
        addons: []

      """
  }

  /// Seconds with as many decimals as there are.
  private static func seconds(_ span: Duration) -> String {
    let nanoseconds = span.nanoseconds
    let rest = nanoseconds % 1_000_000_000
    guard rest != 0 else { return "\(nanoseconds / 1_000_000_000)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(nanoseconds / 1_000_000_000).\(digits)"
  }
}
