"""Telling of talent: where somebody stands and why, what a map and a succession list rest on, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from asnpolicy.decisions import names
from asnpolicy.decisions.reasons import Part, Reason, because, series
from asnpolicy.decisions.talent.grid import TalentGrid
from asnpolicy.decisions.talent.succession import Gap, SuccessionList, Successor
from asnpolicy.decisions.talent.talent import TalentMap, TalentPlace, TalentState, Treatment
from asnpolicy.people.agency import MeasuredGap

STANDARD = "opening.competency_gaps"


def of_place(place: TalentPlace) -> tuple[Reason, ...]:
    """Why somebody stands where they stand."""
    return tuple(_of_place(place))


def _of_place(place: TalentPlace) -> Iterator[Reason]:
    match place.state:
        case TalentState.MAPPED:
            yield because("talent.box", box=place.box or 0, name=Reason(f"talent.box.{place.box}"))
            if place.in_pool:
                yield Reason("talent.pool")
            yield from (because("talent.warning", title=title) for title in place.warnings)
        case TalentState.SCREENED_OUT | TalentState.EXPIRED:
            yield because(f"talent.state.{place.state}.against", titles=place.against)
        case TalentState.UNDETERMINED:
            if place.low is not None and place.high is not None and place.low != place.high:
                yield because("talent.between", low=place.low, high=place.high)
        case TalentState.NEVER_ASSESSED | TalentState.NOT_APPLICABLE:
            yield Reason(f"talent.state.{place.state}")
        case _:
            assert_never(place.state)
    if place.missing:
        yield because("talent.needed", missing=names.all_missing(place.missing))


def of_treatment(one: Treatment) -> Reason:
    """One thing that is recommended, and whether it is on record."""
    return because(f"talent.treatment.{one.state}", title=one.title)


def of_map(made: TalentMap) -> tuple[Reason, ...]:
    """What a map is and rests on."""
    return tuple(_of_map(made))


def _of_map(made: TalentMap) -> Iterator[Reason]:
    yield Reason("talent.title")
    if made.unit is not None:
        yield because("line.unit", unit=made.unit_name or made.unit)
    yield because("line.as_of", day=made.as_of)
    yield Reason("assigned.standing")
    yield because("line.basis", basis=made.basis)
    yield names.by_policy(made.region, made.policy)
    if made.unit_unknown:
        yield because("talent.unit_unknown", count=made.unit_unknown)


def of_grid(grid: TalentGrid) -> tuple[Reason, ...]:
    """What is said of a grid: how many there are, and that small groups are hidden."""
    people: Part = Reason("talent.few") if grid.people is None else grid.people
    total = because("talent.people", people=people)
    return (total, Reason("talent.hidden")) if grid.hides else (total,)


def of_list(made: SuccessionList) -> tuple[Reason, ...]:
    """What a succession list is, by what it is ordered, and who is not on it."""
    return tuple(_of_list(made))


def _of_list(made: SuccessionList) -> Iterator[Reason]:
    yield because("succession.title", post=made.title or made.opening)
    if made.unit is not None:
        yield because("line.unit", unit=made.unit_name or made.unit)
    yield because("line.as_of", day=made.as_of)
    yield Reason("assigned.standing")
    yield because("line.basis", basis=made.basis)
    yield names.by_policy(made.region, made.policy)
    yield because(
        "succession.counts", candidates=len(made.candidates), elsewhere=made.not_applicable, outside=made.outside_pool
    )
    yield Reason("succession.order")
    yield because("succession.lottery", seed=made.seed)


def of_successor(one: Successor) -> tuple[Reason, ...]:
    """What somebody lacks for a post."""
    return tuple(_of_successor(one))


def _of_successor(one: Successor) -> Iterator[Reason]:
    yield from map(_gap, one.gaps)
    yield from map(_competency, one.competencies)
    if one.missing:
        yield because("talent.needed", missing=names.all_missing(one.missing))


def _gap(gap: Gap) -> Reason:
    if gap.seen is None or gap.facts == (STANDARD,):  # each competency is told by itself
        return because("pairing.limit", title=gap.title)
    if not gap.told:
        return because("pairing.limit", title=gap.title)
    code = "succession.gap.illustrative" if gap.standing == "illustrative" else "succession.gap"
    return because(code, title=gap.title, told=series(gap.told))


def _competency(gap: MeasuredGap) -> Reason:
    seen: Part = Reason("succession.unmeasured") if gap.seen is None else because("succession.level", level=gap.seen)
    code = "succession.competency" if gap.known else "succession.competency.unknown"
    return because(code, name=names.coded("competency", gap.code), seen=seen, required=gap.required)
