import ExperimentDesign
import SimulationKernel
import Testing

/// Which points an experiment is run at.
@Suite struct DesignTests {
  @Test("a full factorial has every combination once, the last factor fastest")
  func fullFactorial() throws {
    let design = try Design.fullFactorial([
      DesignFactor("image", .levels(2)), DesignFactor("replicas", .whole(low: 3, high: 5)),
    ])
    let expected: [[FactorSetting]] = [
      [.level(0), .value(3)], [.level(0), .value(4)], [.level(0), .value(5)],
      [.level(1), .value(3)], [.level(1), .value(4)], [.level(1), .value(5)],
    ]
    #expect(design.points == expected)
  }

  @Test("what cannot be crossed or held is refused in words")
  func refused() throws {
    let range = try DesignFactor("delay", .linear(low: 0, high: 1))
    let many = try DesignFactor("many", .levels(1_001))
    let more = try DesignFactor("more", .levels(1_000))
    let endless = try DesignFactor("endless", .whole(low: 0, high: .max))
    #expect(throws: DesignError.notListed(factor: "delay")) { try Design.fullFactorial([range]) }
    #expect(throws: DesignError.tooManyPoints) { try Design.fullFactorial([many, more]) }
    #expect(throws: DesignError.tooManyPoints) { try Design.fullFactorial([endless]) }
    #expect(throws: DesignError.repeatedFactor("many")) { try Design.fullFactorial([many, many]) }
    #expect(throws: DesignError.noFactors) { try Design.fullFactorial([]) }
    #expect(throws: DesignError.noPoints) { try Design.quasiRandom([range], count: 0) }
    #expect(throws: DesignError.emptyDomain(factor: "x")) {
      try DesignFactor("x", .logarithmic(low: 0, high: 1))
    }
    #expect(DesignError.notListed(factor: "delay").description.contains("delay is a range"))
  }

  @Test("listed points must fit their factors")
  func listed() throws {
    let factors = [
      try DesignFactor("image", .levels(2)), try DesignFactor("share", .linear(low: 0, high: 1)),
    ]
    let points: [[FactorSetting]] = [[.level(1), .value(0.25)], [.level(0), .value(1)]]
    #expect(try Design.listed(factors, points).points == points)
    #expect(throws: DesignError.outside(point: 2, factor: "share")) {
      try Design.listed(factors, [points[0], [.level(0), .value(1.5)]])
    }
    #expect(throws: DesignError.outside(point: 1, factor: "image")) {
      try Design.listed(factors, [[.value(1), .value(0.5)]])
    }
    #expect(throws: DesignError.wrongLength(point: 1)) {
      try Design.listed(factors, [[.level(1)]])
    }
  }

  @Test("equal shares of the cube go to equal levels, differences and ratios")
  func settings() throws {
    let levels = try DesignFactor("a", .levels(4))
    let whole = try DesignFactor("b", .whole(low: -1, high: 2))
    let places = (0..<8).map { Double($0) / 8 }
    #expect(places.map { levels.setting(at: $0) } == [0, 0, 1, 1, 2, 2, 3, 3].map { .level($0) })
    #expect(places.map { whole.setting(at: $0) } == [-1, -1, 0, 0, 1, 1, 2, 2].map { .value($0) })
    let linear = try DesignFactor("c", .linear(low: 10, high: 20))
    #expect(linear.setting(at: 0) == .value(10) && linear.setting(at: 0.5) == .value(15))
    let ratio = try DesignFactor("d", .logarithmic(low: 1, high: 10_000))
    guard case .value(let middle) = ratio.setting(at: 0.5) else { return #expect(Bool(false)) }
    #expect(abs(middle - 100) < 1e-10)
    #expect(levels.setting(at: 1.0.nextDown) == .level(3))
    #expect(whole.setting(at: 1.0.nextDown) == .value(2))
  }

  @Test("every slice of a Latin hypercube holds one point, in every direction")
  func latin() {
    var stream = RandomStream(key: 3)
    for count in [1, 2, 7, 100] {
      let points = LatinHypercube.points(count: count, dimensions: 4, using: &stream)
      for dimension in 0..<4 {
        let slices = points.map { Int($0[dimension] * Double(count)) }
        #expect(slices.sorted() == Array(0..<count))
      }
    }
  }

  @Test("a Latin hypercube depends on its stream alone, and candidates only widen it")
  func maximin() {
    func cube(_ candidates: Int) -> [[Double]] {
      var stream = RandomStreams(seed: 1).stream("design")
      return LatinHypercube.points(
        count: 12, dimensions: 3, candidates: candidates, using: &stream)
    }
    #expect(cube(1) == cube(1))
    let distances = [1, 5, 50].map { LatinHypercube.leastSquaredDistance(cube($0)) }
    #expect(distances == distances.sorted() && distances[0] < distances[2])
  }
}
