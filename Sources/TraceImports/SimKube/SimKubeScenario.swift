import Documents

/// A SimKube trace as a scenario: `kubectl apply` and `kubectl delete` on a timeline.
public struct SimKubeScenario: Sendable {
  /// The first change comes when the nodes have had time to become Ready.
  public static let leadSeconds: Int64 = 300
  /// How long the run goes on after the last change.
  public static let tailSeconds: Int64 = 600

  public let name: String
  public let trace: SimKubeTrace
  public let instanceType: String
  public let nodes: Int

  public init(_ trace: SimKubeTrace, name: String, instanceType: String, nodes: Int) {
    self.trace = trace
    self.name = name
    self.instanceType = instanceType
    self.nodes = nodes
  }

  /// Everything to write, by name: `scenario.yaml` and the manifests that it names.
  public var files: [(name: String, text: String)] {
    var files = [("scenario.yaml", scenario)]
    if !namespaces.isEmpty { files.append(("namespaces.json", namespaceList)) }
    for (index, change) in trace.changes.enumerated() where !change.applied.isEmpty {
      files.append((Self.file(index), Self.list(change.applied)))
    }
    return files
  }

  private var namespaces: [String] { trace.namespaces.filter { $0 != "default" } }

  private static func file(_ index: Int) -> String {
    let number = String(index + 1)
    return "change-\(String(repeating: "0", count: max(0, 4 - number.count)))\(number).json"
  }

  private static func list(_ objects: [DocumentNode]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("apiVersion", "v1")
      json.field("kind", "List")
      json.field("items", array: { json in objects.forEach { json.node($0) } })
    }
    return json.text + "\n"
  }

  private var namespaceList: String {
    var json = JSONWriter()
    json.object { json in
      json.field("apiVersion", "v1")
      json.field("kind", "List")
      json.field(
        "items",
        array: { json in
          for namespace in namespaces {
            json.object { json in
              json.field("apiVersion", "v1")
              json.field("kind", "Namespace")
              json.field("metadata", object: { $0.field("name", namespace) })
            }
          }
        })
    }
    return json.text + "\n"
  }

  private var scenario: String {
    let end = (trace.changes.last?.seconds ?? 0) + Self.leadSeconds + Self.tailSeconds
    var lines = [
      "# A SimKube trace: what was applied and deleted, and when.",
      "apiVersion: seatrial/v1", "kind: Scenario", "metadata: {name: \(name)}", "spec:",
      "  era: current", "  horizon: \(end)s", "  cloud:", "    region: us-east-1",
      "    nodeGroups:",
      "      - {name: workers, instanceType: \(instanceType), min: \(nodes), desired: \(nodes), "
        + "max: \(nodes)}",
    ]
    if !namespaces.isEmpty { lines.append("  manifests: [namespaces.json]") }
    var seen: [String] = []
    var behaviors: [String] = []
    let lives = trace.lifetimes.sorted {
      ($0.name.name, $0.seconds) < ($1.name.name, $1.seconds)
    }
    for life in lives
    where !seen.contains(life.name.name) && applies(life.name) {
      seen.append(life.name.name)
      behaviors.append("    \(life.name.name): {runsFor: \(life.seconds)s}")
    }
    if !behaviors.isEmpty { lines += ["  behaviour:"] + behaviors }
    lines.append("  timeline:")
    var applied: Set<SimKubeTrace.ObjectName> = []
    for (index, change) in trace.changes.enumerated() {
      let at = "\(change.seconds + Self.leadSeconds)s"
      applied.formUnion(change.applied.map { SimKubeTrace.name(of: $0) })
      if !change.applied.isEmpty {
        lines.append("    - {at: \(at), run: kubectl apply -f \(Self.file(index))}")
      }
      for object in change.deleted {
        guard applied.contains(object) else {
          lines.append(
            "    # at \(at) \(object.kind) \(object.namespace)/\(object.name) goes, which was "
              + "there before the trace begins")
          continue
        }
        lines.append(
          "    - {at: \(at), run: kubectl delete \(object.kind.lowercased()) \(object.name) "
            + "-n \(object.namespace)}")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether an object of that name is applied at all: a trace may know lives from before it.
  private func applies(_ name: SimKubeTrace.ObjectName) -> Bool {
    trace.changes.contains { change in
      change.applied.contains {
        $0["metadata"]?["name"]?.scalarText == name.name && $0["kind"]?.scalarText == name.kind
      }
    }
  }
}

extension JSONWriter {
  /// Writes a document as it was read.
  mutating func node(_ node: DocumentNode) {
    switch node.content {
    case .null: null()
    case .text(let text): string(text)
    case .plain(let text):
      if let whole = Int64(text) {
        int(whole)
      } else if let value = UInt64(text) {
        number(value)
      } else if text == "true" || text == "false" {
        bool(text == "true")
      } else if let value = Double(text) {
        double(value)
      } else {
        string(text)
      }
    case .sequence(let elements):
      array { json in elements.forEach { json.node($0) } }
    case .mapping(let entries):
      object { json in
        for entry in entries {
          json.key(entry.key)
          json.node(entry.value)
        }
      }
    }
  }
}
