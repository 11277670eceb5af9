"""Draws recovery.csv: pipeline-faults.svg."""

import csv
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from sweep import FAULTS  # noqa: E402

# Okabe and Ito's colors.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
TITLES = {
    "pod": "a pod is killed", "broker": "a broker is lost", "replica": "a replica is down",
    "link": "the link is cut",
}


def main():
    with open(HERE / "recovery.csv", newline="") as file:
        rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]
    minutes = [row["t_s"] / 60 for row in rows]
    plt.rcParams["svg.hashsalt"] = "pipeline-faults"
    figure, (checks, lag, lost) = plt.subplots(3, 1, figsize=(10, 8), sharex=True)
    checks.step(minutes, [row["checks"] for row in rows], color=BLUE, where="pre")
    checks.set_ylabel("checks/s")
    lag.step(minutes, [row["lag"] for row in rows], color=ORANGE, where="post")
    lag.set_ylabel("messages not read yet")
    lag.set_yscale("symlog", linthresh=10)
    lost.step(minutes, [row["lost"] for row in rows], color=GREEN, where="post", label="lost")
    lost.step(minutes, [row["redelivered"] for row in rows], color=BLUE, where="post",
              linestyle="--", label="delivered again")
    lost.set_ylabel("messages, since the start")
    lost.set_yscale("symlog", linthresh=10)
    lost.set_xlabel("minutes")
    lost.legend(frameon=False)
    for ax in (checks, lag, lost):
        ax.grid(alpha=0.25)
        for name, start, end in FAULTS:
            ax.axvspan(start / 60, max(end, start + 5) / 60, color=GREY, alpha=0.2, linewidth=0)
    for name, start, _ in FAULTS:
        checks.annotate(
            TITLES[name], (start / 60, 1.02), xycoords=("data", "axes fraction"), fontsize=9)
    figure.tight_layout()
    figure.savefig(HERE / "pipeline-faults.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
