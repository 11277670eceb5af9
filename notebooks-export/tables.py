#!/usr/bin/env python3
"""Makes a folder here from an experiment's table: runs.csv, datapackage.json, analysis.ipynb.

    notebooks-export/tables.py [NAME...]        default all of TABLES

For experiments of other kinds than Experiment, whose `seatrial experiment export` does it.
"""

import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
EXPERIMENTS = HERE.parent / "experiments"

CHECKS = "seatrial_pipeline_checks_per_second"
# name: (table, columns that `point` is split into, across, responses, lines)
TABLES = {
    "anomalia-machina-10": ("accepted.csv", [], "beta", ["untuned_48_proportional"], []),
    "autoscaler-flags": ("results.csv", [], "flags", ["pending pod s", "node h", "USD"], []),
    "cross-region": ("threads.csv", ["region", "threads", "handOver"], "threads", [CHECKS],
                     ["region", "handOver"]),
    "detector-quality": ("results/run-lengths.csv", [], "shift", ["mean"], ["level"]),
    "interval-coverage": ("results/coverage.csv", [], "sample", ["share"], ["interval"]),
    "noisy-neighbors": ("results.csv", ["consumer", "neighbors", "rate"], "neighbors", [CHECKS],
                        ["consumer", "rate"]),
    "partitions": ("results.csv", ["consumers", "partitions", "rate", "assignor"], "partitions",
                   [CHECKS], ["consumers", "rate", "assignor"]),
    "pipeline-faults": ("recovery.csv", [], "t_s", ["lag", "checks"], []),
    "pipeline-growth": ("growth.csv", [], "rate", ["usd_per_million_q50"], ["pod_cores"]),
}
# Rows that the figure is about, where it is not all.
KEPT = {"interval-coverage": {"of": "mean wait in M/M/1, ρ = 0.8"}}
# Rows that are draws and not a line.
DRAWS = ["anomalia-machina-10"]
# What a column of these names holds; others say that they are the experiment's figure of that name.
MEANINGS = {
    "seed": "Of the run; the same luck at every point", "region": "Where the data is",
    "threads": "Detector threads of a pod", "handOver": "How connections pass between threads",
    "neighbors": "Pods on the same node that want all the CPU", "rate": "Checks a second offered",
    "consumer": "Requests and limits of the consumer pod", "partitions": "Of the topic",
    "consumers": "Consumer pods", "assignor": "Who shares partitions out",
    CHECKS: "Checks a second at the run's end", "t_s": "Seconds since the run's start",
}


def kind(cells):
    """The type of Frictionless that all cells have."""
    cells = [cell for cell in cells if cell != ""]
    for name, parse in (("integer", int), ("number", float)):
        try:
            for cell in cells:
                parse(cell)
            return name
        except ValueError:
            continue
    return "boolean" if set(cells) <= {"true", "false"} else "string"


def read(name):
    table, parts, *_ = TABLES[name]
    with open(EXPERIMENTS / name / table, newline="") as file:
        rows = list(csv.DictReader(file))
    if parts:
        rows = [
            {**dict(zip(parts, row["point"].split(" "), strict=False)),
             **{key: cell for key, cell in row.items() if key != "point"}}
            for row in rows
        ]
    return rows


def package(name, rows):
    fields = [
        {"name": column, "type": kind(row[column] for row in rows),
         "description": MEANINGS.get(column, f"{column}, as experiments/{name}/README.md has it")}
        for column in rows[0]
    ]
    return {
        "profile": "tabular-data-package", "name": name,
        "title": f"Results of the experiment {name}",
        "description": f"experiments/{name}/{TABLES[name][0]}, tidy",
        "resources": [{
            "profile": "tabular-data-resource", "name": "runs", "path": "runs.csv",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": [""]},
        }],
    }


FIGURE = """\
figure, axes = plt.subplots(
    len(responses), 1, squeeze=False, figsize=(10, 4 * len(responses)))
numeric = pd.api.types.is_numeric_dtype(runs[across])
for axis, response in zip(axes[:, 0], responses):
    for name, group in (runs.groupby(lines, sort=False) if lines else [((), runs)]):
        observed = group.groupby(across, sort=numeric)[response]
        mean = observed.mean()
        half = (stats.t.ppf(0.975, observed.count() - 1) * observed.std()
                / observed.count() ** 0.5).fillna(0)
        axis.errorbar(
            mean.index, mean, yerr=half, marker=".", capsize=2,
            linestyle="-" if numeric and not is_drawn else "none", label=", ".join(map(str, name)))
    if numeric and runs[across].min() > 0 and runs[across].max() > 1000 * runs[across].min():
        axis.set_xscale("log")
        axis.set_yscale("log")
    if not numeric:
        axis.tick_params(axis="x", rotation=90)
    if lines:
        axis.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    axis.set_xlabel(across)
    axis.set_ylabel(response)
figure.tight_layout()
plt.show()"""


def notebook(name):
    _, _, across, responses, lines = TABLES[name]
    load = "\n".join([
        "import matplotlib.pyplot as plt", "import pandas as pd", "from scipy import stats", "",
        f"across = {json.dumps(across)}", f"responses = {json.dumps(responses)}",
        f"lines = {json.dumps(lines)}", f"is_drawn = {name in DRAWS}",
        'runs = pd.read_csv("runs.csv")',
        *(f"runs = runs[runs[{column!r}] == {cell!r}]"
          for column, cell in KEPT.get(name, {}).items()),
        "runs.head()",
    ])
    means = 'runs.groupby(lines + [across], sort=False)[responses].agg(["mean", "std", "count"])'
    cells = [
        ("markdown", f"# {name}\n\nThe table of `experiments/{name}`, whose README has the "
                     "question and the answer. `datapackage.json` says what each column holds."),
        ("code", load), ("markdown", "## Means, with 95 % intervals where there are replications"),
        ("code", means), ("code", FIGURE),
    ]
    return {
        "cells": [
            {"cell_type": sort, "id": f"cell-{number}", "metadata": {},
             "source": text.splitlines(keepends=True),
             **({"execution_count": None, "outputs": []} if sort == "code" else {})}
            for number, (sort, text) in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4, "nbformat_minor": 5,
    }


def main():
    for name in sys.argv[1:] or TABLES:
        rows = read(name)
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        with open(folder / "runs.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        for file, content in [("datapackage.json", package(name, rows)),
                              ("analysis.ipynb", notebook(name))]:
            (folder / file).write_text(
                json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
