import ClusterAutoscaler
public import Documents
import KubernetesObjects
import TimeUnits

extension AutoscalerRecording {
  /// Reads a case; mistakes go to the document's sink.
  public init?(_ document: DocumentCursor) {
    guard let world = document.required("case") else { return nil }
    name = world.field("name")?.string() ?? ""
    duration = Self.seconds(world.required("durationSec")) ?? .zero
    options = AutoscalerOptions()
    for (name, value) in world.field("flags")?.entries() ?? [] {
      guard let text = value.string() else { continue }
      do throws(FlagProblem) {
        if let warning = try options.set(name, text) { warnings.append("\(warning)") }
      } catch {
        value.error("--\(error.flag): \(error.message)", suggestion: error.suggestion)
      }
    }
    if let cores = world.field("maxCores")?.int() { options.coresTotal = 0...Swift.max(0, cores) }
    do throws(ExpanderProblem) {
      _ = try ExpanderChain(options.expander)
    } catch {
      (world.field("flags") ?? world).error("\(error)")
    }
    groups = world.required("groups")?.elements().compactMap(Self.group) ?? []
    services = SchedulerRecording.services(world)
    owners = SchedulerRecording.owners(world)
    budgets = SchedulerRecording.budgets(world)
    let uids = Dictionary(
      owners.enumerated().map { ($1.name, UID(low: UInt64($0) + 1)) },
      uniquingKeysWith: { first, _ in first })
    var blueprints: [PodSpec: Shared<PodBlueprint>] = [:]
    func pod(_ cursor: DocumentCursor) -> RecordedPod? {
      var pod = SchedulerRecording.pod(cursor, &blueprints)
      if let name = pod?.owner?.name, let uid = uids[name] { pod?.owner?.uid = uid }
      return pod
    }
    pods = world.field("pods")?.elements().compactMap(pod) ?? []
    events = []
    for entry in world.field("events")?.elements() ?? [] {
      let time = Self.seconds(entry.required("at")) ?? .zero
      var event = RecordedCaseEvent(
        time: .zero + time, created: [],
        deleted: SchedulingReaders.strings(entry.field("delete")),
        deletedPrefix: entry.field("deletePrefix")?.string(),
        deletedCount: entry.field("deleteN")?.int().map(Int.init))
      let made = entry.field("create")?.elements().compactMap(pod) ?? []
      if let count = entry.field("count")?.int() {
        for number in 0..<Swift.max(0, count) {
          for var pod in made {
            pod.name += "-\(number)"
            event.created.append(pod)
          }
        }
      } else {
        event.created = made
      }
      events.append(event)
    }
    loopCost = Self.seconds(world.field("loopCostSec")) ?? .milliseconds(200)
    termination = Self.seconds(world.field("terminationSec")) ?? .zero
    let ids = groups.map(\.id)
    runs = document.field("runs")?.elements().map { Self.run($0, ids) } ?? []
    if document.sink.hasErrors { return nil }
  }

  private static func seconds(_ cursor: DocumentCursor?) -> Duration? {
    cursor?.double().map(Duration.rounded(seconds:))
  }

  private static func group(_ cursor: DocumentCursor) -> RecordedGroup? {
    guard let id = cursor.required("id")?.string(), let template = cursor.required("template"),
      let min = cursor.required("min")?.int(), let max = cursor.required("max")?.int()
    else { return nil }
    if min < 0 || max < min { cursor.error("min \(min) and max \(max) of group '\(id)' disagree") }
    var failure: Range<SimulationTime>?
    if let until = seconds(cursor.field("failToSec")) {
      let from = seconds(cursor.field("failFromSec")) ?? .zero
      if from < until { failure = (.zero + from)..<(.zero + until) }
    }
    guard var node = SchedulerRecording.node(template) else { return nil }
    node.status.capacity = node.status.allocatable
    return RecordedGroup(
      id: id, min: Int(min), max: Int(max),
      initial: Int(cursor.field("initial")?.int() ?? 0), template: node,
      registrationDelay: seconds(cursor.field("registrationDelaySec")) ?? .zero,
      readinessDelay: seconds(cursor.field("readinessDelaySec")) ?? .zero,
      removalDelay: seconds(cursor.field("gcDelaySec")) ?? .zero, failure: failure)
  }

  private static func run(_ cursor: DocumentCursor, _ groups: [String]) -> RecordedRun {
    let last = cursor.field("samples")?.elements().last
    let sample = last.map { sample in
      let targets = sample.field("target")
      return AutoscalerSample(
        time: .zero + (seconds(sample.field("t")) ?? .zero),
        targets: groups.map { Int(targets?.field($0)?.int() ?? 0) },
        nodes: Int(sample.field("nodes")?.int() ?? 0),
        pending: Int(sample.field("pending")?.int() ?? 0),
        bound: Int(sample.field("bound")?.int() ?? 0))
    }
    return RecordedRun(
      timeline: cursor.field("timeline")?.elements().compactMap(entry) ?? [], final: sample)
  }

  private static func entry(_ cursor: DocumentCursor) -> AutoscalerTimelineEntry? {
    let group = cursor.field("group")?.string() ?? ""
    let count = Int(cursor.field("n")?.int() ?? 0)
    let object = cursor.field("obj")?.string() ?? ""
    let node = cursor.field("node")?.string() ?? ""
    let event: AutoscalerTimelineEntry.Event
    switch cursor.field("ev")?.string() ?? "" {
    case "IncreaseSize": event = .increaseSize(group: group, count: count)
    case "IncreaseSizeFailed": event = .increaseSizeFailed(group: group, count: count)
    case "DecreaseTargetSize": event = .decreaseTargetSize(group: group, count: count)
    case "DeleteNodes":
      event = .deleteNodes(
        group: group, nodes: SchedulingReaders.strings(cursor.field("nodes")))
    case "bind": event = .bound(pod: object, node: node)
    case "evict": event = .evicted(pod: object, node: node)
    default: return nil
    }
    return AutoscalerTimelineEntry(
      time: .zero + (seconds(cursor.field("t")) ?? .zero), event: event)
  }
}
