"""The days on which a rule's answer about somebody may change, each with what may change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
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


Ask: TypeAlias = Callable[[date], Question]


@dataclass(frozen=True, slots=True)
class RuleTurns:
    """What turns a rule and all that it builds on, in one version of the policy."""

    since: date
    """Since when the version is in force."""
    rules: tuple[Rule, ...]
    crossings: tuple[tuple[Crossing, ...], ...]
    """Those of each rule, which rules that build on the same share."""
    flows: Flows | None
    every_day: bool
    standing: bool
    measured: bool


@Memo
def reads(program: Program) -> dict[str, RuleTurns]:
    """Return what turns the rules of a program: filled as they are asked for."""
    del program
    return {}


def reads_of(program: Program, rule: str) -> RuleTurns | None:
    """Return what turns a rule; None where the program has none of that name."""
    if rule not in program.by_id:
        return None
    found = reads(program)
    if rule not in found:
        found[rule] = _reads(program, reading.built_on(program.rule(rule), program.by_id))
    return found[rule]


def _reads(program: Program, rules: tuple[Rule, ...]) -> RuleTurns:
    turnings = [turning(one) for one in rules]
    fields = {field for one in rules for field in one.reads}
    flows = tuple(dict.fromkeys(flow for one in turnings for flow in one.flows))
    return RuleTurns(
        program.since,
        rules,
        tuple(one.crossings for one in turnings),
        Flows(program, flows) if flows else None,
        any(one.every_day for one in turnings),
        any(name in STANDING for _, name in fields),
        bool(fields & MEASURED),
    )


class TurningDays:
    """One person, or a pair, between two days: `since <= day < until`; of use for all rules."""

    def __init__(
        self, people: Mapping[Scope, Employee], since: date, until: date, programs: Iterable[Program],
        waivers: Iterable[Waiver], ask: Ask,
    ) -> None:  # fmt: skip
        self.people = people
        self.since, self.until = since, until
        self.programs = tuple(programs)
        self.waivers = tuple(waivers)
        self._ask = ask
        self._asked: dict[date, Question] = {}
        self._reach = Reach({scope: one.seen_between(since, until) for scope, one in people.items()}, since, until)
        self._turns: dict[bool, frozenset[date]] = {}
        self._reached: dict[int, set[date]] = {}
        """By the identity of the crossings of a rule, which live as long as it."""
        self._flowing: dict[tuple[int, date, date], frozenset[date]] = {}
        self._turned: dict[int, set[date]] = {}

    def question(self, day: date) -> Question:
        """Return the question of a day, the same for all rules."""
        asked = self._asked.get(day)
        if asked is None:
            asked = self._asked[day] = self._ask(day)
        return asked

    def of(self, rule: str) -> list[date]:
        """Return the days on which the answer of a rule may be another than on the day before, the first of all too."""
        found = {self.since, *(day for day, _ in self._events)}
        for program in self.programs:
            since, until = max(program.since, self.since), min(program.until, self.until)
            read = reads_of(program, rule)
            found.add(since)
            if read is not None:
                found |= self._in_program(read, since, until, found)
        return sorted(found)

    def causes(self, rule: str, day: date) -> tuple[Cause, ...]:
        """Return all that may change the answer of a rule on a day."""
        found = [cause for when, cause in self._events if when == day]
        for program in self.programs:
            if program.since == day:
                found.append(Cause("rules"))
            read = reads_of(program, rule)
            if read is not None and program.since <= day < program.until:
                found += self._caused(read, day)
        return tuple(found)

    @cached_property
    def _events(self) -> tuple[tuple[date, Cause], ...]:
        found = [(day, Cause("waiver", waiver=one)) for one in self.waivers for day in (one.since, one.until)]
        known = [one.known_on for one in self.people.values() if one.known_on is not None]
        found += [(day + DAY, Cause("registers")) for day in known if day < self.until]
        return tuple((day, cause) for day, cause in found if self.since < day < self.until)

    def _in_program(self, read: RuleTurns, since: date, until: date, others: set[date]) -> set[date]:
        """Return the days of one version of the policy."""
        try:
            if read.every_day:
                raise Untold
            days = set[date]().union(*map(self._of_crossings, read.crossings), *self._data(read))
        except Untold:
            return {since + timedelta(days=ahead) for ahead in range((until - since).days)}
        found = {day for day in days if since <= day < until}
        if read.flows is not None:
            between = sorted({since, until, *found, *(day for day in others if since < day < until)})
            for start, end in pairwise(between):
                found |= self._flows(read.flows, start, end)
        return found

    def _flows(self, flows: Flows, start: date, end: date) -> frozenset[date]:
        key = id(flows), start, end
        if key not in self._flowing:
            self._flowing[key] = frozenset(flows.turns(self.question, start, end))
            self._turned.setdefault(id(flows), set()).update(self._flowing[key])
        return self._flowing[key]

    def _of_crossings(self, those: tuple[Crossing, ...]) -> set[date]:
        """Return the days of a rule's own crossings; raises Untold."""
        found = self._reached.get(id(those))
        if found is None:
            found = self._reached[id(those)] = set[date]().union(*map(self._reach.days, those))
        return found

    def _caused(self, read: RuleTurns, day: date) -> Iterator[Cause]:
        try:
            those = [crossing for own in read.crossings if day in self._of_crossings(own) for crossing in own]
            reached = [one for crossing in those for one in self._reach.days(crossing).get(day, ())]
            yield from (Cause("time", one) for one in {id(one): one for one in reached}.values())
        except Untold:
            yield Cause("time")
        if any(day in days for days in self._data(read)):
            yield Cause("data")
        if read.flows is not None and day in self._turned.get(id(read.flows), ()):
            yield Cause("sum")

    def _data(self, read: RuleTurns) -> tuple[frozenset[date], ...]:
        """Return the days on which what is seen of the people changes, beside the tree of a rule."""
        if read.standing not in self._turns:
            turns = [one.view_turns(self.since, self.until, standing=read.standing) for one in self.people.values()]
            self._turns[read.standing] = frozenset(day for days in turns for day in days)
        return self._turns[read.standing], *((self._measured,) if read.measured else ())

    @cached_property
    def _measured(self) -> frozenset[date]:
        records = (record for person in self.people.values() for record in person.competencies.records)
        days = (one.assessed_on for one in records if one.assessed_on is not None)
        return frozenset(end for day in days for end in (first_of(day), last_of(day)))
