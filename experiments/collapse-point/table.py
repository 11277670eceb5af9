"""Prints the README's tables from results.csv."""

import csv
import pathlib
import random

HERE = pathlib.Path(__file__).resolve().parent
# MiB a Node reports, as `seatrial show` prints it for these types in both eras.
MEMORY = {"m5.large": 7577, "m5.xlarge": 15155, "m5.2xlarge": 30310}
# Ranges of node-load.yaml, all on a linear scale.
RANGES = {
    "systemMemory": (450, 750), "systemFiles": (200, 400), "imageFiles": (80, 200),
    "smallImageFiles": (10, 40), "podOverhead": (10, 25), "jvmMemory": (120, 220),
    "jvmHeapShare": (0.3, 1),
}
SMALL_IMAGES = 3
# Pod slots less the pods of the add-ons.
FULL = {"m5.large": 26, "m5.xlarge": 55, "m5.2xlarge": 55}
HEAPS = {"java8": "Java 8, quarter", "java17": "Java 17, quarter", "xmx512": "-Xmx512m"}
ERAS = {"2019-02": "2019", "current": "current"}
VOLUMES = {"gp2-full": "gp2 full", "gp2-spent": "gp2 spent", "gp3": "gp3"}


def onset(instance_type, heap, f):
    """(M - U - F) / (b + k + h_max): how many JVMs leave every file page its room."""
    memory = MEMORY[instance_type]
    files = f["systemFiles"] + f["imageFiles"] + SMALL_IMAGES * f["smallImageFiles"]
    largest = f["jvmHeapShare"] * (512 if heap == "xmx512" else memory / 4)
    return (memory - f["systemMemory"] - files) / (f["jvmMemory"] + f["podOverhead"] + largest)


def quantile(values, share):
    values = sorted(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def first(rows, holds):
    """The smallest count at which it holds; a dash if at none."""
    rows = sorted(rows, key=lambda row: int(row["replicas"]))
    return next((row["replicas"] for row in rows if holds(row)), "–")


def figure(text, digits=1):
    return f"{float(text):.{digits}f}"


def main():
    with open(HERE / "results.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    curves = {}
    for row in rows:
        place = tuple(row[name] for name in ("figures", "instance_type", "heap", "era", "volume"))
        curves.setdefault(place, []).append(row)

    print("| type | heap | era | volume | drawn: not Ready > 1 % | drawn: dashboard > 30 s "
          "| middle: pages missing | middle: not Ready > 1 % | formula, middle |")
    print("|---|---|---|---|---|---|---|---|---|")
    middle = {name: sum(ends) / 2 for name, ends in RANGES.items()}
    for (figures, instance_type, heap, era, volume), drawn in curves.items():
        if figures != "drawn":
            continue
        single = curves["middle", instance_type, heap, era, volume]
        cells = [
            instance_type, HEAPS[heap], ERAS[era], VOLUMES[volume],
            first(drawn, lambda r: float(r["not_ready_mean"]) > 0.01),
            first(drawn, lambda r: float(r["dashboard_p95_s_p50"]) > 30),
            first(single, lambda r: float(r["missing_pages_max"]) > 0),
            first(single, lambda r: float(r["not_ready_mean"]) > 0.01),
            f"{onset(instance_type, heap, middle):.1f}",
        ]
        print("| " + " | ".join(cells) + " |")

    print("\nA full node\n")
    print("| type | heap | era | volume | replicas | runs not Ready | not Ready, % (5, 50, 95 %) "
          "| dashboard frozen, % | evictions | refused pods | OOM kills |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for (figures, instance_type, heap, era, volume), drawn in curves.items():
        if figures != "drawn":
            continue
        count = FULL[instance_type]
        row = next(r for r in drawn if int(r["replicas"]) == count)
        share = [figure(float(row[f"not_ready_{s}"]) * 100) for s in ("mean", "p05", "p50", "p95")]
        cells = [
            instance_type, HEAPS[heap], ERAS[era], VOLUMES[volume], str(count),
            f"{row['runs_not_ready']} of {row['replications']}",
            f"{share[0]} ({', '.join(share[1:])})",
            figure(float(row["dashboard_frozen_mean"]) * 100),
            figure(row["evictions_mean"], 0), figure(row["refused_pods_mean"], 0),
            figure(row["oom_kills_mean"], 0),
        ]
        print("| " + " | ".join(cells) + " |")

    print("\nThe formula over 20 000 draws\n")
    print("| type | heap | 5 % | 50 % | 95 % |")
    print("|---|---|---|---|---|")
    stream = random.Random(1)
    draws = [{n: stream.uniform(*ends) for n, ends in RANGES.items()} for _ in range(20_000)]
    for instance_type in MEMORY:
        for heap in ["java8", "xmx512"]:
            spread = [onset(instance_type, heap, draw) for draw in draws]
            cells = [f"{quantile(spread, share):.1f}" for share in (0.05, 0.5, 0.95)]
            print(f"| {instance_type} | {HEAPS[heap]} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
