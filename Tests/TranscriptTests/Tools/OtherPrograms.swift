import Foundation
import TestSupport

/// Programs of others that results are held against.
enum OtherPrograms {
  /// The path of a program that is installed; nil where it is not.
  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program with files as its input and outputs, so that no pipe can fill up.
  static func run(
    _ program: String, _ arguments: [String], in folder: String, input: String? = nil,
    environment extra: [String: String] = [:]
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(extra) { $1 }
    let scratch =
      NSTemporaryDirectory() + "output-\(ProcessInfo.processInfo.globallyUniqueString)"
    let paths = ["\(scratch).out", "\(scratch).err"]
    defer { paths.forEach { try? FileManager.default.removeItem(atPath: $0) } }
    for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: paths[0])
    process.standardError = FileHandle(forWritingAtPath: paths[1])
    process.standardInput =
      input.flatMap { FileHandle(forReadingAtPath: $0) }
      ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return (process.terminationStatus, texts[0], texts[1])
  }

  /// A Python with what the notebooks need: the one that `SEATRIAL_NOTEBOOK_PYTHON` names, or one
  /// that `notebooks-export/python.sh` makes; nil where that cannot be made.
  static let notebookPython: String? = {
    if let given = ProcessInfo.processInfo.environment["SEATRIAL_NOTEBOOK_PYTHON"] {
      return given
    }
    let made = try? run(
      "/bin/sh", ["\(TestRuns.root)/notebooks-export/python.sh"], in: TestRuns.root)
    guard let made, made.status == 0 else { return nil }
    return made.output.split(separator: "\n").last.map(String.init)
  }()
}
