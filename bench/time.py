"""`make bench-time`: verdicts as functions of time, beside asking day by day; processor time of this process, medians."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from asnpolicy import Assumption, Employee, Engine
from asnpolicy.backends.compiled import Compiled
from asnpolicy.exchange.synth import workforce
from asnpolicy.language.reading import Question
from asnpolicy.people.agency import NO_AGENCY, NO_CANDIDACY

HERE = Path(__file__).parent
WORKFORCE = HERE.parent / "examples" / "workforces" / "nasional.jsonl"
POLICIES = {"frozen": HERE / "frozen" / "nasional", "today": Path("nasional")}
"""The 52 national rules as they were before timelines, with whole days; and those of today."""
RULE = "kenaikan-pangkat-reguler"
SINCE, UNTIL = date(2026, 10, 1), date(2066, 10, 1)
ASSUME = (Assumption.of("rating=Baik"),)
MANY = 10_000
DAY = timedelta(days=1)


def fresh(people: Iterable[Employee]) -> list[Employee]:
    """Copy people, so that nothing that was worked out of them is remembered."""
    return [one.model_copy() for one in people]


def each(work: Callable[[Employee], Any], people: Sequence[Employee]) -> list[float]:
    """Return the milliseconds for each person, each of whom is new."""
    times = []
    for one in fresh(people):
        begun = time.process_time()
        work(one)
        times.append(1e3 * (time.process_time() - begun))
    return times


def told(what: str, times: Sequence[float], bar: str = "") -> None:
    """Print a median and the slowest twentieth."""
    slow = quantiles(times, n=20)[-1]
    print(f"  {what:<52}{median(times):>9.3f} ms{slow:>9.2f} ms   {bar}")


def timelines(engine: Engine, people: Sequence[Employee]) -> None:
    """Measure one person ahead, as things stand and with an assumed predicate for each year."""

    def one(person: Employee) -> Any:
        return engine.timeline(person, RULE, since=SINCE, until=UNTIL)

    def every(person: Employee) -> Any:
        return engine.timelines(person, since=SINCE, until=UNTIL)

    def one_assumed(person: Employee) -> Any:
        return engine.timeline(person, RULE, since=SINCE, until=UNTIL, assume=ASSUME)

    def every_assumed(person: Employee) -> Any:
        return engine.timelines(person, since=SINCE, until=UNTIL, assume=ASSUME)

    for person in people[:20]:
        every(person)
    rated = [one for one in people if one.appraisals.records]
    told("one rule, 40 years ahead", each(one, people), "bar 1 ms")
    told("all rules, 40 years ahead", each(every, people), "bar 8 ms")
    told("one rule, with 40 assumed predicates", each(one_assumed, rated), "bar 10 ms")
    told("all rules, with 40 assumed predicates", each(every_assumed, rated[:60]), "bar 60 ms")
    told(
        "one rule, 2018 to 2058",
        each(lambda p: engine.timeline(p, RULE, since=date(2018, 1, 1), until=date(2058, 1, 1)), people),
    )


def day_by_day(engine: Engine, people: Sequence[Employee]) -> None:
    """Measure the same question asked on every day of one year, and give it for 40."""
    days = [SINCE + ahead * DAY for ahead in range(365)]

    def ask(person: Employee) -> None:
        for day in days:
            engine.decide(person, RULE, as_of=day)

    told("one rule, asked on each of 14,610 days", [40 * one for one in each(ask, people[:12])])


def a_new_day(engine: Engine, people: Sequence[Employee]) -> None:
    """Measure the first question of a day, beside the same question of a day that was asked about."""
    program = engine.policy.program(SINCE)
    asked = [Question(SINCE, one, NO_CANDIDACY, agency=NO_AGENCY) for one in people[:1]]
    compiled, first, again = Compiled(program), [], []
    compiled.decide(RULE, asked[0])
    for ahead in range(1, 400):
        question = Question(SINCE + ahead * DAY, people[0], NO_CANDIDACY, agency=NO_AGENCY)
        for times in (first, again):
            begun = time.process_time()
            compiled.decide(RULE, question)
            times.append(1e3 * (time.process_time() - begun))
    told("the first question of a new day", first)
    told("  of it beside the decision", [one - median(again) for one in first], "bar 0.1 ms")


def earliest(engine: Engine) -> None:
    """Measure the earliest day of one rule for many people."""
    people = list(workforce(MANY, seed=7, as_of=SINCE))
    begun = time.process_time()
    found = [engine.timeline(one, RULE, since=SINCE, until=UNTIL).first("eligible") for one in people]
    spent = time.process_time() - begun
    print(
        f"  {f'the earliest day for {MANY:,} people':<52}{spent:>9.1f} s   {'':>9}   bar 20 s; {sum(map(bool, found)):,} have one"
    )


def main() -> None:
    """Measure both policies."""
    gc.freeze()
    people = [Employee.model_validate_json(line) for line in WORKFORCE.read_text(encoding="utf-8").splitlines()]
    print(
        f"Python {sys.version.split()[0]}, {len(people)} people: median, and the slowest twentieth, of processor time"
    )
    for name, path in POLICIES.items():
        engine = Engine.load(path if path.is_dir() else str(path))
        print(f"\n{name}: {len(engine.rules)} national rules\n")
        timelines(engine, people)
        day_by_day(engine, people)
        a_new_day(engine, people)
        earliest(engine)


if __name__ == "__main__":
    main()
