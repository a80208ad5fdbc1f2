"""Search: whether there is anybody of whom some claims hold, on any day of a stretch, and who.

Nobody found among all people there can be is a proof. Somebody found is made minimal, becomes an employee like any other,
and is put before the definition: nobody is shown on whom the two do not agree.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt import careers
from asnpolicy.backends.smt.minimal import Minimal
from asnpolicy.backends.smt.months import length_of
from asnpolicy.backends.smt.people import EARLIEST, LATEST, Person
from asnpolicy.backends.smt.records import RecordLimit
from asnpolicy.backends.smt.rules import Translation, reached, texts_of
from asnpolicy.backends.smt.units import Units
from asnpolicy.backends.smt.witness import Maker, Witness, contradicted, record_fields_read
from asnpolicy.language import dates
from asnpolicy.language.lower import Binder, bind_rule
from asnpolicy.language.nodes import Node
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Program, Rule
from asnpolicy.people import HISTORIES, Agency, Employee
from asnpolicy.problems import PolicyError

TIMEOUT = 30_000
"""Milliseconds for one search."""
HASTE = 5.0
"""Seconds that a witness may take to become minimal."""
EASIER = 10
"""The part of the time that an easier question may take before the one that is asked."""
BRIEFLY = 0.3
"""Seconds for a question whose answer only makes a proof say more."""
HORIZON = date(2100, 1, 1)
"""Nobody is asked about from this day on."""


def _forget() -> None:
    """Begin without the terms of earlier questions: how long a proof takes, and whether in time, would hang on them.

    The solver orders what is joined by when it was first written down. There is no public way to begin anew.
    """
    z3.z3._main_ctx = None


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Any day of a stretch, half open."""

    since: date
    until: date


When: TypeAlias = date | OpenDays
Like: TypeAlias = Employee | Callable[[], Employee | None] | None


class OnTheDay(Mapping[str, Rule]):
    """Rules bound to a day, each when it is first looked at: a question reaches few of them."""

    def __init__(self, rules: Mapping[str, Rule], day: date) -> None:
        self._rules, self._day = rules, day
        self._bound: dict[str, Rule] = {}

    def __getitem__(self, name: str) -> Rule:
        """Return a rule as it is on the day."""
        if name not in self._bound:
            self._bound[name] = bind_rule(self._rules[name], Binder(self._day))
        return self._bound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who is looked for: one person or a person and a twin, and what is claimed of them."""

    people: tuple[Translation, ...]
    terms: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Among whom somebody is looked for.

    `records`: how many they have at most; None: what is made of records may be anything. `late`: whether the days of their
    lives, and the one that is asked about, may be days 29 to 31 of a month.
    """

    records: Sequence[RecordLimit] | None
    late: bool = True


Ask: TypeAlias = Callable[[Extent], Claims]
"""Gives who is looked for among some people."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """Whether there is somebody (None: it could not be told in time), who, and among people with how many records.

    `coherent`: nobody whose records contradict each other is counted as somebody. `contradicted`: there is somebody, but only with records that contradict each other, so that nobody is shown.
    """

    somebody: bool | None
    people: tuple[Witness, ...] = ()
    records: tuple[RecordLimit, ...] = ()
    minimal: bool = True
    contradicted: bool = False
    coherent: bool = False

    @property
    def whatever_records(self) -> bool:
        """Tell whether the answer stands for people with any number of records, and not only for those with so few."""
        return bool(self.people) or (self.somebody is not None and all(each.enough for each in self.records))


class Smt:
    """The rules of a program on a day, or on any day of a stretch, before the solver."""

    def __init__(
        self,
        program: Program,
        when: When,
        *,
        agency: Agency | None = None,
        timeout: int = TIMEOUT,
        like: Like = None,
        seed: int = 0,
        until: float = math.inf,
    ) -> None:
        """`agency`: the one that people are in; else any, whatever its tree of units.

        `like`: whom a witness resembles, or what tells it once somebody is looked for. `until`: when, by the clock that only
        goes on, the time for all searches together is up.
        """
        self.program, self.when, self.timeout, self.seed = program, when, timeout, seed
        self.like_of, self.until = like, until
        self.rules: Mapping[str, Rule] = program.by_id if isinstance(when, OpenDays) else OnTheDay(program.by_id, when)
        self._agency = agency
        self.haste = HASTE
        self.definition = Definition(program)

    @cached_property
    def like(self) -> Employee | None:
        """Whom a witness resembles."""
        return self.like_of() if callable(self.like_of) else self.like_of

    def conditions(self, *rules: str) -> list[Node]:
        """Return every condition of some rules and of those that they build on."""
        return [root for rule in reached(self.rules, rules) for root in rule.conditions]

    def translation(
        self,
        conditions: Sequence[Node],
        *,
        suffix: str = "",
        extent: Extent = Extent(()),
        texts: Iterable[str] = (),
    ) -> Translation:
        """Return the program over a new symbolic person, who can be told apart as far as some conditions do.

        `texts`: more that a field may be.
        """
        records = extent.records or ()
        named = [unit.code for unit in self._agency.units or ()] if self._agency else []
        most = {each.history: max(each.most, self._typical_records(each.history)) for each in records}
        summed = {each.history: each.summed for each in records}
        known = {*texts_of(conditions), *named, *texts, *_texts(self.like)}
        person = Person(known, suffix, most, summed=summed, late=extent.late)
        return Translation(self.rules, person, Units(person.texts, self._agency), whatever=extent.records is None)

    def _typical_records(self, history: str) -> int:
        return 0 if self.like is None else len(getattr(self.like, history).records)

    def find(
        self, conditions: Sequence[Node], records: Sequence[RecordLimit], ask: Ask, replay: Replay, *, doubted: bool = False
    ) -> Discovery:
        """Look for somebody of whom the definition says what the solver does.

        Where no number of records is enough: first whatever is made of records, which settles it for any number when
        there is nobody; and where there is nobody with so few, once more with one more each. `doubted`: that there is
        anybody, so that this is tried first in any case: it is the easier question. So is, where somebody may be found,
        the one about days 1 to 28 of a month.
        """
        _forget()
        look = _Look(self, conditions, replay, self._end)
        enough = all(each.enough for each in records)
        nobody = look.nobody_at_all(ask(Extent(None))) if doubted or not enough else None
        if nobody is not None:
            return nobody
        found = look.shown(Extent(records, late=False), ask) or look.among(Extent(records), ask)
        if found.somebody is not False or enough:
            return found
        return look.among(Extent([each if each.enough else each.one_more() for each in records]), ask)

    def nobody(self, conditions: Sequence[Node], records: Sequence[RecordLimit], ask: Ask) -> Discovery | None:
        """Return that there is nobody with so many records, where these are enough; None where that can't be told.

        Whoever there is among people of the first 28 days of a month is somebody, and sooner found.
        """
        _forget()
        look = _Look(self, conditions, lambda _: False, self._end)
        few = look.nobody_at_all(ask(Extent(records, late=False)))
        return None if few is None else look.nobody_at_all(ask(Extent(records)))

    @property
    def _end(self) -> float:
        """When the time for a search that begins now is up."""
        return min(time.perf_counter() + self.timeout / 1000, self.until)

    @property
    def milliseconds(self) -> int:
        """What the solver may take for an answer that is asked of it now."""
        return max(1, int(1000 * (self._end - time.perf_counter())))

    def solver(self, asked: Claims) -> Any:
        """Return a solver that holds all that is claimed."""
        solver = z3.SimpleSolver()  # the other one tries a dozen ways first: the same proof took it seconds
        solver.set("timeout", self.milliseconds)
        solver.set("random_seed", self.seed)
        solver.set("arith.solver", 2)  # sums and differences of days alone: the newer one took five times as long
        solver.add(*asked.terms, *self._day(asked.people[0].person))
        for each in asked.people:
            solver.add(*each.person.rules, *each.units.rules)
        return solver

    def _day(self, person: Person) -> list[Any]:
        if not isinstance(self.when, OpenDays):
            return [person.day == dates.position(self.when)]
        month, day = z3.Int("month of as of"), z3.Int("day of as of")
        first, last = dates.position(self.when.since), dates.position(min(self.when.until, HORIZON))
        whole = person.day == month * dates.MONTH + day
        length = length_of(month) if person.late else 28
        return [whole, day >= 0, day < length, person.day >= max(first, EARLIEST), person.day < min(last, LATEST)]

    @property
    def first_day(self) -> int:
        """The first day that is asked about, as the solver counts days."""
        return dates.position(self.when.since if isinstance(self.when, OpenDays) else self.when)

    def on_the_first_day(self) -> Smt | None:
        """Return the same questions about the first day alone; None where they are about one day."""
        if not isinstance(self.when, OpenDays):
            return None
        return self.about(self.program, self.when.since)

    def about(self, program: Program, when: When) -> Smt:
        """Return the same questions about another program, or other days."""
        return Smt(
            program, when, agency=self._agency, timeout=self.timeout, like=self.like_of, seed=self.seed, until=self.until
        )

    def unsupported(self, rule: str) -> tuple[str, ...]:
        """Say why nothing can be asked about a rule; empty when it can."""
        try:
            self.translation(self.conditions(rule)).verdict(rule, "eligible")
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


Replay: TypeAlias = Callable[[tuple[Witness, ...]], bool]
"""Tells whether the definition says of somebody what the solver does."""


@dataclass(frozen=True)
class _Look:
    """One search: by whom, about what, and how whoever is found is put before the definition."""

    smt: Smt
    conditions: Sequence[Node]
    replay: Replay

    until: float
    """When time is up."""

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.until - time.perf_counter()

    def _check(self, solver: Any, most: float = math.inf) -> Any:
        left = int(min(self.left, most) * 1000)
        if left <= 0:
            return z3.unknown
        solver.set("timeout", left)
        return solver.check()

    def nobody_at_all(self, asked: Claims) -> Discovery | None:
        """Return that there is nobody, whatever is made of records; None where that can't be told."""
        solver, most = self.smt.solver(asked), self.left / EASIER
        if self._check(solver, most) == z3.unsat:
            return Discovery(somebody=False)
        solver.add(*(claim for each in asked.people for claim in careers.possible(each.person)))
        return Discovery(somebody=False, coherent=True) if self._check(solver, most) == z3.unsat else None

    def shown(self, extent: Extent, ask: Ask) -> Discovery | None:
        """Look among some people for somebody whose records contradict nothing; None where there is nobody to show."""
        asked = ask(extent)
        return self._shown_first(self.smt.solver(asked), asked, tuple(extent.records or ()))

    def among(self, extent: Extent, ask: Ask) -> Discovery:
        """Look among some people: first of all for somebody whose records contradict nothing."""
        asked, told = ask(extent), tuple(extent.records or ())
        solver = self.smt.solver(asked)
        found = self._shown_first(solver, asked, told)
        if found is not None:
            return found
        coherent = [claim for each in asked.people for claim in careers.possible(each.person)]
        solver.push()
        solver.add(*coherent)
        result = self._check(solver)
        solver.pop()
        if result == z3.unsat:  # without being coherent it is the harder question, and a proof may take it for granted
            whatever = self._check(solver, BRIEFLY)
            return Discovery(somebody=False, records=told, coherent=whatever != z3.unsat)
        if result == z3.unknown:
            return Discovery(somebody=None, records=told)
        return Discovery(somebody=True, records=told, contradicted=True)

    def _shown_first(self, solver: Any, asked: Claims, told: tuple[RecordLimit, ...]) -> Discovery | None:
        """Look for somebody usual, then for anybody whose records contradict nothing; None where there is neither."""
        people = [each.person for each in asked.people]
        sound = [claim for person in people for claim in careers.sound(person)]
        usual = [claim for person in people for claim in careers.usual(person)]
        for claims in ([*sound, *usual], sound):
            solver.push()
            solver.add(*claims)
            result = self._check(solver)
            if result == z3.sat:
                return self._shown(solver, asked, told)
            if result == z3.unknown:
                return Discovery(somebody=None, records=told)
            solver.pop()
        return None

    def _shown(self, solver: Any, asked: Claims, records: tuple[RecordLimit, ...]) -> Discovery:
        """Show whoever was found, made minimal; where in haste they became nobody whom the definition knows, in all the time left.

        Raises AssertionError where the two do not agree about somebody who was made minimal in time: that is a defect. Whose day
        happens to be one that registers write where they have none is not shown.
        """
        model = solver.model()
        for patience in (min(self.smt.haste, self.left), self.left):
            solver.push()
            minimal, people = self._made(solver, model, asked, patience)
            in_time = minimal.in_time
            if not any(map(contradicted, people)) and self.replay(people):
                return Discovery(somebody=True, people=people, records=records, minimal=in_time)
            if in_time and any(map(contradicted, people)):
                return Discovery(somebody=True, records=records, contradicted=True)
            if in_time:
                raise AssertionError(f"the solver and the definition do not agree about {people}")
            solver.pop()
        return Discovery(somebody=None, records=records)

    def _made(
        self, solver: Any, model: Any, asked: Claims, patience: float
    ) -> tuple[Minimal, tuple[Witness, ...]]:
        minimal = Minimal(solver, model, self.smt.like, record_fields_read(self.conditions), patience)
        first = asked.people[0].person
        minimal.day(first, self.smt.first_day)
        minimal.person(first)
        for twin in asked.people[1:]:
            minimal.twin(first, twin.person)
        maker = Maker(minimal.model, self.conditions, self.smt.like, minimal.whole)
        return minimal, tuple(maker.witness(each.person, each.units) for each in asked.people)


def _texts(like: Employee | None) -> set[str]:
    """Return the texts in the records of a person."""
    if like is None:
        return set()
    found = {like.unit, like.field, like.agency, *(like.interests or ())}
    for history in HISTORIES:
        names = [name for name, type_ in record_fields(history).items() if type_.kind.value == "text"]
        found |= {getattr(record, name) for record in getattr(like, history).records for name in names}
    return {text for text in found if isinstance(text, str)}
