"""Prints the README's tables from results.csv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import cell, interval, load  # noqa: E402
from sweep import ASSIGNORS, CONSUMERS, FLOOD, MOST, PARTITIONS  # noqa: E402

CHECKS = "seatrial_pipeline_checks_per_second"
STARVING = 'seatrial_pipeline_consumers{state="starving"}'
LAG = 'seatrial_pipeline_messages{state="lag"}'


def shares(partitions):
    """Partitions of each consumer: the first ones have one more."""
    each, more = divmod(partitions, CONSUMERS)
    return [each + (consumer < more) for consumer in range(CONSUMERS)]


def rule(partitions, load, capacity):
    """What consumers of `capacity` each check of `load`, which the partitions share equally."""
    return sum(min(capacity, load * share / partitions) for share in shares(partitions))


def main():
    results = load(HERE / "results.csv")

    def figure(point, name, digits=0):
        return cell(interval(results[point][name]), digits)

    capacity = interval(results[f"4 1 {FLOOD} range"][CHECKS])[0]
    print(f"One consumer alone: {capacity:.1f} checks/s\n")
    print("| partitions | shares | starving | flooded, 4 pods | rule | 3 100/s, 4 pods | rule "
          "| its lag at the end | flooded, 2 pods of 2 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for partitions in PARTITIONS:
        flood, most, pairs = (
            f"{pods} {partitions} {rate} range" for pods, rate in ((4, FLOOD), (4, MOST), (2, FLOOD))
        )
        print("| " + " | ".join([
            str(partitions), ", ".join(map(str, shares(partitions))), figure(flood, STARVING),
            figure(flood, CHECKS), f"{rule(partitions, FLOOD, capacity):.0f}",
            figure(most, CHECKS), f"{rule(partitions, MOST, capacity):.0f}", figure(most, LAG),
            figure(pairs, CHECKS),
        ]) + " |")
    print("\n| assignor | 4 pods, 6 partitions, 3 100/s | 4 pods, 2, flooded "
          "| 2 pods of 2, 6, flooded | 2 pods of 2, 2, flooded |")
    print("|---|---|---|---|---|")
    for assignor in ASSIGNORS:
        columns = [(4, 6, MOST), (4, 2, FLOOD), (2, 6, FLOOD), (2, 2, FLOOD)]
        cells = [figure(f"{p} {q} {rate} {assignor}", CHECKS) for p, q, rate in columns]
        print(f"| {assignor} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
