/// How the pipeline is played.
public enum Fidelity: String, Sendable, Hashable, CaseIterable {
  /// Message by message.
  case event
  /// Rates and queues between changes: the cost does not depend on the rate.
  case flow
}
