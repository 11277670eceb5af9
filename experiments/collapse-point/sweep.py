"""Plays every design point and writes results.csv, a row each.

    sweep.py [--seatrial PROGRAM] [--replications 20] [--jobs 2] [--results results.csv]

Points that the results already hold, with the same number of replications, are not played again: an
interrupted sweep goes on where it was. Remove the file to begin anew.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

SMALL = list(range(1, 13)) + [14, 16, 20, 23, 26, 29]
LARGE = list(range(1, 13)) + [16, 20, 29, 40, 55, 58]
# Pod slots, less the pods of vpc-cni, kube-proxy and dashboard: 26 and 55.
LEVELS = {"m5.large": SMALL, "m5.xlarge": LARGE, "m5.2xlarge": LARGE}
HEAPS = {
    "java8": ("consumer.yaml", []),
    "xmx512": ("consumer-512m.yaml", []),
    "java17": ("consumer-17.yaml", ["spec.behaviour.consumer.jvm.version=17"]),
}
VOLUMES = {
    "gp2-full": "{type: gp2, size: 20Gi, credits: full}",
    "gp2-spent": "{type: gp2, size: 20Gi, credits: spent}",
    "gp3": "{type: gp3, size: 20Gi}",
}
ERAS = ["2019-02", "current"]

FACTORS = ["figures", "instance_type", "heap", "era", "volume", "replicas"]
RESPONSES = {
    "not_ready": "seatrial_node_not_ready_ratio",
    "dashboard_p95_s": "seatrial_dashboard_response_seconds_p95",
    "dashboard_frozen": "seatrial_dashboard_frozen_ratio",
    "evictions": "seatrial_evictions_total",
    # Whom a node under pressure does not even take in.
    "refused_pods": "seatrial_refused_pods_total",
    # Whether the machine or the pods' share of it was full.
    "oom_kills": "seatrial_containers_killed_total"
    '{container="consumer",reason="OOMKilled",workload="consumer"}',
}
STATISTICS = ["mean", "p05", "p50", "p95"]
COLUMNS = (
    FACTORS
    + ["replications", "runs_not_ready"]
    + [f"{response}_{statistic}" for response in RESPONSES for statistic in STATISTICS]
    + ["missing_pages_max"]
)


def curves():
    """All combinations of the factors but the replica count."""
    for figures in ["drawn", "middle"]:
        for instance_type in LEVELS:
            for heap in HEAPS:
                for era in ERAS:
                    if heap == "java17" and era != "current":
                        continue
                    for volume in VOLUMES:
                        if volume == "gp3" and era != "current":
                            continue
                        yield (figures, instance_type, heap, era, volume)


def play(program, point, replications):
    """One design point's row."""
    figures, instance_type, heap, era, volume, replicas = point
    manifest, settings = HEAPS[heap]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "scenario.yaml").write_text((HERE / "scenario.yaml").read_text())
        text, count = re.subn(
            r"(?m)^  replicas: 1$", f"  replicas: {replicas}", (HERE / manifest).read_text()
        )
        assert count == 1, manifest
        (folder / manifest).write_text(text)
        command = [program, "run", str(folder / "scenario.yaml")]
        for setting in settings + [
            f'spec.era="{era}"',
            f"spec.manifests[0]={manifest}",
            f"spec.cloud.nodeGroups[node].instanceType={instance_type}",
            f"spec.cloud.nodeGroups[node].volume={VOLUMES[volume]}",
            f"spec.nodeLoad.parameters={figures}",
        ]:
            command += ["--set", setting]
        # With the middle figures one run is enough; its folder says how many pages were missing.
        if figures == "drawn":
            command += ["--replications", str(replications), "--json"]
        else:
            command += ["--out", str(folder / "run"), "--json"]
        done = subprocess.run(command, capture_output=True, text=True)
        # A run whose expectation fails ends with 1, and prints all the same.
        if done.returncode > 1 or not done.stdout.startswith("{"):
            raise RuntimeError(f"{point}: {done.stderr or done.stdout[-2000:]}")
        summary = json.loads(done.stdout)
        metrics = summary["metrics"]
        row = dict(zip(FACTORS, map(str, point)))
        row["replications"] = str(replications if figures == "drawn" else 1)
        ready = summary["expectations"][0]
        held = ready["held"] if "held" in ready else int(ready["passed"])
        row["runs_not_ready"] = str(int(row["replications"]) - held)
        for response, name in RESPONSES.items():
            # What never happened in any replication has no figure.
            value = metrics.get(name, 0)
            for statistic in STATISTICS:
                single = value[statistic] if isinstance(value, dict) else value
                row[f"{response}_{statistic}"] = f"{single:.4g}"
        row["missing_pages_max"] = ""
        if figures == "middle":
            with open(folder / "run" / "metrics.csv", newline="") as file:
                row["missing_pages_max"] = max(
                    (
                        r["value"]
                        for r in csv.DictReader(file)
                        if r["metric"] == "seatrial_node_missing_pages_ratio"
                    ),
                    key=float,
                )
        return row


def criteria(figures):
    """What the table asks for: the smallest count at which each of these holds."""
    yield lambda row: float(row["not_ready_mean"]) > 0.01
    yield lambda row: float(row["dashboard_p95_s_p50"]) > 30
    if figures == "middle":
        yield lambda row: float(row["missing_pages_max"]) > 0


def between(results):
    """The counts between the last level at which a criterion fails and the first where it holds."""
    for curve in curves():
        levels = LEVELS[curve[1]]
        rows = [results[curve + (level,)] for level in levels]
        for holds in criteria(curve[0]):
            place = next((index for index, row in enumerate(rows) if holds(row)), 0)
            if place:
                yield from (curve + (n,) for n in range(levels[place - 1] + 1, levels[place]))


def key(row):
    return tuple(row[factor] for factor in FACTORS[:-1]) + (int(row["replicas"]),)


def load(path, replications):
    if not path.exists():
        return {}
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        key(row): row
        for row in rows
        if row["replications"] == str(replications if row["figures"] == "drawn" else 1)
    }


def save(path, results, order):
    """Rows in the order of the design, whichever ended first; the file is whole at any moment."""
    temporary = path.with_name(path.name + ".new")
    with open(temporary, "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(results[point] for point in order if point in results)
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seatrial", default=str(ROOT / ".build/release/seatrial"))
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.csv")
    options = parser.parse_args()
    results = load(options.results, options.replications)
    started = time.monotonic()

    def run(points, order, what):
        missing = [point for point in points if point not in results]
        print(f"{what}: {len(points)} points, {len(missing)} to play", flush=True)
        pool = ThreadPoolExecutor(options.jobs)
        try:
            futures = {
                pool.submit(play, options.seatrial, point, options.replications): point
                for point in missing
            }
            for number, future in enumerate(as_completed(futures), 1):
                results[futures[future]] = future.result()
                if number % 10 == 0 or number == len(missing):
                    save(options.results, results, order)
                    elapsed = time.monotonic() - started
                    print(f"  {number} of {len(missing)}, {elapsed:.0f} s", flush=True)
        finally:
            pool.shutdown(cancel_futures=True)
            save(options.results, results, order)

    def sorted_by_design(points):
        place = {curve: index for index, curve in enumerate(curves())}
        return sorted(set(points), key=lambda point: (place[point[:-1]], point[-1]))

    levels = [curve + (n,) for curve in curves() for n in LEVELS[curve[1]]]
    # What an interrupted sweep had between the levels stays.
    known = {point[:-1] for point in levels}
    kept = [point for point in results if point[:-1] in known]
    run(levels, sorted_by_design(levels + kept), "levels")
    more = sorted_by_design(between(results))
    run(more, sorted_by_design(levels + kept + more), "between the levels")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted; run it again to go on")
