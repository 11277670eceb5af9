import Documents
import Kubelet
import TimeUnits

/// What happened on a node, recorded or ours, in the recordings' terms.
struct EvictionTimeline {
  struct Eviction: Equatable {
    var seconds: Double
    var pod: String
    var gracePeriodSeconds: Int64
    var hasDisruptionTarget: Bool
    /// One text where it was recorded; every equally good one where it is ours.
    var messages: [String]
    var events: [String]
  }

  struct Reclaim: Equatable {
    var seconds: Double
    var kind: NodeReclaim
    var freedMebibytes: Double
  }

  var evictions: [Eviction] = []
  var conditions: [(seconds: Double, value: PressureConditions)] = []
  var reclaims: [Reclaim] = []
  /// `EvictionThresholdMet`: when, and which resource.
  var starvations: [(seconds: Double, message: String)] = []

  init() {}

  init(_ recording: DocumentNode) {
    let records = recording["timeline"]?.elements ?? []
    for record in records {
      let seconds = record["t"]?.doubleValue ?? 0
      switch record["ev"]?.scalarText {
      case "evict": evictions.append(Self.eviction(record, seconds))
      case "conditions": conditions.append((seconds, Self.conditions(record)))
      case "containerGC": reclaims.append(Self.reclaim(record, .deadContainers, seconds))
      case "imageGC": reclaims.append(Self.reclaim(record, .unusedImages, seconds))
      case "event": addEvent(record["text"]?.scalarText ?? "", seconds)
      default: break
      }
    }
    // The event of an eviction stands anywhere within its instant.
    let texts = records.compactMap { $0["text"]?.scalarText }.filter {
      $0.hasPrefix("Warning \(PodEviction.reason) ")
    }
    for (index, text) in texts.enumerated() where index < evictions.count {
      evictions[index].events = [text]
    }
  }

  private mutating func addEvent(_ text: String, _ seconds: Double) {
    let prefix = "Warning \(Starvation.eventReason) "
    if text.hasPrefix(prefix) {
      starvations.append((seconds, String(text.dropFirst(prefix.count))))
    }
  }

  private static func eviction(_ record: DocumentNode, _ seconds: Double) -> Eviction {
    let condition = record["condition"]?.scalarText
    return Eviction(
      seconds: seconds, pod: record["pod"]?.scalarText ?? "",
      gracePeriodSeconds: record["gracePeriod"]?.intValue ?? -1,
      hasDisruptionTarget: condition == "DisruptionTarget=True/\(PodEviction.disruptionReason)",
      messages: [record["message"]?.scalarText ?? ""], events: [])
  }

  private static func conditions(_ record: DocumentNode) -> PressureConditions {
    var conditions: PressureConditions = []
    if record["memoryPressure"]?.boolValue == true { conditions.insert(.memory) }
    if record["diskPressure"]?.boolValue == true { conditions.insert(.disk) }
    if record["pidPressure"]?.boolValue == true { conditions.insert(.pid) }
    return conditions
  }

  private static func reclaim(
    _ record: DocumentNode, _ kind: NodeReclaim, _ seconds: Double
  ) -> Reclaim {
    Reclaim(
      seconds: seconds, kind: kind, freedMebibytes: record["freedMiB"]?.doubleValue ?? -1)
  }
}
