"""Draws growth.svg from growth.csv: dollars for a million checks by rate."""
import csv
import pathlib

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

here = pathlib.Path(__file__).parent
rows = list(csv.DictReader((here / "growth.csv").open()))
plt.rcParams["svg.hashsalt"] = "pipeline-growth"
figure, axes = plt.subplots(figsize=(7, 4.2))
colors = {"2": "tab:red", "8": "tab:blue", "32": "tab:green"}
for cores, color in colors.items():
    # Where some draws have no design the others are the better ones: not drawn.
    whole = [r for r in rows if r["pod_cores"] == cores and r["feasible"] == r["draws"]]
    rates = [float(r["rate"]) for r in whole]
    column = "usd_per_million_q"
    axes.plot(rates, [float(r[column + "50"]) for r in whole], color=color, marker=".",
              label=f"pods of {cores} cores")
    axes.fill_between(rates, [float(r[column + "05"]) for r in whole],
                      [float(r[column + "95"]) for r in whole], color=color, alpha=0.15, lw=0)
two = [r for r in rows if r["pod_cores"] == "2"]
axes.plot([float(r["rate"]) for r in two],
          [float(r["cell_usd_per_million_q50"]) for r in two], color="gray", ls="--",
          label="pods of 2 cores, in cells")
axes.set_xscale("log")
axes.set_yscale("log")
axes.set_xlabel("checks a second")
axes.set_ylabel("$ a million checks (median, 5 to 95 %)")
axes.grid(alpha=0.3, which="both")
axes.legend()
figure.tight_layout()
figure.savefig(here / "growth.svg", metadata={"Date": None})
