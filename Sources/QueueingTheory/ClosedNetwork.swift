/// A closed network of queues: a fixed number of like customers that go round its stations forever.
///
/// The solution is exact, for stations with any number of servers. Mean value analysis gives the
/// same figures, but its recursion for stations with several servers takes the probability of an
/// empty station as 1 less all others, which loses every digit, and the sign, once the station is
/// busy; here parts of the network are joined pairwise, and only positive numbers are added.
///
/// ```swift
/// let network = ClosedNetwork(stations: [
///   .delay(0.001), .queue(demand: 0.0005, servers: 2), .queue(demand: 0.0012, servers: 8),
/// ])
/// network.throughputs(upTo: 10).last  // 3 262.9 a second
/// ```
public struct ClosedNetwork: Hashable, Sendable {
  /// The stations, in any order; one at least asks for service.
  public let stations: [ServiceStation]

  /// - Parameter stations: The stations, in any order; at least one with a demand above 0.
  public init(stations: [ServiceStation]) {
    precondition(stations.contains { $0.demand > 0 })
    self.stations = stations
  }

  /// The rates at which customers complete a cycle, per second, with 1, 2, …, `population` of them.
  ///
  /// - Complexity: O(stations × `population`²).
  public func throughputs(upTo population: Int) -> [Double] {
    precondition(population >= 1)
    return Self.joined(parts(upTo: population).map { Optional($0.part) })!.rates
  }

  /// Throughput, times, numbers and utilizations with 1, 2, …, `population` customers.
  ///
  /// - Complexity: O(stations × `population`²), some three times `throughputs(upTo:)`.
  public func solution(upTo population: Int) -> ClosedNetworkSolution {
    precondition(population >= 1)
    let parts = parts(upTo: population)
    // What lies before and behind each part, joined: so the rest of the network for each of them.
    var before: [FlowEquivalent?] = [nil]
    for (_, part) in parts { before.append(Self.joined([before.last!, part])) }
    var behind: FlowEquivalent?
    var rests = [FlowEquivalent?](repeating: nil, count: parts.count)
    for index in parts.indices.reversed() {
      rests[index] = Self.joined([before[index], behind])
      behind = Self.joined([parts[index].part, behind])
    }
    var solution = ClosedNetworkSolution(
      stations: stations, throughputs: before.last!!.rates, queues: [:])
    for (index, (station, part)) in parts.enumerated() {
      guard let station else { continue }
      solution.queues[station] = .init(part: part, rest: rests[index])
    }
    return solution
  }

  /// The stations that take time, each as a part: first all delays as one, which have no number,
  /// then the queues.
  private func parts(upTo population: Int) -> [(station: Int?, part: FlowEquivalent)] {
    var parts: [(station: Int?, part: FlowEquivalent)] = []
    let delay = stations.reduce(0) { $0 + ($1.servers.isFinite ? 0 : $1.demand) }
    if delay > 0 {
      let rates = ServiceStation.delay(delay).rates(upTo: population)
      parts.append((nil, FlowEquivalent(rates: rates)))
    }
    for (index, station) in stations.enumerated()
    where station.servers.isFinite && station.demand > 0 {
      parts.append((index, FlowEquivalent(rates: station.rates(upTo: population))))
    }
    return parts
  }

  private static func joined(_ parts: [FlowEquivalent?]) -> FlowEquivalent? {
    parts.compactMap(\.self).reduce(nil) { joint, part in joint?.joined(with: part) ?? part }
  }
}
