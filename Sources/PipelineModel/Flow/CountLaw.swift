import Glibc
import QueueingTheory

/// How probable it is that a part of the network holds so many customers; negligible ends are cut
/// off.
struct CountLaw {
  /// The number that the first probability is for.
  var first: Int
  var probabilities: [Double]

  var last: Int { first + probabilities.count - 1 }

  /// What is less probable than this, by the mode, is left out.
  static let negligible = 1e-15

  /// Customers of a pod that are at Cassandra, if they stay there for `away` seconds on average
  /// whatever happens: weights f(N − m) away^m/m!, as the pod's own stations take the rest.
  static func podCustomersAway(
    _ pod: SteadyPods, work: Double, delay: Double, away: Double
  ) -> CountLaw {
    let threads = pod.threads
    let inside = ClosedNetwork(stations: [
      .delay(max(delay, 1e-9)), .queue(demand: work, servers: max(pod.effectiveCores, 1e-6)),
    ]).throughputs(upTo: threads)
    // f(j) = f(j − 1)/rate(j): one more inside is one less away.
    var logs = [0.0]
    for count in stride(from: 1, through: threads, by: 1) {
      let previous = logs[count - 1]
      logs.append(previous + log(inside[threads - count] * max(away, 1e-12) / Double(count)))
    }
    return CountLaw(first: 0, logs: logs)
  }

  /// Customers at a node to which they come at `arrivalRate`, as long as they can.
  static func nodeCustomers(
    _ nodes: SteadyNodes, read: Double, open: Double, arrivalRate: Double, most: Int
  ) -> CountLaw {
    let station = ServiceStation.queue(
      demand: read, servers: Double(nodes.cores), openLoad: open)
    // With as many customers as servers all servers work: the rate stays.
    let rates = ClosedNetwork(stations: [station]).throughputs(upTo: nodes.cores)
    var logs = [0.0]
    for count in stride(from: 1, through: most, by: 1) {
      let rate = rates[min(count, nodes.cores) - 1]
      logs.append(logs[count - 1] + log(arrivalRate / rate))
    }
    return CountLaw(first: 0, logs: logs)
  }

  init(first: Int, logs: [Double]) {
    let greatest = logs.max()!
    self.init(first: first, weights: logs.map { exp($0 - greatest) })
  }

  init(first: Int, weights: [Double]) {
    let least = weights.max()! * Self.negligible
    let low = weights.firstIndex { $0 > least }!
    let high = weights.lastIndex { $0 > least }!
    let total = weights[low...high].reduce(0, +)
    self.first = first + low
    probabilities = weights[low...high].map { $0 / total }
  }

  /// The law of the sum of two that know nothing of each other, up to `most`.
  func sum(with other: CountLaw, most: Int = .max / 2) -> CountLaw {
    let length = min(
      probabilities.count + other.probabilities.count - 1, max(1, most - first - other.first + 1))
    var sums = [Double](repeating: 0, count: length)
    for (index, mine) in probabilities.enumerated() where index < length {
      for (place, theirs) in other.probabilities.prefix(length - index).enumerated() {
        sums[index + place] += mine * theirs
      }
    }
    return CountLaw(first: first + other.first, weights: sums)
  }

  /// The law of the sum of `count` like this, up to `most`.
  func sum(of count: Int, most: Int = .max / 2) -> CountLaw {
    var result: CountLaw?
    var power = self
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { result = result?.sum(with: power, most: most) ?? power }
      rest >>= 1
      if rest > 0 { power = power.sum(with: power, most: most) }
    }
    return result!
  }

  /// The mean rate at which the nodes' customers leave, given that those away from the pods are
  /// those at the nodes.
  ///
  /// Both laws were made as if the other side were a delay and a Poisson stream; the weight of M is
  /// then away(M) held(M) M!/(arrivalRate · away)^M, and the rate with M customers is
  /// arrivalRate · held(M − 1)/held(M).
  func meanRate(beside held: CountLaw, arrivalRate: Double, away: Double) -> Double {
    let low = max(first, held.first)
    let high = min(last, held.last)
    guard low <= high else { return arrivalRate }
    var logs: [Double] = []
    var rates: [Double] = []
    var correction = 0.0
    for count in low...high {
      if count > low { correction += log(Double(count) / (arrivalRate * away)) }
      let before = count > held.first ? held.probabilities[count - 1 - held.first] : 0
      rates.append(arrivalRate * before / held.probabilities[count - held.first])
      logs.append(
        log(probabilities[count - first]) + log(held.probabilities[count - held.first])
          + correction)
    }
    let greatest = logs.max()!
    let weights = logs.map { exp($0 - greatest) }
    return zip(weights, rates).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }
}
