"""Timelines as people read them: each stretch of days with its result, what began it, and what is still lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from asnpolicy.decisions import names
from asnpolicy.decisions.explanation import day_before, footing, person, result
from asnpolicy.decisions.reasons import Part, Reason, because, sentence, series
from asnpolicy.decisions.timeline.assumptions import Assumed
from asnpolicy.decisions.timeline.stretches import Again, Stretch, again, by_year, stretches_of
from asnpolicy.decisions.timeline.timeline import Change, Segment, Timeline
from asnpolicy.language.dates import OPEN
from asnpolicy.people.records import AppraisalRecord, TrainingRecord
from asnpolicy.visible import visible

OWN = "fulfilled_when"
"""The criterion of a duty that is the duty itself: its title says nothing more."""


def text(one: Timeline, lang: str) -> str:
    """Write a timeline for people."""
    title = because("time.head", title=one.name, since=one.since, until=day_before(one.until))
    return _written(((0, title), *rests_on(one), *stretches(one)), lang)


def texts(lines: Sequence[Timeline], lang: str) -> str:
    """Write timelines of one person between the same two days: what they rest on once, then each rule."""
    first = lines[0]
    title = because("chart.title", since=first.since, until=day_before(first.until))
    rules = (
        line
        for one in lines
        for line in (
            (0, _EMPTY),
            (0, because("text", text=one.name)),
            *((1 + depth, said) for depth, said in stretches(one)),
        )
    )
    return _written(((0, title), *rests_on(first), *rules, (0, _EMPTY), (0, Reason("note.sources"))), lang)


_EMPTY = because("text", text="")
Lines = Iterable[tuple[int, Reason]]


def _written(lines: Lines, lang: str) -> str:
    return "".join(f"{'  ' * depth}{visible(sentence(said.to(lang)))}".rstrip() + "\n" for depth, said in lines)


def rests_on(one: Timeline) -> Iterator[tuple[int, Reason]]:
    """Say of whom it is, by which policy, when the registers were known, and what is assumed."""
    yield 0, person(one.employee)
    yield 0, names.by_policy(one.region, one.policy)
    known = one.employee.known_on
    if known is None:
        yield 0, Reason("time.unknown_on")
    elif known < one.until:
        yield 0, because("time.known_on", day=known)
    if one.assumed:
        yield 0, Reason("time.assumed.head")
        yield from ((1, said) for said in assumptions(one.assumed))


def stretches(one: Timeline) -> Iterator[tuple[int, Reason]]:
    """Cite the basis of the rule, then tell each stretch of days."""
    decided = next((each.decision for each in one.segments if each.decision is not None), None)
    if decided is not None:
        yield from ((0, said) for said in footing(decided))
    those = stretches_of(one.segments)
    told = [said_of(each) for each in those]
    for found in by_year(those, told, one.until):
        yield 0, _EMPTY
        if isinstance(found, Again):
            yield 0, again(found, day_before(found.until))
            continue
        yield 0, headline(those[found].segment, those[found].before)
        yield from ((1, said) for said in told[found][1:])


def said_of(one: Stretch) -> tuple[Reason, ...]:
    """Return what is said of a stretch without its days: the result, then its notes."""
    later = () if one.not_yet_from is None else (because("time.not_yet.from", day=one.not_yet_from),)
    return outcome(one.segment, one.before), *notes(one.segment, one.before), *later


def headline(one: Segment, before: Segment | None = None) -> Reason:
    """Return the days of a segment with its result."""
    found = outcome(one, before)
    if day_before(one.until) == one.since:
        return because("time.day", day=one.since, result=found)
    if one.until == OPEN:
        return because("time.last", since=one.since, result=found)
    return because("time.segment", since=one.since, until=day_before(one.until), result=found)


def outcome(one: Segment, before: Segment | None = None) -> Reason:
    """Return the result of a segment, and whether it is that of the one before."""
    found = Reason("time.not_in_force") if one.decision is None else result(one.decision)
    return because("time.same", result=found) if before is not None and before.result == one.result else found


def notes(one: Segment, before: Segment | None = None) -> Iterator[Reason]:
    """Return what is to be said of a segment: what began it, what it leads to, what is lacking."""
    if before is not None and one.causes:
        yield because("time.cause", causes=one.causes)
    if one.result != "not_applicable":
        yield from (_changed(change) for change in one.changes if change.criterion != OWN)
    decision = one.decision
    if decision is None:
        return
    if one.result == "eligible":
        if (to := names.led_to(decision)) is not None:
            yield because("time.to", to=to)
        if decision.takes_effect is not None:
            yield because("time.effect", since=one.since, day=decision.takes_effect)
    elif one.result in ("ineligible", "owed", "overdue") and (titles := _titles(one)):
        yield because("time.failing", titles=series(titles))
    elif one.result == "undetermined":
        yield because("time.missing", missing=names.all_missing(decision.missing))
    if one.projected and before is None:
        yield Reason("time.projected")
    if one.not_yet:
        yield Reason("time.not_yet")
    if one.assumed and (before is None or Reason("cause.assumed") not in one.causes):
        yield Reason("time.assumed")


def _titles(one: Segment) -> tuple[Part, ...]:
    decision = one.decision
    failing = () if decision is None else decision.because
    criteria = () if decision is None else decision.rule.criteria
    return tuple(each.title for each in criteria if each.id in failing and each.id != OWN)


def _changed(one: Change) -> Reason:
    if not one.criterion:
        return Reason(f"time.applies.{one.after}")
    return because(
        "time.change", title=one.title, before=Reason(f"status.{one.before}"), after=Reason(f"status.{one.after}")
    )


def assumptions(those: Iterable[Assumed]) -> Iterator[Reason]:
    """Name what is assumed: a predicate of several years on end once."""
    waiting: list[AppraisalRecord] = []
    for one in those:
        record = one.record
        if isinstance(record, AppraisalRecord) and (not waiting or _goes_on(waiting[-1], record)):
            waiting.append(record)
            continue
        yield from _rated(waiting)
        waiting = [record] if isinstance(record, AppraisalRecord) else []
        if isinstance(record, TrainingRecord):
            yield because("time.assumed.trainings", training=record.code or "", day=record.completed_on or OPEN)
    yield from _rated(waiting)


def _goes_on(last: AppraisalRecord, record: AppraisalRecord) -> bool:
    return last.rating is record.rating and record.year == (last.year or 0) + 1


def _rated(those: list[AppraisalRecord]) -> Iterator[Reason]:
    if those:
        first, last = those[0].year, those[-1].year
        year = str(first) if first == last else f"{first}–{last}"
        yield because("time.assumed.appraisals", year=year, rating=str(those[0].rating))
