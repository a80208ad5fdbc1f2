"""Over time: one person between two days, whose questions and candidate days all rules share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.timeline.assumptions import Assumed, Assumption, with_assumed
from asnpolicy.decisions.timeline.days import Causes, Days, Reads, reads_of
from asnpolicy.decisions.timeline.timeline import Timeline, segments
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.nodes import Scope
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, suggest

LONGEST = 120
"""So many years a timeline has at most: no career is longer."""
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
    agency: Agency
    waivers: tuple[Waiver, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        if self.until <= self.since:
            message, help = f"there is no day from {self.since} until before {self.until}", "give a later `until`"
            raise PolicyError([Problem("no-days", message, help=help)])
        if self.until.year - self.since.year > LONGEST:
            message, help = f"{self.since} to {self.until} is more than {LONGEST} years", "give an earlier `until`"
            raise PolicyError([Problem("no-days", message, help=help)])
        if not self._programs:
            self.policy.program(self.since)

    @cached_property
    def _programs(self) -> tuple[Program, ...]:
        return tuple(one for one in self.policy.programs if one.since < self.until and self.since < one.until)

    @cached_property
    def _with_assumed(self) -> tuple[Employee, tuple[Assumed, ...]]:
        return with_assumed(self.employee, self.assumptions, self.since, self.until)

    def all(self) -> tuple[Timeline, ...]:
        """Return the timeline of every rule that can be asked of one person alone, and before every opening."""
        last: dict[str, Any] = {rule.id: rule for program in self._programs for rule in program.rules}
        wanted = sorted(id for id, rule in last.items() if rule.kind != "pair")
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
        found = self._causes(rule, person, target, mentor)
        without = None
        if assumed:
            for day, causes in self._causes(rule, self.employee, target, mentor).items():
                found.setdefault(day, []).extend(one for one in causes if one not in found[day])
            without = self._decider(rule, self.employee, target, mentor)
        decide = self._decider(rule, person, target, mentor)
        made = segments(decide, without, found, lambda day: self._reads(rule, day), self.since, self.until)
        opening = target.id if isinstance(target, Opening) else target
        return Timeline(
            rule, versions[-1].title, self.employee, self.since, self.until, tuple(made), self.policy.region,
            self.policy.digest, opening, assumed,
        )  # fmt: skip

    def _unknown(self, rule: str) -> PolicyError:
        if rule in self.policy.rules:
            message = f"`{rule}` is not in force from {self.since} until before {self.until}"
            return PolicyError([Problem("unknown-rule", message, help="ask for other days")])
        close = suggest(rule, list(self.policy.rules))
        help = f"did you mean `{close}`?" if close else f"there is: {', '.join(self.policy.rules)}"
        return PolicyError([Problem("unknown-rule", f"unknown rule `{rule}`", help=help)])

    def _program(self, day: date) -> Program | None:
        at = bisect_right(self._begins, day) - 1
        return self._programs[at] if at >= 0 and day < self._programs[at].until else None

    @cached_property
    def _begins(self) -> tuple[date, ...]:
        return tuple(one.since for one in self._programs)

    def _reads(self, rule: str, day: date) -> tuple[Reads, ...]:
        program = self._program(day)
        found = None if program is None else reads_of(program, rule)
        return () if found is None else (found,)

    def _causes(self, rule: str, person: Employee, target: str | Opening | None, mentor: Employee | None) -> Causes:
        found = self._days(person, target, mentor).of(rule)
        followed = {
            event for program in self._programs if rule in program.by_id for event in program.rule(rule).follows
        }
        for event in sorted(followed):
            for day, causes in self._days(person, target, mentor).of(event).items():
                found.setdefault(day, []).extend(causes)
        return found

    def _days(self, person: Employee, target: str | Opening | None, mentor: Employee | None) -> Days:
        """Return the candidate days of a person, the same for all rules that ask about nobody and nothing else."""
        key = id(person), target if isinstance(target, str) else id(target), id(mentor)
        if key not in self._known:
            people: dict[Scope, Employee] = {"employee": person}
            if mentor is not None:
                people |= {"mentor": mentor, "mentee": person}
            self._known[key] = Days(
                people, self.since, self.until, self._programs, self.waivers,
                lambda day: self.ask(person, day, target, self.agency, mentor),
            )  # fmt: skip
        return self._known[key]

    @cached_property
    def _known(self) -> dict[Any, Days]:
        return {}

    def _decider(
        self, rule: str, person: Employee, target: str | Opening | None, mentor: Employee | None
    ) -> Callable[[date], Decision | None]:
        opening, ask = target.id if isinstance(target, Opening) else target, self._days(person, target, mentor).ask

        def decide(day: date) -> Decision | None:
            program = self._program(day)
            if program is None or rule not in program.by_id:
                return None
            return self.decide(program, rule, ask(day), person, self.waivers, opening)

        return decide
