"""Prints the README's tables from the .csv files."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from closed_network import pipeline  # noqa: E402
from replications import cell, difference, interval, load  # noqa: E402
from sweep import HAND_OVERS, REGIONS, THREADS  # noqa: E402

CHECKS = "seatrial_pipeline_checks_per_second"
# Seconds: `seatrial show` on scenario.yaml. Mean round trip from zone a to each node's zone: one of
# three in the same zone, or the row of the two regions.
TRIPS = {"us-east-1": (0.158e-3 + 2 * 0.866e-3) / 3, "us-east-2": 10.549e-3}
CHECK, READ, NODES, NODE_CORES = 0.0005, 0.0012, 3, 8
# Cores that the node's own processes leave of two: what a pod of 80 threads used in Virginia.
MONTH = 730 * 3600


def application():
    near, far = (load(HERE / f"application-{region}.csv") for region in REGIONS)

    def row(text, values, digits):
        one, other = values(near), values(far)
        cells = [text, cell(interval(one), digits), cell(interval(other), digits)]
        print("| " + " | ".join(cells + [cell(difference(one, other), digits)]) + " |")

    def column(point, name, scale=1):
        return lambda region: [value * scale for value in region[point][name]]

    def bill(rate):
        """What a month of `rate` checks a second would cost."""
        def values(region):
            steady = region["steady"]
            usd = steady["seatrial_transfer_usd"]
            checked = steady['seatrial_pipeline_messages{state="checked"}']
            return [a / b * rate * MONTH for a, b in zip(usd, checked)]
        return values

    print("| | us-east-1 | us-east-2 | difference |")
    print("|---|---|---|---|")
    row("saturated: checks/s of a pod", column("saturated", CHECKS, 1 / 2), 0)
    row("saturated: in a detector thread, mean, ms",
        column("saturated", "seatrial_pipeline_service_mean_seconds"), 2)
    quantiles = [("p50", "0.5"), ("p99", "0.99")]
    for what, name in [("in a detector thread", "service"), ("sending to end of check", "latency")]:
        row(f"3 000/s: {what}, mean, ms",
            column("steady", f"seatrial_pipeline_{name}_mean_seconds"), 2)
        for short, quantile in quantiles:
            label = f'seatrial_pipeline_{name}_seconds{{quantile="{quantile}"}}'
            row(f"3 000/s: {what}, {short}, ms", column("steady", label), 2)
    row("3 000/s: transfer, USD a month", bill(3000), 1)
    row("7 000/s: transfer, USD a month", bill(7000), 1)


def threads():
    results = load(HERE / "threads.csv")
    cores = interval(results["us-east-1 80 immediate"][CHECKS])[0] * CHECK
    print(f"\nCores of the pod: {cores:.3f}\n")
    print("| threads | data in | exact | at once | off | as published | given up |")
    print("|---|---|---|---|---|---|---|")
    for count in THREADS:
        for region, trip in TRIPS.items():
            exact = pipeline(count, trip, cores, NODES, NODE_CORES, CHECK, READ)
            immediate, published = (results[f"{region} {count} {h}"][CHECKS] for h in HAND_OVERS)
            off = (interval(immediate)[0] / exact - 1) * 100
            lost = difference(published, immediate)
            cells = [
                str(count), region, f"{exact:,.0f}".replace(",", " "),
                cell(interval(immediate), 0), f"{off:+.2f} %", cell(interval(published), 0),
                cell(lost, 0),
            ]
            print("| " + " | ".join(cells) + " |")
    print("\n| threads | across / same region, exact | at once | as published |")
    print("|---|---|---|---|")
    for count in THREADS:
        near, far = (
            pipeline(count, trip, cores, NODES, NODE_CORES, CHECK, READ) for trip in TRIPS.values()
        )
        ratios = [f"{far / near:.3f}"]
        for hand_over in HAND_OVERS:
            one, other = (results[f"{region} {count} {hand_over}"][CHECKS] for region in TRIPS)
            ratios.append(cell(interval([b / a for a, b in zip(one, other)]), 3))
        print(f"| {count} | " + " | ".join(ratios) + " |")


if __name__ == "__main__":
    application()
    threads()
