#!/bin/sh
# Plays the five flag sets and prints the table of README.md.
set -e
cd "$(dirname "$0")/../.."
[ -x .build/release/seatrial ] || make build
python3 experiments/autoscaler-flags/timeline.py
python3 experiments/autoscaler-flags/compare.py
