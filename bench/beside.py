"""Beside: a workforce in columns beside the same rules by hand, as vectors, in OpenFisca and in a database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from asnpolicy import Engine
from asnpolicy.backends.columns.people import prepared
from asnpolicy.backends.columns.piece import Piece
from asnpolicy.decisions.frame import FrameMaker
from asnpolicy.workforce import Workforce
from bench import by_hand
from bench.by_hand import DAY

ROUNDS = 5
VECTORS = "jp-tahunan"
"""The rule that is measured as vectors."""
FEW = 20_000
"""So many people are asked about in a database, which takes long for each."""
BARS = {"by hand": 2.0, "relational": 2.5}


def least(size: int, work: Callable[[], Any]) -> float:
    """Return the microseconds of a processor a person: the least of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return 1e6 * best / size


def beside_by_hand(engine: Engine, staff: Workforce, folder: Path) -> None:
    """Measure five rules, each alone and all in one plan, from tables that are read, beside the same by hand."""
    size = len(staff)
    print(f"  five rules beside the same by hand in Polars{'':<14}by hand   the plan   with getting ready")
    together = engine.frame_maker(as_of=DAY, rules=list(by_hand.RULES))
    for rule, written in by_hand.RULES.items():
        maker = engine.frame_maker(as_of=DAY, rules=[rule])
        agree(maker, staff, rule, written)
        costs = least(size, lambda w=written: w(staff)), least(size, planned(maker, staff)), least(size, lambda m=maker: m.frame(staff))
        _line(rule, costs)
    hand = least(size, lambda: [written(staff) for written in by_hand.RULES.values()])
    _line("all five, in one plan", (hand, least(size, planned(together, staff)), least(size, lambda: together.frame(staff))))
    _vectors(staff, folder)
    _relational(engine, staff.where(np.arange(size) < FEW))


def _line(name: str, costs: tuple[float, float, float]) -> None:
    hand, plan, whole = costs
    print(f"    {name:<54}{hand:>9.2f}{plan:>8.2f} {plan / hand:.2f}x{whole:>9.2f} {whole / hand:.2f}x   (bar {BARS['by hand']}x)")


def planned(maker: FrameMaker, staff: Workforce) -> Callable[[], Any]:
    """Return what runs the plan of some rules on people who are made ready."""
    people = prepared(staff, maker.reads, DAY)

    def run() -> None:
        piece = Piece(maker.plan, people.tables)
        for rule in maker.plan.rules.values():
            piece.outcome(rule)

    return run


def agree(maker: FrameMaker, staff: Workforce, rule: str, written: by_hand.ByHand) -> None:
    """Hold what is written by hand to the answers: it is to say the same wherever all that matters is known."""
    frame = maker.frame(staff)
    said, own = frame[rule].cast(pl.String), written(staff)
    known = (said != "undetermined") & ~frame["passed_on"]
    assert known.sum() > len(staff) // 2
    assert not ((said != own) & known).any(), rule


def _vectors(staff: Workforce, folder: Path) -> None:
    """Measure one rule as a formula over vectors, in numpy and in OpenFisca, of hours that are added up before."""
    given, size = by_hand.vectors(staff), len(staff)
    cost = least(size, lambda: by_hand.jp_tahunan_of_vectors(given))
    print(f"    {VECTORS + ', numpy over vectors that are made':<54}{cost:>9.3f}")
    file = folder / "vectors.npz"
    np.savez(file, **given)  # type: ignore[arg-type]  # its stub takes them for options
    run = [os.environ.get("OPENFISCA_PYTHON", sys.executable), "-W", "ignore", str(Path(__file__).with_name("openfisca_form.py")), str(file)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.returncode:
        print("    OpenFisca is not installed: `OPENFISCA_PYTHON` may name an interpreter that has it")
        return
    cost_there, *counts = done.stdout.split()
    assert [int(one) for one in counts] == np.bincount(by_hand.jp_tahunan_of_vectors(given), minlength=4).tolist()
    print(f"    {VECTORS + ', OpenFisca over the same vectors':<54}{float(cost_there):>9.3f}")


def _relational(engine: Engine, staff: Workforce) -> None:
    """Measure the five rules as queries in DuckDB beside the default, each rule with all that it needs, of the same tables."""
    try:
        import duckdb
    except ModuleNotFoundError:
        print("    DuckDB is not installed")
        return
    database = duckdb.connect()
    for name, frame in staff.frames().items():
        database.register("given", frame.to_arrow())
        database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')  # noqa: S608  # names of our own tables
        database.unregister("given")
    size = len(staff)
    print(f"  {size:,} people{'':<48}default   in DuckDB")
    for rule in by_hand.RULES:
        maker, query = engine.frame_maker(as_of=DAY, rules=[rule]), engine.to_sql(rule, "duckdb", as_of=DAY)
        own = least(size, lambda m=maker: m.frame(staff))
        begun = time.process_time()
        database.execute(query).fetchall()
        there = 1e6 * (time.process_time() - begun) / size
        print(f"    {rule:<54}{own:>9.2f}{there:>12.2f} {there / own:.0f}x   (bar {BARS['relational']}x)")


