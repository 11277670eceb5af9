import Documents
import KubernetesObjects
import ScenarioFiles

/// Reads a YAML text as one file.
func read(
  _ text: String, options: ManifestReader.Options = ManifestReader.Options()
) -> ManifestSet {
  let sink = DiagnosticSink()
  let documents = DocumentReader.read(text, file: "m.yaml", sink: sink)
  var set = ManifestReader.read(documents.map { ($0, "m.yaml") }, options: options)
  set.diagnostics = sink.sorted + set.diagnostics
  return set
}

extension ManifestSet {
  var texts: [String] { diagnostics.map(\.description) }

  var pods: [Pod] {
    objects.compactMap { object in if case .pod(let pod) = object { pod } else { nil } }
  }

  var deployments: [Deployment] {
    objects.compactMap { object in
      if case .deployment(let deployment) = object { deployment } else { nil }
    }
  }
}
