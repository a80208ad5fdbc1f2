"""How a path is made: the timelines of all promotions, the day of leaving, what would change each no, the ladder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.path.actions import Situation
from asnpolicy.decisions.path.ladder import Goal, Ladder, ladder
from asnpolicy.decisions.path.path import CareerPath, NextStep, next_step
from asnpolicy.decisions.path.remedies import Remedies, remedies
from asnpolicy.decisions.timeline import Assumption, Timeline
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.dates import plus_months
from asnpolicy.language.rules import Rule, Text
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.appraisals import Rating

if TYPE_CHECKING:
    from asnpolicy.engine import Engine

AHEAD = 45 * 12
"""So many months are looked ahead: no career is longer."""
SERVICE = "dalam-dinas"
"""The rule that somebody is in the service, where the policy says when one leaves it."""


def _leads_somewhere(rule: Rule) -> bool:
    """Tell whether a rule leads to a rank, a level or a post: a leave, a pension, a ban that appoints nobody is no step."""
    return rule.target is not None and not rule.follows and (rule.asks_the_person or not rule.acting)


def leaving(engine: Engine, person: Employee, since: date, until: date, agency: Agency) -> tuple[date, Text] | None:
    """Return the first day between two on which somebody is out of the service, and by what; None where there is none."""
    program = engine.policy.program(since)
    if SERVICE not in program.by_id:
        return None
    line = engine.timeline(person, SERVICE, since=since, until=until, agency=agency)
    first = line.first("ineligible")
    if first is None or first.decision is None:
        return None
    titles = {rule.name: rule.title for rule in program.rules if rule.kind == "leaving"}
    return first.since, next((titles[one] for one in first.decision.because if one in titles), line.title)


@dataclass(frozen=True)
class Roadmap:
    """What is asked of one person's path."""

    engine: Engine
    person: Employee
    as_of: date
    agency: Agency
    assumptions: tuple[Assumption, ...]
    waivers: tuple[Waiver, ...]

    @classmethod
    def of(
        cls, engine: Engine, employee: Employee, as_of: date, agency: Agency, assume: Iterable[Assumption],
        waivers: Iterable[Waiver],
    ) -> Roadmap:  # fmt: skip
        """Return what is asked; of somebody of whom it is not said, the registers were known on the day itself."""
        known = employee if employee.known_on is not None else employee.as_known_on(as_of)
        return cls(engine, known, as_of, agency, tuple(assume), tuple(waivers))

    @cached_property
    def until(self) -> date:
        """The day after the last that is looked at: the first out of the service, or as far as any career goes."""
        return (
            plus_months(self.as_of, AHEAD) if self.leaves is None else max(self.leaves[0], plus_months(self.as_of, 1))
        )

    @cached_property
    def leaves(self) -> tuple[date, Text] | None:
        """The first day out of the service, and by what; None where the policy or the data don't tell."""
        return leaving(self.engine, self.person, self.as_of, plus_months(self.as_of, AHEAD), self.agency)

    def path(self, goal: str | None = None) -> CareerPath:
        """Return the path, and the ladder to a goal."""
        wanted = None if goal is None else Goal.of(goal, self.agency.openings)
        lines = self.lines(self.person, self.as_of)
        steps = [one for one in map(self._step, lines) if one is not None and _leads_somewhere(one.decision.rule)]
        steps.sort(key=lambda one: (one.earliest or date.max, one.rule, one.timeline.opening or ""))
        assumed = lines[0].assumed if lines else ()
        return CareerPath(
            self.person, self.as_of, self.until, None if self.leaves is None else self.leaves[0], tuple(steps),
            None if wanted is None else self._ladder(wanted), self.assumptions, assumed,
            self.engine.policy.region, self.engine.policy.digest,
        )  # fmt: skip

    def lines(self, person: Employee, since: date) -> tuple[Timeline, ...]:
        """Return the timelines of all promotions of a person from a day on."""
        if since >= self.until:
            return ()
        return self.engine.timelines(
            person, since=since, until=self.until, agency=self.agency, waivers=self.waivers, assume=self.assumptions,
            kinds=("promotion",),
        )  # fmt: skip

    def _ladder(self, goal: Goal) -> Ladder:
        return ladder(goal, self.person, self.as_of, self.lines, self.agency.openings)

    # One step

    def _step(self, line: Timeline) -> NextStep | None:
        opening = None if line.opening is None else self.agency.opening(line.opening)

        def again(rating: Rating) -> Timeline:
            return self._line(
                line, (*(one for one in self.assumptions if one.kind != "rating"), Assumption("rating", rating))
            )

        def mend(decision: Decision, day: date) -> Remedies:
            return self._remedies(decision, line, opening, day)

        return next_step(line, self.leaves, opening, self.agency, again, mend)

    def _line(self, line: Timeline, assumptions: tuple[Assumption, ...]) -> Timeline:
        return self.engine.timeline(
            self.person, line.rule, since=self.as_of, until=self.until, target=line.opening, agency=self.agency,
            waivers=self.waivers, assume=assumptions,
        )  # fmt: skip

    def _remedies(self, decision: Decision, line: Timeline, opening: Opening | None, day: date) -> Remedies:
        """Return what would change a no on a day, as the person then stands, with what is assumed."""
        from asnpolicy.decisions.timeline.assumptions import with_assumed  # noqa: PLC0415

        if day >= self.until:
            return Remedies()
        person, _ = with_assumed(self.person, self.assumptions, self.as_of, self.until)

        def decide(one: Situation) -> Decision:
            there = one.opening or opening
            return self.engine.decide(
                one.employee, line.rule, as_of=day, target=there, agency=self.agency, waivers=one.waivers
            )

        first = decide(Situation(person, opening, decision.waivers))
        return remedies(first, opening, self.agency, decide)
