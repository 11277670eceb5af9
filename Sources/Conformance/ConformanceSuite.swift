public import Documents

/// Judges recordings of one kind. Adding a kind is adding a file with a suite and a line in
/// `ConformanceSuites.all`.
public protocol ConformanceSuite: Sendable {
  /// The kind's name, as its folder is called: `quantity`.
  var kind: String { get }

  /// Whether a recorded file is of this kind, judged by its content alone.
  func recognizes(_ recording: DocumentNode) -> Bool

  /// Compares one recorded file with our decisions.
  func judge(_ recording: DocumentNode) -> CaseVerdict

  /// Compares a file that may tell of others beside it: a verdict for each case.
  func judge(_ recording: DocumentNode, at file: String) -> [FileVerdict]

  /// The family of variants a recording belongs to, such as `rollover`; nil where cases stand
  /// alone.
  func family(of recording: DocumentNode) -> String?
}

extension ConformanceSuite {
  public func family(of recording: DocumentNode) -> String? { nil }

  public func judge(_ recording: DocumentNode, at file: String) -> [FileVerdict] {
    [FileVerdict(file: file, verdict: judge(recording))]
  }
}

/// What comparing the case of one file gave.
public struct FileVerdict: Sendable {
  public var file: String
  public var verdict: CaseVerdict

  public init(file: String, verdict: CaseVerdict) {
    self.file = file
    self.verdict = verdict
  }
}

/// What comparing one recorded file gave.
public struct CaseVerdict: Sendable {
  public private(set) var rows = 0
  public private(set) var equalRows = 0
  /// What differs first, in full; nil if nothing does.
  public private(set) var firstDifference: String?
  /// Single comparisons inside the rows, such as each plugin's scores; empty if a row is one.
  public var aspects: [String: AspectCount] = [:]

  public init() {}

  /// Counts one comparison; `difference` is nil if it is equal.
  public mutating func count(_ difference: String?) {
    rows += 1
    if difference == nil { equalRows += 1 }
    if firstDifference == nil { firstDifference = difference }
  }
}

/// How often one thing, such as a plugin's score, was compared and found equal.
public struct AspectCount: Sendable, Hashable {
  public var equal = 0
  public var compared = 0

  public init() {}
}

/// Every kind this build can judge.
public enum ConformanceSuites {
  public static let all: [any ConformanceSuite] = [
    QuantitySuite(), QuantityOperationsSuite(), OOMScoreSuite(), SchedulerCaseSuite(),
    WorkloadSuite(), NodeSuite(), EvictionSuite(), AutoscalerSuite(), DetectorSuite(),
  ]

  /// Kinds that recordings exist for, to say of an unknown one that it is not judged yet.
  static let known: Set<String> = [
    "scheduler", "cluster-autoscaler", "hpa", "detector", "quantity", "quantityops", "oomscore",
    "eviction", "workload", "node",
  ]
}
