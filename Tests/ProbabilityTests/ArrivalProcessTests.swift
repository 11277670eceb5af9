import Probability
import SimulationKernel
import Testing

struct ArrivalProcessTests {
  @Test("Poisson arrivals come at their rate, after their start")
  func poisson() throws {
    var process = try Poisson(ratePerSecond: 100, start: 5_000_000_000)
    var random = RandomStream(key: 1)
    var last: Int64 = 5_000_000_000
    var count = 0
    while let time = process.next(using: &random), time <= 105_000_000_000 {
      #expect(time >= last)
      last = time
      count += 1
    }
    // 10 000 expected, σ = 100.
    #expect(abs(count - 10_000) < 500)
  }

  @Test("A constant rate by steps is the same as a Poisson process, draw for draw")
  func stepsOfEqualHeight() throws {
    let pieces = (0..<7).map { _ in
      NonhomogeneousPoisson.Piece(nanoseconds: 300_000_000, ratePerSecond: 40)
    }
    var stepped = try NonhomogeneousPoisson(pieces, repeats: true)
    var plain = try Poisson(ratePerSecond: 40)
    var (first, second) = (RandomStream(key: 2), RandomStream(key: 2))
    for count in 1...2_000 {
      let a = stepped.next(using: &first)
      let b = plain.next(using: &second)
      let distance = try abs(#require(a) - #require(b))
      #expect(distance <= Int64(count), "one nanosecond of rounding each, no more")
    }
  }

  @Test("Each piece gets arrivals at its own rate, and a silent one gets none")
  func piecewise() throws {
    let pieces: [NonhomogeneousPoisson.Piece] = [
      .init(nanoseconds: 1_000_000_000, ratePerSecond: 2_000),
      .init(nanoseconds: 2_000_000_000, ratePerSecond: 0),
      .init(nanoseconds: 1_000_000_000, ratePerSecond: 8_000),
    ]
    var process = try NonhomogeneousPoisson(pieces, repeats: false)
    #expect(process.expectedPerCycle == 10_000)
    var random = RandomStream(key: 3)
    var perSecond = [0, 0, 0, 0]
    while let time = process.next(using: &random) { perSecond[Int(time / 1_000_000_000)] += 1 }
    #expect(abs(perSecond[0] - 2_000) < 225, "σ = 45")
    #expect(perSecond[1] == 0 && perSecond[2] == 0)
    #expect(abs(perSecond[3] - 8_000) < 450, "σ = 89")
    let after = process.next(using: &random)
    #expect(after == nil)
  }

  @Test("A day repeats")
  func repetition() throws {
    let day: [NonhomogeneousPoisson.Piece] = [
      .init(nanoseconds: 500, ratePerSecond: 0), .init(nanoseconds: 500, ratePerSecond: 1e7),
    ]
    var process = try NonhomogeneousPoisson(day, repeats: true, start: 10_000)
    var random = RandomStream(key: 4)
    for _ in 0..<1_000 {
      let next = process.next(using: &random)
      let time = try #require(next)
      #expect((time - 10_000) % 1_000 >= 500 || (time - 10_000) % 1_000 == 0)
    }
    var silent = try NonhomogeneousPoisson(
      [.init(nanoseconds: 500, ratePerSecond: 0)], repeats: true)
    let none = silent.next(using: &random)
    #expect(none == nil)
  }

  @Test("Recorded arrivals come as they were")
  func replayed() throws {
    var process = try Replayed(nanoseconds: [0, 5, 5, 9])
    var random = RandomStream(key: 5)
    let before = random
    var times: [Int64] = []
    while let time = process.next(using: &random) { times.append(time) }
    #expect(times == [0, 5, 5, 9])
    #expect(random == before)
  }
}
