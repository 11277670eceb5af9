import AWSObjects
import Documents
import Probability
import SimulationKernel
import Statistics
import Testing

/// The figures of `models/aws/asg-activity-times.yaml` are the fits of its samples.
@Suite struct ActivityTimesTests {
  private struct Sample {
    var kind: String
    var desiredChange: Double?
    var lag: Double?
    var duration: Double?
    var isHeld: Bool
  }

  private struct Fit {
    var values: [(key: String, value: Double)]
  }

  private static func samples() throws -> [Sample] {
    let sink = DiagnosticSink()
    let table = DelimitedTable(
      try RepositoryFiles.text("models/aws/asg-timing-samples.csv"), file: "samples",
      required: ["date", "kind", "source"], sink: sink)
    #expect(sink.diagnostics.isEmpty)
    return table.rows.map { row in
      Sample(
        kind: row.text("kind") ?? "", desiredChange: row.double("desired_change_to_activity_s"),
        lag: row.double("activity_start_lag_s"), duration: row.double("activity_duration_s"),
        isHeld: row.text("what")?.contains("hook") ?? false)
    }
  }

  /// n, parameters, distance and its chance for one law.
  private static func tell<Law: Distribution>(
    _ sample: [Double], _ name: String, _ parameters: (Law) -> [(String, Double)],
    _ fit: ([Double]) -> Law?
  ) throws -> Fit {
    let law = try #require(fit(sample))
    var random = RandomStreams(seed: 1).stream("fit.\(name)")
    let chance = KolmogorovSmirnov.pValue(
      of: sample, law: law, draws: 2_000, using: &random, fit: fit)
    return Fit(
      values: [("n", Double(sample.count))] + parameters(law)
        + [("ks", KolmogorovSmirnov(sample, law).statistic), ("p", chance)])
  }

  private static func fits() throws -> [(path: [String], fit: Fit)] {
    let samples = try samples()
    let waits = samples.filter { $0.kind == "launch" || $0.kind == "terminate" }
      .compactMap(\.desiredChange)
    let lags = samples.filter { $0.kind == "launch" }.compactMap(\.lag)
    let launches = samples.filter { $0.kind == "launch" && !$0.isHeld }.compactMap(\.duration)
    let short = launches.filter { $0 < 48 }
    let long = launches.filter { $0 >= 48 }
    func spread(_ law: Normal) -> [(String, Double)] {
      [("mean", law.mean), ("standardDeviation", law.standardDeviation)]
    }
    // What models/aws/launch-latency.yaml has, its ends not fitted to the sample.
    let used = KolmogorovSmirnov(waits, try Uniform(minimum: 1, maximum: 25))
    let inUse = Fit(values: [("ks", used.statistic), ("p", used.pValue)])
    var share = Fit(values: [("n", Double(launches.count))])
    share.values.append(("weight", Double(short.count) / Double(launches.count)))
    return [
      (
        ["reconcileDelay", "uniform"],
        try tell(waits, "uniform", { [("from", $0.minimum), ("to", $0.maximum)] }) {
          Uniform(fittingFromZero: $0)
        }
      ),
      (
        ["reconcileDelay", "exponential"],
        try tell(waits, "exponential", { [("mean", $0.mean)] }) { Exponential(fitting: $0) }
      ),
      (
        ["reconcileDelay", "lognormal"],
        try tell(waits, "lognormal", { [("median", $0.median), ("sigma", $0.sigma)] }) {
          LogNormal(fitting: $0)
        }
      ),
      (["reconcileDelay", "inUse"], inUse),
      (["runInstancesDelay", "normal"], try tell(lags, "lag", spread) { Normal(fitting: $0) }),
      (["launchActivity", "firstPoll"], share),
      (
        ["launchActivity", "first"],
        try tell(short, "first", spread) { Normal(fitting: $0) }
      ),
      (
        ["launchActivity", "second"],
        try tell(long, "second", spread) { Normal(fitting: $0) }
      ),
    ]
  }

  @Test("each fitted figure is recomputed from the samples, with its distance and its chance")
  func recomputes() throws {
    let document = try RepositoryFiles.yaml(
      try RepositoryFiles.text("models/aws/asg-activity-times.yaml"))
    for (path, fit) in try Self.fits() {
      let node = path.reduce(Optional(document)) { $0?[$1] }
      let line = fit.values.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      for (key, value) in fit.values {
        let written = node?[key]?.doubleValue
        // Four figures are written.
        let isNear = written.map { abs($0 - value) <= max(abs(value) * 1e-3, 5e-4) } ?? false
        #expect(isNear, "\(path.joined(separator: ".")): {\(line)}")
      }
    }
  }

  @Test("ends of the few termination records are those of the samples")
  func terminations() throws {
    let document = try RepositoryFiles.yaml(
      try RepositoryFiles.text("models/aws/asg-activity-times.yaml"))
    let times = try Self.samples().filter { $0.kind == "terminate" }.compactMap(\.duration)
    for (key, some) in [
      ("terminateActivity", times.filter { $0 >= 15 }),
      ("terminateActivityGone", times.filter { $0 < 15 }),
    ] {
      let node = try #require(document[key]?["range"])
      #expect(node["n"]?.intValue == Int64(some.count))
      #expect(node["from"]?.doubleValue == some.min())
      #expect(node["to"]?.doubleValue == some.max())
    }
  }
}
