import QueueingTheory

/// Erlang's C by utilization, tabulated once for a number of servers.
///
/// Interpolated with an absolute error below 1e-6.
struct WaitingTable: Sendable {
  let servers: Int
  private let values: [Double]
  private static let steps = 4_000

  init(servers: Int) {
    self.servers = servers
    values = (0...Self.steps).map { step in
      Erlang.waitingProbability(
        offeredLoad: Double(servers) * Double(step) / Double(Self.steps), servers: servers)
    }
  }

  @inline(__always)
  func probability(_ utilization: Double) -> Double {
    let place = min(max(0, utilization), 1) * Double(Self.steps)
    let cell = min(Int(place), Self.steps - 1)
    return values[cell] + (values[cell + 1] - values[cell]) * (place - Double(cell))
  }
}
