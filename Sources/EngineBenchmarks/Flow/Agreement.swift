public import Documents
import PipelineModel

/// One scenario played both ways, and whether they agree.
public struct Agreement: Sendable {
  /// One figure of both.
  public struct Row: Sendable {
    public var name: String
    public var flow: Double
    /// The mean of the event machine's replications.
    public var event: Double
    /// Half the width of its 95 % interval.
    public var halfWidth: Double
    /// The share that they may differ by on top of that.
    public var tolerance: Double
    /// Whether it counts: latencies near critical load do not.
    public var isCompared: Bool

    public var isMet: Bool {
      !isCompared || abs(flow - event) <= tolerance * event + halfWidth
    }
    /// flow/event − 1.
    public var error: Double { event > 0 ? flow / event - 1 : 0 }
  }

  public let scenario: AgreementScenario
  public private(set) var rows: [Row] = []
  public private(set) var isBalanced: Bool
  public let changes: Int
  public let cellRuns: Int

  public var isMet: Bool { isBalanced && rows.allSatisfy(\.isMet) }

  /// Replications of the event machine, each with streams of its own; a scenario with a burst or a
  /// loss has no batches that are alike within one run.
  public static let replications = 4
  /// Student's t at 97.5 % with one degree of freedom less (R 4.2, `qt(0.975, 3)`).
  static let quantile = 3.182446

  /// Plays a seed's scenario.
  public init(seed: UInt64) {
    let scenario = AgreementScenario(seed: seed)
    self.scenario = scenario
    let flow = scenario.playFlow()
    let events = (0..<Self.replications).map { scenario.playEvent(replication: UInt64($0)) }
    changes = flow.changes
    cellRuns = flow.cellRuns
    isBalanced = flow.figures.isBalanced && events.allSatisfy(\.isBalanced)
    let isClear = !scenario.isCritical
    func compare(
      _ name: String, _ tolerance: Double, compared: Bool = true,
      _ figure: (AgreementFigures) -> Double
    ) {
      let values = events.map(figure)
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(values.count - 1)).squareRoot()
      rows.append(
        Row(
          name: name, flow: figure(flow.figures), event: mean,
          halfWidth: Self.quantile * deviation / Double(values.count).squareRoot(),
          tolerance: tolerance, isCompared: compared))
    }
    compare("throughput", 0.02) { $0.throughput }
    compare("meanLatency", 0.05, compared: isClear) { $0.meanLatency }
    compare("p99Latency", 0.10, compared: isClear) { $0.p99Latency }
    compare("meanLag", 0.05) { $0.meanLag }
  }
}

extension Agreement {
  /// The scenario in a line, and one line for each figure that does not agree.
  public var lines: [String] {
    let settings = scenario.settings
    var line = "seed \(scenario.seed): \(isMet ? "agrees" : "DIFFERS"), \(scenario.pods) pods of "
    line += "\(settings.pod.detectorThreads) threads and \(scenario.cores) cores, "
    line += "\(settings.nodeCores.count) nodes of \(settings.nodeCores[0]), "
    line += "load \(scenario.load.map { "\(Int($0.perSecond))/s" }.joined(separator: ", "))"
    if scenario.loss != nil { line += ", one pod lost" }
    if scenario.isCritical { line += ", near critical load" }
    line += "; errors "
    line += rows.map { "\($0.name) \(Self.percent($0.error))" }.joined(separator: ", ")
    if !isBalanced { line += "; messages missing" }
    return [line]
      + rows.filter { !$0.isMet }.map {
        "  \($0.name): flow \($0.flow), event \($0.event) ± \($0.halfWidth)"
      }
  }

  private static func percent(_ share: Double) -> String {
    "\((share * 1_000).rounded() / 10) %"
  }

  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("seed", Int(scenario.seed))
      json.field("met", isMet)
      json.field("critical", scenario.isCritical)
      json.field("balanced", isBalanced)
      json.field("changes", changes)
      json.field("cell_runs", cellRuns)
      json.field(
        "figures",
        array: { json in
          for row in rows {
            json.object { json in
              json.field("name", row.name)
              json.field("flow", row.flow)
              json.field("event", row.event)
              json.field("half_width", row.halfWidth)
              json.field("tolerance", row.tolerance)
              json.field("compared", row.isCompared)
              json.field("met", row.isMet)
            }
          }
        })
    }
  }
}
