#!/bin/sh
# Plays the scenario for every seed, draws seed 1 and prints the tables of README.md.
#
#   REPLICATIONS=20 JOBS=2 SEATRIAL=.build/release/seatrial experiments/pipeline-faults/run.sh
#
# Remove the .csv files to begin anew. Needs python3 with venv, and the network for matplotlib the
# first time.
set -eu
cd "$(dirname "$0")/../.."
[ -n "${SEATRIAL:-}" ] || [ -x .build/release/seatrial ] || make build
work=.build/pipeline-faults
here=experiments/pipeline-faults
python3 $here/sweep.py
if ! "$work/venv/bin/python" -c 'import matplotlib' 2>/dev/null; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet matplotlib==3.10.0 \
    || "$work/venv/bin/pip" install --quiet matplotlib
fi
"$work/venv/bin/python" $here/plot.py
python3 $here/table.py
