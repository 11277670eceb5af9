public import Documents
import TimeUnits

/// A recorded series of changes to a cluster's objects, in SimKube's format (acrlabs/simkube,
/// `sk-store` v2): what was applied and deleted when, and how long tracked pods ran.
public struct SimKubeTrace: Sendable {
  /// What happened at one second.
  public struct Change: Sendable {
    /// Since the first change, in seconds.
    public var seconds: Int64
    public var applied: [DocumentNode]
    public var deleted: [ObjectName]
  }

  public struct ObjectName: Sendable, Hashable {
    public var kind: String
    public var namespace: String
    public var name: String
  }

  /// In the order of time.
  public private(set) var changes: [Change] = []
  /// How long a tracked workload's pods ran, in seconds, where they ended by themselves.
  public private(set) var lifetimes: [(name: ObjectName, seconds: Int64)] = []

  /// Every namespace that an object names, in byte order.
  public var namespaces: [String] {
    Set(changes.flatMap(\.applied).map { Self.name(of: $0).namespace }).sorted()
  }

  /// Reads a trace; nil if it is not the outline of one. Mistakes go to the cursor's sink.
  public init?(_ document: DocumentCursor) {
    guard document.expectMapping(), let events = document.required("events") else { return nil }
    if let version = document.field("version"), let number = version.int(), number != 2 {
      version.error("version \(number) of the format is not read, only version 2")
    }
    document.ignore("config", "index")
    var entries: [(time: Int64, change: Change)] = []
    for event in events.elements() where event.expectMapping() {
      let time = event.required("ts")?.int()
      let applied = event.field("applied_objs")?.elements() ?? []
      let deleted = event.field("deleted_objs")?.elements() ?? []
      event.reportUnknownFields(severity: .warning)
      for object in applied + deleted where Self.name(of: object.node).name.isEmpty {
        object.error("an object without kind or name")
      }
      guard let time else { continue }
      entries.append(
        (
          time,
          Change(
            seconds: 0, applied: applied.map(\.node),
            deleted: deleted.map { Self.name(of: $0.node) })
        ))
    }
    if let lifecycles = document.field("pod_lifecycles") { read(lifecycles) }
    document.reportUnknownFields(severity: .warning)
    if document.sink.hasErrors { return nil }
    let sorted = entries.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element).filter { !$0.change.applied.isEmpty || !$0.change.deleted.isEmpty }
    let start = sorted.first?.time ?? 0
    changes = sorted.map { entry in
      var change = entry.change
      change.seconds = entry.time - start
      return change
    }
  }

  static func name(of object: DocumentNode) -> ObjectName {
    ObjectName(
      kind: object["kind"]?.scalarText ?? "",
      namespace: object["metadata"]?["namespace"]?.scalarText ?? "default",
      name: object["kind"] == nil ? "" : object["metadata"]?["name"]?.scalarText ?? "")
  }

  /// `{"v1.Pod|namespace/name": {hash: [{"Finished": [from, to]}]}}`.
  private mutating func read(_ lifecycles: DocumentCursor) {
    for (key, value) in lifecycles.entries() {
      let halves = key.split(separator: "|", maxSplits: 1)
      let path = halves.last?.split(separator: "/", maxSplits: 1) ?? []
      guard halves.count == 2, path.count == 2 else {
        value.error("expected a key such as v1.Pod|namespace/name")
        continue
      }
      let name = ObjectName(
        kind: String(halves[0].split(separator: ".").last ?? ""), namespace: String(path[0]),
        name: String(path[1]))
      for (_, lives) in value.entries() {
        for life in lives.elements() {
          guard let finished = life.field("Finished") else { continue }
          let times = finished.elements().compactMap { $0.int() }
          if times.count == 2, times[0] <= times[1] {
            lifetimes.append((name, times[1] - times[0]))
          } else {
            finished.error("expected the start and the end of a pod")
          }
        }
      }
    }
  }
}
