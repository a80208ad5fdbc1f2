"""Succession: who could follow in a vacant post, what each still lacks for it, in an order that is published and blind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asnpolicy.decisions import words
from asnpolicy.decisions.criteria import CriterionResult
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.mentoring import lottery
from asnpolicy.decisions.mentoring.assign import by_number
from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.decisions.talent.mapping import POOL, Mapper
from asnpolicy.decisions.talent.talent import TalentPlace, TalentState
from asnpolicy.decisions.telling import Telling
from asnpolicy.decisions.verdict import Verdict
from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Compare, Field, walk
from asnpolicy.language.rules import FAILED, Rule, Standing, Text
from asnpolicy.people import ABSENT, Agency, Employee, Opening
from asnpolicy.people.agency import MeasuredGap, measured_gaps
from asnpolicy.people.nip import masked
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.engine import Engine


class Readiness(StrEnum):
    """How far somebody is from a post, the nearest first."""

    READY = "ready"
    """Meets all that the rule asks."""
    UNKNOWN = "unknown"
    """Fails nothing that is known; data are missing."""
    GAPS = "gaps"
    """Lacks something."""


LADDERS = {"jenjang", "category", "echelon"}
_READY = {
    Verdict.ELIGIBLE: Readiness.READY,
    Verdict.UNDETERMINED: Readiness.UNKNOWN,
    Verdict.INELIGIBLE: Readiness.GAPS,
}
_ORDER = tuple(Readiness)


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion that a candidate does not meet: what was seen, what is required, on what basis."""

    criterion: str
    title: Text
    seen: Text | None
    """None where a law lets the criterion look at what is protected, such as an age: the list does not show it."""
    required: Text
    basis: str
    standing: Standing
    facts: tuple[str, ...] = ()
    """What the criterion looked at."""
    told: tuple[Reason, ...] = ()
    """What stands in the way of it, in words; nothing where what was seen is not shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Successor:
    """Somebody of the pool before a vacant post; those of equal merit share a position, and stand in order of lot."""

    position: int
    person: Participant
    rule: str
    title: Text
    """Of the rule by which the post could be reached."""
    readiness: Readiness
    box: int
    gaps: tuple[Gap, ...]
    competencies: tuple[MeasuredGap, ...]
    """The competencies of the post's standard that were not found, or of which it is not known."""
    missing: tuple[str, ...]
    standing: Standing

    def __repr__(self) -> str:
        return f"Successor({self.position}. {masked(self.person.nip)}, {self.readiness}, box {self.box})"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What somebody lacks for the post, in words; nothing where there is nothing."""
        from asnpolicy.decisions.talent.telling import of_successor  # noqa: PLC0415  # wanted by few

        return of_successor(self)


@dataclass(frozen=True, repr=False)
class SuccessionList:
    """Who of the pool could follow in a vacant post. The same people, whatever their order, give the same bytes."""

    region: str
    as_of: date
    opening: str
    title: str | None
    """Of the vacant post."""
    unit: str | None
    """Of the vacant post."""
    unit_name: str | None
    """What the agency calls it."""
    basis: str
    seed: str
    """The published seed of the lottery among those of equal merit."""
    policy: str
    library: str
    candidates: tuple[Successor, ...]
    not_applicable: int
    """So many of the pool no rule leads into this post, such as those who hold a higher one."""
    outside_pool: int
    """So many are surely not in the pool."""
    undetermined: tuple[TalentPlace, ...]
    """Of whom it is not known whether they are in the pool, each with what is missing or no longer valid."""

    def __repr__(self) -> str:
        return f"SuccessionList({self.region} {self.opening} {self.as_of}: {len(self.candidates)} candidates)"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What the list is and by what it is ordered, line by line."""
        from asnpolicy.decisions.talent.telling import of_list  # noqa: PLC0415  # wanted by few

        return of_list(self)

    def model_dump(self) -> Mapping[str, Any]:
        """The list as plain data: codes and parameters, not texts of a language."""
        from asnpolicy.decisions.plain import as_data  # noqa: PLC0415  # wanted by few

        return as_data(self)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The list as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)


@dataclass(frozen=True)
class Succession:
    """Looks for successors, on one day."""

    mapper: Mapper
    opening: Opening
    before: Callable[[Employee, str], Decision]
    """Decides a rule for somebody before the vacant post."""
    as_of: date

    def found(self, people: Iterable[Employee], seed: str, keys: Mapping[str, str] | None) -> _Found:
        """Look at everybody: those of the pool to whom a rule leads into the post, and why not the others."""
        those = list(people)
        places = [(person, self.mapper.place(person)) for person in those]
        pool = [(person, place) for person, place in places if place.in_pool]
        open_ = tuple(place for _, place in places if _is_open(place))
        drawn = lottery.draw((person for person, _ in pool), seed=seed, as_of=self.as_of, keys=keys)
        numbers = {nip: f"{number:016x}" for nip, number in drawn.numbers.items()}
        candidates = [one for person, place in pool if (one := self._candidate(person, place, numbers)) is not None]
        outside = len(those) - len(pool) - len(open_)
        return _Found(_positioned(candidates), len(pool) - len(candidates), outside, open_)

    def _candidate(self, person: Employee, place: TalentPlace, numbers: Mapping[str, str]) -> Successor | None:
        decisions = [self.before(person, rule.id) for rule in self._routes]
        applying = [one for one in decisions if one.verdict is not Verdict.NOT_APPLICABLE and not _leads_elsewhere(one)]
        if not applying:
            return None
        nearest = min(applying, key=lambda one: (_ORDER.index(_READY[one.verdict]), len(one.because)))
        readiness = _READY[nearest.verdict]
        return Successor(
            0, self.mapper.participant(person, numbers[person.nip]), nearest.rule.id, nearest.rule.title, readiness,
            place.box or 0, tuple(_gaps(nearest)), measured_gaps(person.view(self.as_of), self.opening.competencies, self.as_of),
            nearest.missing, nearest.standing,
        )  # fmt: skip

    @cached_property
    def _routes(self) -> Sequence[Rule]:
        """The rules that may lead into the vacant post, in the order of the policy; one within another is never nearer."""
        those = [rule for rule in self.mapper.rules if rule.kind == "promotion" and rule.into_post and not rule.acting]
        return [rule for rule in those if not _is_within(rule) and not _asks_another_ladder(rule, self.opening)]


@dataclass(frozen=True, slots=True)
class _Found:
    candidates: tuple[Successor, ...]
    not_applicable: int
    outside_pool: int
    undetermined: tuple[TalentPlace, ...]


def _is_open(place: TalentPlace) -> bool:
    """Whether it is not known if somebody is in the pool: data are missing, or results no longer count."""
    if place.state is TalentState.MAPPED:
        return place.pool is Verdict.UNDETERMINED
    return place.state in (TalentState.UNDETERMINED, TalentState.EXPIRED)


def _is_within(rule: Rule) -> bool:
    return any(one.kind == "within" for one in rule.criteria)


def _asks_another_ladder(rule: Rule, opening: Opening) -> bool:
    """Whether a rule asks for the level or the echelon of a vacant post that has none."""
    asked = {node.name for node in rule.nodes() if isinstance(node, Field) and node.scope == "opening"}
    return any(getattr(opening, name) is ABSENT for name in asked & LADDERS)


def _leads_elsewhere(decision: Decision) -> bool:
    """Whether a rule leads somebody to another level than that of the vacant post."""
    failed = [
        one for one, status in zip(decision.rule.criteria, decision.statuses.criteria, strict=True) if status == FAILED
    ]
    asked = (node for one in failed for truth in one.conditions for node in walk(truth) if isinstance(node, Compare))
    return any(
        isinstance(one.left, Field) and (one.left.scope, one.left.name) == ("opening", "jenjang") for one in asked
    )


def _gaps(decision: Decision) -> Iterator[Gap]:
    telling = Telling.of(decision, unmet=True)
    for one, finding in zip(decision.criteria, decision.outcome.findings, strict=True):
        if one.status == "failed":
            lines = (line.said for line in telling.looked_at(finding) if line.depth == 0)
            yield _gap(one, tuple(because("text", text=said) for said in lines))


def _gap(one: CriterionResult, told: tuple[Reason, ...]) -> Gap:
    facts = tuple(seen.fact for seen in one.observations)
    protected = any(fact in FACTS and FACTS[fact].protected for fact in facts)
    looked_at = [seen for seen in one.observations if not seen.idle]
    seen, required = (
        words.listed(parts) for parts in ([each.seen for each in looked_at], [each.required for each in looked_at])
    )
    if protected:
        return Gap(one.id, one.title, None, required, one.basis, one.standing, facts)
    return Gap(one.id, one.title, seen, required, one.basis, one.standing, facts, told)


def _merit(one: Successor) -> tuple[int, int, int]:
    """What orders candidates: readiness, then the higher box, then the fewer gaps. INVARIANT: nothing else of a person."""
    return _ORDER.index(one.readiness), -one.box, len(one.gaps)


def _positioned(candidates: Iterable[Successor]) -> tuple[Successor, ...]:
    """Put candidates in order of merit, then of lot; those of equal merit share a position."""
    ordered = sorted(candidates, key=lambda one: (_merit(one), one.person.lot or ""))
    merits = [_merit(one) for one in ordered]
    return tuple(replace(one, position=1 + merits.index(merit)) for one, merit in zip(ordered, merits, strict=True))


def listed(
    engine: Engine, mapper: Mapper, target: Opening, people: Iterable[Employee], as_of: date, agency: Agency,
    seed: str | int | None, keys: Mapping[str, str] | None,
) -> SuccessionList:  # fmt: skip
    """List who of the succession pool could follow in a vacant post, by a policy on a day."""
    looking = Succession(
        mapper, target,
        lambda person, rule: engine.decide(person, rule, as_of=as_of, target=target, agency=agency), as_of,
    )  # fmt: skip
    policy = engine.policy
    drawn_by = f"{policy.region} {target.id} {as_of}" if seed is None else str(seed)
    found = looking.found(by_number(people).values(), drawn_by, keys)
    return SuccessionList(
        policy.region, as_of, target.id, target.title, target.unit, mapper.unit_name(target.unit),
        policy.program(as_of).by_id[POOL].basis, drawn_by, policy.digest, VERSION, found.candidates,
        found.not_applicable, found.outside_pool, found.undetermined,
    )  # fmt: skip
