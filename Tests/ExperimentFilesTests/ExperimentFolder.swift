import Documents
import ExperimentFiles
import Foundation

/// An experiment with data in a folder of its own.
enum ExperimentFolder {
  static let experiment = """
    apiVersion: seatrial/v1
    kind: DetectorQuality
    metadata: {name: small}
    spec:
      seed: 3
      replications: 4
      observations: 300
      variants:
        - {name: published, detector: published, history: 50}
        - {name: normalized, detector: normalized}
      streams:
        - {name: noise, generator: gaussian}
        - name: up
          generator: gaussian
          shifts: [{at: 150, size: 10}]
      facts: {draws: 200}
      runLengths: {draws: 100, shifts: [1]}
      data: data
      series:
        - name: mine
          format: nab
          files: [real*/*.csv]
          windows: windows.json

    """

  /// Two series of 120 values; one jumps at 80, where its window is.
  static let data: [String: String] = {
    func row(_ number: Int, _ value: Int) -> String {
      let minutes = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
      return "2014-02-14 0\(number / 60):\(minutes):00,\(value)\n"
    }
    let jump = (0..<120).map { row($0, $0 % 2 + ($0 < 80 ? 0 : 50)) }.joined()
    let flat = (0..<120).map { row($0, $0 % 2) }.joined()
    return [
      "data/realOne/jump.csv": "timestamp,value\n" + jump,
      "data/realTwo/flat.csv": "timestamp,value\n" + flat,
      "data/windows.json": """
      {"realOne/jump.csv": [["2014-02-14 01:20:00", "2014-02-14 01:50:00"]],
       "realTwo/flat.csv": []}
      """,
    ]
  }()

  static func with<Value>(
    _ experiment: String, _ files: [String: String], _ body: (String) throws -> Value
  ) throws -> Value {
    let folder =
      NSTemporaryDirectory() + "experiment-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var files = files
    files["experiment.yaml"] = experiment
    for (name, text) in files {
      let url = URL(fileURLWithPath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  /// What is said about an experiment, without the folder.
  static func diagnostics(
    _ experiment: String, _ files: [String: String] = [:]
  ) throws -> [String] {
    try with(experiment, files) { folder in
      ExperimentLoader.load("\(folder)/experiment.yaml").diagnostics.map {
        $0.description.replacingOccurrences(of: folder + "/", with: "")
      }
    }
  }
}
