import Foundation
import SimulationKernel
import TestSupport
import Testing

/// An experiment that is killed again and again.
@Suite struct ExperimentKillTests {
  @Test("100 kills at random moments leave the same rows and report as no kill at all")
  func kills() throws {
    let experiment = ExperimentFolder.experiment(replications: 8)
    try ExperimentFolder.with(experiment) { folder in
      let report = try ExperimentFolder.output(
        "run", "e.yaml", "--store", "whole.sqlite", in: folder)
      let rows = try ExperimentFolder.output(
        "rows", "e.yaml", "--store", "whole.sqlite", in: folder)
      let start = ContinuousClock.now
      _ = try ExperimentFolder.output("run", "e.yaml", "--store", "timed.sqlite", in: folder)
      let whole = (ContinuousClock.now - start) / .seconds(1)
      var random = RandomStreams(seed: 1).stream("kills")
      var kills = 0
      var finished = 0
      // Kills come before the store is there, in the middle, and shortly before the end; whenever
      // an experiment ends all the same, it is compared, and another one begins.
      while kills < 100 || finished == 0 {
        let delay = kills < 100 ? Double.random(in: 0...(whole * 0.8), using: &random) : nil
        let isDone = try !Self.run(in: folder, killedAfter: delay)
        if !isDone {
          kills += 1
          continue
        }
        finished += 1
        #expect(
          try ExperimentFolder.output("rows", "e.yaml", "--store", "killed.sqlite", in: folder)
            == rows)
        #expect(
          try ExperimentFolder.output("report", "e.yaml", "--store", "killed.sqlite", in: folder)
            == report)
        for ending in ["", "-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: "\(folder)/killed.sqlite\(ending)")
        }
      }
    }
  }

  /// Runs the experiment; whether it had to be killed.
  private static func run(in folder: String, killedAfter delay: Double?) throws -> Bool {
    guard let binary = TestRuns.binary else {
      throw ExperimentFolder.Failure(description: "the binary seatrial was not built")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = ["experiment", "run", "e.yaml", "--store", "killed.sqlite"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["SEATRIAL_MODELS"] = "\(TestRuns.root)/models"
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    if let delay {
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal { return true }
    #expect(process.terminationStatus == 0)
    return false
  }
}
