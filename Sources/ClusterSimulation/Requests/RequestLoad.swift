import AWSObjects
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits

/// Requests that come to one workload: how they come, and how they fared.
struct RequestLoad: Sendable {
  let spec: RequestLoadSpec
  /// CPU of one request.
  let demand: DelayLaw
  let trace: RequestTrace?
  private var arrivals: RandomStream
  private var demands: RandomStream
  private var balancing: RandomStream
  /// Latencies of the present window, in nanoseconds.
  var latencies = LatencyHistogram()
  var answered: Int64 = 0
  var failed: Int64 = 0
  var inFlight: Int64 = 0

  init(
    _ spec: RequestLoadSpec, demand: DelayLaw, trace: RequestTrace?, number: Int,
    streams: RandomStreams
  ) {
    self.spec = spec
    self.demand = demand
    self.trace = trace
    arrivals = streams.stream("requests.arrivals", entity: UInt64(number))
    demands = streams.stream("requests.demands", entity: UInt64(number))
    balancing = streams.stream("requests.balancing", entity: UInt64(number))
  }

  /// CPU seconds of the next request; at least a nanosecond, as no request takes no time.
  mutating func drawDemand() -> Double {
    Double(max(1, demand.sampleNanoseconds(using: &demands))) / 1e9
  }

  mutating func choose(among count: Int) -> Int {
    count == 1 ? 0 : Int(balancing.next() % UInt64(count))
  }

  /// Nanoseconds until a user who has read the answer asks again.
  mutating func drawThink(_ law: DelayLaw) -> Int64 { law.sampleNanoseconds(using: &arrivals) }

  /// When the next request of an open load comes; nil if none comes any more.
  ///
  /// A trace's counts are the rates of a Poisson process, each through its period.
  mutating func nextArrival(after now: SimulationTime) -> SimulationTime? {
    let exponential = DelayLaw.exponential(mean: .seconds(1))
    var left = Double(exponential.sampleNanoseconds(using: &arrivals)) / 1e9
    switch spec.source {
    case .open(let rate):
      return now.advanced(byNanoseconds: max(1, Int64(left / rate * 1e9)))
    case .closed, .person: return nil
    case .trace:
      guard let trace else { return nil }
      let period = trace.period.nanoseconds
      var time = now.nanoseconds
      while time / period < Int64(trace.counts.count) {
        let index = time / period
        let end = (index + 1) * period
        let rate = trace.counts[Int(index)] / (Double(period) / 1e9)
        let expected = rate * Double(end - time) / 1e9
        if expected > left {
          return SimulationTime(nanoseconds: time + max(1, Int64(left / rate * 1e9)))
        }
        left -= expected
        time = end
      }
      return nil
    }
  }
}

/// A request on its way.
struct PendingRequest: Sendable {
  var load: Int
  /// Tells a timer of an earlier request in the same place.
  var generation: UInt32
  var agent: UInt32
  var place: UInt32
  var started: SimulationTime
  var timer: EventID?
  var isPending = false
}

/// Who answers for a workload.
struct Endpoint: Sendable {
  var agent: UInt32
  var place: UInt32
  var owner: UInt64
}

/// The ready containers of each load's workload, found again when anything has changed.
struct EndpointTable: Sendable {
  /// Counts changes of pods.
  var version = 0
  private var known: [(version: Int, endpoints: [Endpoint])] = []

  func endpoints(of load: Int) -> [Endpoint]? {
    guard load < known.count, known[load].version == version else { return nil }
    return known[load].endpoints
  }

  mutating func set(_ endpoints: [Endpoint], of load: Int) {
    while known.count <= load { known.append((-1, [])) }
    known[load] = (version, endpoints)
  }
}

/// What happens to requests.
public enum RequestEvent: BitwiseCopyable, Sendable {
  case arrive(load: UInt16)
  case timeout(request: UInt32, generation: UInt32)
  case window(load: UInt16)
}
