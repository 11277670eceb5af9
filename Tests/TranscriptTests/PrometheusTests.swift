import Foundation
import TestSupport
import Testing

/// A run's metrics in a real Prometheus (Debian's package `prometheus`).
@Suite struct PrometheusTests {
  private static let promtool = OtherPrograms.find("promtool")
  private static let prometheus = OtherPrograms.find("prometheus")

  /// Plays a scenario with its metrics for Prometheus, in a folder of its own.
  private static func with<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = NSTemporaryDirectory() + "tsdb-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let run = try TestRuns.command([
      "run", "models/scenarios/first-voyage.yaml", "--set", "spec.date=2026-07-20",
      "--openmetrics", "--out", "\(folder)/run",
    ])
    #expect(run.status == 0, "\(run.errors)")
    return try body(folder)
  }

  @Test(
    "promtool reads the samples and complains of names alone, as the real programs give them",
    .enabled("prometheus is not installed") { promtool != nil })
  func checked() throws {
    try Self.with { folder in
      let check = try OtherPrograms.run(
        try #require(Self.promtool), ["check", "metrics"], in: folder,
        input: "\(folder)/run/metrics.openmetrics.txt")
      // 0 is clean, 3 is complaints, 1 would be a text that is none.
      #expect(check.status == 0 || check.status == 3, "\(check.errors)")
      let complaints = (check.output + check.errors).split(separator: "\n")
      for complaint in complaints {
        // This check reads the older text form, whose HELP line has a counter's whole name; and
        // cluster-autoscaler's gauges of nodes and pods do end in _count.
        let isKnown =
          complaint.hasSuffix("_total no help text")
          || complaint.hasPrefix("cluster_autoscaler_") && complaint.contains("\"_count\" suffix")
        #expect(isKnown, "\(complaint)")
      }
    }
  }

  @Test(
    "Prometheus, filled with a run, returns the values of metrics.csv",
    .enabled("prometheus is not installed") { promtool != nil && prometheus != nil })
  func queried() throws {
    try Self.with { folder in
      let promtool = try #require(Self.promtool)
      let made = try OtherPrograms.run(
        promtool,
        [
          "tsdb", "create-blocks-from", "openmetrics", "run/metrics.openmetrics.txt", "data",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let series = try Self.series("\(folder)/run/metrics.csv")
      #expect(series.count > 20)
      // 2026-07-20T00:00:00Z.
      let start = 1_784_505_600.0
      try Self.serving(folder) { address in
        for seconds in [0.0, 600, 1_815, 2_400, 3_600] {
          let answer = try OtherPrograms.run(
            promtool,
            [
              "query", "instant", "-o", "json", "--time", "\(Int(start + seconds))", address,
              "{__name__=~\".+\"}",
            ], in: folder)
          #expect(answer.status == 0, "\(answer.errors)")
          let found = try Self.vector(answer.output)
          let expected = series.compactMapValues { steps in
            steps.last { $0.time <= seconds }?.value
          }
          #expect(found == expected)
        }
        let greatest = try OtherPrograms.run(
          promtool,
          [
            "query", "instant", "-o", "json", "--time", "\(Int(start + 3_600))", address,
            "max_over_time(seatrial_pods_unschedulable[1h])",
          ], in: folder)
        let most = try #require(series["seatrial_pods_unschedulable"]?.map(\.value).max())
        #expect(try Self.vector(greatest.output).values.first == most)
      }
    }
  }

  // MARK: metrics.csv

  private static func series(
    _ path: String
  ) throws -> [String: [(time: Double, value: Double)]] {
    var series: [String: [(time: Double, value: Double)]] = [:]
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      // Labels are the only cell in quotes: time,metric,"labels",value.
      let cells = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      let comma = try #require(cells[2].lastIndex(of: ","))
      var labels = String(cells[2][..<comma])
      if labels.hasPrefix("\"") {
        labels = String(labels.dropFirst().dropLast()).replacing("\"\"", with: "\"")
      }
      let name = labels.isEmpty ? String(cells[1]) : "\(cells[1]){\(labels)}"
      let value = try #require(Double(cells[2][cells[2].index(after: comma)...]))
      series[name, default: []].append((try #require(Double(cells[0])), value))
    }
    return series
  }

  // MARK: Prometheus

  /// Starts Prometheus on a free port of this machine alone, and ends it.
  private static func serving(_ folder: String, _ body: (String) throws -> Void) throws {
    try "global: {}\n".write(
      toFile: "\(folder)/prometheus.yml", atomically: true, encoding: .utf8)
    let address = "127.0.0.1:\(try freePort())"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(prometheus))
    process.arguments = [
      "--config.file=prometheus.yml", "--storage.tsdb.path=data",
      "--storage.tsdb.retention.time=100y", "--web.listen-address=\(address)",
      "--log.level=error",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    for attempt in 1... {
      let ready = try OtherPrograms.run(
        try #require(promtool), ["query", "instant", "http://\(address)", "vector(1)"], in: folder)
      if ready.status == 0 { break }
      guard attempt < 100, process.isRunning else {
        throw TestRuns.Failure(description: "Prometheus does not answer: \(ready.errors)")
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    try body("http://\(address)")
  }

  private static func freePort() throws -> UInt16 {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 ? getsockname(socket, $0, &size) : -1
      }
    }
    guard status == 0 else { throw TestRuns.Failure(description: "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }

  /// The series of an answer by name and labels, as metrics.csv has them.
  private static func vector(_ json: String) throws -> [String: Double] {
    let list = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    var values: [String: Double] = [:]
    for element in list {
      let metric = try #require(element["metric"] as? [String: String])
      let labels = metric.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }
        .map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
      let name = (metric["__name__"] ?? "") + (labels.isEmpty ? "" : "{\(labels)}")
      let sample = try #require(element["value"] as? [Any])
      values[name] = Double(try #require(sample.last as? String))
    }
    return values
  }
}
