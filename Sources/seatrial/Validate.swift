import ArgumentParser
import Documents
import ExperimentFiles
import Foundation
import KubernetesObjects
import RunFiles
import ScenarioFiles

/// `seatrial validate`: every diagnostic, none of the run.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check scenarios, experiments and manifests; run nothing.")

  @Argument(help: "Scenario files, experiment files, manifests or folders of manifests.")
  var files: [String]

  @Flag(help: "Print the diagnostics as JSON.")
  var json = false

  func run() throws {
    let models = try Loading.models()
    var diagnostics: [Diagnostic] = []
    var isMissing = false
    for file in files {
      let kind = DocumentKind.of(file)
      if let kind, ExperimentLoader.kinds.contains(kind) {
        let atHand = ExperimentLoader.ModelsAtHand(
          folder: (try? ModelLibrary.find()) ?? "models", models: models)
        diagnostics += ExperimentLoader.load(file, models: atHand).diagnostics
      } else if kind == DocumentKind.provisioning {
        diagnostics += ProvisioningLoader.load(file, models: models).diagnostics
      } else if Self.isScenario(file) {
        var loaded = ScenarioLoader.load(file, models: models)
        _ = loaded.readScheduler()
        loaded.checkAutoscaler()
        diagnostics += loaded.diagnostics
        isMissing = isMissing || loaded.isMissing
      } else {
        let loaded = ManifestLoader.load([file])
        diagnostics += loaded.diagnostics
        isMissing = isMissing || !loaded.missing.isEmpty
      }
    }
    if json { Console.print(Self.document(diagnostics)) }
    if !json {
      let errors = diagnostics.count { $0.severity == .error }
      let warnings = diagnostics.count - errors
      diagnostics.forEach { Console.complain($0.description) }
      Console.print(
        "\(files.count == 1 ? "1 path" : "\(files.count) paths"): \(errors) errors, "
          + "\(warnings) warnings")
    }
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw isMissing ? Status.missingInput : Status.wrongInput
    }
  }

  // A scenario says so in its `kind`; anything else is read as manifests.
  private static func isScenario(_ file: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: file) else { return false }
    let text = String(decoding: data, as: UTF8.self)
    return text.split(separator: "\n").contains { line in
      line.hasPrefix("kind:") && line.contains("Scenario")
        || line.hasPrefix("apiVersion:") && line.contains("seatrial/")
    }
  }

  private static func document(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field(
        "diagnostics",
        array: { json in
          for diagnostic in diagnostics {
            json.object { json in
              json.field("severity", diagnostic.severity.rawValue)
              json.field("file", diagnostic.file)
              json.field("line", diagnostic.line)
              json.field("column", diagnostic.column)
              json.field("path", diagnostic.path)
              json.field("message", diagnostic.message)
              if let suggestion = diagnostic.suggestion { json.field("suggestion", suggestion) }
            }
          }
        })
    }
    return json.text
  }
}
