"""`make bench-mentoring`: mentors assigned at the size of a province, beside greedy, SciPy and OR-tools by hand."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from asnpolicy import Assignment, Employee, Engine, Objective
from asnpolicy.decisions.mentoring.assign import solver
from asnpolicy.decisions.mentoring.market import NOBODY, Market, Matching, measure, placed_pairs
from asnpolicy.decisions.mentoring.scheme import scheme
from asnpolicy.decisions.mentoring.stable import blocking

AS_OF = date(2026, 10, 1)
MENTEES, MENTORS, UNITS = 100_000, 20_000, 1_333
RULE = "pembimbingan"
COMPETENCIES = ("integritas", "kerja-sama", "komunikasi", "orientasi-hasil", "pelayanan-publik", "pengembangan-diri",
                "mengelola-perubahan", "pengambilan-keputusan", "perekat-bangsa")  # fmt: skip
FIELDS = ("pendidikan", "kesehatan", "keuangan", "perencanaan", "umum")
GREATEST = np.iinfo(np.int64).max


def people(mentees: int, mentors: int, units: int) -> list[Employee]:
    """Make up mentees and mentors in units: careers of which all is known, each with a number of their own."""
    rng, numbers, found = Random(7), count(), dict[str, Employee]()  # noqa: S311
    while len(found) < mentees + mentors:
        one = _somebody(rng, next(numbers), senior=len(found) < mentors, unit=rng.randrange(units))
        found.setdefault(one.nip, one)
    return list(found.values())


def _somebody(rng: Random, number: int, *, senior: bool, unit: int) -> Employee:
    appointed = date(rng.randrange(1996, 2016) if senior else rng.randrange(2022, 2026), rng.randrange(1, 13), 1)
    born, sex = (
        date(appointed.year - rng.randrange(22, 34), rng.randrange(1, 13), rng.randrange(1, 29)),
        rng.choice((1, 2)),
    )
    rank = rng.choice(("III/b", "III/c", "III/d", "IV/a")) if senior else "III/a"
    levels = [
        {"code": code, "level": 1 + senior + rng.choice((-1, 0, 0, 1)), "assessed_on": date(2026, 3, 1)}
        for code in COMPETENCIES
    ]
    return Employee.model_validate({
        "nip": f"{born:%Y%m%d}{appointed:%Y%m}{sex}{number % 999 + 1:03}", "name": f"Pegawai {number}", "employment": "PNS",
        "service_status": "aktif", "cpns_on": appointed, "pns_on": date(appointed.year + 1, appointed.month, 1),
        "unit": f"unit-{unit}", "field": rng.choice(FIELDS), "supervisor": "197001011995031002", "birth_date": born,
        "protected": {"sex": "L" if sex == 1 else "P"},
        "ranks": {"records": [{"rank": rank, "since": appointed}], "complete_since": "all"},
        "appraisals": {"records": [{"year": y, "rating": "Baik"} for y in (2024, 2025) if y > appointed.year], "complete_since": "all"},
        "competencies": {"records": levels, "complete_since": "all"},
    })  # fmt: skip


# Peers, on the same market


def greedy(market: Market) -> list[int]:
    """Pair by pair, the most points first, as long as there is a place: what is often done by hand."""
    left, chosen = list(market.places), [NOBODY] * len(market.mentee_lots)
    worth = [wish + claim for wish, claim in zip(market.wishes, market.claims, strict=True)]
    for pair in sorted(range(len(worth)), key=worth.__getitem__, reverse=True):
        mentee, mentor = market.mentee_of[pair], market.mentor_of[pair]
        if chosen[mentee] == NOBODY and left[mentor]:
            chosen[mentee] = pair
            left[mentor] -= 1
    return chosen


def by_hand(market: Market) -> list[int]:
    """OR-tools min-cost flow, as a programmer writes it: no bound, no lottery."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    mentees, solver_ = len(market.mentee_lots), SimpleMinCostFlow()
    mentee, mentor, points = _columns(market)
    arcs = solver_.add_arcs_with_capacity_and_unit_cost(mentee, mentees + mentor, np.ones_like(mentee), -points)
    supplies = np.concatenate([np.ones(mentees, dtype=np.int64), -np.array(market.places)])
    solver_.set_nodes_supplies(np.arange(len(supplies)), supplies)
    assert solver_.solve_max_flow_with_min_cost() == solver_.OPTIMAL
    return _chosen(market, np.flatnonzero(solver_.flows(arcs)))


def scipy_sparse(market: Market) -> list[int]:
    """SciPy's sparse matching: each place a row, and for each mentee a place that nobody wants, so that all can be matched."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    mentee, mentor, points = _columns(market)
    places = np.array(market.places)
    first = np.concatenate([[0], np.cumsum(places)])
    each = places[mentor]
    rows = np.repeat(mentee, each)
    columns = np.repeat(first[mentor], each) + np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    spread = len(market.mentee_lots) * int(points.max() - points.min()) + 1
    own = np.arange(len(market.mentee_lots))
    weights = np.concatenate([np.repeat(points.max() - points + 1, each), np.full(len(own), spread)]).astype(float)
    shape = (len(own), int(first[-1]) + len(own))
    graph = csr_array((weights, (np.concatenate([rows, own]), np.concatenate([columns, first[-1] + own]))), shape=shape)
    taken, at = min_weight_full_bipartite_matching(graph)
    there = at < first[-1]
    mentor_of = np.searchsorted(first, at[there], side="right") - 1
    index = {(i, j): pair for pair, (i, j) in enumerate(zip(market.mentee_of, market.mentor_of, strict=True))}
    return _chosen(market, [index[i, j] for i, j in zip(taken[there].tolist(), mentor_of.tolist(), strict=True)])


def _columns(market: Market) -> tuple[Any, Any, Any]:
    mentee, mentor, wishes, claims = (
        np.asarray(one, dtype=np.int64) for one in (market.mentee_of, market.mentor_of, market.wishes, market.claims)
    )
    return mentee, mentor, wishes + claims


def _chosen(market: Market, pairs: Any) -> list[int]:
    chosen = [NOBODY] * len(market.mentee_lots)
    for pair in pairs:
        chosen[market.mentee_of[pair]] = int(pair)
    return chosen


PEERS: dict[str, Callable[[Market], list[int]]] = {"greedy, Python": greedy, "OR-tools min-cost flow by hand": by_hand}
if find_spec("scipy"):
    PEERS["SciPy min_weight_full_bipartite_matching"] = scipy_sparse


# What is measured


class Seconds(NamedTuple):
    """How long something took: by the clock, and on a processor, which other work on the machine prolongs less."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:8.2f} s{self.processor:8.2f} s"


def timed(work: Callable[[], Any]) -> tuple[Seconds, Any]:
    """Seconds, and what came of it."""
    begun, worked = time.perf_counter(), time.process_time()
    found = work()
    return Seconds(time.perf_counter() - begun, time.process_time() - worked), found


def market_of(engine: Engine, those: list[Employee]) -> Market:
    """The market that an assignment of these people comes from."""
    from asnpolicy.decisions.mentoring import assign
    from asnpolicy.decisions.mentoring.orders import Orders
    from asnpolicy.people.agency import NO_AGENCY

    kept: list[Market] = []

    def keep(market: Market) -> Matching:
        kept.append(market)
        return Matching((NOBODY,) * len(market.mentee_lots))

    before, assign.solver = assign.solver, lambda _: keep
    try:
        request = assign.Request(Objective.STABLE, "1", Orders())
        asked = scheme(engine.policy, engine._decider, RULE, AS_OF, NO_AGENCY, by_definition=False)
        assign.assign(asked, those, request)
    finally:
        assign.solver = before
    return kept[0]


def row(name: str, seconds: Seconds, market: Market, chosen: Any, base: Seconds) -> str:
    """One line: the time, on a processor beside the peer by hand, and what it reached."""
    reached = measure(market, chosen, least=True)
    envy = sum(1 for _ in blocking(market, chosen))
    beside = seconds.processor / base.processor
    return f"  {name:46}{seconds}{beside:8.2f}x{reached.placed:9,}{reached.total:12,}{reached.least or 0:7}{envy:10,}"


def main() -> None:
    """Run all, and print."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    sizes = [round(one * share) for one in (MENTEES, MENTORS, UNITS)]
    engine = Engine.load(Path(__file__).parent / "mentors")
    made_in, those = timed(lambda: people(*sizes))
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {sizes[0]:,} mentees, {sizes[1]:,} mentors, {sizes[2]:,} units"
    )
    print(f"(people made up in {made_in.clock:.0f} s, not measured; load at the start {os.getloadavg()[0]:.1f})\n")
    market = market_of(engine, those)
    print(f"Solving alone: {len(market.mentee_of):,} candidate pairs\n")
    print(
        f"  {'':46}{'clock':>10}{'processor':>10}{'by hand':>9}{'placed':>9}{'points':>12}{'least':>7}{'envious':>10}"
    )
    peers = {name: timed(lambda peer=peer: peer(market)) for name, peer in PEERS.items()}
    base = peers["OR-tools min-cost flow by hand"][0]
    for name, (seconds, chosen) in peers.items():
        print(row(name, seconds, market, chosen, base))
    for objective in Objective:
        seconds, matching = timed(lambda objective=objective: solver(objective)(market))
        print(row(f"asnpolicy, {objective}", seconds, market, matching.chosen, base))
        if matching.bound is not None:
            reached = measure(market, matching.chosen, least=objective is Objective.MAX_MIN)
            assert matching.bound == reached, "not shown to be best"
            best = measure(market, peers["OR-tools min-cost flow by hand"][1], least=False)
            assert objective is not Objective.TOTAL or (reached.placed, reached.total) == (best.placed, best.total)
            assert len(list(placed_pairs(matching.chosen))) == best.placed
    print("\nFrom typed employees to an assignment with reasons, limits, loads and groups\n")
    for objective in Objective:
        seconds, made = timed(lambda objective=objective: assigned(engine, those, objective))
        print(f"  asnpolicy, {objective:35}{seconds}{len(made.pairs):12,} pairs{len(made.unassigned):9,} without")
    print(f"\n(load at the end {os.getloadavg()[0]:.1f})")


def assigned(engine: Engine, those: list[Employee], objective: Objective) -> Assignment:
    """Assign mentors."""
    return engine.assign_mentors(those, as_of=AS_OF, rule=RULE, objective=objective, seed=1)


if __name__ == "__main__":
    main()
