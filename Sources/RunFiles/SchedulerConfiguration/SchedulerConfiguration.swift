public import Documents
import Foundation
public import KubeScheduler
import ScenarioFiles

/// A scheduler's own configuration file: `kubescheduler.config.k8s.io/v1`.
public struct SchedulerConfiguration: Sendable {
  /// One for each scheduler name, in the order of the file; never empty.
  public var profiles: [SchedulerProfile]
  /// The wait after a pod's first failure; it doubles with each further one. Default 1 s.
  public var initialBackoff = Duration.seconds(1)
  /// Default 10 s.
  public var maxBackoff = Duration.seconds(10)

  public init(profiles: [SchedulerProfile]) { self.profiles = profiles }

  /// What loading a file gave.
  public struct Loaded: Sendable {
    /// Nil if there is an error.
    public var configuration: SchedulerConfiguration?
    public var diagnostics: [Diagnostic] = []
    /// Whether the file is not there: exit status 66 rather than 65.
    public var isMissing = false
  }

  /// Reads a file, or says everything that is wrong with it.
  public static func load(_ path: String) -> Loaded {
    func failure(_ message: String) -> [Diagnostic] {
      [
        Diagnostic(
          severity: .error, file: path, line: 0, column: 0, path: "", message: message)
      ]
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return Loaded(diagnostics: failure("no such file"), isMissing: true)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      return Loaded(diagnostics: failure("not UTF-8 text"))
    }
    let sink = DiagnosticSink()
    let documents = DocumentReader.read(text, file: path, sink: sink)
    var loaded = Loaded()
    if documents.count == 1, !sink.hasErrors {
      loaded.configuration = SchedulerConfigurationReader.read(
        documents[0], file: path, sink: sink)
    } else if !sink.hasErrors {
      return Loaded(diagnostics: failure("expected one document, found \(documents.count)"))
    }
    loaded.diagnostics = sink.sorted
    if sink.hasErrors { loaded.configuration = nil }
    return loaded
  }
}
