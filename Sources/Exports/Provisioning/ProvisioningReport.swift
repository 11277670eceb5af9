public import ProvisioningModel
import Statistics
import Traces

/// A study of a plan together with what a file or a person is told of its making.
public struct ProvisioningReport: Sendable {
  public let study: ProvisioningStudy
  /// The lines of `trace.jsonl`: the first game of the plan as it is.
  public let trace: [[UInt8]]
  /// Over the trace.
  public let digest: String
  public let version: String
  /// How long the study took on this machine.
  public var wallSeconds: Double
  public var warnings: [String] = []
  /// What to try next, as sentences.
  public var advice: [String] = []

  public init(_ study: ProvisioningStudy, version: String, wallSeconds: Double = 0) {
    self.study = study
    self.version = version
    self.wallSeconds = wallSeconds
    trace = ProvisioningTrace.lines(study.story, on: study.ways[0].board)
    var digest = RunDigest()
    for line in trace { digest.absorb(line) }
    self.digest = digest.text
  }

  /// The plan as it is.
  var base: ProvisioningStudy.Way { study.ways[0] }

  /// The snakes of the plan as it is, the costliest first.
  var costliestSnakes: [ProvisioningBoard.Snake] {
    base.board.snakes.sorted { a, b in
      let (first, second) = (base.snakes[a.index].cost.mean, base.snakes[b.index].cost.mean)
      return first == second ? a.index < b.index : first > second
    }
  }
}
