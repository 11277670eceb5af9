import Glibc
import QueueingTheory

/// The throughput of a pod's closed network, tabulated once: a delay Z and `cores` servers with a
/// demand d, between which a number of threads cycle.
///
/// In units of 1/d it depends on Z/d alone. The values are those of `ClosedNetwork`, which are
/// exact; between them they are interpolated, with a relative error below 2e-4.
public struct PodTable: Sendable {
  /// Servers of the pod's station; a fraction is a slower server.
  public let cores: Double
  /// The numbers of threads that are tabulated, ascending.
  public let threadCounts: [Int]
  /// X·d by number of threads, then by ln(Z/d).
  private let values: [Double]

  // Below, the delay no longer matters; above, nobody waits.
  private static let first = -9.0
  private static let last = 15.0
  private static let steps = 1_800

  /// - Complexity: 1 800 exact solutions of the greatest number of threads; half a second for 200.
  public init(cores: Double, threadCounts: [Int]) {
    precondition(cores > 0 && !threadCounts.isEmpty && threadCounts.allSatisfy { $0 > 0 })
    self.cores = cores
    self.threadCounts = threadCounts
    let most = threadCounts.max()!
    let width = Self.steps + 1
    let columns = IndexedBlocks.map(width) { step -> [Double] in
      let ratio = exp(Self.first + (Self.last - Self.first) * Double(step) / Double(Self.steps))
      let network = ClosedNetwork(stations: [.delay(ratio), .queue(demand: 1, servers: cores)])
      let throughputs = network.throughputs(upTo: most)
      return threadCounts.map { throughputs[$0 - 1] }
    }
    var values = [Double](repeating: 0, count: width * threadCounts.count)
    for (step, column) in columns.enumerated() {
      for (index, value) in column.enumerated() { values[index * width + step] = value }
    }
    self.values = values
  }

  /// Checks per `demand` seconds; `index` is that of the number of threads.
  @inline(__always)
  func throughput(_ index: Int, logRatio: Double) -> Double {
    let scaled = (logRatio - Self.first) * (Double(Self.steps) / (Self.last - Self.first))
    if scaled >= Double(Self.steps) { return Double(threadCounts[index]) * exp(-logRatio) }
    let place = max(0, scaled)
    let cell = Int(place)
    let base = index * (Self.steps + 1) + cell
    return values[base] + (values[base + 1] - values[base]) * (place - Double(cell))
  }

  /// Checks a second of a pod with a demand and a delay in seconds.
  public func throughput(threads index: Int, demand: Double, delay: Double) -> Double {
    throughput(index, logRatio: log(delay / demand)) / demand
  }
}
