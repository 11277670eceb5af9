"""Holds the report of experiment.yaml against the sweep's results.csv, point by point.

    seatrial experiment run experiments/collapse-point/experiment.yaml
    seatrial experiment report --csv experiments/collapse-point/experiment.yaml | check.py
"""

import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
FACTORS = ["heap", "era", "volume", "replicas"]
STATISTICS = ["mean", "p05", "p50", "p95"]


def main():
    with open(HERE / "results.csv", newline="") as file:
        sweep = {
            tuple(row[factor] for factor in FACTORS): row
            for row in csv.DictReader(file)
            if row["figures"] == "drawn" and row["instance_type"] == "m5.large"
        }
    compared, different = 0, 0
    for row in csv.DictReader(sys.stdin):
        expected = sweep[tuple(row[factor] for factor in FACTORS)]
        if row["response"] == "always_ready":
            runs = int(row["replications"])
            pairs = [(round(runs * (1 - float(row["mean"]))), int(expected["runs_not_ready"]))]
        else:
            pairs = [
                (f"{float(row[name]):.4g}", expected[f"{row['response']}_{name}"])
                for name in STATISTICS
            ]
        for found, wanted in pairs:
            compared += 1
            if found != wanted:
                different += 1
                print([row[factor] for factor in FACTORS], row["response"], found, wanted)
    print(f"{compared - different} of {compared} figures are the same")
    sys.exit(1 if different or not compared else 0)


if __name__ == "__main__":
    main()
