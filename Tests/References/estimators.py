"""Writes EstimatorReferences.swift: comparisons, bootstrap limits, regression, effects, indices.

    python3 -m venv venv
    venv/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 SALib==1.6.0
    venv/bin/python estimators.py > ../StatisticsTests/EstimatorReferences.swift
    swift format -i ../StatisticsTests/EstimatorReferences.swift

Paired t and Holm: SciPy and statsmodels. Bootstrap: SciPy's limits of SciPy's own draws. Fieller:
bisection on the t test of a - R b. MSER-5: its definition. Regression, analysis of variance:
statsmodels. Sobol indices: SALib on the Ishigami function. Run it again only to add cases; a
changed figure wants an explanation in the commit.
"""
import itertools
import warnings
from importlib.metadata import version

import numpy as np
import pandas
import scipy
import statsmodels
import statsmodels.api as sm
from SALib.analyze import sobol
from scipy import optimize, stats
from statsmodels.formula.api import ols
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import acf

warnings.filterwarnings("ignore")
random = np.random.default_rng(8)


def swift(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ", ".join(swift(v) for v in value) + "]"
    if isinstance(value, (int, np.integer)):
        return str(value)
    return repr(float(value))


def let(name, value, kind=None):
    print(f"  static let {name}{': ' + kind if kind else ''} = {swift(value)}")


print("// Written by Tests/References/estimators.py: NumPy", np.__version__ + ", SciPy",
      scipy.__version__ + ",")
print("// statsmodels", statsmodels.__version__ + ", SALib", version("SALib") + ".")
print("enum EstimatorReferences {")

# Two systems with common luck.
luck = random.normal(100, 15, 12)
a = np.round(0.88 * luck + random.normal(0, 3, 12), 3)
b = np.round(luck + random.normal(0, 3, 12), 3)
let("a", a)
let("b", b)
test = stats.ttest_rel(a, b)
interval = test.confidence_interval(0.9)
let("pairedLimits90", [interval.low, interval.high])
let("pairedP", test.pvalue)
let("varianceReduction", (a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1))

p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.03]
let("pValues", p)
let("holm", multipletests(p, method="holm")[1])
let("bonferroni", multipletests(p, method="bonferroni")[1])


def paired_p(ratio):
    return stats.ttest_1samp(a - ratio * b, 0).pvalue - 0.05


center = a.mean() / b.mean()
let("fiellerPairs", [optimize.brentq(paired_p, center - 0.5, center, xtol=1e-14),
                     optimize.brentq(paired_p, center, center + 0.5, xtol=1e-14)])

# Bootstrap: the limits SciPy finds among its own draws.
skewed = np.round(random.lognormal(0, 1, 15), 4)
let("skewed", skewed)
percentile = stats.bootstrap((skewed,), np.mean, n_resamples=399, method="percentile",
                             rng=np.random.default_rng(1))
bca = stats.bootstrap((skewed,), np.mean, n_resamples=399, method="BCa",
                      rng=np.random.default_rng(1))
assert (percentile.bootstrap_distribution == bca.bootstrap_distribution).all()
let("meanDraws", bca.bootstrap_distribution)
let("percentileLimits", list(percentile.confidence_interval))
let("bcaLimits", list(bca.confidence_interval))

# A run that starts too high: MSER-5 by its definition, and its dependence.
level, run = 0.0, []
for step in range(203):
    level = 0.6 * level + random.normal()
    run.append(round(10 + level + 12 * 0.93 ** step, 3))
run = np.array(run)
let("run", run)
batches = run[:200].reshape(40, 5).mean(axis=1)
mser = [((batches[d:] - batches[d:].mean()) ** 2).sum() / (40 - d) ** 2 for d in range(36)]
assert np.argmin(mser) <= 20
let("truncation", 5 * int(np.argmin(mser)), "Int")
tail = run[60:]
let("tailCorrelations", acf(tail, nlags=3)[1:])
let("durbinWatson", sm.stats.durbin_watson(tail - tail.mean()))
m, n = 20, len(tail)
means = np.array([tail[i:i + m].mean() for i in range(n - m + 1)])
error = np.sqrt(n * m / ((n - m + 1) * (n - m)) * ((means - tail.mean()) ** 2).sum() / n)
let("overlappingError", error)

# Least squares.
factors = np.round(np.column_stack([random.uniform(0, 10, 25), random.normal(500, 100, 25),
                                    random.integers(0, 2, 25)]), 3)
response = np.round(3 + 1.5 * factors[:, 0] - 0.01 * factors[:, 1] + random.normal(0, 1, 25), 4)
let("factors", factors)
let("responses", response)
fit = sm.OLS(response, sm.add_constant(factors)).fit()
let("coefficients", fit.params)
let("standardErrors", fit.bse)
let("coefficientP", fit.pvalues)
let("coefficientLimits95", fit.conf_int(0.05))
let("fit", [fit.rsquared, fit.rsquared_adj, np.sqrt(fit.mse_resid)])
z = (factors - factors.mean(axis=0)) / factors.std(axis=0)
let("standardized", sm.OLS((response - response.mean()) / response.std(), z).fit().params)

# A full factorial of 2 x 3 x 2 levels, four replications.
rows = list(itertools.product(range(2), range(3), range(2)))
replications = []
for _ in range(4):
    shared = random.normal(0, 5)
    replications.append([round(20 + 4 * x + 3 * y * y - 2 * x * y + z + x * y * z + shared
                               + random.normal(0, 0.5), 3) for x, y, z in rows])
let("factorial", replications)
means = np.mean(replications, axis=0)
frame = pandas.DataFrame(rows, columns=["x", "y", "z"])
frame["r"] = means
table = sm.stats.anova_lm(ols("r ~ (C(x) + C(y) + C(z)) ** 2", frame).fit(), typ=1)
squares = table["sum_sq"]
let("factorialShares", [squares[k] / squares.sum() for k in
                        ["C(x)", "C(y)", "C(z)", "C(x):C(y)", "C(x):C(z)", "C(y):C(z)"]])
let("factorialRemainder", squares["Residual"] / squares.sum())
effects = [np.mean([v for v, row in zip(r, rows) if row[0] == 1]) - np.mean(r)
           for r in replications]
let("highX", [np.mean(effects), stats.t.ppf(0.975, 3) * stats.sem(effects)])

# Sobol indices of the Ishigami function from 64 random rows.
count = 64
A, B = random.uniform(-np.pi, np.pi, (2, count, 3))
AB = [np.where(np.arange(3) == i, B, A) for i in range(3)]


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


values = [ishigami(x) for x in (A, B, *AB)]
let("ishigami", np.concatenate(values))
problem = {"num_vars": 3, "names": list("xyz"), "bounds": [[-np.pi, np.pi]] * 3}
ordered = np.column_stack([values[0], *values[2:], values[1]]).ravel()
result = sobol.analyze(problem, ordered, calc_second_order=False, seed=1)
let("salibFirst", result["S1"])
let("salibTotal", result["ST"])
print("}")
