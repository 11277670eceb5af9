import Documents
import Foundation
import KubernetesObjects
import ScenarioFiles
import Testing

struct ManifestLoaderTests {
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "manifests-\(ProcessInfo.processInfo.processIdentifier)-\(files.count)")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    try body(folder.path)
  }

  private func service(_ name: String) -> String {
    "{apiVersion: v1, kind: Service, metadata: {name: \(name)}}"
  }

  @Test("a folder's manifests are read at any depth in byte order, and nothing else is")
  func folder() throws {
    let files = [
      "b.yml": service("b"),
      "a/z.json": "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\","
        + "\"metadata\":{\"name\":\"z\"}}",
      "B.yaml": service("upper"), "README.md": "{{", "kustomization.yaml": "resources: [b.yml]",
    ]
    try withFolder(files) { folder in
      let loaded = ManifestLoader.load([folder])
      #expect(loaded.manifests.objects.map(\.metadata.name) == ["upper", "z", "b"])
      #expect(loaded.diagnostics.map(\.severity) == [.warning])
      #expect(loaded.diagnostics[0].message.contains("kustomization"))
      #expect(loaded.missing.isEmpty)
    }
  }

  @Test("a missing path is told apart from a wrong file")
  func missing() throws {
    try withFolder(["x.yaml": "a: [", "y.yaml": service("y")]) { folder in
      let loaded = ManifestLoader.load(["\(folder)/none.yaml", folder])
      #expect(loaded.missing == ["\(folder)/none.yaml"])
      #expect(loaded.hasErrors)
      #expect(loaded.manifests.objects.count == 1)
      #expect(
        loaded.diagnostics.map(\.description).contains {
          $0.contains("none.yaml: error: no such file or folder")
        })
      #expect(ManifestLoader.load(["\(folder)/x.yaml"]).missing.isEmpty)
    }
  }
}
