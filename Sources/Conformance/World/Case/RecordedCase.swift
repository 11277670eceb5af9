import Documents
import KubernetesObjects

/// The input of a workload or node recording: conformance/CONTROLLERS.md, "case".
struct RecordedCase {
  var name: String
  var durationSeconds: Double
  /// t = 0 lies so far into a second of the wall clock, by which the API cuts its times.
  var wallFractionNanoseconds: Int64
  var apiLatencyNanoseconds: Int64
  var skewNanoseconds: Int64
  var clientQPS: Double?
  var clientBurst: Double
  var controllers: [String]
  var nodes: [ScriptedNode]
  var rules: [KubeletRule]
  var objects: [DocumentNode]
  var events: [DocumentNode]
  var hasLeases: Bool

  init(_ document: DocumentNode) {
    name = document["name"]?.scalarText ?? ""
    durationSeconds = document["durationSec"]?.doubleValue ?? 0
    wallFractionNanoseconds = nanoseconds(document["wallFractionSec"]?.doubleValue ?? 0)
    apiLatencyNanoseconds = nanoseconds((document["apiLatencyMs"]?.doubleValue ?? 0) / 1000)
    skewNanoseconds = nanoseconds((document["skewMs"]?.doubleValue ?? 0) / 1000)
    clientQPS = document["clientQPS"]?.doubleValue
    clientBurst = document["clientBurst"]?.doubleValue ?? 1
    controllers = (document["controllers"]?.elements ?? []).compactMap(\.scalarText)
    nodes = (document["nodes"]?.elements ?? []).flatMap(ScriptedNode.expand)
    rules = (document["kubelet"]?.elements ?? []).map(KubeletRule.init)
    objects = document["objects"]?.elements ?? []
    events = document["events"]?.elements ?? []
    hasLeases = !(document["noLeases"]?.boolValue ?? false)
  }
}

/// Seconds as the recordings write them, to the nearest nanosecond.
func nanoseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e9).rounded()) }

/// A node of a case and how its kubelet behaves.
struct ScriptedNode {
  var name: String
  var zone: String?
  var labels: Labels
  var taints: [Taint]
  /// The kubelet renews the lease at this point of every ten seconds.
  var leasePhaseNanoseconds: Int64
  var readyDelayNanoseconds: Int64?

  /// The nodes of one entry: `count` of them, numbered, or one.
  static func expand(_ entry: DocumentNode) -> [ScriptedNode] {
    let name = entry["name"]?.scalarText ?? ""
    guard let count = entry["count"]?.intValue else {
      return [ScriptedNode(entry, name: name, index: 0)]
    }
    return (0..<count).map { ScriptedNode(entry, name: "\(name)-\($0)", index: $0) }
  }

  private init(_ entry: DocumentNode, name: String, index: Int64) {
    self.name = name
    zone = entry["zone"]?.scalarText
    labels = ObjectReader.labels(entry["labels"])
    taints = (entry["taints"]?.elements ?? []).map(ObjectReader.taint)
    let phase = entry["leasePhaseSec"]?.doubleValue
    leasePhaseNanoseconds =
      phase.map(nanoseconds) ?? (700_000_000 + 1_300_000_000 * index) % 10_000_000_000
    readyDelayNanoseconds = entry["readyDelaySec"]?.doubleValue.map(nanoseconds)
  }
}

/// How the scripted kubelet and binder treat the pods that match.
struct KubeletRule {
  var image: String?
  var labels: Labels
  var node: String?
  var names: [String]
  var bindDelay: [Double]
  var startDelay: [Double]
  var readyDelay: [Double]
  var exitAfter: [Double]
  var exitCode: [Int64]
  var restarts: [Int64]
  var termination: [Double]
  var terminationExitCode: Int64
  var neverBinds: Bool
  var bindNodes: [String]

  init(_ rule: DocumentNode) {
    func seconds(_ name: String, _ fallback: [Double]) -> [Double] {
      guard let node = rule[name] else { return fallback }
      if let elements = node.elements { return elements.compactMap(\.doubleValue) }
      return node.doubleValue.map { [$0] } ?? fallback
    }
    func counts(_ name: String) -> [Int64] { seconds(name, [0]).map { Int64($0) } }
    func texts(_ name: String) -> [String] {
      (rule[name]?.elements ?? []).compactMap(\.scalarText)
    }
    image = rule["image"]?.scalarText
    labels = ObjectReader.labels(rule["labels"])
    node = rule["node"]?.scalarText
    names = texts("names")
    bindDelay = seconds("bindDelaySec", [0.01])
    startDelay = seconds("startDelaySec", [1])
    readyDelay = seconds("readyDelaySec", [0])
    exitAfter = seconds("exitAfterSec", [-1])
    exitCode = counts("exitCode")
    restarts = counts("restarts")
    termination = seconds("terminationSec", [1])
    terminationExitCode = counts("terminationExitCode").first ?? 0
    neverBinds = rule["noBind"]?.boolValue ?? false
    bindNodes = texts("bindNodes")
  }

  func matches(alias: String, image podImage: String, labels podLabels: Labels) -> Bool {
    (image == nil || image == podImage) && (names.isEmpty || names.contains(alias))
      && podLabels.contains(labels)
  }
}
