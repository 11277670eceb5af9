"""Plays all points into results.csv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import metric, sweep  # noqa: E402

CONSUMERS = ["none", "request-500m", "request-2", "limit-500m", "limit-1"]
# Neighbors of two threads each.
NEIGHBORS = [0, 1, 4]
# More than any pod can check, and what half a core could.
FLOOD, LIGHT = 12000, 800

FIGURES = [
    metric("seatrial_pipeline_checks_per_second"),
    metric('seatrial_pipeline_service_seconds{quantile="0.5"}', 1000),
    metric('seatrial_pipeline_service_seconds{quantile="0.99"}', 1000),
    metric('seatrial_pipeline_latency_seconds{quantile="0.5"}', 1000),
    metric('seatrial_pipeline_latency_seconds{quantile="0.99"}', 1000),
    metric('seatrial_pipeline_messages{state="lag"}'),
    metric('container_cpu_cfs_throttled_periods_total{workload="consumer-deployment"}'),
    metric("seatrial_pipeline_unaccounted_messages"),
]


def points():
    for consumer in CONSUMERS:
        for neighbors in NEIGHBORS:
            for load in FLOOD, LIGHT:
                scale = f"kubectl scale deployment hogs --replicas={neighbors}"
                yield f"{consumer} {neighbors} {load}", {
                    "spec.manifests": f"[hogs.yaml, consumers/{consumer}.yaml]",
                    "spec.services[prod_kafka].load":
                        f"[{{at: 0s, rate: 10}}, {{at: 4m50s, rate: {load}}}]",
                    "spec.timeline": f'[{{at: 4m, run: "{scale}"}}]',
                }


if __name__ == "__main__":
    sweep(HERE / "results.csv", HERE / "scenario.yaml", list(points()), FIGURES)
