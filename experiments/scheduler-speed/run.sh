#!/bin/sh
# Measures the scheduler's decisions; with the tables of openb, plays them as well.
#
#   experiments/scheduler-speed/run.sh [OPENB_FOLDER]
#
# Needs g++ for the yardstick, plain.cpp. OPENB_FOLDER holds openb_node_list_all_node.csv and
# openb_pod_list_default.csv; without it, and where there is none in ../shared/data/traces/openb, that
# part is left out.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seatrial="$root/.build/release/seatrial"
openb=${1:-"$root/../shared/data/traces/openb"}

mkdir -p "$root/.build/scheduler-speed"
g++ -O3 -o "$root/.build/scheduler-speed/plain" "$root/experiments/scheduler-speed/plain.cpp"
# The yardstick before and after: how fast the machine is just now, and how steady.
"$root/.build/scheduler-speed/plain"
"$seatrial" bench --scheduler
"$root/.build/scheduler-speed/plain"
if [ -f "$openb/openb_node_list_all_node.csv" ]; then
  for mode in "" --stay; do
    echo
    echo "openb $mode"
    "$seatrial" import openb "$openb/openb_node_list_all_node.csv" \
      "$openb/openb_pod_list_default.csv" --out "$root/.build/scheduler-speed/openb" $mode
  done
fi
