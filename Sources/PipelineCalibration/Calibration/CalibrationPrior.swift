public import Probability

/// The law of a parameter before any rate is looked at.
public enum PriorLaw: Hashable, Sendable {
  /// One value, as it is.
  case constant(Double)
  case uniform(Uniform)
  case logUniform(LogUniform)

  /// Whether there is nothing to draw.
  public var isConstant: Bool { if case .constant = self { true } else { false } }

  /// The value that so much of the law's weight lies below.
  public func quantile(_ probability: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .uniform(let law): law.quantile(probability)
    case .logUniform(let law): law.quantile(probability)
    }
  }

  /// The weight at or below a value.
  public func cdf(_ value: Double) -> Double {
    switch self {
    case .constant(let held): value < held ? 0 : 1
    case .uniform(let law): law.cdf(value)
    case .logUniform(let law): law.cdf(value)
    }
  }

  func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.openUniform())
  }
}

/// What is held possible before any rate is looked at: a law for each parameter, independent.
public struct CalibrationPrior: Sendable {
  /// In the order of `CalibratedParameter`.
  private var laws: [PriorLaw]

  /// - Parameter law: the law of each parameter, in its own unit: seconds, shares, plain numbers.
  public init(_ law: (CalibratedParameter) -> PriorLaw) {
    laws = CalibratedParameter.allCases.map(law)
  }

  public subscript(parameter: CalibratedParameter) -> PriorLaw {
    laws[CalibratedParameter.allCases.firstIndex(of: parameter)!]
  }

  /// One draw of all parameters, each from its own generator.
  func sample(using generators: inout [some RandomNumberGenerator]) -> CheckParameters {
    var parameters = CheckParameters(
      podWork: 0, cassandraWork: 0, writeShare: 0, perConnection: 0, perWaiting: 0, perThread: 0,
      delay: 0)
    parameters.podWork = laws[0].sample(using: &generators[0])
    parameters.cassandraWork = laws[1].sample(using: &generators[1])
    parameters.writeShare = laws[2].sample(using: &generators[2])
    parameters.perConnection = laws[3].sample(using: &generators[3])
    parameters.perWaiting = laws[4].sample(using: &generators[4])
    parameters.perThread = laws[5].sample(using: &generators[5])
    parameters.delay = laws[6].sample(using: &generators[6])
    return parameters
  }
}
