/// The pods a controller makes: labels and annotations for their metadata, and their spec.
public struct PodTemplate: Sendable, Hashable {
  public var labels: Labels
  public var annotations: Labels
  public var spec: PodSpec

  public init(labels: Labels, annotations: Labels = [:], spec: PodSpec) {
    self.labels = labels
    self.annotations = annotations
    self.spec = spec
  }
}

/// A count or a percentage of one, as `maxSurge: 25%`.
public enum IntOrPercent: Sendable, Hashable {
  case int(Int64)
  case percent(Int64)

  /// The count for `total`, a percentage rounded as asked.
  public func resolved(of total: Int64, roundUp: Bool) -> Int64 {
    switch self {
    case .int(let value): value
    case .percent(let percent):
      roundUp ? (total * percent + 99) / 100 : total * percent / 100
    }
  }
}
