public import AWSObjects
public import KubernetesObjects
public import TimeUnits

/// The time whose rules a run follows.
public enum Era: String, Sendable, Hashable, CaseIterable {
  /// Kubernetes 1.11 on EKS, as in early 2019.
  case february2019 = "2019-02"
  /// Kubernetes 1.36 on EKS.
  case current

  public var release: KubernetesRelease {
    switch self {
    case .february2019: .v1_11
    case .current: .v1_36
    }
  }

  /// Whose rules a node's allocatable follows.
  public var nodes: NodeEra {
    switch self {
    case .february2019: .february2019
    case .current: .current
    }
  }

  /// The day a scenario plays on if it names none: 2019-02-15 or 2026-07-20.
  public var defaultDate: CalendarTime {
    switch self {
    case .february2019: CalendarTime(unixSeconds: 1_550_188_800)
    case .current: CalendarTime(unixSeconds: 1_784_505_600)
    }
  }
}
