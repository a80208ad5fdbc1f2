"""Timeline: what a rule comes to about somebody on every day between two, in segments, each with what began it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from asnpolicy.decisions.criteria import STATUS_NAMES
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.timeline.assumptions import Assumed
from asnpolicy.decisions.timeline.causes import causes_of
from asnpolicy.decisions.timeline.days import Cause, RuleTurns
from asnpolicy.decisions.timeline.effects import EffectSpan, effects
from asnpolicy.decisions.timeline.steps import DayAnswer, RuleOverDays, Step
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.language.rules import NOT_APPLICABLE, Criterion, Text
from asnpolicy.people import Employee
from asnpolicy.people.nip import masked


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion, or whether the rule applies, that is otherwise than on the day before."""

    criterion: str
    """Its id; empty for whether the rule applies."""
    title: Text
    before: str
    after: str


@dataclass(frozen=True)
class Segment:
    """Days on which nothing changes, half open: `since <= day < until`."""

    since: date
    until: date
    decision: Decision | None = field(compare=False)
    """What is decided on its first day; None where the rule is not in force."""
    assumed: bool = False
    """Whether it is otherwise than it would be without what is assumed."""
    _answer: DayAnswer | None = None
    _causes: tuple[Cause, ...] = field(default=(), compare=False)
    _before: Decision | None = field(default=None, compare=False)
    _assumed_before: bool = field(default=False, compare=False)
    _reads: tuple[RuleTurns, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        return f"Segment({self.since} to {self.until}: {self.result})"

    @property
    def verdict(self) -> Verdict | None:
        """The verdict; None where the rule is not in force."""
        return None if self.decision is None else self.decision.verdict

    @property
    def state(self) -> DutyState | None:
        """The state of a duty; None for other rules, and where it is not in force."""
        return None if self.decision is None else self.decision.state

    @property
    def result(self) -> str:
        """The state of a duty or the verdict of another rule, as written: `eligible`, `owed`, `not_in_force`."""
        one = self.state or self.verdict
        return "not_in_force" if one is None else one.value

    @property
    def projected(self) -> bool:
        """Whether it is after the day on which the registers were known: as things stood then."""
        return self.decision is not None and self.decision.projected

    @property
    def not_yet(self) -> bool:
        """Whether it is only for want of a record of days to come that this is no."""
        return self.decision is not None and self.decision.not_yet

    @property
    def takes_effect(self) -> date | None:
        """The day on which what is granted on its first day takes effect."""
        return None if self.decision is None else self.decision.takes_effect

    @property
    def rules_since(self) -> date | None:
        """Since when the version of the rules that decides is in force."""
        return self._reads[0].since if self._reads else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is otherwise than on the day before its first."""
        return tuple(_changes(self._before, self.decision))

    @cached_property
    def causes(self) -> tuple[Reason, ...]:
        """What brought its first day about: a length of time that was reached, a record, a version, a waiver."""
        if not self._causes:  # the first: what began it was before
            return ()
        changed = frozenset(one.criterion for one in self.changes)
        if self.decision is not None and self.assumed != self._assumed_before and not changed:
            return (Reason("cause.assumed" if self.assumed else "cause.no_longer_assumed"),)
        return causes_of(self._causes, changed, self._before, self.decision, self._reads)

    def model_dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        one = self.decision
        statuses = {} if one is None else {c.id: STATUS_NAMES[s] for c, s in _with_status(one)}
        return {
            "since": str(self.since),
            "until": str(self.until),
            "result": self.result,
            "projected": self.projected,
            "not_yet": self.not_yet,
            "assumed": self.assumed,
            "takes_effect": None if self.takes_effect is None else str(self.takes_effect),
            "because": [] if one is None else list(one.because),
            "criteria": statuses,
            "missing": [] if one is None else list(one.missing),
            "changes": [{"criterion": c.criterion, "before": c.before, "after": c.after} for c in self.changes],
            "causes": [{**cause.as_data(), "id": cause.to("id"), "en": cause.to("en")} for cause in self.causes],
        }


@dataclass(frozen=True, repr=False)
class Timeline:
    """One rule about one person over time: the result of every day, in segments.

    >>> from asnpolicy import Employee, Engine
    >>> person = Employee(nip="199001012022211001", employment="PPPK")
    >>> Engine.load("nasional").timeline(
    ...     person, "kenaikan-pangkat-reguler", since=date(2026, 10, 1), until=date(2030, 1, 1)
    ... )
    Timeline(kenaikan-pangkat-reguler, ********202221*001, 2026-10-01 to 2030-01-01, 1 segment)
    """

    rule: str
    title: Text
    employee: Employee
    since: date
    until: date
    segments: tuple[Segment, ...]
    region: str
    policy: str
    """The content hash of the policy."""
    opening: str | None = None
    post: Part | None = None
    """What the opening is called."""
    assumed: tuple[Assumed, ...] = ()
    """What was added to what is on record, for days to come."""

    def __repr__(self) -> str:
        count = len(self.segments)
        segments = f"{count} segment{'s' if count != 1 else ''}"
        return f"Timeline({self.rule}, {masked(self.employee.nip)}, {self.since} to {self.until}, {segments})"

    @property
    def name(self) -> Part:
        """The title of the rule, and of the opening that it is asked about."""
        return because("chart.opening", title=self.title, opening=self.post) if self.post is not None else self.title

    def on(self, day: date) -> Segment:
        """Return the segment of a day; raises KeyError for a day outside."""
        for one in self.segments:
            if one.since <= day < one.until:
                return one
        raise KeyError(day)

    def before(self, until: date) -> Timeline:
        """Return the timeline of the days before another last one."""
        if until >= self.until:
            return self
        kept = [one for one in self.segments if one.since < until]
        kept[-1] = replace(kept[-1], until=until)
        return replace(self, until=until, segments=tuple(kept))

    def first(self, *results: str) -> Segment | None:
        """Return the first segment with one of these results, such as `eligible`; None when there is none."""
        return next((one for one in self.segments if one.result in results), None)

    def by_result(self) -> tuple[Segment, ...]:
        """Return longer segments, in which the verdict or the state is the same, whatever criteria do."""
        joined: list[Segment] = []
        for one in self.segments:
            last = joined[-1] if joined else None
            if last is not None and _shown(last) == _shown(one):
                joined[-1] = Segment(last.since, one.until, *_rest(last))
            else:
                joined.append(one)
        return tuple(joined)

    @cached_property
    def effects(self) -> tuple[EffectSpan, ...]:
        """When what is granted takes effect, for all days on which this is `eligible`: from one period to the next."""
        return tuple(
            span
            for one in self.segments
            if one.decision is not None and one.verdict is Verdict.ELIGIBLE
            for span in effects(one.decision.rule, one.since, one.until)
        )

    def explain(self, lang: str = "id") -> str:
        """Return the timeline as text for people, in Indonesian (`id`) or English (`en`)."""
        from asnpolicy.decisions.timeline.text import text  # noqa: PLC0415  # the text is wanted by few

        return text(self, lang)

    def model_dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "rule": self.rule,
            "opening": self.opening,
            "since": str(self.since),
            "until": str(self.until),
            "known_on": None if self.employee.known_on is None else str(self.employee.known_on),
            "region": self.region,
            "policy": self.policy,
            "assumed": [one.as_data() for one in self.assumed],
            "segments": [one.model_dump() for one in self.segments],
        }

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return it as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)


def _shown(one: Segment) -> tuple[Any, ...]:
    to = one.decision.to if one.decision is not None and one.verdict is Verdict.ELIGIBLE else None
    return one.result, one.projected, one.assumed, to


def _rest(one: Segment) -> tuple[Any, ...]:
    return one.decision, one.assumed, one._answer, one._causes, one._before, one._assumed_before, one._reads


# Making one


def segments(asked: RuleOverDays, without: RuleOverDays | None, until: date) -> Iterator[Segment]:
    """Return the segments of what is asked; `without` asks without what is assumed."""
    last: Segment | None = None
    starts = list(_starts(list(asked.steps()), None if without is None else list(without.steps())))
    for (day, step, assumed), end in zip(starts, [*(one[0] for one in starts[1:]), until], strict=True):
        before, assumed_before = (None, False) if last is None else (last.decision, last.assumed)
        causes = () if last is None else _causes(asked, without, day)
        reads = () if step.reads is None else (step.reads,)
        last = Segment(day, end, asked.decision(step, day), assumed, step.answer, causes, before, assumed_before, reads)
        yield last


def _causes(asked: RuleOverDays, without: RuleOverDays | None, day: date) -> tuple[Cause, ...]:
    return asked.causes(day) if without is None else (*asked.causes(day), *without.causes(day))


def _starts(steps: list[Step], without: list[Step] | None) -> Iterator[tuple[date, Step, bool]]:
    """Return each day on which an answer changes, or whether it rests on what is assumed."""
    if without is None:
        yield from ((one.day, one, False) for one in steps)
        return
    last: object = None
    at = other = 0
    for day in sorted({one.day for one in (*steps, *without)}):
        at += at + 1 < len(steps) and steps[at + 1].day <= day
        other += other + 1 < len(without) and without[other + 1].day <= day
        assumed = steps[at].answer != without[other].answer
        if (at, assumed) != last:
            yield day, steps[at], assumed
            last = at, assumed


def _with_status(one: Decision) -> Iterator[tuple[Criterion, int]]:
    yield from zip(
        (*one.rule.criteria, *one.rule.warnings), (*one.statuses.criteria, *one.statuses.warnings), strict=True
    )


def _changes(before: Decision | None, after: Decision | None) -> Iterator[Change]:
    if before is None or after is None:
        return
    if before.statuses.applies != after.statuses.applies:
        words = [STATUS_NAMES[one.statuses.applies] for one in (before, after)]
        yield Change("", after.rule.title, words[0], words[1])
    earlier = {one.id: status for one, status in _with_status(before)}
    for one, status in _with_status(after):
        was = earlier.get(one.id, NOT_APPLICABLE)
        if was != status:
            yield Change(one.id, one.title, STATUS_NAMES[was], STATUS_NAMES[status])
