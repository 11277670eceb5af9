#!/bin/sh
# Plays the busiest day of the 1998 World Cup web site, and prints the latencies by hour.
#   sh experiments/worldcup98/run.sh TRACE.csv
set -eu
cd "$(dirname "$0")/../.."
trace=${1:-experiments/worldcup98/worldcup98.csv}
here=experiments/worldcup98
if [ ! -f "$trace" ]; then
  echo "give the trace's CSV file: see $here/README.md" >&2
  exit 66
fi
[ "$trace" -ef "$here/worldcup98.csv" ] || cp "$trace" "$here/worldcup98.csv"
${SEATRIAL:-.build/release/seatrial} run "$here/scenario.yaml" --out out/worldcup98 >/dev/null
python3 - <<'PY'
import csv
hours = {}
total = {}
for row in csv.DictReader(open("out/worldcup98/metrics.csv")):
    hour = float(row["t_s"]) / 3600
    if row["metric"] == "seatrial_request_duration_seconds":
        quantile = row["labels"].split('quantile="')[1].split('"')[0]
        hours.setdefault(round(hour), {})[quantile] = float(row["value"]) * 1000
    if row["metric"] == "seatrial_requests_total" and "answered" in row["labels"]:
        total[round(hour)] = float(row["value"])
print("| hour | requests/s | p50 ms | p95 ms | p99 ms |")
print("|---|---|---|---|---|")
before = 0.0
last = {}
for hour in range(1, 25):
    last.update(hours.get(hour, {}))
    after = total.get(hour, before)
    print(f"| {hour - 1} | {(after - before) / 3600:.1f} | {last['0.5']:.1f} | {last['0.95']:.1f} | {last['0.99']:.1f} |")
    before = after
PY
