import Documents
import Foundation
import KubernetesObjects
import ScenarioFiles
import Testing

/// Real manifests and cluster dumps that lie beside a checkout; skipped where they are not.
struct GivenManifestsTests {
  static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data").standardizedFileURL

  static var isThere: Bool { FileManager.default.fileExists(atPath: data.path) }

  @Test(
    "every folder of given manifests loads or is refused with file, line and reason",
    .enabled(if: isThere), arguments: ["manifests", "clusters"])
  func folders(name: String) throws {
    let base = Self.data.appending(path: name)
    for folder in try FileManager.default.contentsOfDirectory(atPath: base.path).sorted() {
      let loaded = ManifestLoader.load([base.appending(path: folder).path])
      #expect(loaded.missing.isEmpty)
      for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
        #expect(diagnostic.line > 0, "\(diagnostic)")
      }
    }
  }
}
