/// Any of the laws that a scenario can name.
public enum AnyDistribution: Distribution {
  case constant(Constant)
  case uniform(Uniform)
  case exponential(Exponential)
  case normal(Normal)
  case logNormal(LogNormal)
  case gamma(Gamma)
  case weibull(Weibull)
  case pareto(Pareto)
  case triangular(Triangular)
  case empirical(Empirical)
  case zipf(Zipf)
  indirect case mixture(Mixture)
  indirect case truncated(Truncated)

  public var mean: Double {
    switch self {
    case .constant(let law): law.mean
    case .uniform(let law): law.mean
    case .exponential(let law): law.mean
    case .normal(let law): law.mean
    case .logNormal(let law): law.mean
    case .gamma(let law): law.mean
    case .weibull(let law): law.mean
    case .pareto(let law): law.mean
    case .triangular(let law): law.mean
    case .empirical(let law): law.mean
    case .zipf(let law): law.mean
    case .mixture(let law): law.mean
    case .truncated(let law): law.mean
    }
  }

  public var variance: Double {
    switch self {
    case .constant(let law): law.variance
    case .uniform(let law): law.variance
    case .exponential(let law): law.variance
    case .normal(let law): law.variance
    case .logNormal(let law): law.variance
    case .gamma(let law): law.variance
    case .weibull(let law): law.variance
    case .pareto(let law): law.variance
    case .triangular(let law): law.variance
    case .empirical(let law): law.variance
    case .zipf(let law): law.variance
    case .mixture(let law): law.variance
    case .truncated(let law): law.variance
    }
  }

  public func cdf(_ x: Double) -> Double {
    switch self {
    case .constant(let law): law.cdf(x)
    case .uniform(let law): law.cdf(x)
    case .exponential(let law): law.cdf(x)
    case .normal(let law): law.cdf(x)
    case .logNormal(let law): law.cdf(x)
    case .gamma(let law): law.cdf(x)
    case .weibull(let law): law.cdf(x)
    case .pareto(let law): law.cdf(x)
    case .triangular(let law): law.cdf(x)
    case .empirical(let law): law.cdf(x)
    case .zipf(let law): law.cdf(x)
    case .mixture(let law): law.cdf(x)
    case .truncated(let law): law.cdf(x)
    }
  }

  public func cdf(below x: Double) -> Double {
    switch self {
    case .constant(let law): law.cdf(below: x)
    case .empirical(let law): law.cdf(below: x)
    case .zipf(let law): law.cdf(below: x)
    case .mixture(let law): law.cdf(below: x)
    case .truncated(let law): law.cdf(below: x)
    default: cdf(x)
    }
  }

  public func quantile(_ probability: Double) -> Double {
    switch self {
    case .constant(let law): law.quantile(probability)
    case .uniform(let law): law.quantile(probability)
    case .exponential(let law): law.quantile(probability)
    case .normal(let law): law.quantile(probability)
    case .logNormal(let law): law.quantile(probability)
    case .gamma(let law): law.quantile(probability)
    case .weibull(let law): law.quantile(probability)
    case .pareto(let law): law.quantile(probability)
    case .triangular(let law): law.quantile(probability)
    case .empirical(let law): law.quantile(probability)
    case .zipf(let law): law.quantile(probability)
    case .mixture(let law): law.quantile(probability)
    case .truncated(let law): law.quantile(probability)
    }
  }
}
