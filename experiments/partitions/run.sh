#!/bin/sh
# Plays every point that the results do not hold yet, and prints the tables of README.md.
#
#   REPLICATIONS=10 JOBS=2 SEATRIAL=.build/release/seatrial experiments/partitions/run.sh
#
# Remove the .csv files to begin anew.
set -eu
export REPLICATIONS="${REPLICATIONS:-10}"
cd "$(dirname "$0")/../.."
[ -n "${SEATRIAL:-}" ] || [ -x .build/release/seatrial ] || make build
python3 experiments/partitions/sweep.py
python3 experiments/partitions/table.py
