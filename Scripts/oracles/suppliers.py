#!/usr/bin/env python3
"""Reference objectives of the supplier flow on 200 random cases (scipy.optimize.linprog).

First maximises the amount supplied, then minimises amount times distance at that amount. The cases
are drawn from SplitMix64 exactly as MinCostFlowTests draws them. Prints `(amount, cost),` per seed.
"""
import numpy as np
from scipy.optimize import linprog

MASK = (1 << 64) - 1


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n


def case(seed):
    r = SplitMix(seed)
    suppliers, inputs = 2 + r.below(6), 1 + r.below(5)
    capacity = [r.below(60) for _ in range(suppliers)]
    need = [r.below(60) for _ in range(inputs)]
    arcs = [(s, i, r.below(40)) for s in range(suppliers) for i in range(inputs) if r.below(10) < 6]
    return capacity, need, arcs


def solve(capacity, need, arcs):
    if not arcs:
        return 0, 0
    rows = []
    for s in range(len(capacity)):
        rows.append([1 if a[0] == s else 0 for a in arcs])
    for i in range(len(need)):
        rows.append([1 if a[1] == i else 0 for a in arcs])
    limits = capacity + need
    most = linprog(-np.ones(len(arcs)), A_ub=rows, b_ub=limits, method="highs")
    amount = round(-most.fun)
    cheap = linprog([a[2] for a in arcs], A_ub=rows, b_ub=limits, A_eq=[np.ones(len(arcs))],
                    b_eq=[amount], method="highs")
    return amount, round(cheap.fun)


if __name__ == "__main__":
    line = "   "
    for seed in range(200):
        item = " (%d, %d)," % solve(*case(seed))
        if len(line + item) > 98:
            print(line)
            line = "   "
        line += item
    print(line)
