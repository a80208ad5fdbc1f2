"""Path: from where somebody stands, every next step that the policy knows, with dates, what to do, and what closes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.decisions import names
from asnpolicy.decisions.criteria import SeenFact
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.path.actions import Action, actions
from asnpolicy.decisions.path.ladder import Ladder
from asnpolicy.decisions.path.remedies import Remedies, Remedy
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.decisions.timeline import Assumed, Assumption, Segment, Timeline
from asnpolicy.language.nodes import Asks, Field, Fold, walk
from asnpolicy.language.rules import FAILED, HELD, Criterion, Text
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.nip import masked


@dataclass(frozen=True)
class Credit:
    """How long credit takes at one predicate: the day on which what is needed is reached, if that is given each year."""

    rating: Rating
    on: date | None

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"rating": str(self.rating), "on": None if self.on is None else str(self.on)}


@dataclass(frozen=True)
class Task:
    """What a criterion that does not hold yet still needs: a day, things to do, data to deliver, credit to gather."""

    criterion: str
    title: Text
    basis: str
    status: str
    looked_at: tuple[SeenFact, ...]
    """What was seen, and what is required of it."""
    on: date | None
    """The first day on which it holds as things stand and with what is assumed; None where waiting does not bring it."""
    assumed: bool = False
    """Whether it looks at what is assumed."""
    actions: tuple[Action, ...] = ()
    deliver: tuple[Reason, ...] = ()
    credit: tuple[Credit, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "criterion": self.criterion,
            "basis": self.basis,
            "status": self.status,
            "on": None if self.on is None else str(self.on),
            "actions": [one.as_data() for one in self.actions],
            "deliver": [one.as_data() for one in self.deliver],
            "credit": [one.as_data() for one in self.credit],
        }


@dataclass(frozen=True)
class Lapse:
    """A criterion that holds today, and from a day on no longer, for a result that has aged by then."""

    criterion: str
    title: Text
    on: date
    """The first day on which it does not hold any more, as things stand."""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"criterion": self.criterion, "on": str(self.on)}


@dataclass(frozen=True)
class NextStep:
    """One rule that may lead somebody on, as it stands and as it will."""

    timeline: Timeline
    decision: Decision
    tasks: tuple[Task, ...]
    earliest: date | None
    """The first day on which it can be proposed; None when there is none."""
    takes_effect: date | None
    assumed: bool
    """Whether the earliest day rests on what is assumed."""
    closes: date | None
    """The day from which on it can't be proposed any more, for an age or because the person leaves; that which was asked
    for, where it has closed already."""
    closed_by: Text | None
    lapses: tuple[Lapse, ...]
    """What holds today and will have to be renewed."""
    remedies: tuple[Remedy, ...]
    """What would turn the no into a yes: on the day that is asked for, or on that on which time has done its part."""
    remedied_on: date | None
    remedies_complete: bool = True
    """Whether there can be no other smallest set; False where there was too much to ask."""

    def __repr__(self) -> str:
        return f"NextStep({self.decision!r}, earliest {self.earliest})"

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.timeline.rule

    @property
    def has_closed(self) -> bool:
        """Whether it has closed already on the day that was asked for."""
        return self.closes is not None and self.closes <= self.decision.asked_on

    @property
    def name(self) -> Reason:
        """What the step is called: the rule, with the rank or the opening that it leads to."""
        to = None if self.timeline.opening else self.decision.to
        return (
            because("path.step", title=self.timeline.title, to=names.target(to)) if to else because("text", text=self.timeline.name)
        )

    def criteria(self, *statuses: str) -> tuple[str, ...]:
        """Name the criteria with one of some statuses: `held`, `failed`, `unknown`."""
        return tuple(one.id for one in self.decision.criteria if one.status in statuses)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "rule": self.rule,
            "opening": self.timeline.opening,
            "to": self.decision.to,
            "verdict": self.decision.verdict.value,
            "held": list(self.criteria("held", "waived", "not_applicable")),
            "failed": list(self.criteria("failed")),
            "unknown": list(self.criteria("unknown")),
            "earliest": _iso(self.earliest),
            "takes_effect": _iso(self.takes_effect),
            "assumed": self.assumed,
            "closes": _iso(self.closes),
            "closed_by": None if self.closed_by is None else {"id": self.closed_by.id, "en": self.closed_by.en},
            "lapses": [one.as_data() for one in self.lapses],
            "tasks": [one.as_data() for one in self.tasks],
            "remedies": [one.as_data() for one in self.remedies],
            "remedied_on": _iso(self.remedied_on),
            "remedies_complete": self.remedies_complete,
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@dataclass(frozen=True, repr=False)
class CareerPath:
    """The next steps of one person, the nearest first, and the ladder to a goal."""

    employee: Employee
    as_of: date
    until: date
    leaves: date | None
    """The first day on which the person is no longer in the service, as far as it can be told."""
    steps: tuple[NextStep, ...]
    goal: Ladder | None
    assumptions: tuple[Assumption, ...]
    assumed: tuple[Assumed, ...]
    region: str
    policy: str
    """The content hash of the policy."""

    def __repr__(self) -> str:
        count = len(self.steps)
        return f"CareerPath({masked(self.employee.nip)}, {self.as_of}, {count} step{'s' if count != 1 else ''})"

    def step(self, rule: str, opening: str | None = None) -> NextStep | None:
        """Return the step of a rule; None where it is never for the person."""
        return next((one for one in self.steps if (one.rule, one.timeline.opening) == (rule, opening)), None)

    def explain(self, lang: str = "id") -> str:
        """Return the path as text for people, in Indonesian (`id`) or English (`en`)."""
        from asnpolicy.decisions.path.text import text  # noqa: PLC0415  # the text is wanted by few

        return text(self, lang)

    def model_dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "nip": self.employee.nip,
            "as_of": str(self.as_of),
            "leaves": _iso(self.leaves),
            "region": self.region,
            "policy": self.policy,
            "assumed": [one.as_data() for one in self.assumed],
            "steps": [one.as_data() for one in self.steps],
            "goal": None if self.goal is None else self.goal.as_data(),
        }

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return it as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)


# Making one

RATINGS = (Rating.SANGAT_BAIK, Rating.BAIK, Rating.BUTUH_PERBAIKAN)
"""The predicates at which it is said how long credit takes."""
Again = Callable[[Rating], Timeline]
"""Gives the same timeline with a predicate for each coming year."""
Mend = Callable[[Decision, date], Remedies]
"""Gives what would change a no, asked on another day."""


def next_step(
    line: Timeline, leaves: tuple[date, Text] | None, opening: Opening | None, agency: Agency, again: Again, mend: Mend
) -> NextStep | None:
    """Return the step of a timeline that begins today; None where it is never for the person."""
    first, decision = line.first("eligible"), line.segments[0].decision
    if decision is None or all(one.result in ("not_applicable", "not_in_force") for one in line.segments):
        return None
    tasks = tuple(_tasks(line, decision, opening, agency, again))
    closes = _closing(line, leaves)
    waits = max((one.on for one in tasks if one.on is not None and not one.actions), default=line.since)
    mended = Remedies() if first is not None and first.since == line.since else mend(decision, waits)
    return NextStep(
        line, decision, tasks, None if first is None else first.since, None if first is None else first.takes_effect,
        first is not None and first.assumed, None if closes is None else closes[0], None if closes is None else closes[1],
        tuple(_lapses(line)), mended.sets, waits if mended.sets else None, mended.complete,
    )  # fmt: skip


def _tasks(line: Timeline, decision: Decision, opening: Opening | None, agency: Agency, again: Again) -> Iterator[Task]:
    """Return what each criterion that does not hold needs: what can be done first, then data, then waiting by its day."""
    possible = actions(decision, opening, agency)
    found = [_task(line, decision, one, possible, again) for one in _open(decision)]
    yield from sorted(found, key=lambda one: (not one.actions, not one.deliver, one.on or date.max))


def _open(decision: Decision) -> Iterator[tuple[int, Any]]:
    return ((at, one) for at, one in enumerate(decision.criteria) if one.status in ("failed", "unknown"))


def _task(line: Timeline, decision: Decision, one: tuple[int, Any], possible: Iterable[Action], again: Again) -> Task:
    at, criterion = one
    own = tuple({action.said: action for action in possible if criterion.id in action.criteria}.values())
    credit = any(action.kind == "credit" for action in own)
    by_rating = tuple(Credit(rating, _holds_from(again(rating), at)) for rating in RATINGS) if credit else ()
    missing = names.all_missing(criterion.missing) if criterion.status == "unknown" else ()
    return Task(
        criterion.id, criterion.title, criterion.basis, criterion.status, criterion.observations,
        _holds_from(line, at), _looks_at(decision.rule.criteria[at], line), own, missing, by_rating,
    )  # fmt: skip


def _looks_at(criterion: Criterion, line: Timeline) -> bool:
    """Whether a criterion looks at a history that has an assumed record, or asks a rule that may."""
    assumed = {one.history for one in line.assumed}
    nodes = (node for root in criterion.conditions for node in walk(root))
    return bool(assumed) and any(
        isinstance(node, Asks) or (isinstance(node, Fold) and node.history in assumed) for node in nodes
    )


def _holds_from(line: Timeline, at: int) -> date | None:
    """Return the first day on which a criterion holds, by its place in the rule."""
    for one in line.segments:
        if one.decision is not None:
            statuses = one.decision.statuses.criteria
            if at < len(statuses) and statuses[at] >= HELD:
                return one.since
    return None


# What closes


def _closing(line: Timeline, leaves: tuple[date, Text] | None) -> tuple[date, Text] | None:
    """Return the first day from which on a rule says no for an age, or because the person has left, and what closes it."""
    ends = [one for one in (_too_old(line), leaves) if one is not None and one[0] < line.until]
    return min(ends, key=lambda one: one[0], default=None)


def _too_old(line: Timeline) -> tuple[date, Text] | None:
    last = line.segments[-1].decision
    if last is None:
        return None
    found = []
    for at, criterion in enumerate(last.rule.criteria):
        if last.statuses.criteria[at] == FAILED and _reads_age(criterion):
            found.append((_fails_from(line.segments, criterion.id), criterion.title))
    return min(((day, title) for day, title in found if day is not None), key=lambda one: one[0], default=None)


def _reads_age(criterion: Criterion) -> bool:
    nodes = (node for root in criterion.conditions for node in walk(root))
    return any(isinstance(node, Field) and node.name == "birth_date" for node in nodes)


RESULTS = frozenset({"exams", "trainings", "competencies", "assessments"})
"""Histories of results that may age, and be had again."""


def _lapses(line: Timeline) -> Iterator[Lapse]:
    """Return what holds on the first day, and fails in the end for the age of a result, not of the person."""
    first, last = line.segments[0].decision, line.segments[-1].decision
    if first is None or last is None:
        return
    held = {id for id, status in _by_id(first) if status == HELD}
    for criterion, (id, status) in zip(last.rule.criteria, _by_id(last), strict=True):
        if id in held and status == FAILED and not _reads_age(criterion) and _reads_results(criterion):
            day = _fails_from(line.segments, id)
            if day is not None:
                yield Lapse(id, criterion.title, day)


def _reads_results(criterion: Criterion) -> bool:
    nodes = (node for root in criterion.conditions for node in walk(root))
    return any(isinstance(node, Fold) and node.history in RESULTS for node in nodes)


def _fails_from(segments: tuple[Segment, ...], criterion: str) -> date | None:
    """Return the first day of the run of days up to the last on which a criterion fails; None where it began before."""
    day: date | None = None
    for one in reversed(segments):
        statuses = {} if one.decision is None else dict(_by_id(one.decision))
        if statuses.get(criterion) != FAILED:
            return day
        day = one.since
    return day


def _by_id(decision: Decision) -> Iterator[tuple[str, int]]:
    return zip((one.id for one in decision.rule.criteria), decision.statuses.criteria, strict=True)
