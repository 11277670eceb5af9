import Documents
import ExperimentFiles
import Foundation
import TestSupport
import Testing

@Suite struct FigureCheckTests {
  private static let table = "point,seed,rate\n\"a, 1\",1,10\n\"a, 1\",2,12\nb,1,7\n"
  private static let document = "{\"runs\":[{\"rate\":3.5},{\"rate\":4}]}"

  private static func check(_ figures: String, _ results: String? = nil) throws -> FigureCheck {
    let folder = NSTemporaryDirectory() + "check-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("expected.json", "{\"figures\": [\(figures)]}"), ("rates.csv", results ?? table),
      ("rates.json", document),
    ] {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return FigureCheck(folder: folder)
  }

  private static func figure(_ place: String, _ expected: Double, _ more: String = "") -> String {
    "{\"name\": \"rate\", \(place), \"expected\": \(expected), \"source\": \"a formula\"\(more)}"
  }

  static let found: [(String, Double)] = [
    ("\"file\": \"rates.csv\", \"column\": \"rate\", \"where\": {\"point\": \"b\"}", 7.0),
    (
      "\"file\": \"rates.csv\", \"column\": \"rate\", \"where\": {\"point\": \"a, 1\"}, "
        + "\"statistic\": \"mean\"", 11
    ),
    ("\"file\": \"rates.csv\", \"column\": \"rate\", \"statistic\": \"max\"", 12),
    ("\"file\": \"rates.csv\", \"column\": \"rate\", \"statistic\": \"median\"", 10),
    ("\"file\": \"rates.csv\", \"where\": {\"seed\": 1}, \"statistic\": \"count\"", 2),
    ("\"file\": \"rates.json\", \"path\": \"runs[1].rate\"", 4),
  ]

  @Test(
    "a figure is a cell, a statistic of several rows, their count, or a value of a JSON file",
    arguments: FigureCheckTests.found)
  func places(_ place: String, _ value: Double) throws {
    let check = try Self.check(Self.figure(place, value))
    #expect(check.diagnostics.isEmpty, "\(check.diagnostics)")
    #expect(check.rows.map(\.found) == [value])
    #expect(check.passed)
  }

  @Test("a figure further off than it may be differs, and is said to")
  func differs() throws {
    let place = "\"file\": \"rates.json\", \"path\": \"runs[0].rate\""
    #expect(try Self.check(Self.figure(place, 3.6, ", \"within\": 0.11")).passed)
    #expect(try Self.check(Self.figure(place, 3.6, ", \"withinShare\": 0.03")).passed)
    let check = try Self.check(Self.figure(place, 3.6, ", \"within\": 0.09"))
    #expect(!check.passed)
    #expect(check.text.contains("DIFFERS  rate: 3.5, expected 3.6 +- 0.09 by a formula"))
    #expect(check.text.contains("0 of 1 figures"))
  }

  @Test(
    "what cannot be found is told, with what is near",
    arguments: [
      (
        "\"file\": \"rates.csv\", \"column\": \"rat\"", "has no column 'rat' (did you mean 'rate'?)"
      ),
      ("\"file\": \"rates.csv\", \"column\": \"rate\"", "3 rows of rates.csv are such"),
      (
        "\"file\": \"rates.csv\", \"column\": \"rate\", \"where\": {\"point\": \"c\"}",
        "no row of rates.csv is such"
      ),
      ("\"file\": \"rates.json\", \"path\": \"runs[2].rate\"", "has no element [2]"),
      ("\"file\": \"rates.json\", \"path\": \"runz[0].rate\"", "(did you mean 'runs'?)"),
      ("\"file\": \"gone.csv\", \"column\": \"rate\"", "no such file"),
    ])
  func mistakes(_ place: String, _ message: String) throws {
    let check = try Self.check(Self.figure(place, 1))
    #expect(check.rows.isEmpty)
    #expect(check.diagnostics.count == 1)
    #expect(check.diagnostics.first?.description.contains(message) == true, "\(check.diagnostics)")
  }

  @Test("the results of every experiment are as its folder promises", arguments: promises)
  func kept(_ name: String) throws {
    let check = FigureCheck(folder: "\(TestRuns.root)/experiments/\(name)")
    #expect(check.diagnostics.isEmpty, "\(check.diagnostics)")
    #expect(!check.rows.isEmpty)
    #expect(check.passed, "\(check.text)")
  }

  /// Folders of experiments/ that keep results.
  static let promises: [String] = {
    let folder = "\(TestRuns.root)/experiments"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { name in
      ["expected.json", "results.csv", "results.json", "results"].contains {
        FileManager.default.fileExists(atPath: "\(folder)/\(name)/\($0)")
      }
    }
  }()
}
