import Documents
import Kubelet
import KubernetesObjects
import TimeUnits

/// The input of an eviction recording: conformance/CONTROLLERS.md, "eviction files".
struct EvictionCase {
  var duration: Duration
  var statsPeriodSeconds: Double
  var monitoringInterval: Duration
  var node: ScriptedUsage
  var pods: [ScriptedPod]
  var configuration: EvictionConfiguration
  /// When admission was tried.
  var probes: [Double]

  init(_ node: DocumentNode) throws(EvictionConfigurationError) {
    func seconds(_ name: String, _ fallback: Double) -> Duration {
      .rounded(seconds: node[name]?.doubleValue ?? fallback)
    }
    func pairs(_ name: String) -> [(String, String)] {
      (node[name]?.entries ?? []).map { ($0.key, $0.value.scalarText ?? "") }
    }
    duration = seconds("durationSec", 0)
    statsPeriodSeconds = node["statsPeriodSec"]?.doubleValue ?? 10
    monitoringInterval = seconds("monitoringIntervalSec", 10)
    self.node = ScriptedUsage(node)
    pods = (node["pods"]?.elements ?? []).map(ScriptedPod.init)
    configuration = try EvictionConfiguration(
      hard: pairs("evictionHard"), soft: pairs("evictionSoft"),
      softGracePeriods: pairs("evictionSoftGracePeriod"),
      minimumReclaims: pairs("evictionMinimumReclaim"))
    configuration.pressureTransitionPeriod = seconds("pressureTransitionPeriodSec", 300)
    configuration.maximumPodGracePeriod = seconds("maxPodGracePeriodSeconds", 0)
    probes = (node["admitProbesSec"]?.elements ?? []).compactMap(\.doubleValue)
  }
}

/// What the machine has and what is used beside the pods; MiB.
struct ScriptedUsage {
  var memory: Double
  var allocatableMemory: Double
  var disk: Double
  var inodes: Int64 = 1_000_000
  var maxPID: Int64
  var systemMemory: PiecewiseLinear
  var systemDisk: PiecewiseLinear
  var unusedImages: Double
  var deadContainers: Double
  var systemProcesses = 50.0

  init(_ node: DocumentNode) {
    func number(_ name: String) -> Double { node[name]?.doubleValue ?? 0 }
    memory = number("nodeMemMiB")
    allocatableMemory = number("allocatableMemMiB")
    disk = number("nodeFsMiB")
    maxPID = node["maxPid"]?.intValue ?? 0
    systemMemory = PiecewiseLinear(node["systemMemMiB"])
    systemDisk = PiecewiseLinear(node["systemDiskMiB"])
    unusedImages = number("unusedImagesMiB")
    deadContainers = number("deadContainersMiB")
  }
}

/// A pod with what it will use and how long its end takes.
struct ScriptedPod {
  var pod: EvictionPod
  var startSeconds: Double
  var memory: PiecewiseLinear
  var disk: PiecewiseLinear
  var emptyDir: PiecewiseLinear?
  var processes: PiecewiseLinear
  var killing: Duration
  var cleanup: Duration

  static let volume = "scratch"

  init(_ node: DocumentNode) {
    var spec = PodSpec(containers: [])
    spec.priority = node["priority"]?.intValue.map { Int32(clamping: $0) }
    for (index, entry) in (node["containers"]?.elements ?? []).enumerated() {
      var container = Container(name: "c\(index)")
      container.resources.requests = Self.amounts(entry["requests"])
      container.resources.limits = Self.amounts(entry["limits"])
      spec.containers.append(container)
    }
    pod = EvictionPod(name: node["name"]?.scalarText ?? "", spec: spec)
    pod.isStatic = node["static"]?.boolValue ?? false
    pod.terminationGracePeriodSeconds = node["terminationGracePeriodSeconds"]?.intValue
    if let text = node["emptyDirSizeLimit"]?.scalarText, let size = try? Quantity(parsing: text) {
      pod.emptyDirLimits = [EvictionPod.EmptyDirLimit(volume: Self.volume, size: size)]
    }
    startSeconds = node["startSec"]?.doubleValue ?? 0
    memory = PiecewiseLinear(node["memMiB"])
    disk = PiecewiseLinear(node["diskMiB"])
    emptyDir = node["emptyDirMiB"].map { PiecewiseLinear($0) }
    processes = PiecewiseLinear(node["processes"])
    killing = .rounded(seconds: node["killSec"]?.doubleValue ?? 0)
    cleanup = .rounded(seconds: node["cleanupSec"]?.doubleValue ?? 0)
  }

  private static func amounts(_ node: DocumentNode?) -> ResourceList {
    var list = ResourceList()
    for entry in node?.entries ?? [] {
      list[entry.key] = entry.value.scalarText.flatMap { try? Quantity(parsing: $0) }
    }
    return list
  }
}

/// A quantity over time, straight between the points, constant outside them.
struct PiecewiseLinear {
  private var points: [(at: Double, value: Double)]

  /// Reads `[[seconds, value], …]` or a constant.
  init(_ node: DocumentNode?) {
    if let constant = node?.doubleValue {
      points = [(0, constant)]
    } else {
      points = (node?.elements ?? []).compactMap { point in
        guard let pair = point.elements, pair.count == 2, let at = pair[0].doubleValue,
          let value = pair[1].doubleValue
        else { return nil }
        return (at, value)
      }
    }
  }

  func value(at seconds: Double) -> Double {
    guard let first = points.first, let last = points.last else { return 0 }
    if seconds <= first.at { return first.value }
    guard let next = points.firstIndex(where: { seconds < $0.at }) else { return last.value }
    let (a, b) = (points[next - 1], points[next])
    return a.value + (b.value - a.value) * (seconds - a.at) / (b.at - a.at)
  }
}
