public import ClusterState
import Scenarios
import TimeUnits

/// Pods that come and go at times of their own, and the looks at how full the cluster is meanwhile.
struct ArrivalSchedule: Sendable {
  /// In the order of their creation.
  let pods: [PodArrival]
  /// Between two looks; the last comes at the end of the run.
  let lookEvery: Duration
  let end: SimulationTime

  /// About so many looks are taken, at round times.
  private static let looks: Int64 = 12
  private static let roundSeconds: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
  ]

  init(_ pods: [PodArrival], horizon: Duration) {
    self.pods = pods
    end = SimulationTime.zero + horizon
    let wanted = horizon.components.seconds / Self.looks
    let day: Int64 = 86_400
    let round = Self.roundSeconds.first { $0 >= wanted } ?? (wanted + day - 1) / day * day
    lookEvery = .seconds(max(1, round))
  }
}

/// What happens with pods that arrive by a table.
public enum ArrivalEvent: BitwiseCopyable, Sendable {
  /// The pod at this place of the schedule is created.
  case arrive(UInt32)
  /// A pod's time is over.
  case leave(PodID)
  /// A look at how full the cluster is.
  case look
}
