"""How many drawn people show each seeded defect: beside the proofs, which find every one (`python -m tests.fairness.drawn`)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from asnpolicy import Employee, Engine, Rating
from asnpolicy.fairness import Always, AtLeastAsStrict, Blind, Conflicts, Gaps, MeritNeverHurts
from asnpolicy.fairness.strategies import employees, twins
from tests.fairness.defects import DEFECTS, Defect, policy

DAY = date(2026, 10, 1)
Shows = Callable[[Any], bool]


@dataclass(frozen=True)
class Drawn:
    """What is drawn for a defect, without its policy and with it, and who shows it."""

    plain: st.SearchStrategy[Any]
    aware: st.SearchStrategy[Any]
    shows: Shows


def verdict(engine: Engine, person: Employee, rule: str) -> str:
    """Return the verdict as a word."""
    return engine.decide(person, rule, as_of=DAY).verdict.value


def drawn(defect: Defect, root: Path) -> Drawn | None:
    """Return what is drawn for a defect; None where it shows in nobody."""
    engine, asked = Engine.load(policy(root, *defect.rules)), defect.question
    people = employees(as_of=DAY), employees(engine, as_of=DAY)
    match asked:
        case _ if defect.nobody:
            return None
        case Blind(rule, to):
            pairs = (twins(one, differing_in=(to,), as_of=DAY) for one in (None, engine))
            return Drawn(*pairs, lambda pair: verdict(engine, pair[0], rule) != verdict(engine, pair[1], rule))
        case MeritNeverHurts(rule, fact):
            return Drawn(*people, lambda one: verdict(engine, one, rule) == "eligible" != verdict(engine, better(one, fact), rule))
        case Gaps(rules):
            gap = lambda one: str(one.view(DAY).employment) == "PNS" and last_rank(one) == "III/a"  # noqa: E731
            return Drawn(*people, lambda one: gap(one) and {verdict(engine, one, each) for each in rules} == {"not_applicable"})
        case Conflicts(rules):
            return Drawn(*people, lambda one: {verdict(engine, one, each) for each in rules} == {"eligible"})
        case Always(rule):
            return Drawn(*people, lambda one: verdict(engine, one, rule) == "ineligible")
        case _:
            other, rule = Engine.load(policy(root, *defect.than, name="dasar")), "naik"
            if isinstance(asked, AtLeastAsStrict):
                return Drawn(*people, lambda one: verdict(engine, one, rule) == "eligible" != verdict(other, one, rule))
            return Drawn(*people, lambda one: verdict(engine, one, rule) != verdict(other, one, rule))


def last_rank(person: Employee) -> str:
    """Return the rank of the last record."""
    ranks = person.view(DAY).ranks.records
    return str(ranks[-1].rank) if ranks else ""


def better(person: Employee, fact: str) -> Employee:
    """Return the same person with more merit in one fact."""
    data = person.model_dump(mode="json")

    def add(history: str, record: dict[str, Any]) -> None:
        kept = data.get(history) or {"records": []}
        data[history] = {**kept, "records": [*kept["records"], record]}

    match fact:
        case "lowest_rating":
            for record in (data.get("appraisals") or {"records": []})["records"]:
                record["rating"] = str(list(Rating)[-1])
        case "training_hours":
            add("trainings", {"code": "tambahan", "hours": 41, "completed_on": "2026-09-01"})
        case "education_level":
            add("educations", {"level": "S-3", "graduated_on": "2026-09-01", "recognised_on": "2026-09-02"})
        case "exams":
            add("exams", {"code": "ujian", "passed": True, "taken_on": "2026-09-01"})
    return Employee.model_validate(data)


def share(people: st.SearchStrategy[Any], shows: Shows, examples: int, start: int) -> float:
    """Draw so many, and return the share that shows the defect."""
    came: list[bool] = []

    @seed(start)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(people)
    def draw(one: Any) -> None:
        came.append(shows(one))

    draw()
    return sum(came) / len(came)


def main(examples: int = 500) -> None:
    """Print a row for each defect."""
    sys.stdout.write("| defect | drawn without the policy | with it |\n|---|---|---|\n")
    for defect in DEFECTS:
        with tempfile.TemporaryDirectory() as root:
            asked = drawn(defect, Path(root))
            cells = ["in nobody", "in nobody"]
            if asked is not None:
                cells = [f"{share(each, asked.shows, examples, 7):.1%}" for each in (asked.plain, asked.aware)]
            sys.stdout.write(f"| {defect.name} | {cells[0]} | {cells[1]} |\n")


if __name__ == "__main__":
    main()
