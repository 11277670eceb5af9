import QueueingTheory
import Testing

@Suite struct OpenQueueTests {
  @Test("Erlang's formulas agree with sums over states, up to five thousand servers")
  func erlang() {
    for (load, servers, loss, waiting) in QueueingReferences.erlang {
      let lost = Erlang.lossProbability(offeredLoad: load, servers: servers)
      #expect(relativeError(lost, loss) < 1e-11, "\(load) at \(servers)")
      let waits = Erlang.waitingProbability(offeredLoad: load, servers: servers)
      #expect(relativeError(waits, waiting) < 1e-11, "\(load) at \(servers)")
    }
  }

  @Test("Erlang's formulas have their limits")
  func limits() {
    #expect(Erlang.lossProbability(offeredLoad: 3, servers: 0) == 1)
    #expect(Erlang.lossProbability(offeredLoad: 0, servers: 3) == 0)
    #expect(Erlang.lossProbability(offeredLoad: 1, servers: 5_000) == 0)
    #expect(Erlang.waitingProbability(offeredLoad: 0, servers: 3) == 0)
    #expect(Erlang.waitingProbability(offeredLoad: 3, servers: 3) == 1)
    #expect(Erlang.waitingProbability(offeredLoad: 9, servers: 3) == 1)
  }

  @Test("Waits and responses of M/M/c have the tails that counting states gives")
  func tails() {
    for (load, servers, time, wait, response) in QueueingReferences.tails {
      let queue = MultiServerQueue(arrivalRate: load / 0.02, serviceTime: 0.02, servers: servers)
      #expect(relativeError(queue.waitTail(time * 0.02), wait) < 1e-12, "\(load) at \(servers)")
      #expect(
        relativeError(queue.responseTail(time * 0.02), response) < 1e-12, "\(load) at \(servers)")
      #expect(relativeError(queue.waitQuantile(1 - wait), time * 0.02) < 1e-11)
    }
  }

  @Test("The means of M/M/c are the areas under its tails")
  func means() {
    let queue = MultiServerQueue(arrivalRate: 75, serviceTime: 0.02, servers: 2)
    let step = 0.0001
    func area(_ tail: (Double) -> Double) -> Double {
      (0..<20_000).reduce(0) { $0 + step * tail((Double($1) + 0.5) * step) }
    }
    #expect(relativeError(queue.meanWait, area(queue.waitTail)) < 1e-5)
    #expect(relativeError(queue.meanResponse, area(queue.responseTail)) < 1e-5)
    #expect(relativeError(queue.meanNumber, queue.meanResponse * 75) < 1e-14)
    #expect(relativeError(queue.meanWaitingNumber, queue.meanWait * 75) < 1e-14)
  }

  @Test("Too much load for M/M/c waits for ever")
  func overload() {
    let queue = MultiServerQueue(arrivalRate: 3, serviceTime: 1, servers: 3)
    #expect(!queue.isStable)
    #expect(queue.meanWait == .infinity && queue.meanNumber == .infinity)
    #expect(queue.waitTail(1e9) == 1 && queue.responseTail(1e9) == 1)
    #expect(queue.waitQuantile(0.5) == .infinity)
  }

  @Test("The mean wait of M/G/1 is that of its chain at departures")
  func generalService() {
    for (rate, mean, variance, wait) in QueueingReferences.generalService {
      let queue = GeneralServiceQueue(
        arrivalRate: rate, serviceTime: mean, serviceVariance: variance)
      #expect(relativeError(queue.meanWait, wait) < 1e-13, "\(rate)")
      #expect(relativeError(queue.meanNumber, rate * (wait + mean)) < 1e-13, "\(rate)")
    }
    let full = GeneralServiceQueue(arrivalRate: 1, serviceTime: 1, serviceVariance: 0)
    #expect(full.meanWait == .infinity)
  }

  @Test("Sharing delays each kind of work by the same factor, whatever the law of the work")
  func sharing() {
    for (rate, kinds) in QueueingReferences.sharing {
      let work = kinds.reduce(0) { $0 + $1.0 * $1.1 }
      let queue = ProcessorSharingQueue(arrivalRate: rate, serviceTime: work)
      for (_, work, response) in kinds {
        #expect(relativeError(queue.meanResponse(work: work), response) < 1e-12)
      }
      let response = kinds.reduce(0) { $0 + $1.0 * $1.2 }
      #expect(relativeError(queue.meanResponse, response) < 1e-12)
      #expect(relativeError(queue.meanNumber, rate * response) < 1e-12)
    }
  }
}
