#!/bin/sh
# A thousand overloaded machines for an hour: by themselves, and in a whole cluster.
set -eu
cd "$(dirname "$0")/../.."
seatrial=${SEATRIAL:-.build/release/seatrial}
"$seatrial" bench --machines
for until in 30m 90m; do
  "$seatrial" run experiments/overloaded-nodes/scenario.yaml --until $until --json >"/tmp/overloaded-$$.json"
  python3 - "$until" "/tmp/overloaded-$$.json" <<'PY'
import json, sys
run = json.load(open(sys.argv[2]))
value = run["metrics"].get
print(f"whole cluster until {sys.argv[1]}: {run['events']} events in {run['wall_s']:.1f} s, "
      f"{value('seatrial_evictions_total', 0):.0f} evictions, digest {run['digest']}")
PY
  rm -f "/tmp/overloaded-$$.json"
done
