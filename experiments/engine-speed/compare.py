"""Runs our half and the C++ half alternately, SimPy at the end; prints medians, ratios and memory.

A ratio is the median over pairs of runs that followed each other, so that a busy machine slows both.
Ends with status 1 if the halves handled different events.
"""
import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys


def run(command):
    """The JSON a command prints, and its greatest resident memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{shlex.join(command)}: status {process.returncode}")
    return json.loads(output), usage.ru_maxrss / 1024


def figures(report):
    rows = {f"HOLD, {row['pending']:,} pending": row["ns_per_event"] for row in report["hold"]}
    rows["M/M/1"] = report["mm1"]["ns_per_event"]
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cpp", required=True)
    parser.add_argument("--simpy", required=True)
    parser.add_argument("ours", nargs="+")
    options = parser.parse_args()

    pairs = []
    for round_ in range(options.rounds):
        ours, ours_memory = run(options.ours)
        cpp, cpp_memory = run([options.cpp])
        pairs.append((ours, cpp))
        print(f"round {round_ + 1} of {options.rounds}", file=sys.stderr)
    for a, b in zip(ours["hold"], cpp["hold"]):
        if a["checksum"] != b["checksum"]:
            sys.exit(f"HOLD at {a['pending']}: the two halves handled events in different orders")
    if abs(ours["mm1"]["mean_wait"] - cpp["mm1"]["mean_wait"]) > 1e-9:
        sys.exit("M/M/1: the two halves served different customers")
    simpy, simpy_memory = run(shlex.split(options.simpy))

    wanted = {"HOLD, 1,000 pending": 0.6, "HOLD, 100,000 pending": 1.0,
              "HOLD, 1,000,000 pending": 1.0, "M/M/1": 1.0}
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
          f"median of {options.rounds} pairs, ns of CPU time an event")
    print(f"{'':26}{'ours':>9}{'C++':>9}{'ratio':>8}  wanted")
    for name in figures(pairs[0][0]):
        a = [figures(ours)[name] for ours, _ in pairs]
        b = [figures(cpp)[name] for _, cpp in pairs]
        ratio = statistics.median(x / y for x, y in zip(a, b))
        bound = f"at most {wanted[name]}" if name in wanted else ""
        print(f"{name:26}{statistics.median(a):9.1f}{statistics.median(b):9.1f}{ratio:8.2f}  {bound}")
    ours_mm1 = statistics.median(ours["mm1"]["ns_per_event"] for ours, _ in pairs)
    simpy_mm1 = simpy["mm1"]["ns_per_event"]
    print(f"{'M/M/1, SimPy ' + simpy['simpy']:26}{ours_mm1:9.1f}{simpy_mm1:9.1f}"
          f"{simpy_mm1 / ours_mm1:7.0f}×  at least 200×")
    mm1 = pairs[0][0]["mm1"]
    print(f"mean wait {mm1['mean_wait']:.4f}, theory {mm1['theory']:.4f}; "
          f"SimPy {simpy['mm1']['mean_wait']:.4f}")
    print(f"peak memory in MiB: ours {ours_memory:.0f}, C++ {cpp_memory:.0f}, SimPy {simpy_memory:.0f}")


main()
