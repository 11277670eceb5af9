"""Plays the scenario for every seed: results.csv has what each fault did, recovery.csv seed 1 over
time, messages.csv seed 1's account around each fault."""

import csv
import pathlib
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import JOBS, REPLICATIONS, ROOT, play  # noqa: E402

SCENARIO = ROOT / "models/scenarios/pipeline-faults.yaml"
# Name, and its beginning and end in seconds.
FAULTS = [("pod", 300, 300), ("broker", 600, 780), ("replica", 900, 1080), ("link", 1200, 1260)]
END = 1500
STATES = ["produced", "redelivered", "checked", "lost", "expired", "refused", "in_flight", "lag"]
# Messages unread when nothing is wrong are some 30; after a fault it is over below this.
RECOVERED = 300


def series(path):
    """Each series by name and one label's value, as (time, value) at its changes."""
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            label = re.search(r'(state|quantile)="(.*?)"', row["labels"])
            key = row["metric"] + (f" {label.group(2)}" if label else "")
            found.setdefault(key, []).append((float(row["t_s"]), float(row["value"])))
    return found


def value(points, time):
    """The last value until then."""
    last = 0.0
    for at, number in points:
        if at > time:
            break
        last = number
    return last


def effects(found):
    """What each fault did until the next."""
    row = {}
    lag = found["seatrial_pipeline_messages lag"]
    ends = [start for _, start, _ in FAULTS[1:]] + [END]
    for (name, start, _), end in zip(FAULTS, ends):
        inside = [(at, n) for at, n in lag if start < at <= end]
        row[f"{name}_lag_max"] = max((n for _, n in inside), default=0)
        # The first scrape from which on the lag stays small, counted from the fault's beginning.
        last_high = max((at for at, n in inside if n >= RECOVERED), default=None)
        row[f"{name}_recovery_s"] = 0 if last_high is None else next(
            (at for at, _ in inside if at > last_high), end) - start
        for what in ("lost", "redelivered", "refused"):
            points = found.get(f"seatrial_pipeline_messages {what}", [])
            row[f"{name}_{what}"] = value(points, end) - value(points, start)
        for short, metric in (("hints", "seatrial_cassandra_hints_total"),
                              ("rebalances", "seatrial_pipeline_rebalances_total")):
            row[f"{name}_{short}"] = value(found[metric], end) - value(found[metric], start)
    row["unaccounted_max"] = max(
        abs(number) for _, number in found["seatrial_pipeline_unaccounted_messages"])
    return row


def write(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def over_time(found):
    names = {
        "lag": "seatrial_pipeline_messages lag",
        "checks": "seatrial_pipeline_checks_per_second",
        "lost": "seatrial_pipeline_messages lost",
        "redelivered": "seatrial_pipeline_messages redelivered",
        "p99": "seatrial_pipeline_latency_seconds 0.99",
        "active": "seatrial_pipeline_consumers active",
    }
    return [
        {"t_s": t} | {k: format(value(found.get(n, []), t), ".6g") for k, n in names.items()}
        for t in range(180, END + 1, 5)
    ]


def account(found):
    """Where all messages are: before each fault, at its worst, and when it is over."""
    lag = found["seatrial_pipeline_messages lag"]
    rows = []
    ends = [start for _, start, _ in FAULTS[1:]] + [END]
    for (name, start, _), end in zip(FAULTS, ends):
        worst = max((p for p in lag if start < p[0] <= end), key=lambda p: p[1])[0]
        for when, at in (("before", start), ("worst", worst), ("after", end)):
            row = {"fault": name, "when": when, "t_s": int(at)}
            row |= {s: int(value(found.get(f"seatrial_pipeline_messages {s}", []), at))
                    for s in STATES}
            rows.append(row)
    return rows


def one(seed):
    with tempfile.TemporaryDirectory() as out:
        play(SCENARIO, {}, seed, out)
        found = series(pathlib.Path(out) / "metrics.csv")
    if seed == 1:
        write(HERE / "recovery.csv", over_time(found))
        write(HERE / "messages.csv", account(found))
    return {"seed": seed} | effects(found)


def main():
    path = HERE / "results.csv"
    if path.exists():
        with open(path) as file:
            if len(file.readlines()) > REPLICATIONS:
                return
    with ThreadPoolExecutor(JOBS) as pool:
        write(path, list(pool.map(one, range(1, REPLICATIONS + 1))))


if __name__ == "__main__":
    main()
