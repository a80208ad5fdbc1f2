"""Card: one page for one person: what is on record, what is owed, the next steps, what closes, what is missing, where to object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.decisions import names
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.explanation import day_before, footing, owed_by, person, result
from asnpolicy.decisions.path.path import CareerPath, NextStep
from asnpolicy.decisions.path.text import changes, earliest, remedy
from asnpolicy.decisions.reasons import Part, Reason, because, sentence
from asnpolicy.decisions.telling import Telling
from asnpolicy.decisions.timeline.text import assumptions
from asnpolicy.decisions.trees import titled
from asnpolicy.decisions.verdict import DutyState
from asnpolicy.decisions.words import label
from asnpolicy.language.rules import FAILED
from asnpolicy.people import HISTORIES, OPEN, Employee, Label, Opening
from asnpolicy.people.nip import masked
from asnpolicy.people.records import PostRecord
from asnpolicy.visible import visible

MOST_STEPS, MOST_WAYS, MOST_MISSING = 5, 2, 8
"""What finds room on one page; how much was left out is said."""
MANY = 3
"""So many duties that wait for the same data are told together."""


@dataclass(frozen=True, slots=True)
class CardEntry:
    """One thing on a card, with what is said of it."""

    said: Reason
    inside: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CardSection:
    """One part of a card; without entries it says that there is nothing."""

    heading: Reason
    told: tuple[CardEntry, ...]
    otherwise: Reason


@dataclass(frozen=True, repr=False)
class CareerCard:
    """What one person reads about their own career, on one page."""

    path: CareerPath
    duties: tuple[Decision, ...]
    """The duties that are for the person and not fulfilled, or of which it is not known."""

    def __repr__(self) -> str:
        return f"CareerCard({masked(self.path.employee.nip)}, {self.path.as_of})"

    @property
    def employee(self) -> Employee:
        """Whose card it is."""
        return self.path.employee

    @property
    def head(self) -> tuple[Reason, ...]:
        """Whose card it is, of which day, and what it rests on."""
        assumed = (Reason("time.assumed.head"), *assumptions(self.path.assumed)) if self.path.assumed else ()
        return (because("card.as_of", day=self.path.as_of), Reason("time.unknown_on"), *assumed)

    @property
    def sections(self) -> tuple[CardSection, ...]:
        """The parts of the card, in the order in which they are read."""
        parts = (
            ("record", _recorded(self.employee, self.path.as_of)),
            ("duties", _duties(self.duties)),
            ("steps", _steps(self.path)),
            ("closes", _closing(self.path)),
            ("missing", _missing(self)),
        )
        return tuple(
            CardSection(Reason(f"card.{name}"), tuple(entries), Reason(f"card.{name}.none")) for name, entries in parts
        )

    def text(self, lang: str = "id") -> str:
        """Return the card as text for people, in Indonesian (`id`) or English (`en`)."""
        return "".join(f"{'  ' * depth}{visible(sentence(said.to(lang)))}\n" for depth, said in self._lines())

    def _lines(self) -> Iterator[tuple[int, Reason]]:
        yield 0, Reason("card.title")
        yield 0, person(self.employee)
        yield from ((0, said) for said in self.head)
        for one in self.sections:
            yield 0, because("text", text="")
            yield 0, one.heading
            for entry in one.told:
                yield 1, entry.said
                yield from ((2, said) for said in entry.inside)
            if not one.told:
                yield 1, one.otherwise
        yield 0, because("text", text="")
        yield 0, Reason("card.objection")
        yield 1, objection()
        yield 0, because("text", text="")
        yield from ((0, said) for said in self.foot)

    @property
    def foot(self) -> tuple[Reason, ...]:
        """How sources are named, and by which policy the card was made."""
        return Reason("note.sources"), names.by_policy(self.path.region, self.path.policy)

    def model_dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        duties = [
            {
                "rule": one.rule.id,
                "state": None if one.state is None else one.state.value,
                "due": None if one.due is None else day_before(one.due).isoformat(),
                "missing": list(one.missing),
            }
            for one in self.duties
        ]
        return {**self.path.model_dump(), "duties": duties}

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return it as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)


def objection(to: str | None = None, channel: str | None = None) -> Reason:
    """Say where to object; what is not given is left open."""
    return because(
        "card.objection.text",
        to=to or Reason("notice.blank.objection_to"),
        channel=channel or Reason("notice.blank.channel"),
    )


def owed(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return the duties that are not fulfilled yet, overdue or of which it is not known: what is overdue first."""
    order = ("overdue", "owed", "undetermined")
    those = [one for one in decisions if one.state is not None and one.state.value in order]
    return tuple(
        sorted(
            those, key=lambda one: (order.index(one.state.value if one.state else ""), one.due or date.max, one.rule.id)
        )
    )


# What is on record


def _recorded(one: Employee, day: date) -> Iterator[CardEntry]:
    seen = one.view(day)
    rank = max((each for each in seen.ranks.records if each.rank), key=lambda each: each.rank or 0, default=None)
    post = next((each for each in reversed(seen.posts.records) if each.until == OPEN and each.acting is not True), None)
    grade = seen.pppk_grades.records[-1] if seen.pppk_grades.records else None
    rated = [each for each in seen.appraisals.records if each.rating is not None and each.year is not None]
    yield _fact("field.employment", None if seen.employment is None else label(seen.employment))
    status = seen.service_status
    yield _fact("field.service_status", label(status) if isinstance(status, Label) else None)
    if rank is not None and rank.rank is not None:
        yield _fact("record.ranks", because("card.since", what=label(rank.rank), day=_day(rank.since)))
    elif grade is not None and grade.grade is not None:
        yield _fact("record.pppk_grades", because("card.since", what=label(grade.grade), day=_day(grade.since)))
    else:
        yield _fact("record.ranks", None)
    yield _fact("record.posts", None if post is None else because("card.since", what=_post(post), day=_day(post.since)))
    for each in rated[-2:]:
        yield CardEntry(because("card.rated", year=str(each.year), rating=str(each.rating)))


def _fact(name: str, what: Part | None) -> CardEntry:
    return CardEntry(because("card.fact", name=Reason(name), what=Reason("value.unknown") if what is None else what))


def _day(day: Any) -> Part:
    return Reason("value.unknown") if day is None or isinstance(day, Label) else day


def _post(one: PostRecord) -> Part:
    like = Opening(id="-", kind=one.kind, jenjang=one.jenjang, echelon=one.echelon)
    return names.held_post(one.title, like) or Reason("value.unknown")


# What is owed, what comes, what closes, what is missing


def _duties(those: tuple[Decision, ...]) -> Iterator[CardEntry]:
    """Tell each duty; of many that wait for the same data and for nothing else, the data once and their names under them."""
    waiting: dict[tuple[str, ...], list[Decision]] = {}
    for one in those:
        if one.due is None and one.state is DutyState.UNDETERMINED and not any(_lacking(one)):
            waiting.setdefault(one.missing, []).append(one)
    together = {key: found for key, found in waiting.items() if len(found) >= MANY}
    for one in those:
        found = together.get(one.missing, [])
        if one not in found:
            yield _duty(one)
        elif one is found[0]:
            named = (
                because("card.waiting.one", title=titled(each.rule), basis=_first(footing(each))) for each in found
            )
            yield CardEntry(because("card.waiting", missing=names.all_missing(one.missing)), tuple(named))


def _first(said: Iterator[Reason]) -> Part:
    return next(said, "")


def _duty(one: Decision) -> CardEntry:
    due = () if one.due is None else (because("line.due", day=day_before(one.due)),)
    lacking = tuple(_lacking(one))
    missing = (because("path.deliver", missing=names.all_missing(one.missing)),) if one.missing else ()
    return CardEntry(
        because("card.duty", title=titled(one.rule), state=result(one)),
        (*due, *owed_by(one), *lacking, *missing, *footing(one)),
    )


def _lacking(one: Decision) -> Iterator[Reason]:
    """Tell what was seen of each criterion that fails: that there is no record yet says nothing more."""
    telling = Telling.of(one, unmet=True)
    for finding in one.outcome.findings:
        looked = telling.observed(finding)
        if finding.status == FAILED and not (looked and all(each.fact in HISTORIES for each in looked)):
            told = [line.said for line in telling.looked_at(finding) if line.depth == 0]
            yield from (because("text", text=said) for said in told[:MOST_WAYS])


def _steps(path: CareerPath) -> Iterator[CardEntry]:
    open_ = [one for one in path.steps if not one.decision.rule.acting and (one.earliest or one.remedies)]
    for one in open_[:MOST_STEPS]:
        yield CardEntry(one.name, (*footing(one.decision), earliest(one), *_to_do(one)))
    if len(open_) > MOST_STEPS:
        yield CardEntry(because("card.more", count=len(open_) - MOST_STEPS))


def _to_do(one: NextStep) -> Iterator[Reason]:
    for each in one.tasks:
        if each.on is not None and not each.actions:
            yield because("card.by_time", title=each.title, day=each.on)
    if one.remedied_on is not None:
        yield changes(one, one.remedied_on)
        yield from (because("card.way", what=remedy(each, offered=True)) for each in one.remedies[:MOST_WAYS])


def _closing(path: CareerPath) -> Iterator[CardEntry]:
    for one in path.steps:
        if one.closes is not None and one.closed_by is not None and one.closes != path.leaves:
            until = because("card.closed", step=one.name, day=day_before(one.closes), by=one.closed_by)
            closed = because("card.closed.already", step=one.name, by=one.closed_by)
            yield CardEntry(closed if one.has_closed else until)
    if path.leaves is not None:
        yield CardEntry(because("path.leaves", day=day_before(path.leaves)))


def _missing(card: CareerCard) -> Iterator[CardEntry]:
    of_steps = [said for step in card.path.steps for task in step.tasks for said in task.deliver]
    of_duties = [said for duty in card.duties for said in names.all_missing(duty.missing)]
    found = tuple(dict.fromkeys((*of_steps, *of_duties)))
    yield from map(CardEntry, found[:MOST_MISSING])
    if len(found) > MOST_MISSING:
        yield CardEntry(because("plan.rest", count=len(found) - MOST_MISSING))
    yield from (CardEntry(names.finding(one)) for one in card.employee.findings(card.path.as_of))
