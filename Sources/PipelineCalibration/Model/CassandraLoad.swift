import Glibc

/// Cassandra under a check's parameters, as functions of the utilization ρ of its nodes.
///
/// A node is c cores on which reads and writes of all pods meet as an open stream, first come,
/// first served; each kind exponential, so their mixture varies more (the wait of M/M/c times
/// (1 + v)/2: A. Lee and P. Longton, Operational Research Quarterly 10, 1959; exact for one core).
struct CassandraLoad: Sendable {
  let waiting: WaitingTable
  let cores: Double
  /// Without overheads of the load.
  let readWork: Double
  let checkWork: Double
  let perWaiting: Double
  /// The wait by a read's work, times c (1 − ρ)/C.
  let spread: Double
  /// The utilization at which the nodes do most; 1 if more load never hurts.
  let peak: Double

  init(_ parameters: CheckParameters, waiting: WaitingTable) {
    self.waiting = waiting
    cores = Double(waiting.servers)
    readWork = parameters.readWork
    checkWork = parameters.cassandraWork
    perWaiting = parameters.perWaiting
    // Four requests a check: of mean s = D/4 and second moment (2 d_r² + 6 d_w²)/4.
    let (read, write) = (parameters.readWork, parameters.writeWork)
    let mean = parameters.cassandraWork / 4
    let second = (2 * read * read + 6 * write * write) / 4
    spread = read > 0 ? second / (2 * mean) / read : 0
    peak = Self.peak(waiting, perWaiting * spread)
  }

  /// The wait of a request in units of a read's work: so many reads wait per core.
  ///
  /// - Parameter others: the share of the threads that are not the one that asks: nobody waits for
  ///   himself (P. Schweitzer, 1979; exact for nodes of one core that are all there is).
  @inline(__always)
  func queue(_ utilization: Double, others: Double) -> Double {
    waiting.probability(utilization) / (cores * (1 - utilization * others)) * spread
  }

  /// ρ/(1 + η q(ρ)) has one maximum; found by golden section in y = −ln(1 − ρ).
  private static func peak(_ waiting: WaitingTable, _ weight: Double) -> Double {
    let cores = Double(waiting.servers)
    func work(_ depth: Double) -> Double {
      let idle = exp(-depth)
      let queue = waiting.probability(1 - idle) / (cores * idle)
      return (1 - idle) / (1 + weight * queue)
    }
    var (low, high) = (0.0, 20.0)
    let ratio = 0.618_033_988_749_894_9
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftWork, rightWork) = (work(left), work(right))
    for _ in 0..<32 {
      if leftWork < rightWork {
        low = left
        (left, leftWork) = (right, rightWork)
        right = low + ratio * (high - low)
        rightWork = work(right)
      } else {
        high = right
        (right, rightWork) = (left, leftWork)
        left = high - ratio * (high - low)
        leftWork = work(left)
      }
    }
    return 1 - exp(-(low + high) / 2)
  }
}
