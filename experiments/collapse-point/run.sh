#!/bin/sh
# Plays every design point, draws the figures and prints the table.
#
#   experiments/collapse-point/run.sh [SEATRIAL]
#
# SEATRIAL is `.build/release/seatrial` unless given. REPLICATIONS (default 20) and JOBS (default 2)
# are passed on. An interrupted sweep goes on where it was; remove results.csv to begin anew.
# Needs python3 with venv, and the network for matplotlib the first time; everything made beside the
# results is below .build/collapse-point.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/.build/collapse-point"
program=${1:-"$root/.build/release/seatrial"}
mkdir -p "$work"
python3 "$here/sweep.py" --seatrial "$program" --replications "${REPLICATIONS:-20}" \
  --jobs "${JOBS:-2}"
if ! "$work/venv/bin/python" -c 'import matplotlib' 2>/dev/null; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet matplotlib==3.10.0 \
    || "$work/venv/bin/pip" install --quiet matplotlib
fi
"$work/venv/bin/python" "$here/plot.py"
python3 "$here/table.py"
