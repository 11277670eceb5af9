public import Documents
import KubeScheduler

/// Reads a `KubeSchedulerConfiguration` as kube-scheduler 1.36 does
/// (`pkg/scheduler/apis/config`): defaults, merging, validation.
public enum SchedulerConfigurationReader {
  static let version = "kubescheduler.config.k8s.io/v1"

  /// The configuration; nil if the document is not even the outline of one. Mistakes go to `sink`.
  public static func read(
    _ document: DocumentNode, file: String, sink: DiagnosticSink
  ) -> SchedulerConfiguration? {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    expect(root, "apiVersion", version)
    expect(root, "kind", "KubeSchedulerConfiguration")
    // How the process is run, how fast it may talk and how it elects a leader decides nothing here.
    root.ignore(
      "parallelism", "leaderElection", "clientConnection", "healthzBindAddress",
      "metricsBindAddress", "enableProfiling", "enableContentionProfiling",
      "delayCacheUntilActive")
    if let extenders = root.field("extenders") {
      extenders.warning("extenders are not modeled: they are not asked")
    }
    let percentage = root.field("percentageOfNodesToScore").flatMap { number($0, 0...100) } ?? 0
    let entries = root.field("profiles")?.elements() ?? []
    var profiles = entries.map { profile($0, percentage: percentage) }
    if entries.isEmpty {
      var standard = SchedulerProfile.kubernetes1_36
      standard.percentageOfNodesToScore = percentage
      profiles = [standard]
    }
    for (index, entry) in entries.enumerated()
    where profiles[..<index].contains(where: { $0.name == profiles[index].name }) {
      entry.error("two profiles are called '\(profiles[index].name)'")
    }
    var configuration = SchedulerConfiguration(profiles: profiles)
    readBackoff(root, into: &configuration)
    root.reportUnknownFields()
    return configuration
  }

  private static func readBackoff(
    _ root: DocumentCursor, into configuration: inout SchedulerConfiguration
  ) {
    let bounds = 1...Int64(Int32.max)
    if let seconds = root.field("podInitialBackoffSeconds").flatMap({ number($0, bounds) }) {
      configuration.initialBackoff = .seconds(seconds)
    }
    guard let field = root.field("podMaxBackoffSeconds"), let seconds = number(field, bounds)
    else { return }
    configuration.maxBackoff = .seconds(seconds)
    if configuration.maxBackoff < configuration.initialBackoff {
      field.error("must not be below podInitialBackoffSeconds")
    }
  }

  private static func expect(_ root: DocumentCursor, _ field: String, _ wanted: String) {
    guard let cursor = root.required(field), let found = cursor.string(), found != wanted else {
      return
    }
    cursor.error("expected '\(wanted)', found '\(found)'", suggestion: "\(field): \(wanted)")
  }

  private static func profile(_ cursor: DocumentCursor, percentage: Int64) -> SchedulerProfile {
    var profile = SchedulerProfile.kubernetes1_36
    guard cursor.expectMapping() else { return profile }
    profile.name = cursor.field("schedulerName")?.string() ?? "default-scheduler"
    profile.percentageOfNodesToScore =
      cursor.field("percentageOfNodesToScore").flatMap { number($0, 0...100) } ?? percentage
    if let plugins = cursor.field("plugins"), plugins.expectMapping() {
      PluginSets(plugins).apply(to: &profile)
    }
    var names: [String] = []
    for entry in cursor.field("pluginConfig")?.elements() ?? [] where entry.expectMapping() {
      guard let name = entry.required("name"), let text = name.string() else { continue }
      if names.contains(text) { name.error("the arguments of '\(text)' are there twice") }
      names.append(text)
      if let arguments = entry.field("args"), arguments.expectMapping() {
        PluginArguments.read(arguments, of: name, named: text, into: &profile)
      }
      entry.reportUnknownFields()
    }
    cursor.reportUnknownFields()
    return profile
  }

  /// A whole number within bounds; anything else is reported.
  static func number(_ cursor: DocumentCursor, _ bounds: ClosedRange<Int64>) -> Int64? {
    guard let value = cursor.int() else { return nil }
    if bounds.contains(value) { return value }
    cursor.error(
      "expected a number from \(bounds.lowerBound) to \(bounds.upperBound), found \(value)")
    return nil
  }
}
