"""Exact throughput of a closed network of one class by convolution (Buzen; load-dependent stations).

It gives what exact mean value analysis gives; here the constants of normalization are cheaper.
"""


def delay(mean):
    """Factors of a station where nobody waits: mean^n / n!."""
    return lambda n: mean / n


def servers(mean, count):
    """A station of `count` equal servers and exponential work; a fraction is one slower server."""
    return lambda n: mean / min(n, count)


def throughput(customers, stations):
    """Customers a second through a network where each visits every station once a cycle.

    A station is a function from the number of customers there to the seconds until one leaves.
    """
    total = None
    for station in stations:
        factors = [1.0]
        for n in range(1, customers + 1):
            factors.append(factors[-1] * station(n))
        if total is None:
            total = factors
        else:
            total = [
                sum(total[j] * factors[n - j] for j in range(n + 1)) for n in range(customers + 1)
            ]
    return total[customers - 1] / total[customers]


def pipeline(threads, trip, cores, nodes, node_cores, check, read):
    """A pod of detector threads, its cores, and reads at one of some Cassandra nodes at random."""
    # A third of the cycles goes to each node: demands of a third, one after the other.
    stations = [delay(trip), servers(check, cores)]
    stations += [servers(read / nodes, node_cores)] * nodes
    return throughput(threads, stations)
