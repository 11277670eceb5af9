import ArgumentParser
import Conformance
import Documents
import Foundation

/// `seatrial conformance`: our decisions against recordings of the real programs.
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold our decisions against recordings of the real programs.")

  @Argument(help: "Recordings, or folders of them. Default: those of the tests.")
  var directories: [String] = []

  @Flag(help: "Print the report as JSON.")
  var json = false

  func run() throws {
    let paths = directories.isEmpty ? Self.ownRecordings() : directories
    let report = ConformanceRunner.run(paths)
    if json {
      var writer = JSONWriter()
      report.write(to: &writer)
      Console.print(writer.text)
    } else {
      Console.print(report.text)
    }
    if !report.missing.isEmpty { throw Status.missingInput }
    if !report.broken.isEmpty { throw Status.wrongInput }
    if !report.agrees { throw Status.checkFailed }
  }

  private static func ownRecordings() -> [String] {
    let tests = (try? FileManager.default.contentsOfDirectory(atPath: "Tests")) ?? []
    return tests.sorted().map { "Tests/\($0)/Recordings" }
      .filter { FileManager.default.fileExists(atPath: $0) }
  }
}
