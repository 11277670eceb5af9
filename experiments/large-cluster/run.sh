#!/bin/sh
# Plays the large cluster and prints wall seconds, peak memory and events a second.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 - "$root/.build/release/seatrial" "$here/scenario.yaml" "$out/run" <<'PY'
import json, resource, subprocess, sys
program, scenario, out = sys.argv[1:]
done = subprocess.run([program, "run", scenario, "--out", out, "--json"], capture_output=True, text=True)
if done.returncode:
    sys.exit(done.stderr or done.stdout[-2000:])
summary = json.loads(done.stdout)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = usage.ru_utime + usage.ru_stime
print(f"large cluster: {summary['wall_s']:.1f} s wall, {cpu:.1f} s CPU, "
      f"{usage.ru_maxrss / 1024:.0f} MiB, {summary['events'] / cpu:,.0f} events a CPU second")
for expectation in summary["expectations"]:
    print(("passed " if expectation["passed"] else "FAILED ") + expectation["text"])
PY
