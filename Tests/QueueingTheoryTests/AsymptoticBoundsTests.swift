import QueueingTheory
import Testing

@Suite struct AsymptoticBoundsTests {
  @Test("Every reference network stays within its bounds")
  func bounds() {
    for reference in QueueingReferences.networks + QueueingReferences.chains {
      let bounds = ClosedNetwork(stations: reference.stations).bounds
      for (population, throughput, _) in reference.points {
        #expect(throughput <= bounds.greatestThroughput(population: population) * (1 + 1e-12))
        #expect(throughput >= bounds.leastThroughput(population: population) * (1 - 1e-12))
        #expect(
          Double(population) / throughput
            >= bounds.leastCycleTime(population: population) * (1 - 1e-12))
      }
    }
  }

  @Test("The optimum population is the cycle without waiting by the bottleneck's time")
  func optimum() {
    let bounds = ClosedNetwork(stations: [
      .delay(15), .queue(demand: 5), .queue(demand: 4, servers: 2), .queue(demand: 3),
    ]).bounds
    #expect(relativeError(bounds.shortestCycleTime, 27) < 1e-15)
    #expect(relativeError(bounds.bottleneckTime, 5) < 1e-15)
    #expect(relativeError(bounds.optimumPopulation, 5.4) < 1e-15)
    #expect(relativeError(bounds.greatestThroughput(population: 3), 3.0 / 27) < 1e-15)
    #expect(relativeError(bounds.greatestThroughput(population: 20), 0.2) < 1e-15)
    #expect(relativeError(bounds.leastThroughput(population: 1), 1.0 / 27) < 1e-15)
  }

  @Test("Half a server takes twice as long, and outsiders take their share")
  func capacity() {
    let half = ClosedNetwork(stations: [.delay(1), .queue(demand: 1, servers: 0.5)]).bounds
    #expect(half.shortestCycleTime == 3)
    #expect(half.bottleneckTime == 2)
    let shared = ClosedNetwork(stations: [.delay(1), .queue(demand: 1, openLoad: 0.75)]).bounds
    #expect(relativeError(shared.shortestCycleTime, 5) < 1e-14)
    #expect(shared.bottleneckTime == 4)
  }
}
