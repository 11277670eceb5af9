import Documents
import KubeScheduler

/// The plugins that a profile names, by extension point, and what they leave of the default ones.
///
/// Follows `mergePlugins` (`apis/config/v1/default_plugins.go`) and `expandMultiPointPlugins`
/// (`framework/runtime/framework.go`) of kube-scheduler 1.36.
struct PluginSets {
  private struct Plugin {
    var name: String
    /// 0: not given.
    var weight: Int64
  }

  private struct PluginSet {
    var enabled: [Plugin] = []
    var disabled: [String] = []

    var disablesAll: Bool { disabled.contains("*") }
  }

  /// The default plugins with their weights, in the order in which they run.
  private static let standard: [Plugin] = [
    Plugin(name: "SchedulingGates", weight: 0), Plugin(name: "PrioritySort", weight: 0),
    Plugin(name: "NodeUnschedulable", weight: 0), Plugin(name: "NodeName", weight: 0),
    Plugin(name: "TaintToleration", weight: 3), Plugin(name: "NodeAffinity", weight: 2),
    Plugin(name: "NodePorts", weight: 0), Plugin(name: "NodeResourcesFit", weight: 1),
    Plugin(name: "VolumeRestrictions", weight: 0), Plugin(name: "NodeVolumeLimits", weight: 0),
    Plugin(name: "VolumeBinding", weight: 0), Plugin(name: "VolumeZone", weight: 0),
    Plugin(name: "PodTopologySpread", weight: 2), Plugin(name: "InterPodAffinity", weight: 2),
    Plugin(name: "DynamicResources", weight: 2), Plugin(name: "DefaultPreemption", weight: 0),
    Plugin(name: "NodeResourcesBalancedAllocation", weight: 1),
    Plugin(name: "ImageLocality", weight: 1), Plugin(name: "DefaultBinder", weight: 0),
  ]

  private static let points = [
    "preEnqueue", "queueSort", "preFilter", "filter", "postFilter", "preScore", "score",
    "reserve", "permit", "preBind", "bind", "postBind",
  ]

  private var sets: [String: PluginSet] = [:]
  private var multiPoint: [Plugin]

  init(_ cursor: DocumentCursor) {
    var custom = PluginSet()
    if let set = cursor.field("multiPoint") { custom = Self.set(set) }
    multiPoint = Self.merge(custom)
    for point in Self.points {
      guard let field = cursor.field(point) else { continue }
      sets[point] = Self.set(field)
    }
    cursor.reportUnknownFields()
  }

  private static func set(_ cursor: DocumentCursor) -> PluginSet {
    var set = PluginSet()
    guard cursor.expectMapping() else { return set }
    for entry in cursor.field("enabled")?.elements() ?? [] where entry.expectMapping() {
      defer { entry.reportUnknownFields() }
      let weight = entry.field("weight").flatMap {
        SchedulerConfigurationReader.number($0, 0...Int64(Int32.max))
      }
      guard let name = entry.required("name"), let text = name.string() else { continue }
      if set.enabled.contains(where: { $0.name == text }) {
        name.error("the plugin '\(text)' is enabled twice")
      } else if standard.contains(where: { $0.name == text }) {
        set.enabled.append(Plugin(name: text, weight: weight ?? 0))
      } else {
        name.error(
          "no plugin is called '\(text)'",
          suggestion: Spelling.suggestion(for: text, among: standard.map(\.name)))
      }
    }
    for entry in cursor.field("disabled")?.elements() ?? [] where entry.expectMapping() {
      entry.ignore("weight")
      defer { entry.reportUnknownFields() }
      guard let name = entry.required("name"), let text = name.string() else { continue }
      if text != "*", !standard.contains(where: { $0.name == text }) {
        // The real program takes such a name in silence.
        name.warning(
          "no plugin is called '\(text)': nothing is disabled",
          suggestion: Spelling.suggestion(for: text, among: standard.map(\.name)))
      }
      set.disabled.append(text)
    }
    cursor.reportUnknownFields()
    return set
  }

  /// The default plugins without the disabled ones; one that is enabled by name keeps its place
  /// with its new weight, any other comes last.
  private static func merge(_ custom: PluginSet) -> [Plugin] {
    var merged: [Plugin] = []
    var rest = custom.enabled
    if !custom.disablesAll {
      for plugin in standard where !custom.disabled.contains(plugin.name) {
        if let place = rest.firstIndex(where: { $0.name == plugin.name }) {
          merged.append(rest.remove(at: place))
        } else {
          merged.append(plugin)
        }
      }
    }
    return merged + rest
  }

  /// What runs at an extension point: those that are named there and at every point, then those at
  /// every point, then those named there alone.
  private func plugins(at point: String) -> [Plugin] {
    let set = sets[point] ?? PluginSet()
    if set.disablesAll { return set.enabled }
    var overriding: [Plugin] = []
    var general: [Plugin] = []
    for plugin in multiPoint where !set.disabled.contains(plugin.name) {
      if let own = set.enabled.first(where: { $0.name == plugin.name }) {
        overriding.append(own)
      } else {
        general.append(plugin)
      }
    }
    let others = set.enabled.filter { plugin in
      !overriding.contains { $0.name == plugin.name }
    }
    return overriding + general + others
  }

  func apply(to profile: inout SchedulerProfile) {
    let standard = SchedulerProfile.kubernetes1_36
    profile.filters = plugins(at: "filter").compactMap { PluginName(rawValue: $0.name) }
      .filter { standard.filters.contains($0) }
    profile.scores = plugins(at: "score").compactMap { plugin in
      guard let name = PluginName(rawValue: plugin.name),
        standard.scores.contains(where: { $0.name == name })
      else { return nil }
      return .init(name, weight: max(plugin.weight, 1))
    }
    profile.preempts = plugins(at: "postFilter").contains { $0.name == "DefaultPreemption" }
  }
}
