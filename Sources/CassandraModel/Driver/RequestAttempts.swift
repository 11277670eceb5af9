/// One request on its way through its plan, with the driver's `DefaultRetryPolicy` (3.5.1).
public struct RequestAttempts: Hashable, Sendable {
  /// Why the last host gave no answer.
  public enum Failure: Hashable, Sendable {
    /// It was not sent: no connection, or its pool is full.
    case notSent
    /// It was sent, and the time is up or the connection closed.
    case noAnswer
    /// The coordinator said that too few replicas are alive.
    case unavailable
  }

  private let plan: [NodeID]
  private var place = 0
  private var isUnavailableSeen = false

  /// A request that has not been sent.
  public init(plan: [NodeID]) { self.plan = plan }

  /// The host that is being tried; nil when none is left.
  public var host: NodeID? { place < plan.count ? plan[place] : nil }

  /// The host to try next; nil if the request has failed.
  ///
  /// What was not sent goes to the next host. What got no answer does so only if it is idempotent.
  /// The first `Unavailable` is taken for the coordinator's own trouble and leads to the next host;
  /// the second is the answer.
  public mutating func next(after failure: Failure, isIdempotent: Bool) -> NodeID? {
    switch failure {
    case .notSent: place += 1
    case .noAnswer: place = isIdempotent ? place + 1 : plan.count
    case .unavailable:
      place = isUnavailableSeen ? plan.count : place + 1
      isUnavailableSeen = true
    }
    return host
  }
}
