#!/bin/sh
# Measures the scheduler's decisions; with the tables of openb, plays them as well.
#
#   experiments/scheduler-speed/run.sh [OPENB_FOLDER]
#
# OPENB_FOLDER holds openb_node_list_all_node.csv and openb_pod_list_default.csv; without it, and
# where there is none in ../shared/data/traces/openb, that part is left out.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seatrial="$root/.build/release/seatrial"
openb=${1:-"$root/../shared/data/traces/openb"}

"$seatrial" bench --scheduler
if [ -f "$openb/openb_node_list_all_node.csv" ]; then
  for mode in "" --stay; do
    echo
    echo "openb $mode"
    "$seatrial" import openb "$openb/openb_node_list_all_node.csv" \
      "$openb/openb_pod_list_default.csv" --out "$root/.build/scheduler-speed/openb" $mode
  done
fi
