"""Joins: which mentors to look at for a mentee, from what the pair rule asks of both; never all, where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from asnpolicy.decisions.mentoring.amounts import scopes
from asnpolicy.decisions.mentoring.scheme import Scheme
from asnpolicy.language.bounds import NOTHING, Bounds, Missing
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES, AllOf, Compare, Expr, Field, Truth
from asnpolicy.language.reading import Question, fields_of
from asnpolicy.language.rules import Rule
from asnpolicy.people import ABSENT, Employee

Side: TypeAlias = Literal["mentor", "mentee"]
SUPERIOR, GAPS = "mentor_is_superior", "gaps_covered"
SAME = {"same_unit": "unit", "same_field": "field"}
"""Facts of a pair that say that both have the same, and what."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What mentor and mentee must have in common, by a criterion of the pair rule."""

    criterion: str
    mentor: Expr
    mentee: Expr


@dataclass(frozen=True, slots=True)
class Partners:
    """The mentors to look at for somebody, in order; or, what is missing to tell."""

    mentors: Sequence[int] = ()
    missing: Missing = NOTHING


class Join:
    """Mentors by what they must share with a mentee: looked up at once, and only then asked limit by limit.

    What is known is joined exactly: whoever is left out fails a limit. Of whom something is not known that every pair needs,
    no pair can be offered: such mentors are `open`, and of a mentee it is told with the partners.
    """

    def __init__(self, scheme: Scheme, mentors: Sequence[Employee]) -> None:
        self.scheme = scheme
        rule = scheme.of_pairs
        superior = frozenset(_ask_superior(rule))
        self.by_superior = bool(superior)
        self.shared = () if self.by_superior else tuple(_shared(rule))
        self.criteria = superior or frozenset(one.criterion for one in self.shared)
        """The criteria that leave out whomever they join to nobody."""
        self._needed = frozenset(_needed(rule))
        self._compared = {side: tuple(_compared(rule, side)) for side in ("mentor", "mentee")}
        self.open: dict[int, Missing] = {}
        self._by_nip: dict[str, int] = {}
        self._by_key: dict[tuple[Any, ...], list[int]] = {}
        for at, mentor in enumerate(mentors):
            self._add(at, mentor)
        self._everybody = [at for at in range(len(mentors)) if at not in self.open]

    def _add(self, at: int, mentor: Employee) -> None:
        key, missing = self._key(mentor, "mentor")
        if missing:
            self.open[at] = missing
            return
        self._by_nip[mentor.nip] = at
        if key is not None:
            self._by_key.setdefault(key, []).append(at)

    def partners(self, mentee: Employee) -> Partners:
        """The mentors whom a mentee may have by what must be shared."""
        key, missing = self._key(mentee, "mentee")
        if missing:
            return Partners(missing=missing)
        if self.by_superior:
            superiors = self.scheme.superiors(mentee) or ()
            return Partners(sorted({self._by_nip[nip] for nip in superiors if nip in self._by_nip}))
        if self.shared:
            return Partners(self._by_key.get(key, ()) if key is not None else ())
        return Partners(self._everybody)

    def _key(self, person: Employee, side: Side) -> tuple[tuple[Any, ...] | None, Missing]:
        """What a person has of what is shared; None when of something there is none, and what is missing to tell."""
        meaning = Meaning(_alone(self.scheme, person, side))
        shared = [meaning.value(one.mentor if side == "mentor" else one.mentee) for one in self.shared]
        if any(value is ABSENT for value in shared):
            return None, NOTHING
        compared = [meaning.value(expr) for expr in self._compared[side]]
        doubtful = [*shared, *(value for value in compared if _is_open(value))]
        of_pair = frozenset(f"{side}.{name}" for name in self._lacks(person, side))
        return tuple(shared), of_pair.union(*(value.missing for value in doubtful if isinstance(value, Bounds)))

    def _lacks(self, person: Employee, side: Side) -> Iterator[str]:
        """The fields of a person without which a fact that every pair needs is not known."""
        if SUPERIOR in self._needed and side == "mentee" and self.scheme.superiors(person) is None:
            yield "supervisor"
        if GAPS in self._needed and not self.scheme.is_measured(person):
            yield "competencies"
        for fact, name in SAME.items():
            if fact in self._needed and getattr(person, name) is None:
                yield name


def _alone(scheme: Scheme, person: Employee, side: Side) -> Question:
    if side == "mentor":
        return Question(scheme.as_of, person, mentor=person, agency=scheme.agency)
    return Question(scheme.as_of, person, mentee=person, agency=scheme.agency)


def _is_open(value: Any) -> bool:
    """Tell whether nothing is known of a value, so that no comparison with it holds."""
    return isinstance(value, Bounds) and value.low is None and value.high is None


# What every pair must meet


def _comparisons(rule: Rule) -> Iterator[tuple[str, Compare]]:
    """The comparisons that must hold of every pair, with their criterion; one that has exceptions joins nobody."""
    for criterion in rule.criteria:
        if criterion.when is None and not criterion.exempt:
            waiting: list[Truth] = [criterion.holds]
            while waiting:
                truth = waiting.pop()
                if isinstance(truth, AllOf):
                    waiting += truth.items
                elif isinstance(truth, Compare):
                    yield criterion.id, truth


def _fact(truth: Compare) -> str | None:
    """The fact of the pair that is compared with something written."""
    one = truth.left
    return one.name if isinstance(one, Field) and one.scope == "pair" and not scopes(truth.right) else None


def _needed(rule: Rule) -> Iterator[str]:
    return (fact for _, truth in _comparisons(rule) if (fact := _fact(truth)) is not None)


def _ask_superior(rule: Rule) -> Iterator[str]:
    for criterion, truth in _comparisons(rule):
        if _fact(truth) == SUPERIOR and (truth.op, truth.right) == ("is", YES):
            yield criterion


def _shared(rule: Rule) -> Iterator[Shared]:
    for criterion, truth in _comparisons(rule):
        if truth.op != "is":
            continue
        fact = _fact(truth)
        if fact in SAME and truth.right == YES:
            name = SAME[fact]
            type_ = fields_of("employee")[name]
            yield Shared(criterion, Field("mentor", name, type_), Field("mentee", name, type_))
        for mentor, mentee in ((truth.left, truth.right), (truth.right, truth.left)):
            if (scopes(mentor), scopes(mentee)) == (_MENTOR, _MENTEE):
                yield Shared(criterion, mentor, mentee)


def _compared(rule: Rule, side: Side) -> Iterator[Expr]:
    """What is compared of one side alone."""
    for _, truth in _comparisons(rule):
        yield from (expr for expr in (truth.left, truth.right) if scopes(expr) == {side})


_MENTOR, _MENTEE = frozenset({"mentor"}), frozenset({"mentee"})
