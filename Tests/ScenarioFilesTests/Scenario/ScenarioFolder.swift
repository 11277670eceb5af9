import Documents
import Foundation
import ScenarioFiles
import Testing

/// The shipped models, and folders of files that live as long as one test.
enum ScenarioFolder {
  static let models = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "models").path

  static let library = Result { try ModelLibrary.load(models) }

  static func with<Value>(
    _ files: [String: String], _ body: (String) throws -> Value
  ) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "scenario-\(ProcessInfo.processInfo.processIdentifier)-\(counter.next())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return try body(folder.path)
  }

  /// Loads `text` as a scenario beside the files, and gives what is said about it, the folder cut off.
  static func diagnostics(
    _ text: String, _ files: [String: String] = [:], settings: [Setting] = [],
    metrics: [String]? = nil
  ) throws -> [String] {
    let models = try library.get()
    return try with(files.merging(["s.yaml": text]) { $1 }) { folder in
      ScenarioLoader.load(
        "\(folder)/s.yaml", models: models, settings: settings, metrics: metrics
      ).diagnostics.map { $0.description.replacingOccurrences(of: folder + "/", with: "") }
    }
  }

  private static let counter = Counter()

  /// Tests run side by side; each folder gets a number of its own.
  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var last = 0

    func next() -> Int {
      lock.withLock {
        last += 1
        return last
      }
    }
  }

  /// A scenario whose `spec` ends with the given lines.
  static func scenario(_ lines: String = "", groups: String? = nil, head: String = "") -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: s}
    spec:
      horizon: 1h\(head)
      cloud:
        region: us-east-1
        nodeGroups:
          - \(groups ?? "{name: workers, instanceType: m5.large, min: 1, desired: 1, max: 2}")
    \(lines)

    """
  }

  static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 1
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: nginx
              image: nginx
              resources:
                requests: {cpu: 500m}
    """
}
