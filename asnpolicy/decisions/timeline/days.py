"""The days on which a rule's answer about somebody may change, each with what may change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal as Choice
from typing import TypeAlias

from asnpolicy.decisions import reading
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.timeline.flows import Flows
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.nodes import Scope
from asnpolicy.language.reach import Reach, Reached, Untold
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program, Rule
from asnpolicy.language.turns import Crossing, turning
from asnpolicy.people import Employee
from asnpolicy.people.days import first_of, last_of

DAY = timedelta(days=1)
STANDING = frozenset({"employment", "service_status", "ranks"})
"""What hangs on the employment and the status of a day."""
MEASURED = frozenset({("opening", "competency_gaps"), ("pair", "gaps_covered")})
"""Facts that are worked out of measured competencies, beside the tree of a rule."""

Event: TypeAlias = Choice["time", "rules", "data", "waiver", "registers", "sum"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What may change an answer on a day: a value that is reached, or an event."""

    event: Event
    reached: Reached | None = None
    waiver: Waiver | None = None


Causes: TypeAlias = dict[date, list[Cause]]
Ask: TypeAlias = Callable[[date], Question]


@dataclass(frozen=True, slots=True)
class Reads:
    """What turns a rule and all that it builds on, in one version of the policy."""

    since: date
    """Since when the version is in force."""
    rules: tuple[Rule, ...]
    crossings: tuple[Crossing, ...]
    flows: Flows | None
    every_day: bool
    standing: bool
    measured: bool


@Memo
def reads(program: Program) -> dict[str, Reads]:
    """Return what turns the rules of a program: filled as they are asked for."""
    del program
    return {}


def reads_of(program: Program, rule: str) -> Reads | None:
    """Return what turns a rule; None where the program has none of that name."""
    if rule not in program.by_id:
        return None
    found = reads(program)
    if rule not in found:
        found[rule] = _reads(program, reading.built_on(program.rule(rule), program.by_id))
    return found[rule]


def _reads(program: Program, rules: tuple[Rule, ...]) -> Reads:
    turnings = [turning(one) for one in rules]
    fields = {field for one in rules for field in one.reads}
    flows = tuple(dict.fromkeys(flow for one in turnings for flow in one.flows))
    return Reads(
        program.since,
        rules,
        tuple(dict.fromkeys(crossing for one in turnings for crossing in one.crossings)),
        Flows(program, flows) if flows else None,
        any(one.every_day for one in turnings),
        any(name in STANDING for _, name in fields),
        bool(fields & MEASURED),
    )


class Days:
    """One person, or a pair, between two days: `since <= day < until`; of use for all rules."""

    def __init__(
        self, people: Mapping[Scope, Employee], since: date, until: date, programs: Iterable[Program],
        waivers: Iterable[Waiver], ask: Ask,
    ) -> None:  # fmt: skip
        self.people = people
        self.since, self.until = since, until
        self.programs = tuple(one for one in programs if one.since < until and since < one.until)
        self.waivers = tuple(waivers)
        self.ask = ask
        self._reach = Reach({scope: one.seen_between(since, until) for scope, one in people.items()}, since, until)
        self._turns: dict[bool, tuple[date, ...]] = {}

    def of(self, rule: str) -> Causes:
        """Return each day after the first on which the answer of a rule may change, with all that may change it."""
        causes: Causes = {}
        for day, cause in self._events():
            self._add(causes, day, cause)
        for program in self.programs:
            self._add(causes, program.since, Cause("rules"))
            found = reads_of(program, rule)
            if found is not None:
                self._of_program(causes, found, max(program.since, self.since), min(program.until, self.until))
        return causes

    def _add(self, causes: Causes, day: date, cause: Cause) -> None:
        if self.since < day < self.until:
            causes.setdefault(day, []).append(cause)

    def _events(self) -> Iterator[tuple[date, Cause]]:
        for waiver in self.waivers:
            for day in (waiver.since, waiver.until):
                yield day, Cause("waiver", waiver=waiver)
        for person in self.people.values():
            if person.known_on is not None:
                yield person.known_on + DAY, Cause("registers")

    def _of_program(self, causes: Causes, found: Reads, since: date, until: date) -> None:
        """Add the days of one version of the policy."""
        own: Causes = {}
        try:
            if found.every_day:
                raise Untold
            for day, cause in self._in_program(found):
                if since <= day < until:
                    self._add(own, day, cause)
        except Untold:
            for ahead in range(1, (until - since).days):
                self._add(causes, since + timedelta(days=ahead), Cause("time"))
            return
        if found.flows is not None:
            between = [since, *sorted(day for day in {*own, *causes} if since < day < until), until]
            for start, end in pairwise(between):
                for day in found.flows.turns(self.ask, start, end):
                    self._add(own, day, Cause("sum"))
        for day, those in own.items():
            causes.setdefault(day, []).extend(those)

    def _in_program(self, found: Reads) -> Iterator[tuple[date, Cause]]:
        for crossing in found.crossings:
            for one in self._reach.days(crossing):
                yield one.day, Cause("time", one)
        for day in self._data(found.standing):
            yield day, Cause("data")
        if found.measured:
            for day in self._measured():
                yield day, Cause("data")

    def _data(self, standing: bool) -> tuple[date, ...]:
        if standing not in self._turns:
            those = [one.view_turns(self.since, self.until, standing=standing) for one in self.people.values()]
            self._turns[standing] = tuple({day for days in those for day in days})
        return self._turns[standing]

    def _measured(self) -> Iterator[date]:
        for person in self.people.values():
            for record in person.competencies.records:
                if record.assessed_on is not None:
                    yield from (first_of(record.assessed_on), last_of(record.assessed_on))
