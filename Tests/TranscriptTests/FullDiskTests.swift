import Foundation
import TestSupport
import Testing

/// An experiment whose store may grow no further in mid run.
@Suite struct FullDiskTests {
  @Test("a store that may not grow ends the run with 73, keeps its rows, and goes on with room")
  func limited() throws {
    try ExperimentFolder.with(ExperimentFolder.experiment(replications: 40)) { folder in
      let binary = try #require(TestRuns.binary)
      // 64 KiB a file: the write-ahead log meets it first.
      let limited = try OtherPrograms.run(
        "/bin/bash",
        [
          "-c", "ulimit -f 64; exec \"$0\" experiment run e.yaml --store s.sqlite > /dev/null",
          binary,
        ], in: folder, environment: ["SEATRIAL_MODELS": "\(TestRuns.root)/models"])
      #expect(limited.status == 73, "\(limited.errors)")
      #expect(limited.errors.hasPrefix("seatrial: s.sqlite: "))
      #expect(limited.errors.contains("all rows so far are kept"))
      let kept = try ExperimentFolder.output(
        "rows", "e.yaml", "--store", "s.sqlite", in: folder)
      let whole = try ExperimentFolder.output("run", "e.yaml", in: folder)
      let rows = try ExperimentFolder.output("rows", "e.yaml", in: folder).split(separator: "\n")
      let lines = kept.split(separator: "\n")
      #expect(lines.count > 1 && lines.count < rows.count)
      #expect(Set(lines).isSubset(of: Set(rows)))
      #expect(
        try ExperimentFolder.output("run", "e.yaml", "--store", "s.sqlite", in: folder) == whole)
    }
  }

  @Test(
    "output to a full disk ends with 73", .enabled("no /dev/full") { isThere("/dev/full") },
    arguments: ["rows", "report"])
  func output(_ command: String) throws {
    try ExperimentFolder.with { folder in
      _ = try ExperimentFolder.output("run", "e.yaml", in: folder)
      let full = try OtherPrograms.run(
        "/bin/sh", ["-c", "exec \"$0\" experiment \(command) e.yaml > /dev/full", binary()],
        in: folder, environment: ["SEATRIAL_MODELS": "\(TestRuns.root)/models"])
      #expect(full.status == 73)
      #expect(full.errors.hasPrefix("seatrial: standard output: "))
      // Nothing else is blamed.
      #expect(full.errors.split(separator: "\n").count == 1, "\(full.errors)")
    }
  }

  private func binary() throws -> String { try #require(TestRuns.binary) }

  private static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
