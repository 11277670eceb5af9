"""Draws results.csv: collapse-point.svg and collapse-point-dashboard.svg."""

import csv
import pathlib

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {
    "m5.large": "m5.large (2 vCPU, 8 GiB)",
    "m5.xlarge": "m5.xlarge (4 vCPU, 16 GiB)",
    "m5.2xlarge": "m5.2xlarge (8 vCPU, 32 GiB)",
}
HEAPS = {
    "java8": "Java 8, a quarter of the machine",
    "java17": "Java 17, a quarter of the machine",
    "xmx512": "Java 8, -Xmx512m",
}
# Okabe and Ito's colors; the dashes and markers say the same once more.
LINES = {
    ("2019-02", "gp2-full"): ("2019, gp2, credits full", "#0072B2", "-", "o"),
    ("2019-02", "gp2-spent"): ("2019, gp2, credits spent", "#56B4E9", "--", "s"),
    ("current", "gp2-full"): ("current, gp2, credits full", "#D55E00", "-", "^"),
    ("current", "gp2-spent"): ("current, gp2, credits spent", "#E69F00", "--", "v"),
    ("current", "gp3"): ("current, gp3", "#009E73", ":", "D"),
}
ADDONS = 3
SLOTS = {"m5.large": 29, "m5.xlarge": 58, "m5.2xlarge": 58}


def draw(rows, response, line, scale, label, title, threshold, path):
    figure, axes = plt.subplots(
        len(HEAPS), len(TYPES), figsize=(12, 10), sharex="col", sharey=True, squeeze=False
    )
    for y, (heap, heap_text) in enumerate(HEAPS.items()):
        for x, (instance_type, type_text) in enumerate(TYPES.items()):
            ax = axes[y][x]
            for (era, volume), (text, color, style, marker) in LINES.items():
                points = [
                    row
                    for row in rows
                    if (row["heap"], row["instance_type"], row["era"], row["volume"])
                    == (heap, instance_type, era, volume)
                ]
                if not points:
                    continue
                counts = [int(row["replicas"]) for row in points]

                def values(statistic):
                    return [float(row[f"{response}_{statistic}"]) * scale for row in points]

                ax.fill_between(
                    counts, values("p05"), values("p95"), color=color, alpha=0.07, linewidth=0
                )
                for edge in ["p05", "p95"]:
                    ax.plot(counts, values(edge), style, color=color, linewidth=0.5, alpha=0.8)
                ax.plot(
                    counts, values(line), style, color=color, marker=marker, markersize=3,
                    linewidth=1.4, label=text,
                )
            ax.axhline(threshold, color="#666666", linewidth=0.7)
            ax.axvline(SLOTS[instance_type] - ADDONS, color="#666666", linewidth=0.7, linestyle=":")
            ax.set_title(f"{type_text}\n{heap_text}", fontsize=9)
            ax.grid(alpha=0.25)
            if y == len(HEAPS) - 1:
                ax.set_xlabel("replicas on the node (pods)")
            if x == 0:
                ax.set_ylabel(label)
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=5, fontsize=9, frameon=False)
    figure.suptitle(title, fontsize=10)
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main():
    plt.rcParams["svg.fonttype"] = "none"
    plt.rcParams["svg.hashsalt"] = "collapse-point"
    plt.rcParams["font.family"] = "sans-serif"
    with open(HERE / "results.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["figures"] == "drawn"]
    replications = rows[0]["replications"]
    drawn = (
        f"{replications} draws of all figures of node-load.yaml from their ranges; "
        "all of these but readSize and daemonCPUPerContainer are assumed"
    )
    draw(
        rows, "not_ready", "mean", 100, "time not Ready (%)",
        "Share of 40 min in which the node is not Ready: mean and 5 to 95 % band\n"
        f"{drawn}\nthin lines: the band; gray line: 1 %; dotted: pod slots less the add-ons' pods",
        1, HERE / "collapse-point.svg",
    )
    draw(
        rows, "dashboard_p95_s", "p50", 1, "dashboard's p95 (s)",
        "95th percentile of the dashboard's response over 40 min: median and 5 to 95 % band, "
        "at most 60 s (the timeout)\n"
        f"{drawn}\nthin lines: the band; gray line: 30 s; dotted: pod slots less the add-ons' pods",
        30, HERE / "collapse-point-dashboard.svg",
    )


if __name__ == "__main__":
    main()
