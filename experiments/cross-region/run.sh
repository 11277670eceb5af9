#!/bin/sh
# Plays every point that the results do not hold yet, and prints the tables of README.md.
#
#   REPLICATIONS=20 JOBS=2 SEATRIAL=.build/release/seatrial experiments/cross-region/run.sh
#
# Remove the .csv files to begin anew.
set -eu
cd "$(dirname "$0")/../.."
[ -n "${SEATRIAL:-}" ] || [ -x .build/release/seatrial ] || make build
python3 experiments/cross-region/sweep.py
python3 experiments/cross-region/table.py
