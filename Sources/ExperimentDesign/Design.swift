/// The points at which an experiment is run, in their order.
///
/// A point's number is its place here: it never depends on how points are shared among workers.
public struct Design: Hashable, Sendable {
  /// The greatest number of points: a mistake in the file, not an experiment.
  public static let greatestCount = 1_000_000

  public let factors: [DesignFactor]
  /// For every point the settings, in the order of the factors.
  public let points: [[FactorSetting]]

  /// All combinations of listed settings; the last factor changes fastest.
  ///
  /// - Throws: ``DesignError`` where a factor is a range or there are over a million combinations.
  public static func fullFactorial(_ factors: [DesignFactor]) throws(DesignError) -> Design {
    try check(factors)
    var sizes: [Int] = []
    var total = 1
    for factor in factors {
      let size: Int
      switch factor.domain {
      case .levels(let count): size = count
      case .whole(let low, let high):
        guard high - low < greatestCount else { throw .tooManyPoints }
        size = high - low + 1
      case .linear, .logarithmic: throw .notListed(factor: factor.name)
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow, product <= greatestCount else { throw .tooManyPoints }
      total = product
      sizes.append(size)
    }
    let points = (0..<total).map { number in
      var rest = number
      var point: [FactorSetting] = []
      for (factor, size) in zip(factors, sizes).reversed() {
        let index = rest % size
        rest /= size
        if case .whole(let low, _) = factor.domain {
          point.append(.value(Double(low + index)))
        } else {
          point.append(.level(index))
        }
      }
      return Array(point.reversed())
    }
    return Design(factors: factors, points: points)
  }

  /// Points that somebody chose.
  ///
  /// - Throws: ``DesignError`` where a point does not fit the factors; points count from 1 in it.
  public static func listed(
    _ factors: [DesignFactor], _ points: [[FactorSetting]]
  ) throws(DesignError) -> Design {
    try check(factors)
    guard !points.isEmpty else { throw .noPoints }
    guard points.count <= greatestCount else { throw .tooManyPoints }
    for (number, point) in points.enumerated() {
      guard point.count == factors.count else { throw .wrongLength(point: number + 1) }
      for (factor, setting) in zip(factors, point) where !factor.contains(setting) {
        throw .outside(point: number + 1, factor: factor.name)
      }
    }
    return Design(factors: factors, points: points)
  }

  /// A Latin hypercube: see ``LatinHypercube``.
  ///
  /// - Parameters:
  ///   - candidates: of so many hypercubes the one whose nearest points lie furthest apart; 1 by
  ///     default.
  public static func latinHypercube<Generator: RandomNumberGenerator>(
    _ factors: [DesignFactor], count: Int, candidates: Int = 1, using generator: inout Generator
  ) throws(DesignError) -> Design {
    try check(factors, count)
    let cube = LatinHypercube.points(
      count: count, dimensions: factors.count, candidates: candidates, using: &generator)
    return Design(factors: factors, coordinates: cube)
  }

  /// The first points of a quasi-random sequence: see ``QuasiRandomSequence``.
  ///
  /// - Throws: ``DesignError`` for more factors than the sequence has dimensions.
  public static func quasiRandom(
    _ factors: [DesignFactor], count: Int, _ sequence: QuasiRandomSequence = .sobol
  ) throws(DesignError) -> Design {
    try check(factors, count)
    let cube = try sequence.points(count: count, dimensions: factors.count)
    return Design(factors: factors, coordinates: cube)
  }

  /// The points at coordinates of the unit cube, each from 0 up to, but without, 1.
  public init(factors: [DesignFactor], coordinates: [[Double]]) {
    self.factors = factors
    points = coordinates.map { point in
      precondition(point.count == factors.count, "one coordinate for each factor")
      return zip(factors, point).map { $0.setting(at: $1) }
    }
  }

  private init(factors: [DesignFactor], points: [[FactorSetting]]) {
    self.factors = factors
    self.points = points
  }

  private static func check(_ factors: [DesignFactor], _ count: Int = 1) throws(DesignError) {
    guard !factors.isEmpty else { throw .noFactors }
    var seen: Set<String> = []
    for factor in factors where !seen.insert(factor.name).inserted {
      throw .repeatedFactor(factor.name)
    }
    guard count > 0 else { throw .noPoints }
    guard count <= greatestCount else { throw .tooManyPoints }
  }
}
