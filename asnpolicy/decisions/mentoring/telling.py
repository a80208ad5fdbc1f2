"""Telling of an assignment: why a pair, why no mentor, what is reached and what shows it, as reasons in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.decisions import names
from asnpolicy.decisions.mentoring.assignment import (
    AssignedPair,
    Assignment,
    Attainment,
    How,
    Limit,
    MentorLoad,
    Objective,
    PreferenceResult,
    UnassignedMentee,
)
from asnpolicy.decisions.reasons import Part, Reason, because

MOST_LIMITS = 3
"""So many limits are told of a mentee whom nobody can have: those that most mentors do not meet."""


def of_pair(pair: AssignedPair) -> tuple[Reason, ...]:
    """Why a pair: how it came about, then what the mentee and the mentor prefer in it."""
    return tuple(_of_pair(pair))


def _of_pair(pair: AssignedPair) -> Iterator[Reason]:
    if pair.how is not How.CHOSEN:
        yield Reason(f"how.{pair.how}")
    if pair.missing:
        yield because("how.doubt", missing=names.all_missing(pair.missing))
    if pair.choice is not None:
        only = pair.candidates == 1
        yield Reason("choice.only") if only else because("choice", rank=pair.choice, count=pair.candidates)
    yield from (because("wish", what=weighed(one)) for one in pair.wishes)
    yield from (because("claim", what=weighed(one)) for one in pair.claims)


def weighed(one: PreferenceResult) -> Reason:
    """One thing that was preferred, with its weight and points; what is not known, with what is needed."""
    if one.missing:
        needed = names.all_missing(one.missing)
        return because("weighed.unknown", label=one.label, seen=one.seen, points=one.points, missing=needed)
    code = "weighed.month" if one.monthly else "weighed"
    return because(code, label=one.label, seen=one.seen, weight=one.weight, points=one.points)


def of_unassigned(one: UnassignedMentee) -> tuple[Reason, ...]:
    """Why a mentee has no mentor."""
    return tuple(_of_unassigned(one))


def _of_unassigned(one: UnassignedMentee) -> Iterator[Reason]:
    if one.limit is Limit.FULL and one.rivals is not None and one.places is not None:
        yield because("limit.full.shortage", count=len(one.mentors), rivals=one.rivals, places=one.places)
    elif one.limit is Limit.FULL:
        yield because("limit.full", count=len(one.mentors))
    else:
        nobody = one.limit is Limit.NO_CANDIDATE and not one.failed
        yield Reason("limit.nobody" if nobody else f"limit.{one.limit}")
    if one.superior is not None:
        yield one.superior
    else:
        for limit in one.failed[:MOST_LIMITS]:
            yield because("limit.failed", count=limit.mentors, title=limit.title)
    if one.missing:
        yield because("limit.needed", missing=names.all_missing(one.missing))


def of_load(load: MentorLoad) -> Reason | None:
    """What one place more of a mentor would give; None when it would give nothing."""
    if load.better_off:
        if not load.more_placed:
            return because("assigned.more.better", better=load.better_off)
        return because("assigned.more.stable", placed=load.more_placed, better=load.better_off)
    if load.more_placed or load.more_points:
        if not load.more_placed:
            return because("assigned.more.points", points=load.more_points or 0)
        return because("assigned.more", placed=load.more_placed, points=load.more_points or 0)
    return None


def summary(made: Assignment) -> tuple[Reason, ...]:
    """What an assignment is, reaches and rests on, line by line."""
    return tuple(_summary(made))


def _summary(made: Assignment) -> Iterator[Reason]:
    yield because("assigned.title", rule=made.title)
    yield because("line.as_of", day=made.as_of)
    if made.standing == "illustrative":
        yield Reason("assigned.standing")
    if made.basis:
        yield because("line.basis", basis=made.basis)
    yield names.by_policy(made.region, made.policy)
    counts: dict[str, Part] = {"mentees": made.mentees, "mentors": made.mentors, "candidates": made.candidates}
    if not made.mentees:
        yield because("assigned.nobody", mentors=made.mentors)
    elif not made.mentors:
        yield because("assigned.no_mentor", mentees=made.mentees)
    else:
        yield because("assigned.placed", placed=made.reached.placed, **counts)
    yield Reason(f"assigned.{made.objective}")
    yield from _reached(made)
    if made.keep_cost is not None:
        cost = made.keep_cost
        placed: Part = cost.placed
        yield because("assigned.keep", placed=placed, total=cost.total, better=cost.better_off, worse=cost.worse_off)
    yield because("assigned.lottery", seed=made.seed)
    if made.alike:
        yield because("assigned.alike", count=len(made.alike))


def _reached(made: Assignment) -> Iterator[Reason]:
    if any(one.wishes or one.claims for one in made.pairs):
        yield because("assigned.points", total=made.reached.total)
    if made.reached.least is not None:
        yield because("assigned.least", least=made.reached.least)
    if made.bound is not None:
        yield because("assigned.proved" if made.optimal else "assigned.not_proved", bound=_bound(made.bound))
    blocking = made.blocking_pairs
    if blocking:
        yield because("assigned.blocking", count=blocking)
    elif made.objective is not Objective.STABLE:
        yield Reason("assigned.blocking.none")


def _bound(bound: Attainment) -> Reason:
    if bound.least is None:
        return because("assigned.bound", placed=bound.placed, total=bound.total)
    return because("assigned.bound.least", placed=bound.placed, least=bound.least, total=bound.total)
