"""Plays the two halves of the experiment into application.csv and threads.csv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import ROOT, metric, sweep  # noqa: E402

SCENARIOS = ROOT / "models/scenarios"
# Ten a second are too few to keep anybody busy and enough to have every pause at the start over.
STEADY = {
    "spec.expect": "[]",
    "spec.observability.scrapeInterval": "2m",
    # The first day with a published price between the two regions.
    "spec.date": "2023-04-01",
}
LOADS = {"saturated": 24000, "steady": 3000}

THREADS = [5, 10, 20, 40, 80]
HAND_OVERS = ["immediate", "published"]
OHIO = "[us-east-2a, us-east-2b, us-east-2c]"
REGIONS = {
    "us-east-1": {},
    "us-east-2": {
        f"spec.services[{name}].{field}": value
        for name in ("prod_kafka", "prod_cassandra")
        for field, value in (("region", "us-east-2"), ("zones", OHIO))
    },
}

FIGURES = [
    metric("seatrial_pipeline_checks_per_second"),
    metric("seatrial_pipeline_checks_per_second_per_pod"),
    metric('seatrial_pipeline_service_seconds{quantile="0.5"}', 1000),
    metric('seatrial_pipeline_service_seconds{quantile="0.99"}', 1000),
    metric('seatrial_pipeline_latency_seconds{quantile="0.5"}', 1000),
    metric('seatrial_pipeline_latency_seconds{quantile="0.99"}', 1000),
    metric("seatrial_pipeline_service_mean_seconds", 1000),
    metric("seatrial_pipeline_latency_mean_seconds", 1000),
    metric("seatrial_transfer_usd"),
    metric("seatrial_transfer_usd_per_month"),
    metric('seatrial_pipeline_messages{state="checked"}'),
    metric('seatrial_pipeline_messages{state="lag"}'),
    metric("seatrial_cassandra_cpu_ratio"),
    metric("seatrial_pipeline_unaccounted_messages"),
]


def application():
    for region in REGIONS:
        points = []
        for load, rate in LOADS.items():
            steps = f"[{{at: 5m, rate: 2}}, {{at: 7m50s, rate: {rate}}}]"
            settings = STEADY | {"spec.services[prod_kafka].load": steps}
            points.append((load, settings))
        yield region, SCENARIOS / f"pipeline-{region}.yaml", points


def threads():
    for count in THREADS:
        for hand_over in HAND_OVERS:
            for region, settings in REGIONS.items():
                consumer = "spec.behaviour.consumer.pipeline"
                yield f"{region} {count} {hand_over}", settings | {
                    f"{consumer}.detectorThreads": count,
                    f"{consumer}.handOver": hand_over,
                }


if __name__ == "__main__":
    for region, scenario, points in application():
        sweep(HERE / f"application-{region}.csv", scenario, points, FIGURES)
    sweep(HERE / "threads.csv", HERE / "scenario.yaml", list(threads()), FIGURES[:4] + FIGURES[-3:])
