#!/bin/sh
# Looks for the cheapest designs and draws the figure.
#
#   experiments/pipeline-growth/run.sh [SEATRIAL]
#
# SEATRIAL is `.build/release/seatrial` unless given. Needs python3 with venv, and the network for
# matplotlib the first time; it is put below .build/pipeline-growth.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/.build/pipeline-growth"
program=${1:-"$root/.build/release/seatrial"}
mkdir -p "$work"
"$program" experiment run "$here/experiment.yaml" --out "$here"
if ! "$work/venv/bin/python" -c 'import matplotlib' 2>/dev/null; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet matplotlib==3.10.0 \
    || "$work/venv/bin/pip" install --quiet matplotlib
fi
"$work/venv/bin/python" "$here/plot.py"
