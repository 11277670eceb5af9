"""Plays five flag sets with common seeds and compares them with the defaults, pair by pair."""

import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

SETS = {
    "default": {},
    "fast-down": {"scale-down-unneeded-time": "2m", "scale-down-delay-after-add": "2m"},
    "threshold-0.8": {"scale-down-utilization-threshold": "0.8"},
    "slow-scan": {"scan-interval": "60s", "frequent-loops-enabled": "false"},
    "most-pods": {"expander": "most-pods"},
}
REPLICATIONS = 20
T19 = 2.093024  # the 97.5 % point of Student's t with 19 degrees of freedom
RISE, PEAK, END = 40 * 60, 70 * 60, 470 * 60  # the steepest half hour, and the end of the run

here = pathlib.Path(__file__).parent
root = here.parent.parent
binary = root / ".build" / "release" / "seatrial"


def integral(path, name, labels, start, end):
    """The time integral of one series of metrics.csv."""
    total, value, at = 0.0, 0.0, start
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["metric"] != name or labels not in row["labels"]:
                continue
            time = float(row["t_s"])
            if time > end:
                break
            if time > at:
                total += value * (time - at)
                at = time
            value = float(row["value"])
    return total + value * (end - at)


def play(flags, seed):
    settings = []
    for name, value in flags.items():
        settings += ["--set", f"spec.autoscaler.flags.{name}={value}"]
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/run"
        command = [binary, "run", here / "scenario.yaml", "--seed", str(seed), "--json"]
        command += ["--out", out, *settings]
        summary = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        metrics = f"{out}/metrics.csv"
        rise = integral(metrics, "seatrial_pods_unschedulable", "", RISE, PEAK)
        pending = integral(metrics, "seatrial_pods_unschedulable", "", 0, END)
        nodes = integral(metrics, "aws_ec2_instances", "running", 0, END)
    return {
        "pending pod s, half hour": rise,
        "pending pod s": pending,
        "node h": nodes / 3600,
        "USD": summary["cost_usd"],
    }


def interval(values):
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
    return mean, T19 * spread / math.sqrt(len(values))


def main():
    jobs = [(name, seed) for name in SETS for seed in range(1, REPLICATIONS + 1)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = dict(zip(jobs, pool.map(lambda job: play(SETS[job[0]], job[1]), jobs)))
    responses = list(found[jobs[0]])
    with open(here / "results.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["flags", "seed", *responses])
        for job in jobs:
            writer.writerow([*job, *(f"{found[job][r]:.6g}" for r in responses)])
    print("| flags | " + " | ".join(responses) + " |")
    print("|---" * (1 + len(responses)) + "|")
    for name in SETS:
        cells = []
        for response in responses:
            values = [found[name, seed][response] for seed in range(1, REPLICATIONS + 1)]
            mean, half = interval(values)
            cell = f"{mean:,.2f} ± {half:,.2f}"
            if name != "default":
                paired = [
                    found[name, seed][response] - found["default", seed][response]
                    for seed in range(1, REPLICATIONS + 1)
                ]
                difference, width = interval(paired)
                cell += f" ({difference:+,.2f} ± {width:,.2f})"
            cells.append(cell)
        print(f"| {name} | " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
