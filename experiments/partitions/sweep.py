"""Plays all points into results.csv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from replications import metric, sweep  # noqa: E402

CONSUMERS = 4
PARTITIONS = range(1, 2 * CONSUMERS + 1)
# Messages a second: more than four pods can check, and nine tenths of what they can.
FLOOD, MOST = 6000, 3100
ASSIGNORS = ["range", "roundrobin", "sticky", "cooperative-sticky"]
TOPIC = "spec.services[prod_kafka]"
# Pods: how many, of how many consumers each.
PODS = {
    4: {},
    2: {
        "spec.manifests": "[consumer-2.yaml]",
        "spec.behaviour.consumer.pipeline.consumers": 2,
    },
}

FIGURES = [
    metric("seatrial_pipeline_checks_per_second"),
    metric('seatrial_pipeline_consumers{state="active"}'),
    metric('seatrial_pipeline_consumers{state="starving"}'),
    metric('seatrial_pipeline_messages{state="lag"}'),
    metric("seatrial_pipeline_rebalances_total"),
    metric("seatrial_pipeline_unaccounted_messages"),
]


def points():
    def point(pods, partitions, load, assignor="range"):
        return f"{pods} {partitions} {load} {assignor}", PODS[pods] | {
            f"{TOPIC}.partitions": partitions,
            f"{TOPIC}.assignor": assignor,
            f"{TOPIC}.load": f"[{{at: 0s, rate: 20}}, {{at: 3m50s, rate: {load}}}]",
        }

    for partitions in PARTITIONS:
        yield point(4, partitions, FLOOD)
        yield point(4, partitions, MOST)
        yield point(2, partitions, FLOOD)
    for assignor in ASSIGNORS[1:]:
        for pods in PODS:
            yield point(pods, 6, MOST if pods == 4 else FLOOD, assignor)
            yield point(pods, 2, FLOOD, assignor)


if __name__ == "__main__":
    sweep(HERE / "results.csv", HERE / "scenario.yaml", list(points()), FIGURES)
