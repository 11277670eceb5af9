"""Prints the README's tables from results.csv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import cell, interval, load  # noqa: E402
from sweep import CONSUMERS, FLOOD, LIGHT, NEIGHBORS  # noqa: E402

CHECKS = "seatrial_pipeline_checks_per_second"
SERVICE = 'seatrial_pipeline_service_seconds{quantile="0.99"}'
LATENCY = 'seatrial_pipeline_latency_seconds{quantile="0.99"}'
# CPU seconds of a check, cores of the machine, threads of a neighbor.
CHECK, CORES, THREADS = 0.0005, 4, 2
# Milli-cores asked for and allowed.
ASKED = {"none": 0, "request-500m": 500, "request-2": 2000, "limit-500m": 500, "limit-1": 1000}
ALLOWED = {"limit-500m": 500, "limit-1": 1000}


def share(consumer, neighbors, daemons):
    """Cores that weights and limit leave a consumer that wants all, beside best-effort neighbors.

    `cpu.shares` is 1.024 for each milli-core asked for, 2 for best effort; the pods that ask
    stand beside the best-effort ones together, which have 2.
    """
    free = CORES - daemons
    wanted = THREADS * neighbors
    if ASKED[consumer] == 0:
        most = free if wanted == 0 else max(free / (neighbors + 1), free - wanted)
    else:
        weight = ASKED[consumer] * 1.024
        most = max(free * weight / (weight + 2), free - wanted)
    return min(most, ALLOWED.get(consumer, 1e9) / 1000)


def main():
    results = load(HERE / "results.csv")
    alone = interval(results[f"none 0 {FLOOD}"][CHECKS])[0]
    daemons = CORES - alone * CHECK
    print(f"Cores of the node's own processes: {daemons:.3f}\n")
    print("| consumer | neighbors | flooded: checks/s | by weights and limit | p99 in a thread, ms "
          "| 800/s: checks/s | p99 in a thread, ms | p99 from sending, ms |")
    print("|---|---|---|---|---|---|---|---|")
    for consumer in CONSUMERS:
        for neighbors in NEIGHBORS:
            flood, light = (results[f"{consumer} {neighbors} {rate}"] for rate in (FLOOD, LIGHT))
            cells = [
                consumer, str(neighbors), cell(interval(flood[CHECKS]), 0),
                f"{share(consumer, neighbors, daemons) / CHECK:.0f}",
                cell(interval(flood[SERVICE])), cell(interval(light[CHECKS]), 0),
                cell(interval(light[SERVICE]), 2), cell(interval(light[LATENCY]), 2),
            ]
            print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
