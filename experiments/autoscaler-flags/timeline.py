"""Writes the timeline of scenario.yaml anew from load.csv."""

import csv
import math
import pathlib

CAPACITY = 1_000  # requests a minute that one replica serves
START = 20  # minutes of the run before the first row

here = pathlib.Path(__file__).parent
with open(here / "load.csv", newline="") as file:
    counts = [int(row["count"]) for row in csv.DictReader(file)]
replicas = [math.ceil(count / CAPACITY) for count in counts]
lines = [f"    - {{at: 1s, run: kubectl scale deployment web --replicas={replicas[0]}}}"]
before = None
for minute, wanted in enumerate(replicas):
    if wanted != before:
        lines.append(
            f"    - {{at: {START + minute}m, run: kubectl scale deployment web --replicas={wanted}}}"
        )
    before = wanted
path = here / "scenario.yaml"
head = path.read_text().split("  timeline:\n")[0]
path.write_text(head + "  timeline:\n" + "\n".join(lines) + "\n")
