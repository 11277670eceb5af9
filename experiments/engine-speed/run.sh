#!/bin/sh
# Builds the yardsticks and runs them beside our half, alternately, in one run.
#
#   experiments/engine-speed/run.sh [COMMAND…]
#
# COMMAND prints our half as JSON; it is `.build/release/seatrial bench --json` unless given.
# ROUNDS (default 5) is the number of pairs of runs. Needs g++, python3 with venv, and the network
# for SimPy the first time; everything made is below .build/engine-speed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/.build/engine-speed"
mkdir -p "$work"
if [ $# -eq 0 ]; then set -- "$root/.build/release/seatrial" bench --json; fi

g++ -O3 -o "$work/hold_mm1" "$here/hold_mm1.cpp"
if ! "$work/venv/bin/python" -c 'import simpy' 2>/dev/null; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet simpy==4.1.2 || "$work/venv/bin/pip" install --quiet simpy
fi
exec python3 "$here/compare.py" --rounds "${ROUNDS:-5}" --cpp "$work/hold_mm1" \
  --simpy "$work/venv/bin/python $here/mm1_simpy.py" -- "$@"
