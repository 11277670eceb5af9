import KubeControllers
import Testing
import TimeUnits

@Suite("Slow start and expectations")
struct SlowStartTests {
  @Test(
    "Creations go out 1, 2, 4, 8, … at a time",
    arguments: [
      (0, []), (1, [1]), (2, [1, 1]), (3, [1, 2]), (7, [1, 2, 4]), (10, [1, 2, 4, 3]),
      (500, [1, 2, 4, 8, 16, 32, 64, 128, 245]),
    ] as [(Int64, [Int64])])
  func batches(count: Int64, sizes: [Int64]) {
    #expect(SlowStart.batches(count) == sizes)
  }

  @Test("A controller waits until it has seen what it asked for, or for five minutes")
  func expectations() {
    var expectations = Expectations()
    #expect(expectations.isSatisfied(at: .zero))
    expectations.expect(creations: 2, at: .zero)
    #expect(!expectations.isSatisfied(at: .seconds(1)))
    expectations.observeCreation()
    #expect(!expectations.isSatisfied(at: .seconds(1)))
    expectations.observeCreation()
    #expect(expectations.isSatisfied(at: .seconds(1)))
    expectations.expect(creations: 0, deletions: 1, at: .zero)
    #expect(!expectations.isSatisfied(at: .seconds(300)))
    #expect(expectations.isSatisfied(at: .seconds(301)))
  }
}
