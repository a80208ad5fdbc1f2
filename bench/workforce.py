"""`make bench-workforce`: a whole workforce at once, beside the same people one by one and the back end as it was before."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from asnpolicy import Engine
from asnpolicy.backends.columns.people import prepared
from asnpolicy.backends.columns.piece import Piece
from asnpolicy.backends.compiled import Compiled
from asnpolicy.exchange.folders import SIZE, assess_folder
from asnpolicy.exchange.synth_tables import write
from asnpolicy.fairness.by_group.report import disparity
from asnpolicy.language.reading import Question
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.folder import Folder
from bench.beside import beside_by_hand

HERE = Path(__file__).parent
FROZEN = HERE / "frozen" / "nasional"
"""The 52 national rules of commit 0d5f02c."""
BEFORE = "f964adc"
"""The last commit at which columns ran rule by rule."""
DAY = date(2026, 10, 1)
ONE_BY_ONE = 500
RULE_BY_RULE = 2_000
MOST = 100_000
"""Of more people only the frozen rules are measured."""
BARS = {"the plan": 8, "Parquet to Parquet": 12, "outcomes by group": 200}


def engines(folder: Path) -> dict[str, Engine]:
    """Load the rules of then and of today; what regions may change has since needed a basis, and decides nothing here."""
    frozen = folder / "nasional"
    frozen.mkdir()
    for file in FROZEN.glob("*.yaml"):
        text = re.sub(r", region_may: \{[^}]*\}", "", file.read_text(encoding="utf-8"))
        (frozen / file.name).write_text(text, encoding="utf-8")
    return {"frozen": Engine.load(frozen), "today": Engine.load("nasional")}


def told(what: str, size: int, work: Callable[[], Any], bar: float | None = None) -> Any:
    """Run something, and print what it costs a person."""
    cpu, wall = time.process_time(), time.perf_counter()
    made = work()
    cpu, wall = 1e6 * (time.process_time() - cpu) / size, 1e6 * (time.perf_counter() - wall) / size
    limit = f"   (bar {bar})" if bar else ""
    print(f"  {what:<56}{cpu:>9.2f}{wall:>10.2f}{limit}")
    return made


def measured(name: str, engine: Engine, tables: Path, size: int, folder: Path) -> None:
    """Measure one set of rules on one workforce, step by step and from files to files."""
    maker = engine.frame_maker(as_of=DAY)
    bucket = next(iter(Folder.of(tables).buckets(SIZE)))
    part = told("read and check the tables", min(size, SIZE), bucket.read)
    people = told("tables of the plan, and who is passed on", len(part), lambda: prepared(part, maker.reads, DAY))
    whole = maker.plan  # without rules about two people, of whom one person alone is not asked

    def plan() -> Piece:
        piece = Piece(whole, people.tables)
        for rule in whole.rules.values():
            piece.outcome(rule)
        return piece

    plan()
    told(f"the plan: {len(whole.rules)} rules, {len(whole)} nodes", len(part), plan, BARS["the plan"])
    out = folder / f"{name}-{size}"
    done = told(
        "Parquet to Parquet", size,
        lambda: assess_folder(maker, tables, out, policy=name),
        BARS["Parquet to Parquet"],
    )  # fmt: skip
    told(
        "outcomes of one rule by group, from tables", size,
        lambda: disparity(engine, Workforce.read(tables), "kenaikan-pangkat-reguler", as_of=DAY, by=("sex", "age")),
        BARS["outcomes by group"],
    )  # fmt: skip
    print(
        f"    of {done.people:,} people {done.passed_on:,} one by one: days in part, findings, events that may have been"
    )
    answers = pl.scan_parquet(out / "*.parquet")
    count = answers.select(pl.len()).collect().item()
    assert count == size


def in_columns_alone(name: str, engine: Engine, tables: Path, folder: Path) -> None:
    """Measure from files to files of whoever is said in columns: what those cost who are not is another line."""
    maker = engine.frame_maker(as_of=DAY)
    whole = Workforce.read(tables)
    plain = whole.where(~maker.frame(whole)["passed_on"])
    plain.write(folder / f"plain-{name}")
    out = folder / f"plain-{name}-out"
    done = told(
        "Parquet to Parquet, of whom columns say", len(plain),
        lambda: assess_folder(maker, folder / f"plain-{name}", out, policy=name),
        BARS["Parquet to Parquet"],
    )  # fmt: skip
    assert done.passed_on == 0


def one_by_one(engine: Engine, tables: Path) -> None:
    """Measure the same rules by compiled code, from typed people whose views are made."""
    program = engine.policy.program(DAY)
    compiled = Compiled(program)
    people = list(islice(iter(Workforce.read(tables)), ONE_BY_ONE))
    asked = [Question(DAY, one.view(DAY)) for one in people]
    rules = [rule.id for rule in program.rules]
    compiled.decide(rules[0], asked[0])
    told("compiled, one by one", len(asked), lambda: [compiled.decide(rule, one) for one in asked for rule in rules])


OLD = """
import sys, time
from datetime import date
from pathlib import Path
from asnpolicy import Engine
from asnpolicy.backends.tables import workforce
from asnpolicy.exchange.synth import workforce as made
from asnpolicy.fairness.by_group.report import disparity
from asnpolicy.language.reading import Question
day, count = date(2026, 10, 1), int(sys.argv[2])
program = Engine.load(Path(sys.argv[1]) if "/" in sys.argv[1] else sys.argv[1]).policy.program(day)
people = [p.model_copy(update={"competencies": type(p.competencies)()}) for p in made(count, seed=1, as_of=day)]
asked = [Question(day, p.view(day)) for p in people]
begun = time.process_time(); tables = workforce(asked); encoded = time.process_time() - begun
columns = Columns(program)
begun = time.process_time()
for rule in program.rules: columns.decide_many(rule.id, tables, day)
print(1e6 * (time.process_time() - begun) / count, 1e6 * encoded / count, len(tables.passed_on) / count)
"""
"""The back end of before passed on whoever has two records of one day: the people here have no competencies."""


def rule_by_rule(rules: str, folder: Path) -> None:
    """Measure the back end at the commit before, in a checkout of its own."""
    checkout = folder / "before"
    if not checkout.exists():
        archive = subprocess.run(["git", "archive", BEFORE], cwd=HERE.parent, capture_output=True, check=True)
        checkout.mkdir()
        subprocess.run(["tar", "x", "-C", str(checkout)], input=archive.stdout, check=True)
    done = subprocess.run(
        [sys.executable, "-c", OLD, rules, str(RULE_BY_RULE)],
        cwd=checkout, env={"PYTHONPATH": str(checkout), "PATH": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    cpu, encoded, passed = map(float, done.stdout.split())
    print(
        f"  columns rule by rule, at {BEFORE}, {RULE_BY_RULE:,} people{'':<12}{cpu:>9.2f}   and {encoded:.0f} to encode people, {passed:.1%} passed on"
    )


def main() -> None:
    """Measure sizes that are named, else 10,000 and 100,000."""
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = engines(folder)
        for size in sizes:
            tables = folder / f"tables-{size}"
            print(f"\n{size:,} people{'':<46}CPU µs   wall µs   a person")
            told("made up, in tables", size, lambda t=tables, n=size: write(t, n, seed=1, as_of=DAY))
            for rules, engine in known.items():
                if rules == "today" and size > MOST:
                    continue
                print(f"  -- {rules}: {len(engine.policy.program(DAY).rules)} rules")
                measured(rules, engine, tables, size, folder)
                if size == sizes[0]:
                    in_columns_alone(rules, engine, tables, folder)
                    one_by_one(engine, tables)
                    if rules == "frozen":
                        beside_by_hand(engine, Workforce.read(folder / "plain-frozen"), folder)
                    rule_by_rule(str(folder / "nasional") if rules == "frozen" else "nasional", folder)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(f"  peak memory so far {peak:.2f} GiB")


if __name__ == "__main__":
    main()
