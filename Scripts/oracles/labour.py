#!/usr/bin/env python3
"""Independent reference numbers of the labour tests (methods.md section 3); needs scipy.

Written from the formulas, not from the Swift code. Prints the numbers stored in
Tests/MatchingTests/Labour.
"""
from math import exp, log
from scipy.stats import betabinom, binom

# Parameters of methods.md section 11.
LAMBDA, ONSET, CUTOFF = 0.04621, 14.117, 90
KAPPA, ACCEPT, ELASTICITY, CAP, M = 0.1, 0.25, 3, 0.6, 100


def impedance(t, bed=False):
    f = 0 if t > CUTOFF else min(1, exp(-LAMBDA * (t - ONSET)))
    return max(f, 0.3) if bed and t <= 240 else f


def supply(u, grad, out, employed, ratio):
    ret = out * 0.02 * 6 / 12 * (0.759 * ratio) ** 2
    return u + 0.35 * 0.5 * grad + ret + 0.02 * employed


def project(zones, heads, wage, rivals, bed=False):
    """zones: (minutes to the site, people tuple, wage); rivals: (jobs, wage, minutes by zone)."""
    weights = [impedance(z[0]) * supply(*z[1], 1) for z in zones]
    going = sum(w * z[2] for w, z in zip(weights, zones)) / sum(weights)

    def reached(minutes):
        return sum(impedance(minutes[k]) * supply(*z[1], 1) for k, z in enumerate(zones))

    def at(ratio):
        people = [supply(*z[1], ratio) for z in zones]
        reach = [impedance(z[0], bed) for z in zones]
        access = sum(s * f for s, f in zip(people, reach))
        hires = 0
        rows = []
        for k, (s, f) in enumerate(zip(people, reach)):
            own = heads / access * f * ratio**ELASTICITY
            others = sum(j / reached(t) * impedance(t[k]) * (w / going) ** ELASTICITY
                         for j, w, t in rivals)
            share = own / (own + others + KAPPA * f)
            hires += s * ACCEPT * f * share
            rows.append((s, f, share, s * ACCEPT * f * share))
        p = hires / access
        n = int(access)
        fill = betabinom.sf(heads - 1, n, p * M, (1 - p) * M) if heads <= n else 0
        return access, hires, fill, rows

    access, hires, fill, rows = at(wage / going)
    asked = min(1 + CAP, max(1, (heads / at(1)[1]) ** (1 / ELASTICITY)))
    better = at(max(asked, wage / going))[2]
    return dict(going=going, access=access, hires=hires, fill=fill, asked=going * asked,
                better=better, rows=rows)


if __name__ == "__main__":
    print("lambda", log(0.24 / 0.12) / 15, "onset", 45 + log(0.24) / (log(2) / 15))
    print("f", [impedance(t) for t in (10, 36, 45, 60, 90, 90.001)], impedance(150, True))
    print("binom", binom.sf(199, 3000, 0.08), "betabinom", betabinom.sf(199, 3000, 8, 92))
    for n, a, b, k in [(3000, .4, 99.6, 50), (120, 50, 50, 60), (1_000_000, 2, 98, 40_000),
                       (500, .3, .4, 250), (20_000, 8, 92, 1200), (40, 8, 92, 40)]:
        print("tail", n, a, b, k, repr(float(betabinom.sf(k - 1, n, a, b))))
    one = [(10, (4000, 0, 0, 0), 4000)]
    print("sole employer", project(one, 500, 4000, []))
    far = [(85, (4000, 0, 0, 0), 4000)]
    print("sole employer far", project(far, 500, 4000, []))
    town = [(12, (3000, 800, 40000, 60000), 4200), (40, (2500, 500, 30000, 45000), 4000),
            (75, (4000, 1200, 60000, 90000), 4600)]
    rivals = [(900, 4500, (20, 35, 60)), (400, 4100, (45, 8, 88))]
    print("town", project(town, 1200, 4500, rivals))
    print("town with beds", project(town + [(150, (5000, 0, 80000, 0), 3800)], 1200, 4500,
                                    [(j, w, t + (200,)) for j, w, t in rivals], bed=True))
