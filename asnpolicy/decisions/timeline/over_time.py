"""Over time: one person between two days, whose questions and candidate days all rules share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from asnpolicy.arguments import a_day
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.names import vacancy
from asnpolicy.decisions.timeline.assumptions import Assumed, Assumption, with_assumed
from asnpolicy.decisions.timeline.days import TurningDays
from asnpolicy.decisions.timeline.steps import RuleOverDays
from asnpolicy.decisions.timeline.timeline import Segment, Timeline, segments
from asnpolicy.decisions.trees import titled
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.nodes import Scope
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, UnknownNameError, meant
from asnpolicy.text import phrase

DAY = timedelta(days=1)
LONGEST = 120
"""So many years a timeline has at most: no career is longer."""
NOT_ASKED = frozenset({"pair", "leaving", "service"})
"""Kinds of rules that are asked of two people, or that tell who has left the service: they are asked for by name alone."""
Ask = Callable[[Employee, date, str | Opening | None, Agency, Employee | None], Question]
Decide = Callable[..., Decision]


@dataclass(frozen=True)
class OverTime:
    """What is asked about a person between two days, half open."""

    policy: Policy
    employee: Employee
    since: date
    until: date
    ask: Ask
    decide: Decide
    backend: Callable[[Program], BackEnd]
    agency: Agency
    waivers: tuple[Waiver, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        a_day(self.since, "since")
        a_day(self.until, "until")
        if self.until <= self.since:
            message, help = (
                phrase(
                    en="there is no day from {since} until before {until}",
                    id="tidak ada hari dari {since} sampai sebelum {until}",
                    since=self.since,
                    until=self.until,
                ),
                phrase(en="give a later `until`", id="beri `until` yang lebih kemudian"),
            )
            raise PolicyError([Problem("no-days", message, help=help)])
        if self.until.year - self.since.year > LONGEST:
            message, help = (
                phrase(
                    en="{since} to {until} is more than {longest} years",
                    id="{since} sampai {until} lebih dari {longest} tahun",
                    since=self.since,
                    until=self.until,
                    longest=LONGEST,
                ),
                phrase(en="give an earlier `until`", id="beri `until` yang lebih awal"),
            )
            raise PolicyError([Problem("no-days", message, help=help)])
        if not self._programs:
            self.policy.program(self.since)

    @cached_property
    def _programs(self) -> tuple[Program, ...]:
        return tuple(one for one in self.policy.programs if one.since < self.until and self.since < one.until)

    @cached_property
    def _with_assumed(self) -> tuple[Employee, tuple[Assumed, ...]]:
        return with_assumed(self.employee, self.assumptions, self.since, self.until)

    def all(self, kinds: frozenset[str] | None = None) -> tuple[Timeline, ...]:
        """Return the timeline of every rule that can be asked of one person alone, and before every opening."""
        last: dict[str, Any] = {rule.id: rule for program in self._programs for rule in program.rules}
        wanted = sorted(
            id for id, rule in last.items() if (rule.kind not in NOT_ASKED if kinds is None else rule.kind in kinds)
        )
        made = []
        for id in wanted:
            targets: tuple[Opening | None, ...] = (
                self.agency.openings if last[id].into_post and self.agency.openings else (None,)
            )
            made += [self.timeline(id, one) for one in targets]
        return tuple(made)

    def timeline(self, rule: str, target: str | Opening | None = None, mentor: Employee | None = None) -> Timeline:
        """Return the timeline of one rule; raises PolicyError for one that is never in force between the days."""
        versions = [program.rule(rule) for program in self._programs if rule in program.by_id]
        if not versions:
            raise self._unknown(rule)
        person, assumed = self._with_assumed
        without = self._asked(rule, self.employee, target, mentor) if assumed else None
        made = segments(self._asked(rule, person, target, mentor), without, self.until)
        opening = target.id if isinstance(target, Opening) else target
        known = self.agency.opening(target) if isinstance(target, str) else target
        return Timeline(
            rule, titled(versions[-1]), self.employee, self.since, self.until, tuple(made), self.policy.region,
            self.policy.digest, opening, opening if known is None else vacancy(known), assumed,
        )  # fmt: skip

    def _unknown(self, rule: str) -> PolicyError:
        if rule in self.policy.rules:
            message = phrase(
                en="`{rule}` is not in force from {since} until before {until}",
                id="`{rule}` tidak berlaku dari {since} sampai sebelum {until}",
                rule=rule,
                since=self.since,
                until=self.until,
            )
            return UnknownNameError(
                [Problem("unknown-rule", message, help=phrase(en="ask for other days", id="tanyakan hari lain"))]
            )
        return UnknownNameError(
            [
                Problem(
                    "unknown-rule",
                    phrase(en="unknown rule `{rule}`", id="aturan `{rule}` tidak dikenal", rule=rule),
                    help=meant(rule, self.policy.rules),
                )
            ]
        )

    def _program(self, day: date) -> Program | None:
        at = bisect_right(self._begins, day) - 1
        return self._programs[at] if at >= 0 and day < self._programs[at].until else None

    @cached_property
    def _begins(self) -> tuple[date, ...]:
        return tuple(one.since for one in self._programs)

    def _days(self, person: Employee, target: str | Opening | None, mentor: Employee | None) -> TurningDays:
        """Return the candidate days of a person, the same for all rules that ask about nobody and nothing else."""
        key = id(person), target if isinstance(target, str) else id(target), id(mentor)
        if key not in self._known:
            people: dict[Scope, Employee] = {"employee": person}
            if mentor is not None:
                people |= {"mentor": mentor, "mentee": person}
            self._known[key] = TurningDays(
                people, self.since, self.until, self._programs, self.waivers,
                lambda day: self.ask(person, day, target, self.agency, mentor),
            )  # fmt: skip
        return self._known[key]

    @cached_property
    def _known(self) -> dict[Any, TurningDays]:
        return {}

    def event(self, event: str, person: Employee, since: date, as_of: date) -> Timeline:
        """Return the timeline of an event up to a day, as things stand on it: worked out once, for all that follow it."""
        after = as_of + DAY
        if person.known_on is not None:
            return self._of_known(person, since, max(self.until, after)).remembered(event).before(after)
        last = min(person.known_alike(as_of)[1], max(self.until, after)) - DAY
        line = self._of_known(self._known_on(person, last), since, last + DAY).remembered(event)
        if last == as_of:
            return line
        question = self.ask(person, as_of, None, self.agency, None)
        today = Segment(as_of, after, self.decide(self.policy.program(as_of), event, question, person, ()))
        earlier = line.before(as_of).segments if since < as_of else ()
        return replace(line, until=after, segments=(*earlier, today))

    def _of_known(self, known: Employee, since: date, until: date) -> OverTime:
        key = id(known), since, until
        if key not in self._before:
            self._before[key] = replace(self, employee=known, since=since, until=until, waivers=(), assumptions=())
        return self._before[key]

    def _known_on(self, person: Employee, day: date) -> Employee:
        key = id(person), day
        if key not in self._copies:
            self._copies[key] = person.as_known_on(day)
        return self._copies[key]

    def apart(self, rule: str, person: Employee, since: date, as_of: date, decide: Decide) -> tuple[Segment, ...]:
        """Return the segments of a rule, whatever it follows, from one day to another: `decide` looks at no event."""
        line = self._apart.get((id(person), rule))
        if line is None or since < line.since:
            until = max(self.until, as_of + DAY)
            asked = replace(self, employee=person, since=since, until=until, decide=decide, waivers=(), assumptions=())
            line = self._apart[id(person), rule] = asked.timeline(rule)
        return tuple(one for one in line.segments if one.since <= as_of and since < one.until)

    def remembered(self, rule: str) -> Timeline:
        """Return the timeline of one rule, worked out once."""
        if rule not in self._lines:
            self._lines[rule] = self.timeline(rule)
        return self._lines[rule]

    @cached_property
    def _before(self) -> dict[tuple[int, date, date], OverTime]:
        return {}

    @cached_property
    def _copies(self) -> dict[tuple[int, date], Employee]:
        return {}

    @cached_property
    def _apart(self) -> dict[tuple[int, str], Timeline]:
        return {}

    @cached_property
    def _lines(self) -> dict[str, Timeline]:
        return {}

    def _asked(
        self, rule: str, person: Employee, target: str | Opening | None, mentor: Employee | None
    ) -> RuleOverDays:
        opening = target.id if isinstance(target, Opening) else target

        def decide(program: Program, question: Question, statuses: Statuses | None) -> Decision:
            return self.decide(program, rule, question, person, self.waivers, opening, self, statuses)

        versions = (program.by_id.get(rule) for program in self._programs)
        events = {event for one in versions if one is not None for event in one.follows}
        days = self._days(person, target, mentor)
        return RuleOverDays(rule, (rule, *sorted(events)), days, self._program, self.backend, decide)
