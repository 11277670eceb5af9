import PipelineCalibration
import PipelineModel
import QueueingTheory
import Testing

/// What the model says without any published rate, held against the event model.
@Suite("Falsifiable predictions")
struct PredictionTests {
  static let threadCounts = [2, 10, 20, 40, 80, 160]
  static let capacity = PipelineCapacity(
    pods: PodTable(cores: 2, threadCounts: threadCounts), nodeCores: 8)

  /// One pod of two cores; 0.5 ms of it, 1.2 ms of reading, no writing, a cycle of 1 ms more.
  static func parameters(perThread: Double, delay: Double = 0.001) -> CheckParameters {
    CheckParameters(
      podWork: 0.0005, cassandraWork: 0.0012, writeShare: 0, perConnection: 0, perWaiting: 0,
      perThread: perThread, delay: delay)
  }

  static func solved(_ parameters: CheckParameters) -> [Double] {
    threadCounts.map { capacity.steady(parameters, .init(pods: 1, threads: $0, nodes: 3)).rate }
  }

  static func played(
    _ parameters: CheckParameters, _ handOver: HandOver, threads: [Int] = threadCounts
  ) throws -> [Double] {
    try threads.map {
      try EventPipeline(
        parameters: parameters, pods: 1, threads: $0, nodes: 3, handOver: handOver
      ).rate(seconds: 2)
    }
  }

  @Test(
    "with an overhead of threads one number of them is best, and neither the least nor the most")
  func interior() throws {
    let parameters = Self.parameters(perThread: 0.02)
    for rates in [
      Self.solved(parameters), try Self.played(parameters, .immediate),
      try Self.played(parameters, .growingSleep),
    ] {
      let best = rates.indices.max { rates[$0] < rates[$1] }!
      #expect(best > 0 && best < rates.count - 1, "\(rates)")
      #expect(rates.last! < 0.6 * rates[best], "\(rates)")
    }
  }

  @Test("without it more threads never hurt")
  func flat() throws {
    let parameters = Self.parameters(perThread: 0)
    for rates in [
      Self.solved(parameters), try Self.played(parameters, .immediate),
      try Self.played(parameters, .growingSleep),
    ] {
      for (fewer, more) in zip(rates, rates.dropFirst()) {
        // The event model's rates vary by chance.
        #expect(more > 0.98 * fewer, "\(rates)")
      }
      #expect(rates.last! > 0.97 * rates.max()!)
    }
  }

  @Test("10.5 ms more take ten threads most of their rate, and eighty none")
  func distance() throws {
    let (near, far) = (
      Self.parameters(perThread: 0), Self.parameters(perThread: 0, delay: 0.0115)
    )
    for handOver in HandOver.allCases {
      let before = try Self.played(near, handOver, threads: [10, 80])
      let after = try Self.played(far, handOver, threads: [10, 80])
      #expect(after[0] < 0.3 * before[0], "\(handOver): \(before), \(after)")
      #expect(after[1] > 0.97 * before[1], "\(handOver): \(before), \(after)")
    }
    func exact(_ delay: Double, _ threads: Int) -> Double {
      ClosedNetwork(stations: [
        .delay(delay), .queue(demand: 0.0005, servers: 2), .queue(demand: 0.0012, servers: 8),
      ]).throughputs(upTo: threads).last!
    }
    #expect(exact(0.001, 10).rounded() == 3_263)
    #expect(exact(0.0115, 10).rounded() == 757)
    #expect(exact(0.001, 80).rounded() == 4_000 && exact(0.0115, 80).rounded() == 4_000)
  }
}
