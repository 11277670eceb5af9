"""Writes DistributionReferences.swift: moments, cdf and quantiles of each law, by SciPy.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python distributions.py > ../ProbabilityTests/DistributionReferences.swift

Run it again only to add laws or points; a changed figure wants an explanation in the commit.
"""
import scipy
from scipy import integrate, stats

PROBABILITIES = [1e-9, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 2**-30]


def lognormal(median, sigma):
    return stats.lognorm(s=sigma, scale=median)


def truncated(base, low, high):
    """Moments by quadrature over x, cdf and quantile by their definitions."""
    from_, to = base.cdf(low), base.cdf(high)

    class Law:
        def moment(self, power):
            f = lambda x: x**power * base.pdf(x) / (to - from_)
            middle = base.ppf((from_ + to) / 2)
            return (integrate.quad(f, low, middle, epsabs=0, epsrel=1e-12)[0]
                    + integrate.quad(f, middle, high, epsabs=0, epsrel=1e-12)[0])

        def mean(self):
            return self.moment(1)

        def var(self):
            return self.moment(2) - self.moment(1) ** 2

        def cdf(self, x):
            return min(max((base.cdf(x) - from_) / (to - from_), 0), 1)

        def ppf(self, p):
            return base.ppf(from_ + p * (to - from_))

    return Law()


def mixture(parts):
    class Law:
        def mean(self):
            return sum(w * d.mean() for w, d in parts)

        def var(self):
            return sum(w * (d.var() + d.mean() ** 2) for w, d in parts) - self.mean() ** 2

        def cdf(self, x):
            return sum(w * d.cdf(x) for w, d in parts)

        def ppf(self, p):
            from scipy.optimize import brentq
            low, high = min(d.ppf(p) for _, d in parts), max(d.ppf(p) for _, d in parts)
            return brentq(lambda x: self.cdf(x) - p, low, high, xtol=1e-300, rtol=1e-15)

    return Law()


LAWS = [
    ("try .uniform(Uniform(minimum: -2, maximum: 6))", stats.uniform(-2, 8)),
    ("try .exponential(Exponential(mean: 3))", stats.expon(scale=3)),
    ("try .exponential(Exponential(rate: 50))", stats.expon(scale=0.02)),
    ("try .normal(Normal(mean: 10, standardDeviation: 3))", stats.norm(10, 3)),
    ("try .logNormal(LogNormal(median: 45, sigma: 0.3))", lognormal(45, 0.3)),
    ("try .logNormal(LogNormal(median: 0.02, sigma: 2))", lognormal(0.02, 2)),
    ("try .gamma(Gamma(shape: 4, scale: 0.5))", stats.gamma(4, scale=0.5)),
    ("try .gamma(Gamma(shape: 0.3, scale: 7))", stats.gamma(0.3, scale=7)),
    ("try .gamma(Gamma(shape: 250, scale: 2))", stats.gamma(250, scale=2)),
    ("try .weibull(Weibull(shape: 0.7, scale: 100))", stats.weibull_min(0.7, scale=100)),
    ("try .weibull(Weibull(shape: 3, scale: 2))", stats.weibull_min(3, scale=2)),
    ("try .pareto(Pareto(minimum: 1, shape: 2.5))", stats.pareto(2.5)),
    ("try .triangular(Triangular(minimum: 1, mode: 2, maximum: 5))", stats.triang(0.25, 1, 4)),
    ("try .triangular(Triangular(minimum: 0, mode: 0, maximum: 3))", stats.triang(0, 0, 3)),
    ("try .truncated(Truncated(.normal(Normal(mean: 1, standardDeviation: 2)), minimum: 0))",
     truncated(stats.norm(1, 2), 0, float("inf"))),
    ("try .truncated(Truncated(.logNormal(LogNormal(median: 30, sigma: 1)), maximum: 120))",
     truncated(lognormal(30, 1), 0, 120)),
    ("try .truncated(Truncated(.pareto(Pareto(minimum: 1, shape: 0.8)), minimum: 2, maximum: 1000))",
     truncated(stats.pareto(0.8), 2, 1000)),
    ("try .mixture(Mixture([.init(weight: 9, distribution: .exponential(Exponential(mean: 1))), "
     ".init(weight: 1, distribution: .gamma(Gamma(shape: 20, scale: 3)))]))",
     mixture([(0.9, stats.expon()), (0.1, stats.gamma(20, scale=3))])),
]


def main():
    print(f"// Written by Tests/References/distributions.py with SciPy {scipy.__version__}; do not edit.")
    print("import Probability\n")
    print("/// What SciPy says of one law.\nstruct DistributionReference: Sendable {")
    print("  var law: AnyDistribution")
    print("  var mean: Double")
    print("  var variance: Double")
    print("  /// Probability, quantile there, cdf at a tenth more than the quantile.")
    print("  var points: [(p: Double, quantile: Double, x: Double, cdf: Double)]")
    print("}\n")
    print("enum DistributionReferences {")
    for index, (swift, law) in enumerate(LAWS):
        print(f"  static func law{index}() throws -> DistributionReference {{")
        print("    DistributionReference(")
        print(f"      law: {swift},")
        print(f"      mean: {float(law.mean())!r}, variance: {float(law.var())!r},")
        print("      points: [")
        for p in PROBABILITIES:
            q = float(law.ppf(p))
            x = q + 0.1 * abs(q)
            print(f"        ({p!r}, {q!r}, {x!r}, {float(law.cdf(x))!r}),")
        print("      ])")
        print("  }\n")
    print("  static func all() throws -> [DistributionReference] {")
    print("    [")
    for index in range(len(LAWS)):
        print(f"      try law{index}(),")
    print("    ]")
    print("  }")
    print("}")


main()
