import SimulationKernel
import Statistics
import Testing

@Suite("Dependence")
struct DependenceTests {
  @Test("a rising curve of any shape has rank correlation 1, a falling one −1")
  func monotone() throws {
    let x = (1...50).map(Double.init)
    let rising = try #require(Dependence.rankCorrelation(x, x.map { $0 * $0 * $0 }))
    let falling = try #require(Dependence.rankCorrelation(x, x.map { 1 / $0 }))
    #expect(abs(rising - 1) < 1e-12)
    #expect(abs(falling + 1) < 1e-12)
  }

  @Test("equal values share a rank")
  func ties() throws {
    // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5/√(4.5 · 5).
    let found = try #require(Dependence.rankCorrelation([1, 2, 2, 3], [10, 20, 30, 40]))
    #expect(abs(found - 4.5 / (4.5 * 5.0).squareRoot()) < 1e-12)
    #expect(Dependence.rankCorrelation([1, 1, 1], [1, 2, 3]) == nil)
  }

  @Test("a sum of two independent values owes its variance to each in proportion")
  func shares() throws {
    var random = RandomStreams(seed: 3).stream("test.dependence")
    let a = (0..<20_000).map { _ in Double.random(in: 0..<1, using: &random) }
    let b = (0..<20_000).map { _ in Double.random(in: 0..<1, using: &random) }
    let sum = zip(a, b).map { 2 * $0 + $1 }
    let first = try #require(Dependence.firstOrderShare(of: sum, by: a))
    let second = try #require(Dependence.firstOrderShare(of: sum, by: b))
    let none = try #require(Dependence.firstOrderShare(of: a, by: b))
    #expect(abs(first - 0.8) < 0.02)
    #expect(abs(second - 0.2) < 0.02)
    #expect(abs(none) < 0.01)
  }
}
