#!/bin/sh
# Plays every case with the middle of all figures, then a hundred times with figures drawn from
# their ranges, and prints one line of a table for each. All cases together write results.csv, one
# row for each expectation.
#
#   experiments/public-cases/run.sh [CASE…]
#
# CASE is a name such as eks-ami-1145. SEATRIAL (default .build/release/seatrial) is the program,
# REPLICATIONS (default 100) how often it draws. Needs python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
program=${SEATRIAL:-.build/release/seatrial}
count=${REPLICATIONS:-100}

results=/dev/null
if [ $# -eq 0 ]; then
  results="$here/results.csv"
  for file in "$here"/*.yaml; do set -- "$@" "$(basename "$file" .yaml)"; done
fi
echo "case,expectation,reported,middle,held,draws" >"$out/results.csv"
echo "| case | reported: middle | reported: of $count | not reported: of $count | not Ready |" \
  "evicted | acts of the eviction manager | ended by the kernel |"
echo "|---|---|---|---|---|---|---|---|"
for name in "$@"; do
  # A failed expectation is a result here, and exit status 1.
  status=0
  "$program" run "$here/$name.yaml" --out "$out/run" --json >"$out/middle" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  "$program" run "$here/$name.yaml" --set spec.nodeLoad.parameters=drawn \
    --replications "$count" --json >"$out/drawn" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  python3 - "$name" "$out/middle" "$out/drawn" "$out/results.csv" "$count" <<'PY'
import csv, json, sys

name = sys.argv[1]
middle, drawn = (json.load(open(path)) for path in sys.argv[2:4])


def reported(entry):
    return not entry["text"].startswith("not reported")


def figure(metric, share=False):
    """The mean, and the 5 and 95 % quantiles."""
    found = [v for key, v in drawn["metrics"].items() if metric in (key, key.split("{")[0])]
    if not found:
        return "0"
    # Series of several containers: the one with the most.
    most = max(found, key=lambda value: value["mean"])
    show = (lambda x: f"{100 * x:.1f} %") if share else (lambda x: f"{x:.0f}")
    return f"{show(most['mean'])} ({show(most['p05'])} to {show(most['p95'])})"


with open(sys.argv[4], "a", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    for one, many in zip(middle["expectations"], drawn["expectations"]):
        rows.writerow([name, one["text"], int(reported(one)), int(one["passed"]), many["held"],
                       sys.argv[5]])

holds = [("yes" if e["passed"] else "no") for e in middle["expectations"] if reported(e)]
held = [str(e["held"]) for e in drawn["expectations"] if reported(e)]
neutral = [str(e["held"]) for e in drawn["expectations"] if not reported(e)]
print("| " + " | ".join([
    name, ", ".join(holds), ", ".join(held), ", ".join(neutral),
    figure("seatrial_node_not_ready_ratio", share=True), figure("seatrial_evictions_total"),
    figure('seatrial_events_total{reason="EvictionThresholdMet"}'),
    figure("seatrial_containers_killed_total"),
]) + " |")
PY
done
[ "$results" = /dev/null ] || mv "$out/results.csv" "$results"
