"""Plan: for one promotion period, who can be proposed, who lacks one thing and which, and who leaves before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from asnpolicy.decisions import names
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.reading import takes_effect
from asnpolicy.decisions.reasons import Part
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.decisions.timeline.assumptions import with_assumed
from asnpolicy.decisions.verdict import Verdict
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.rules import FAILED, UNKNOWN, Program, Rule, Text
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.nip import masked
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase

if TYPE_CHECKING:
    from asnpolicy.engine import Engine

DAY = timedelta(days=1)


class PlanGroup(StrEnum):
    """How somebody stands for a period."""

    READY = "ready"
    """Can be proposed."""
    ONE = "one"
    """Lacks one thing."""
    MORE = "more"
    """Lacks several things."""
    UNKNOWN = "unknown"
    """Data are missing."""
    LEAVES = "leaves"
    """Is no longer in the service when the period comes."""


@dataclass(frozen=True, repr=False)
class PlanEntry:
    """One person and one rule for a period; for whoever leaves before it, no rule."""

    employee: Employee
    group: PlanGroup
    period: date
    decision: Decision | None = None
    opening: str | None = None
    leaves: date | None = None

    def __repr__(self) -> str:
        rule = "" if self.decision is None else f" {self.decision.rule.id}"
        return f"PlanEntry({masked(self.employee.nip)}{rule}: {self.group.value})"

    @property
    def rule(self) -> str:
        """The id of the rule; empty for whoever leaves."""
        return "" if self.decision is None else self.decision.rule.id

    @property
    def title(self) -> Text | None:
        """The title of the rule."""
        return None if self.decision is None else self.decision.rule.title

    @property
    def to(self) -> str:
        """What it leads to."""
        return self.opening or ("" if self.decision is None else self.decision.to or "")

    @property
    def lacks(self) -> tuple[str, ...]:
        """Name the criteria that fail or are not known."""
        return tuple(one for one, _ in self._lacking)

    @property
    def lacking(self) -> tuple[Part, ...]:
        """What is lacking, in words: criteria by their titles, and of what is not known the data."""
        found: list[Part] = [title for _, title in self._lacking]
        if self.group is PlanGroup.UNKNOWN and self.decision is not None:
            return names.all_missing(self.decision.missing)
        return tuple(found)

    @property
    def _lacking(self) -> tuple[tuple[str, Text], ...]:
        one = self.decision
        if one is None or self.group is PlanGroup.READY:
            return ()
        those = zip(one.rule.criteria, one.statuses.criteria, strict=True)
        return tuple((criterion.id, criterion.title) for criterion, status in those if status in (FAILED, UNKNOWN))

    @property
    def not_yet(self) -> bool:
        """Whether what is lacking may be only a record that is still to come."""
        return self.decision is not None and self.decision.not_yet

    def model_dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "nip": self.employee.nip,
            "rule": self.rule,
            "opening": self.opening,
            "to": self.to or None,
            "period": str(self.period),
            "group": self.group.value,
            "lacks": list(self.lacks),
            "missing": [] if self.decision is None else list(self.decision.missing),
            "not_yet": self.not_yet,
            "leaves": None if self.leaves is None else str(self.leaves),
        }


@dataclass(frozen=True)
class Planning:
    """What is asked of everybody for a period."""

    engine: Engine
    period: date
    as_of: date
    agency: Agency
    rules: tuple[Rule, ...]
    assumptions: tuple[Assumption, ...]
    waivers: tuple[Waiver, ...]

    @classmethod
    def of(
        cls, engine: Engine, period: date, as_of: date, agency: Agency, rules: Iterable[str] | None,
        assume: Iterable[Assumption], waivers: Iterable[Waiver],
    ) -> Planning:  # fmt: skip
        """Return what is asked; raises PolicyError for a period before the day of asking, or on which nothing takes effect."""
        if period < as_of:
            message = phrase(
                en="the period {period} is before {as_of}, the day on which the registers were known",
                id="periode {period} mendahului {as_of}, hari data register diketahui",
                period=period,
                as_of=as_of,
            )
            raise PolicyError(
                [
                    Problem(
                        "past-period",
                        message,
                        help=phrase(
                            en="give a later period, or an earlier day",
                            id="beri periode yang lebih kemudian, atau hari yang lebih awal",
                        ),
                    )
                ]
            )
        program = engine.policy.program(period)
        wanted = None if rules is None else set(rules)
        _check(wanted, program)
        asked = [
            one for one in program.rules if one.kind == "promotion" and one.takes_effect is not None and not one.follows
        ]
        asked = [one for one in asked if (one.target is not None if wanted is None else one.id in wanted)]
        meant = tuple(one for one in asked if takes_effect(one, period) == period)
        if not any(one.takes_effect is not None and one.takes_effect.periods for one in meant) and wanted is None:
            raise _no_period(period, asked)
        if not meant:
            raise _no_period(period, asked)
        return cls(engine, period, as_of, agency, meant, tuple(assume), tuple(waivers))

    def entries(self, employee: Employee) -> Iterator[PlanEntry]:
        """Return how one person stands: an entry for each rule that is for the person on the day of the period."""
        known = employee if employee.known_on is not None else employee.as_known_on(self.as_of)
        left = self._leaves(known)
        if left is not None:
            yield PlanEntry(employee, PlanGroup.LEAVES, self.period, leaves=left)
            return
        start = min(known.known_on or self.as_of, self.period)
        given = [one for one in self.assumptions if one.fits(known)]
        person, _ = with_assumed(known, given, start, self.period + DAY)
        for rule in self.rules:
            for opening in self._openings(rule):
                decision = self.engine.decide(
                    person, rule.id, as_of=self.period, target=opening, agency=self.agency,
                    waivers=[one for one in self.waivers if one.nip == employee.nip],
                )  # fmt: skip
                if (group := _group(decision)) is not None:
                    yield PlanEntry(employee, group, self.period, decision, None if opening is None else opening.id)

    def _openings(self, rule: Rule) -> tuple[Opening | None, ...]:
        return self.agency.openings if rule.into_post else (None,)

    def _leaves(self, person: Employee) -> date | None:
        """Return the first day out of the service, when that is after today, and no later than the period."""
        from asnpolicy.decisions.path.made import leaving  # noqa: PLC0415  # the house of paths is not needed by all

        found = leaving(self.engine, person, self.as_of, self.period + DAY, self.agency)
        return None if found is None or found[0] <= self.as_of else found[0]


def _check(wanted: set[str] | None, program: Program) -> None:
    known = sorted(one.id for one in program.rules if one.kind == "promotion")
    for name in sorted(wanted or ()):
        if name not in known:
            message = phrase(
                en="`{name}` is no promotion of that day", id="`{name}` bukan kenaikan pada hari itu", name=name
            )
            raise PolicyError([Problem("unknown-rule", message, help=meant(name, known))])


def _no_period(period: date, rules: Iterable[Rule]) -> PolicyError:
    later = [
        day for one in rules if one.takes_effect and one.takes_effect.periods and (day := takes_effect(one, period))
    ]
    help_ = (
        phrase(en="the next one is {day}", id="periode berikutnya {day}", day=min(later))
        if later
        else phrase(
            en="name a rule that takes effect on any day with `--rule`",
            id="sebut aturan yang berlaku pada hari mana pun dengan `--rule`",
        )
    )
    return PolicyError(
        [
            Problem(
                "no-period",
                phrase(en="{period} is no promotion period", id="{period} bukan periode kenaikan", period=period),
                help=help_,
            )
        ]
    )


def _group(decision: Decision) -> PlanGroup | None:
    match decision.verdict:
        case Verdict.ELIGIBLE:
            return PlanGroup.READY
        case Verdict.UNDETERMINED:
            return PlanGroup.UNKNOWN
        case Verdict.INELIGIBLE:
            lacking = sum(status in (FAILED, UNKNOWN) for status in decision.statuses.criteria)
            return PlanGroup.ONE if lacking == 1 else PlanGroup.MORE
        case _:
            return None
