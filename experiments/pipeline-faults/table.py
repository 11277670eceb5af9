"""Prints the README's tables from the .csv files."""

import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import cell, interval  # noqa: E402
from sweep import FAULTS, STATES  # noqa: E402

NAMES = {
    "pod": "a consumer pod killed", "broker": "a broker lost for 3 min",
    "replica": "a replica down for 3 min", "link": "the link cut for 1 min",
}


def rows(name):
    with open(HERE / name, newline="") as file:
        return list(csv.DictReader(file))


def main():
    results = rows("results.csv")
    print("| | most unread | s to recover | lost | delivered again | rebalances | hints |")
    print("|---|---|---|---|---|---|---|")
    for name, _, _ in FAULTS:
        cells = [NAMES[name]]
        for what in ("lag_max", "recovery_s", "lost", "redelivered", "rebalances", "hints"):
            cells.append(cell(interval([float(row[f"{name}_{what}"]) for row in results])))
        print("| " + " | ".join(cells) + " |")
    most = max(float(row["unaccounted_max"]) for row in results)
    print(f"\nUnaccounted messages at any scrape of {len(results)} runs: {most:.0f} at most\n")
    states = [s for s in STATES if s not in ("expired", "refused")]
    print("| fault | | at | " + " | ".join(s.replace("_", " ") for s in states)
          + " | sent + again - all the rest |")
    print("|---|---|---|" + "---|" * (len(states) + 1))
    for row in rows("messages.csv"):
        number = {s: int(row[s]) for s in STATES}
        rest = number["produced"] + number["redelivered"]
        rest -= sum(n for s, n in number.items() if s not in ("produced", "redelivered"))
        at = int(row["t_s"])
        cells = [row["fault"], row["when"], f"{at // 60}:{at % 60:02d}"]
        cells += [f"{number[s]:,}".replace(",", " ") for s in states] + [str(rest)]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
