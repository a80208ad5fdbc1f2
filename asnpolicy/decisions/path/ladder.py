"""The ladder to a goal: step after step, each taken on its first day, its effect on record, and asked again from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from asnpolicy.decisions import names
from asnpolicy.decisions.reasons import Part, because
from asnpolicy.decisions.timeline import Segment, Timeline
from asnpolicy.decisions.words import label
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN, Text
from asnpolicy.people import OPEN, Absent, Employee, Opening
from asnpolicy.people.days import first_of
from asnpolicy.people.histories import in_order
from asnpolicy.people.labels import Label
from asnpolicy.people.posts import Jenjang, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import PostRecord, RankRecord
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase

MOST = 40
"""So many situations are looked at: a career has fewer ranks and posts."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A rank, a level, a kind of post, or an opening."""

    wanted: Label | Opening

    @classmethod
    def of(cls, text: str, openings: Sequence[Opening]) -> Goal:
        """Read a goal; raises PolicyError for what is none."""
        for one in openings:
            if one.id == text:
                return cls(one)
        for labels in (Rank, Jenjang, PostKind):
            for member in labels:
                if str(member).casefold() == text.casefold():
                    return cls(member)
        known = [str(one) for labels in (Rank, Jenjang, PostKind) for one in labels] + [one.id for one in openings]
        help_ = meant(
            text,
            known,
            phrase(
                en="give a rank (IV/a), a level (Ahli Madya), a kind of post, or an opening",
                id="sebut pangkat (IV/a), jenjang (Ahli Madya), jenis jabatan, atau jabatan lowong",
            ),
        )
        raise PolicyError(
            [
                Problem(
                    "unknown-goal", phrase(en="`{text}` is no goal", id="`{text}` bukan tujuan", text=text), help=help_
                )
            ]
        )

    @property
    def key(self) -> str:
        """The goal as it is given."""
        return self.wanted.id if isinstance(self.wanted, Opening) else str(self.wanted)

    @property
    def name(self) -> Part:
        """Name it for people."""
        if isinstance(self.wanted, Opening):
            return names.vacancy(self.wanted)
        if isinstance(self.wanted, PostKind):
            return because("post.kind", kind=label(self.wanted))
        if isinstance(self.wanted, Rank):
            return because("path.goal.rank", rank=label(self.wanted))
        return because("path.goal.level", level=label(self.wanted))

    def reached(self, person: Employee, taken: frozenset[str]) -> bool:
        """Tell whether a person holds it, or more of a rank or a level; of openings those that were taken count."""
        wanted = self.wanted
        if isinstance(wanted, Opening):
            return wanted.id in taken
        if isinstance(wanted, Rank):
            return any(one.rank is not None and one.rank >= wanted for one in person.ranks.records)
        held = [one for one in person.posts.records if one.until in (OPEN, None) and one.acting is not True]
        if isinstance(wanted, Jenjang):
            return any(isinstance(one.jenjang, Jenjang) and one.jenjang >= wanted for one in held)
        return any(one.kind is wanted for one in held)

    def nears(self, line: Timeline, openings: dict[str, Opening]) -> bool:
        """Tell whether a rule leads the way: to ranks, to levels, into a post of the kind, or into the opening itself."""
        rule = next((one.decision.rule for one in line.segments if one.decision is not None), None)
        if rule is None or rule.acting:
            return False
        opening = None if line.opening is None else openings.get(line.opening)
        if isinstance(self.wanted, Opening):
            return opening == self.wanted
        if opening is not None:
            return self._asks_for(opening)
        labels = None if rule.target_type is None else rule.target_type.labels
        return labels is type(self.wanted) and not (rule.follows or rule.into_post)

    def _asks_for(self, opening: Opening) -> bool:
        if isinstance(self.wanted, PostKind):
            return opening.kind is self.wanted
        return isinstance(self.wanted, Jenjang) and isinstance(opening.jenjang, Jenjang)

    def can_open(self, openings: Sequence[Opening]) -> bool:
        """Tell whether the agency has an opening of the kind; of other goals that is not asked."""
        return not isinstance(self.wanted, PostKind) or any(one.kind is self.wanted for one in openings)


@dataclass(frozen=True)
class Rung:
    """A step that is taken: by which rule, proposed on which day, in effect from which."""

    rule: str
    title: Text
    opening: str | None
    to: str
    proposed_on: date
    takes_effect: date
    assumed: bool
    """Whether it rests on what is assumed, beside the rungs before it."""
    post: Part | None = None
    """What the opening is called."""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "rule": self.rule,
            "opening": self.opening,
            "to": self.to,
            "proposed_on": str(self.proposed_on),
            "takes_effect": str(self.takes_effect),
            "assumed": self.assumed,
        }


@dataclass(frozen=True)
class Ladder:
    """The steps to a goal by which it is reached first; or how far one gets, and what then stands in the way."""

    goal: str
    rungs: tuple[Rung, ...]
    reached: bool
    blocked: tuple[Timeline, ...] = ()
    """What was asked last, where the goal is out of reach: the rules that lead there, and how they stand."""
    name: Part = ""
    """What the goal is called."""
    can_open: bool = True
    """Whether the agency has an opening of the kind that is the goal."""

    @property
    def on(self) -> date | None:
        """The first day on which the goal is held; None where it is out of reach."""
        return self.rungs[-1].takes_effect if self.reached and self.rungs else None

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        last = [(one, nearest(one)) for one in self.blocked]
        return {
            "goal": self.goal,
            "reached": self.reached,
            "on": None if self.on is None else str(self.on),
            "rungs": [one.as_data() for one in self.rungs],
            "blocked": [
                {"rule": one.rule, "opening": one.opening, "result": segment.result,
                 "because": [] if segment.decision is None else list(segment.decision.because)}
                for one, segment in last
            ],
        }  # fmt: skip


def nearest(line: Timeline) -> Segment:
    """Return the days on which the fewest criteria stand in the way: what fails only for an age to come does not yet.

    Of days with as few, those on which the fewest of them come by waiting: a length of time that is reached later is no obstacle.
    """
    later: frozenset[int] = frozenset()
    keys = []
    for one in reversed(line.segments):
        statuses = () if one.decision is None else one.decision.statuses.criteria
        lacking = {at for at, status in enumerate(statuses) if status in (FAILED, UNKNOWN)}
        unknown = sum(status == UNKNOWN for status in statuses)
        keys.append((one.decision is None, len(lacking), unknown, len(lacking & later), one.since))
        later |= {at for at, status in enumerate(statuses) if status >= HELD}
    return line.on(min(keys)[-1])


Lines = Callable[[Employee, date], Sequence[Timeline]]
"""Gives the timelines of all promotions of a person from a day on."""


def ladder(goal: Goal, person: Employee, since: date, lines: Lines, openings: Sequence[Opening]) -> Ladder:
    """Return the steps by which a goal is reached first, each taken on the first day on which it can be proposed."""
    known = {one.id: one for one in openings}
    order, seen = count(), set[Any]()
    waiting: list[tuple[date, int, Employee, tuple[Rung, ...]]] = [(since, next(order), person, ())]
    furthest: tuple[tuple[Rung, ...], tuple[Timeline, ...]] = (), ()
    for _ in range(MOST):
        if not waiting:
            break
        day, _, one, rungs = heappop(waiting)
        if goal.reached(one, frozenset(rung.opening for rung in rungs if rung.opening)):
            return Ladder(goal.key, rungs, True, name=goal.name)
        if (standing := _standing(one)) in seen:
            continue
        seen.add(standing)
        asked = tuple(lines(one, _after(rungs, day)))
        if len(rungs) >= len(furthest[0]):
            furthest = rungs, tuple(line for line in asked if goal.nears(line, known) and _leads_on(line))
        for rung, last in _rungs(asked):
            after = promoted(one, rung, known)
            if not last or (isinstance(goal.wanted, Rank) and goal.reached(after, frozenset())):
                heappush(waiting, (rung.takes_effect, next(order), after, (*rungs, rung)))
    return Ladder(goal.key, furthest[0], False, furthest[1], goal.name, goal.can_open(openings))


def _after(rungs: tuple[Rung, ...], day: date) -> date:
    """Return the day from which on the next step is asked for: nobody is given two ranks on one day."""
    return day + timedelta(days=1) if rungs and rungs[-1].opening is None else day


def _standing(person: Employee) -> Any:
    ranks = max((one.rank for one in person.ranks.records if one.rank is not None), default=None)
    return ranks, person.posts.records[-1:] and person.posts.records[-1].model_dump_json(exclude={"since"})


def _leads_on(line: Timeline) -> bool:
    return any(one.result in ("ineligible", "undetermined") for one in line.segments)


def _rungs(lines: Sequence[Timeline]) -> Iterator[tuple[Rung, bool]]:
    """Return the first day of each rule on which it says yes, when that takes effect, and what it leads to.

    And whether nothing comes after it, as after a rank that is given for leaving the service. Who acts in a post does not hold it.
    """
    for line in lines:
        first = line.first("eligible")
        if first is None or first.decision is None:
            continue
        rule = first.decision.rule
        if rule.acting:
            continue
        decision, effect = first.decision, first.takes_effect or first.since
        to = line.opening or decision.to
        if to is not None:
            made = Rung(line.rule, line.title, line.opening, to, first.since, effect, first.assumed, line.post)
            yield made, bool(rule.follows)


def promoted(person: Employee, rung: Rung, openings: dict[str, Opening]) -> Employee:
    """Return a person with a step on record: a new rank, or a new post and the end of the one before."""
    day = rung.takes_effect
    if rung.opening is not None:
        return _appointed(person, day, _post_of(openings[rung.opening], day))
    rank = next((one for one in Rank if str(one) == rung.to), None)
    if rank is not None:
        records = in_order((*person.ranks.records, RankRecord(rank=rank, since=day)))
        return person.model_copy(update={"ranks": person.ranks.with_records(records)})
    level = next((one for one in Jenjang if str(one) == rung.to), None)
    return person if level is None else _appointed(person, day, _post_at(person, level, day))


def _post_of(opening: Opening, day: date) -> PostRecord:
    return PostRecord(
        title=opening.title, kind=opening.kind, category=opening.category, jenjang=opening.jenjang, echelon=opening.echelon,
        unit=opening.unit, field=opening.field, since=day, until=OPEN, acting=False,
    )  # fmt: skip


def _post_at(person: Employee, level: Jenjang, day: date) -> PostRecord:
    """Return the functional post that is held, one level up."""
    held = [one for one in person.posts.records if one.kind is PostKind.FUNGSIONAL and not one.acting]
    last = held[-1] if held else None
    return PostRecord(
        title=None if last is None else last.title, kind=PostKind.FUNGSIONAL, category=level.category, jenjang=level,
        unit=None if last is None else last.unit, field=None if last is None else last.field, since=day, until=OPEN, acting=False,
    )  # fmt: skip


def _appointed(person: Employee, day: date, post: PostRecord) -> Employee:
    """Return a person with a post from a day on, on which those that were held end."""
    records = [_ended(one, day) for one in person.posts.records]
    return person.model_copy(update={"posts": person.posts.with_records(in_order((*records, post)))})


def _ended(post: PostRecord, day: date) -> PostRecord:
    runs = post.until == OPEN and (post.since is None or isinstance(post.since, Absent) or first_of(post.since) < day)
    return post.model_copy(update={"until": day}) if runs and post.acting is not True else post
