import Foundation
import TestSupport
import Testing

/// Exported notebooks, run as their readers would.
@Suite struct NotebookTests {
  private static let check = """
    import json, sys
    import pandas as pd
    notebook = json.load(open("run.ipynb"))
    kinds = [list(output.get("data", {})) for cell in notebook["cells"]
             for output in cell.get("outputs", [])]
    package = json.load(open("datapackage.json"))
    types = {"integer": "i", "number": "if", "string": "OUST"}
    for resource in package["resources"]:
        fields = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        text = {n: str for n, t in fields.items() if t == "string"}
        table = pd.read_csv(resource["path"], dtype=text)
        assert list(table.columns) == list(fields), resource["path"]
        for name, kind in fields.items():
            if kind in types and kind != "string": assert table[name].dtype.kind in "if", name
        assert all(f["description"] for f in resource["schema"]["fields"])
    print(sum("image/png" in kind for kind in kinds), sum("text/html" in kind for kind in kinds))
    """

  private static func execute(_ folder: String) throws -> (status: Int32, errors: String) {
    let python = try #require(OtherPrograms.notebookPython)
    let run = try OtherPrograms.run(
      python,
      [
        "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "run.ipynb",
        "analysis.ipynb",
      ], in: folder, environment: ["JUPYTER_PLATFORM_DIRS": "1"])
    return (run.status, run.errors)
  }

  /// Figures and tables that the executed notebook shows.
  private static func shown(_ folder: String) throws -> String {
    let python = try #require(OtherPrograms.notebookPython)
    let run = try OtherPrograms.run(python, ["-c", check], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test(
    "an export's notebook runs without error, and its tables are as their dictionary says",
    .enabled("no Python for notebooks can be made") { OtherPrograms.notebookPython != nil })
  func export() throws {
    try ExperimentFolder.with { folder in
      _ = try ExperimentFolder.output("run", "e.yaml", in: folder)
      _ = try ExperimentFolder.output("export", "e.yaml", "--out", "kept", in: folder)
      let run = try Self.execute("\(folder)/kept")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try Self.shown("\(folder)/kept") == "1 3\n")
    }
  }

  @Test(
    "every notebook of notebooks-export runs without error",
    .enabled("no Python for notebooks can be made") { OtherPrograms.notebookPython != nil },
    arguments: NotebookTests.exports)
  func kept(_ name: String) throws {
    let copy = NSTemporaryDirectory() + "notebook-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try FileManager.default.copyItem(
      atPath: "\(TestRuns.root)/notebooks-export/\(name)", toPath: copy)
    let run = try Self.execute(copy)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try Self.shown(copy).first != "0")
  }

  static let exports: [String] = {
    let folder = "\(TestRuns.root)/notebooks-export"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/analysis.ipynb")
    }
  }()
}
