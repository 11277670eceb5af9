import ArgumentParser
import ExperimentFiles

/// `seatrial experiment check FOLDER…`.
struct ExperimentCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold an experiment's results against what its expected.json promises.",
    discussion: """
      Figures of the folder's CSV and JSON files, each with what is expected, within what, and by \
      whom: a publication, a formula, another program, or this one as it was. Exit 1 where one \
      differs.
      """)

  @Argument(help: "Folders that hold an expected.json, or these files themselves.")
  var folders: [String]

  @Option(help: "Where the results are, of one folder played again. Default the folder itself.")
  var results: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if results != nil, folders.count != 1 {
      throw ValidationError("--results are those of one folder.")
    }
    if json, folders.count != 1 { throw ValidationError("--json is about one folder.") }
  }

  func run() throws {
    var passed = true
    for path in folders {
      // A shell's pattern names files: `experiments/*/expected.json`.
      let file = "expected.json"
      let folder =
        path == file
        ? "." : path.hasSuffix("/" + file) ? String(path.dropLast(file.count + 1)) : path
      let check = FigureCheck(folder: folder, results: results)
      try Console.report(check.diagnostics, missing: check.isMissing)
      Console.print(json ? check.json : check.text)
      passed = passed && check.passed
    }
    if !passed { throw Status.checkFailed }
  }
}
