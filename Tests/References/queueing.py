"""Writes QueueingReferences.swift: queues and closed networks, solved by other means.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 mpmath==1.3.0
    venv/bin/python queueing.py > ../QueueingTheoryTests/QueueingReferences.swift
    swift format -i ../QueueingTheoryTests/QueueingReferences.swift

Erlang's formulas and the tails of M/M/c: sums over states with 60 digits. Closed networks: their
normalizing constants in exact fractions; small ones also from the balance equations of the whole
Markov chain, which know nothing of product form. M/G/1: the embedded chain at departures. M/G/1-PS:
the balance equations with two kinds of work. The one-line shortcut of the consumer pod: bisection.
It takes some three minutes. Run it again only to add points; a changed figure wants an explanation
in the commit.
"""
from fractions import Fraction as F
from itertools import product

import mpmath
import numpy
import scipy
import scipy.sparse.linalg

mpmath.mp.dps = 60


# Open queues.

def erlang(load, servers):
    """Loss and waiting probability by their definitions as sums over states."""
    load = mpmath.mpf(load)
    term, below = mpmath.mpf(1), mpmath.mpf(0)
    for j in range(servers):
        below += term
        term *= load / (j + 1)
    waiting = term * servers / (servers - load)
    return term / (below + term), waiting / (below + waiting)


def wait_tail(load, servers, time):
    """P(W > time), time in services: the number found, then that many departures first."""
    load, time = mpmath.mpf(load), mpmath.mpf(time)
    p = [mpmath.mpf(1)]
    for j in range(servers + 4000):
        p.append(p[-1] * load / min(j + 1, servers))
    total = mpmath.fsum(p)
    tail, poisson, cumulated = mpmath.mpf(0), mpmath.exp(-servers * time), mpmath.mpf(0)
    for j in range(servers, len(p)):
        cumulated += poisson
        poisson *= servers * time / (j - servers + 1)
        tail += p[j] * cumulated
    return tail / total


def response_tail(load, servers, time):
    """P(W + S > time) by quadrature over the service."""
    f = lambda s: mpmath.exp(-s) * wait_tail(load, servers, time - s)
    mpmath.mp.dps = 25
    value = mpmath.exp(-mpmath.mpf(time)) + mpmath.quad(f, [0, time / 2, time])
    mpmath.mp.dps = 60
    return value


def mg1_wait(rate, law, size=4000):
    """Mean wait of a discrete law [(probability, time)], from the chain at departures."""
    arrivals = [mpmath.fsum(q * mpmath.exp(-rate * t) * (rate * t) ** k / mpmath.factorial(k)
                            for q, t in law) for k in range(400)]
    at = lambda k: arrivals[k] if k < len(arrivals) else 0
    p = [mpmath.mpf(1)]
    tails = [1 - mpmath.fsum(arrivals[:k + 1]) for k in range(400)]
    # Crossings between n and n + 1 balance: up from n by more than what is missing, down by one.
    for n in range(size):
        up = p[0] * (tails[n] if n < 400 else 0)
        up += mpmath.fsum(p[j] * tails[n - j + 1] for j in range(max(1, n - 397), n + 1))
        p.append(up / at(0))
        if p[-1] < mpmath.mpf(10) ** -40:
            break
    number = mpmath.fsum(j * q for j, q in enumerate(p)) / mpmath.fsum(p)
    mean = mpmath.fsum(q * t for q, t in law)
    return number / rate - mean


def sharing_response(rate, kinds, size=90):
    """Mean response per kind [(probability, mean work)], from the chain of both kinds' numbers."""
    index = lambda a, b: a * size + b
    rows, columns, values = [], [], []

    def flow(source, target, value):
        rows.extend([target, source])
        columns.extend([source, source])
        values.extend([value, -value])

    for a, b in product(range(size), repeat=2):
        if a + 1 < size:
            flow(index(a, b), index(a + 1, b), rate * kinds[0][0])
        if b + 1 < size:
            flow(index(a, b), index(a, b + 1), rate * kinds[1][0])
        if a:
            flow(index(a, b), index(a - 1, b), a / (a + b) / kinds[0][1])
        if b:
            flow(index(a, b), index(a, b - 1), b / (a + b) / kinds[1][1])
    balance = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(size**2, size**2)).tolil()
    balance[0, :] = 1
    right = numpy.zeros(size**2)
    right[0] = 1
    p = scipy.sparse.linalg.spsolve(balance.tocsc(), right).reshape(size, size)
    numbers = (p.sum(axis=1) @ numpy.arange(size), p.sum(axis=0) @ numpy.arange(size))
    return [n / (rate * kind[0]) for n, kind in zip(numbers, kinds)]


# Closed networks: stations are (demand, servers, open load); no servers for a delay.

def factors(station, population):
    demand, servers, load = station
    if servers is None:
        f = [F(1)]
        for j in range(1, population + 1):
            f.append(f[-1] * demand / j)
        return f
    if not load:
        f = [F(1)]
        for j in range(1, population + 1):
            f.append(f[-1] * demand / min(F(j), servers))
        return f
    load, demand, servers = (mpmath.mpf(x.numerator) / x.denominator
                             for x in (load, demand, servers))
    f = []
    for n in range(population + 1):
        term = demand ** n
        for i in range(1, n + 1):
            term /= min(i, servers)
        total, m = mpmath.mpf(0), 0
        while term > total * mpmath.mpf(10) ** -50:
            total += term
            m += 1
            term *= load * (n + m) / m / min(n + m, servers)
        f.append(total)
    return f


def convolve(a, b):
    return [sum(a[j] * b[n - j] for j in range(n + 1)) for n in range(len(a))]


def closed(stations, populations):
    """Per population: throughput and mean numbers."""
    size = max(populations)
    fs = [factors(s, size) for s in stations]
    if any(isinstance(f[0], mpmath.mpf) for f in fs):
        fs = [[x if isinstance(x, mpmath.mpf) else mpmath.mpf(x.numerator) / x.denominator
               for x in f] for f in fs]
    one = [fs[0][0] * 0 + 1] + [fs[0][0] * 0] * size
    g = one
    for f in fs:
        g = convolve(g, f)
    rests = []
    for i in range(len(fs)):
        rest = one
        for f in fs[:i] + fs[i + 1:]:
            rest = convolve(rest, f)
        rests.append(rest)
    for n in populations:
        numbers = [sum(j * f[j] * rest[n - j] for j in range(n + 1)) / g[n]
                   for f, rest in zip(fs, rests)]
        yield n, g[n - 1] / g[n], numbers


def chain(stations, population):
    """The same from the balance equations: customers go from each station to the next."""
    rate = lambda i, j: float(
        (F(j) if stations[i][1] is None else min(F(j), stations[i][1])) / stations[i][0])
    states = [s for s in product(range(population + 1), repeat=len(stations))
              if sum(s) == population]
    index = {s: i for i, s in enumerate(states)}
    balance = numpy.zeros((len(states), len(states)))
    for s in states:
        for i in range(len(stations)):
            if s[i]:
                target = list(s)
                target[i] -= 1
                target[(i + 1) % len(stations)] += 1
                balance[index[tuple(target)], index[s]] += rate(i, s[i])
                balance[index[s], index[s]] -= rate(i, s[i])
    balance[0, :] = 1
    p = numpy.linalg.solve(balance, numpy.eye(len(states))[0])
    throughput = sum(q * rate(0, s[0]) for q, s in zip(p, states) if s[0])
    return population, throughput, [sum(q * s[i] for q, s in zip(p, states))
                                    for i in range(len(stations))]


def mixed_chain(delay, station, population, outsiders=400):
    """A delay and one equally shared station with outsiders, at most `outsiders` of them."""
    demand, servers, load = (float(x) for x in station)
    index = lambda n, m: n * (outsiders + 1) + m
    size = (population + 1) * (outsiders + 1)
    rows, columns, values = [], [], []

    def flow(source, target, value):
        rows.extend([target, source])
        columns.extend([source, source])
        values.extend([value, -value])

    leave = lambda n, m: min(n + m, servers) / demand * n / (n + m)
    for n, m in product(range(population + 1), range(outsiders + 1)):
        if n < population:
            flow(index(n, m), index(n + 1, m), (population - n) / float(delay))
        if n:
            flow(index(n, m), index(n - 1, m), leave(n, m))
        if m < outsiders:
            flow(index(n, m), index(n, m + 1), load / demand)
        if m:
            flow(index(n, m), index(n, m - 1), min(n + m, servers) / demand * m / (n + m))
    balance = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(size, size)).tolil()
    balance[0, :] = 1
    right = numpy.zeros(size)
    right[0] = 1
    p = scipy.sparse.linalg.spsolve(balance.tocsc(), right).reshape(population + 1, -1)
    number = p.sum(axis=1) @ numpy.arange(population + 1)
    throughput = (population - number) / float(delay)
    return population, throughput, [population - number, number]


def shortcut(population, delay, stations):
    """X R(X) = N with the response of M/M/c at X, waiting by Sakasegawa's formula."""
    def response(x):
        total = delay
        for demand, servers in stations:
            rho = x * demand / servers
            if rho >= 1:
                return float("inf")
            total += demand * (1 + rho ** ((2 * (servers + 1)) ** .5 - 1) / (servers * (1 - rho)))
        return total
    low, high = 0.0, min(c / d for d, c in stations)
    for _ in range(200):
        x = (low + high) / 2
        low, high = (x, high) if x * response(x) < population else (low, x)
    return low


def q(text):
    return None if text is None else F(text)


NETWORKS = [
    # The consumer pod: delay, pod, Cassandra node; milliseconds in seconds.
    ([("0.001", None, "0"), ("0.0005", "2", "0"), ("0.0012", "8", "0")], [1, 2, 5, 10, 20, 80]),
    ([("0.0115", None, "0"), ("0.0005", "2", "0"), ("0.0012", "8", "0")], [1, 10, 40, 80]),
    ([("0.003", None, "0"), ("0.001", "2", "0"), ("0.0012", "8", "0")], [10]),
    # Shares of processors.
    ([("0.002", None, "0"), ("0.001", "0.4", "0"), ("0.003", "2.5", "0"), ("0.0007", "7.2", "0")],
     [1, 2, 3, 7, 30, 200]),
    # No delay; equal bottlenecks, where the queue wanders most.
    ([("1", "4", "0"), ("1", "4", "0"), ("0.5", "2", "0")], [1, 3, 12, 100]),
    # Many servers and many customers.
    ([("5", None, "0"), ("1", "64", "0"), ("0.9", "60", "0"), ("0.01", "1", "0")],
     [50, 200, 350, 400]),
    # Nearly idle beside nearly full; two delays.
    ([("0.5", None, "0"), ("1e-9", "3", "0"), ("1", "1", "0"), ("2", None, "0")], [1, 4, 120]),
    ([("3", "2.5", "0")], [1, 2, 3, 9]),
    # Outsiders at the last station, and at all.
    ([("0.001", None, "0"), ("0.0005", "2", "0"), ("0.0012", "8", "6.4")], [1, 10, 40, 80]),
    ([("1", None, "0"), ("0.3", "1", "0.7"), ("0.8", "2.5", "2.4"), ("1", "40", "30")],
     [1, 2, 20, 60]),
]
# Outsiders, by the balance equations: a delay and a station.
MIXED = [
    ([("2", None, "0"), ("1", "1.5", "0.9")], 5),
    ([("1", None, "0"), ("0.5", "4", "3")], 9),
]
CHAINS = [
    ([("2", None, "0"), ("1", "2", "0"), ("1.5", "3", "0")], 12),
    ([("1", "1.5", "0"), ("0.7", "0.6", "0"), ("3", "2", "0"), ("0.4", None, "0")], 7),
]


def swift(x):
    return repr(float(x))


def stations_of(rows):
    return [(q(d), q(k), q(o)) for d, k, o in rows]


def written(rows):
    parts = []
    for demand, servers, load in rows:
        if servers is None:
            parts.append(f".delay({swift(q(demand))})")
        else:
            outside = f", openLoad: {swift(q(load))}" if q(load) else ""
            demand, servers = swift(q(demand)), swift(q(servers))
            parts.append(f".queue(demand: {demand}, servers: {servers}{outside})")
    return parts


def network(rows, points):
    print("    ClosedNetworkReference(")
    print("      stations: [")
    for part in written(rows):
        print(f"        {part},")
    print("      ],")
    print("      points: [")
    for n, throughput, numbers in points:
        print(f"        ({n}, {swift(throughput)},")
        print("          [")
        for number in numbers:
            print(f"            {swift(number)},")
        print("          ]),")
    print("      ]),")


def main():
    versions = f"NumPy {numpy.__version__}, SciPy {scipy.__version__}, mpmath {mpmath.__version__}"
    print(f"// Written by Tests/References/queueing.py with {versions};")
    print("// do not edit.")
    print("import QueueingTheory\n")
    print("/// A closed network: customers, throughput, mean numbers.")
    print("struct ClosedNetworkReference: Sendable {")
    print("  var stations: [ServiceStation]")
    print("  var points: [(population: Int, throughput: Double, numbers: [Double])]")
    print("}\n")
    print("enum QueueingReferences {")
    print("  /// Offered load, servers, loss probability, waiting probability.")
    print("  static let erlang: [(load: Double, servers: Int, loss: Double, waiting: Double)] = [")
    for load, servers in [(0.5, 1), (1.5, 2), (7.9, 8), (0.1, 8), (12, 16), (99.9, 100), (80, 100),
                          (950, 1000), (999.99, 1000), (4900, 5000), (4000, 5000), (1, 150)]:
        loss, waiting = erlang(load, servers)
        print(f"    ({swift(load)}, {servers}, {swift(loss)}, {swift(waiting)}),")
    print("  ]\n")
    print("  /// Offered load, servers, time in services, tails of wait and response.")
    print("  static let tails: [")
    print("    (load: Double, servers: Int, time: Double, wait: Double, response: Double)")
    print("  ] = [")
    # 7 of 8: one server idle on average, where the closed form divides 0 by 0.
    for load, servers, time in [(0.5, 1, 2), (1.5, 2, 0.3), (1.5, 2, 5), (7, 8, 1), (7, 8, 6),
                                (7.0000001, 8, 1), (12, 16, 0.5), (15.5, 16, 4)]:
        tails = wait_tail(load, servers, time), response_tail(load, servers, time)
        print(f"    ({swift(load)}, {servers}, {swift(time)}, {swift(tails[0])},")
        print(f"      {swift(tails[1])}),")
    print("  ]\n")
    print("  /// Arrival rate, mean and variance of service, mean wait.")
    print("  static let generalService: [")
    print("    (rate: Double, mean: Double, variance: Double, wait: Double)")
    print("  ] = [")
    for rate, law in [(F(4, 5), [(F(1), F(1))]), (F(1, 2), [(F(9, 10), F(1)), (F(1, 10), F(5))]),
                      (F(1, 4), [(F(1, 2), F(2)), (F(1, 2), F(1))])]:
        mean = sum(p * t for p, t in law)
        variance = sum(p * t * t for p, t in law) - mean**2
        exact = [(mpmath.mpf(p.numerator) / p.denominator, mpmath.mpf(t.numerator) / t.denominator)
                 for p, t in law]
        wait = mg1_wait(mpmath.mpf(rate.numerator) / rate.denominator, exact)
        print(f"    ({swift(rate)}, {swift(mean)}, {swift(variance)}, {swift(wait)}),")
    print("  ]\n")
    print("  /// Sharing: arrival rate; share, mean work and mean response of two kinds.")
    print("  static let sharing: [(rate: Double, kinds: [(Double, Double, Double)])] = [")
    for rate, kinds in [(0.5, [(0.5, 1.0), (0.5, 1.0)]), (0.4, [(0.8, 0.5), (0.2, 4.0)])]:
        responses = sharing_response(rate, kinds)
        print(f"    ({rate}, [")
        for (share, work), response in zip(kinds, responses):
            print(f"      ({share}, {work}, {swift(response)}),")
        print("    ]),")
    print("  ]\n")
    print("  /// By normalizing constants in exact fractions.")
    print("  static let networks: [ClosedNetworkReference] = [")
    for rows, populations in NETWORKS:
        network(rows, closed(stations_of(rows), populations))
    print("  ]\n")
    print("  /// By the balance equations of the whole chain.")
    print("  static let chains: [ClosedNetworkReference] = [")
    for rows, population in CHAINS:
        network(rows, [chain(stations_of(rows), population)])
    for rows, population in MIXED:
        delay, station = stations_of(rows)
        network(rows, [mixed_chain(delay[0], station, population)])
    print("  ]\n")
    print("  /// The one-line shortcut: ten customers, delay 3 ms, 1 ms at 2 servers, 1.2 ms at 8.")
    value = shortcut(10, 0.003, [(0.001, 2), (0.0012, 8)])
    print(f"  static let shortcutThroughput = {swift(value)}")
    print("}")


main()
