public import Documents
public import ExperimentStore
public import Experiments

/// An experiment of kind Experiment, ready to run, with where it came from.
public struct LoadedDesign: Sendable {
  public var experiment: DesignedExperiment
  /// What decides the rows: a store of something else is refused.
  public var identity: StoreIdentity
  /// The experiment's file.
  public var path: String
  /// The scenario's file, as it can be opened from here.
  public var scenario: String
  /// What the scenario takes for true without anyone having measured it: `path value`.
  public var assumed: [String]
  /// By point what to type to see a run of it alone, without `--seed`.
  public var commands: [String]
  /// By response where the file gives its metric: line, column, path.
  var responsePlaces: [(line: Int, column: Int, path: String)] = []

  /// Responses that no run has, as mistakes of the file.
  public func unknown(
    _ responses: [DesignedExperiment.Response], known: [String]
  ) -> [Diagnostic] {
    responses.compactMap { response in
      guard let index = experiment.responses.firstIndex(of: response) else { return nil }
      let place = responsePlaces[index]
      return Diagnostic(
        severity: .error, file: path, line: place.line, column: place.column, path: place.path,
        message: "no run has '\(response.metric)'",
        suggestion: (MetricReference.near(response.metric, among: known).map { $0 + " " } ?? "")
          + "with 'mayBeAbsent: true' it is 0 where nothing of it happened")
    }
  }
}
