#!/usr/bin/env python3
"""Prints the tables of README.md from results/*.csv."""
import csv
import pathlib

folder = pathlib.Path(__file__).parent / "results"


def rows(name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def number(text, digits):
    return f"{float(text):.{digits}f}" if text else "–"


def limits(row, name, digits):
    low, high = row[name + "_low"], row[name + "_high"]
    return f" ({number(low, digits)} to {number(high, digits)})" if low else ""


def quality(kind):
    print("| values | detector | windows | recall | precision | by chance | delay | false in 1000 "
          "| in alarm, % |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows("quality.csv"):
        if row["kind"] != kind:
            continue
        share = f"{100 * float(row['quiet_alarmed']):.1f}" if row["quiet_alarmed"] else "–"
        print("| " + " | ".join([
            row["subject"], row["detector"], row["windows"],
            number(row["recall"], 3) + limits(row, "recall", 3),
            number(row["precision"], 3) + limits(row, "precision", 3), number(row["chance"], 3),
            number(row["delay"], 1) + limits(row, "delay", 1),
            number(row["false_per_1000"], 2) + limits(row, "false", 2), share]) + " |")
    print()


quality("stream")
quality("collection")
print("| claim | here | 95 % | reference | agrees |")
print("|---|---|---|---|---|")
for row in rows("facts.csv"):
    value = float(row["value"])
    if row["draws"]:
        here = f"{int(row['successes'])} of {int(row['draws'])}: {value:.4f}"
        band = f"{float(row['low']):.4g} to {float(row['high']):.4g}"
    else:
        here, band = f"{value:.4g}", "exact"
    agrees = {"true": "yes", "false": "**no**", "": "–"}[row["agrees"]]
    print(f"| {row['claim']} | {here} | {band} | {float(row['reference']):g} | {agrees} |")
print()
print("| level | shift, σ | runs | mean (95 %) | median | theory | agrees |")
print("|---|---|---|---|---|---|---|")
for row in rows("run-lengths.csv"):
    agrees = {"true": "yes", "false": "**no**", "": "–"}[row["agrees"]]
    print(f"| {row['level']} | {float(row['shift']):g} | {row['runs']} | {float(row['mean']):.2f} "
          f"({float(row['low']):.2f} to {float(row['high']):.2f}) | {float(row['median']):g} "
          f"| {number(row['theory'], 2)} | {agrees} |")
