"""M/M/1 in SimPy, as its documentation writes a queue: a process for each customer.

Prints JSON: nanoseconds of CPU time for a customer and for one of our events (two a customer).
"""
import json
import random
import sys
import time

import simpy

LOAD = 0.8


def main(customers):
    draw = random.Random(1)
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)
    total_wait = 0.0

    def customer():
        nonlocal total_wait
        arrived = env.now
        with server.request() as request:
            yield request
            total_wait += env.now - arrived
            yield env.timeout(draw.expovariate(1))

    def source():
        for _ in range(customers):
            yield env.timeout(draw.expovariate(LOAD))
            env.process(customer())

    env.process(source())
    start = time.process_time_ns()
    env.run()
    spent = time.process_time_ns() - start
    print(json.dumps({
        "mm1": {
            "ns_per_customer": spent / customers,
            "ns_per_event": spent / customers / 2,
            "mean_wait": total_wait / customers,
            "theory": LOAD / (1 - LOAD),
        },
        "simpy": simpy.__version__,
    }))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
