import CGSL

/// Something an experiment varies, and over which settings.
public struct DesignFactor: Hashable, Sendable {
  /// The settings a factor can have.
  public enum Domain: Hashable, Sendable {
    /// One of so many listed settings, equally far apart whatever they are.
    case levels(Int)
    /// A number from `low` to `high`, every equal difference alike.
    case linear(low: Double, high: Double)
    /// A number from `low` (above 0) to `high`, every equal ratio alike.
    case logarithmic(low: Double, high: Double)
    /// A whole number from `low` to `high`, both included.
    case whole(low: Int, high: Int)
  }

  public let name: String
  public let domain: Domain

  /// - Throws: ``DesignError`` for a domain that holds nothing.
  public init(_ name: String, _ domain: Domain) throws(DesignError) {
    let isSound =
      switch domain {
      case .levels(let count): count > 0
      case .linear(let low, let high): low.isFinite && high.isFinite && low < high
      case .logarithmic(let low, let high): low > 0 && high.isFinite && low < high
      case .whole(let low, let high):
        low <= high && !high.subtractingReportingOverflow(low).overflow
      }
    guard isSound else { throw .emptyDomain(factor: name) }
    self.name = name
    self.domain = domain
  }

  /// The setting at a coordinate from 0 up to, but without, 1: levels and whole numbers have an
  /// equal share each.
  public func setting(at coordinate: Double) -> FactorSetting {
    precondition(coordinate >= 0 && coordinate < 1, "a coordinate lies in 0..<1")
    switch domain {
    case .levels(let count):
      return .level(Self.cell(coordinate, of: count))
    case .linear(let low, let high):
      return .value(low * (1 - coordinate) + high * coordinate)
    case .logarithmic(let low, let high):
      return .value(exp(log(low) * (1 - coordinate) + log(high) * coordinate))
    case .whole(let low, let high):
      let count = high - low
      return .value(Double(low + Self.cell(coordinate, of: count == .max ? count : count + 1)))
    }
  }

  /// Whether a setting belongs to the domain.
  public func contains(_ setting: FactorSetting) -> Bool {
    switch (domain, setting) {
    case (.levels(let count), .level(let index)): (0..<count).contains(index)
    case (.linear(let low, let high), .value(let value)),
      (.logarithmic(let low, let high), .value(let value)):
      value >= low && value <= high
    case (.whole(let low, let high), .value(let value)):
      value.rounded() == value && value >= Double(low) && value <= Double(high)
    default: false
    }
  }

  private static func cell(_ coordinate: Double, of count: Int) -> Int {
    min(Int(coordinate * Double(count)), count - 1)
  }
}

/// What a factor is set to at a point of a design.
public enum FactorSetting: Hashable, Sendable {
  /// The place of a listed setting, from 0.
  case level(Int)
  /// A number, whole where the factor is.
  case value(Double)
}

/// Why a design cannot be made.
public enum DesignError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No setting lies in a factor's domain.
  case emptyDomain(factor: String)
  /// Two factors have one name.
  case repeatedFactor(String)
  case noFactors
  /// Only listed settings can be crossed.
  case notListed(factor: String)
  /// A listed point has too few or too many settings.
  case wrongLength(point: Int)
  /// A listed point has a setting that its factor does not have.
  case outside(point: Int, factor: String)
  /// More points than a program can hold.
  case tooManyPoints
  case noPoints
  /// More factors than a sequence has directions.
  case tooManyDimensions(Int, limit: Int)

  public var description: String {
    switch self {
    case .emptyDomain(let factor): "factor \(factor) has no settings"
    case .repeatedFactor(let factor): "two factors are named \(factor)"
    case .noFactors: "a design needs a factor"
    case .notListed(let factor):
      "factor \(factor) is a range: a full factorial needs its levels listed"
    case .wrongLength(let point): "point \(point) needs one setting for each factor"
    case .outside(let point, let factor): "point \(point): \(factor) has no such setting"
    case .tooManyPoints: "the design has more than a million points"
    case .noPoints: "a design needs a point"
    case .tooManyDimensions(let count, let limit):
      "\(count) dimensions are too many: the sequence has at most \(limit)"
    }
  }
}
