#!/usr/bin/env python3
"""Prints the table of README.md from results/coverage.csv."""
import csv
import pathlib

with open(pathlib.Path(__file__).parent / "results" / "coverage.csv", newline="") as file:
    print("| interval | of | sample | covered, % | 99 % | width | verdict | why |")
    print("|---|---|---|---|---|---|---|---|")
    for row in csv.DictReader(file):
        share, low, high = (f"{100 * float(row[name]):.1f}" for name in ("share", "low", "high"))
        width = f"{float(row['width']):.3g}" if row["width"] else "–"
        why = row["reason"] if row["verdict"] != "as promised" else ""
        print(f"| {row['interval']} | {row['of']} | {row['sample']} | {share} | {low} to {high} "
              f"| {width} | {row['verdict']} | {why} |")
