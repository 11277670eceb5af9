"""Replications of a scenario by seed, one process each, and what they say: for the experiments whose
differences are paired.

A point is a dictionary of `--set` values; every point is played with the same seeds, so that two
points see the same messages (common random numbers).
"""

import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SEATRIAL", str(ROOT / ".build/release/seatrial"))
REPLICATIONS = int(os.environ.get("REPLICATIONS", "20"))
JOBS = int(os.environ.get("JOBS", "2"))


def play(scenario, settings, seed, out=None):
    """Plays a scenario once; returns summary.json."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [PROGRAM, "run", str(scenario), "--seed", str(seed), "--json"]
        command += ["--out", str(out or scratch)]
        for path, value in settings.items():
            command += ["--set", f"{path}={value}"]
        done = subprocess.run(command, capture_output=True, text=True)
        try:
            return json.loads(done.stdout)
        except ValueError:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def sweep(path, scenario, points, figures, seeds=None):
    """Plays what `path` does not hold yet, and writes it there: a row for each point and seed.

    `points` are (name, settings); `figures` are (column, function of summary.json).
    """
    seeds = list(seeds or range(1, REPLICATIONS + 1))
    known = {}
    if path.exists():
        with open(path, newline="") as file:
            known = {(row["point"], int(row["seed"])): row for row in csv.DictReader(file)}
    missing = [(p, s) for p in points for s in seeds if (p[0], s) not in known]

    def one(task):
        (name, settings), seed = task
        summary = play(scenario, settings, seed)
        row = {"point": name, "seed": seed}
        row.update((column, figure(summary)) for column, figure in figures)
        return row

    def save():
        rows = [known[p[0], s] for p in points for s in seeds if (p[0], s) in known]
        with open(path, "w", newline="") as file:
            names = ["point", "seed"] + [column for column, _ in figures]
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    with ThreadPoolExecutor(JOBS) as pool:
        for number, row in enumerate(pool.map(one, missing), 1):
            known[row["point"], row["seed"]] = row
            if number % 20 == 0:
                save()
                print(f"{number} of {len(missing)}", file=sys.stderr, flush=True)
    save()


def load(path):
    """Columns by point: {point: {column: [value by seed]}}."""
    points = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            columns = points.setdefault(row["point"], {})
            for name, value in row.items():
                if name not in ("point", "seed"):
                    columns.setdefault(name, []).append(float(value) if value else math.nan)
    return points


def metric(name, scale=1):
    """A figure of summary.json by its name; 0 where a run has none."""
    return name, lambda summary: format(summary["metrics"].get(name, 0) * scale, ".9g")


def student(degrees):
    """The 0.975 quantile of Student's law (Cornish and Fisher's series; within 0.001 from 5 on)."""
    z = 1.959963984540054
    terms = [
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    ]
    return sum(term / degrees**power for power, term in enumerate(terms))


def interval(values):
    """Mean and half width of the 95 % interval over the replications."""
    n = len(values)
    mean = sum(values) / n
    if n < 2:
        return mean, math.nan
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    return mean, student(n - 1) * deviation / math.sqrt(n)


def difference(one, other):
    """Of two points, taken seed by seed."""
    return interval([a - b for a, b in zip(other, one, strict=True)])


def cell(mean_and_half, digits=1):
    """`3 016 ± 4` for a table."""
    mean, half = mean_and_half

    def text(value):
        return f"{value:,.{digits}f}".replace(",", " ")

    return text(mean) if half == 0 or math.isnan(half) else f"{text(mean)} ± {text(half)}"
