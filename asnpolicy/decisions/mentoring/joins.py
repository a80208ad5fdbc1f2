"""Joins: which mentors to look at for a mentee, from what the pair rule asks them to share; never all, where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from asnpolicy.decisions.mentoring.amounts import scopes
from asnpolicy.decisions.mentoring.scheme import Scheme
from asnpolicy.language.bounds import NOTHING, Bounds, Missing
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES, AllOf, Compare, Expr, Field, Truth
from asnpolicy.language.reading import Question, fields_of
from asnpolicy.language.rules import Rule
from asnpolicy.people import ABSENT, Employee

SUPERIOR = Field("pair", "mentor_is_superior", fields_of("pair")["mentor_is_superior"])
SAME = {Field("pair", f"same_{name}", fields_of("pair")[f"same_{name}"]): name for name in ("unit", "field")}
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

    What is known is joined exactly: whoever is left out fails a limit. Of whom it is not known, no pair can be offered;
    they are `open`, and what is missing of a mentee is told with the partners.
    """

    def __init__(self, scheme: Scheme, mentors: Sequence[Employee]) -> None:
        self.scheme = scheme
        self.everybody = range(len(mentors))
        superior = frozenset(_asks_superior(scheme.of_pairs))
        self.by_superior = bool(superior)
        self.shared = () if self.by_superior else tuple(_shared(scheme.of_pairs))
        self.criteria = superior or frozenset(one.criterion for one in self.shared)
        """The criteria that leave out whomever they join to nobody."""
        self.open: dict[int, Missing] = {}
        self._by_nip = {mentor.nip: at for at, mentor in enumerate(mentors)} if self.by_superior else {}
        self._by_key: dict[tuple[Any, ...], list[int]] = {}
        for at, mentor in enumerate(mentors if self.shared else ()):
            key, missing = self._key(mentor, of_mentor=True)
            if missing:
                self.open[at] = missing
            elif key is not None:
                self._by_key.setdefault(key, []).append(at)

    def partners(self, mentee: Employee) -> Partners:
        """The mentors whom a mentee may have by what must be shared."""
        if self.by_superior:
            return self._superiors(mentee)
        if not self.shared:
            return Partners(self.everybody)
        key, missing = self._key(mentee, of_mentor=False)
        if missing:
            return Partners(missing=missing)
        return Partners(self._by_key.get(key, ()) if key is not None else ())

    def _superiors(self, mentee: Employee) -> Partners:
        found = self.scheme.superiors(mentee)
        if found is None:
            return Partners(missing=frozenset({"mentee.supervisor"}))
        return Partners(sorted({self._by_nip[nip] for nip in found if nip in self._by_nip}))

    def _key(self, person: Employee, *, of_mentor: bool) -> tuple[tuple[Any, ...] | None, Missing]:
        """What a person has of what is shared; None when of something there is none, and what is missing to tell."""
        day, agency = self.scheme.as_of, self.scheme.agency
        asked = (
            Question(day, person, mentor=person, agency=agency)
            if of_mentor
            else Question(day, person, mentee=person, agency=agency)
        )
        meaning = Meaning(asked)
        values = [meaning.value(one.mentor if of_mentor else one.mentee) for one in self.shared]
        if any(value is ABSENT for value in values):
            return None, NOTHING
        missing: Missing = frozenset().union(*(value.missing for value in values if isinstance(value, Bounds)))
        return tuple(values), missing


def _conjuncts(rule: Rule) -> Iterator[tuple[str, Truth]]:
    """What must hold of every pair, with the criterion that says so; what has exceptions joins nobody."""
    for criterion in rule.criteria:
        if criterion.when is None and not criterion.exempt:
            waiting = [criterion.holds]
            while waiting:
                truth = waiting.pop()
                if isinstance(truth, AllOf):
                    waiting += truth.items
                else:
                    yield criterion.id, truth


def _asks_superior(rule: Rule) -> Iterator[str]:
    return (criterion for criterion, truth in _conjuncts(rule) if truth == Compare("is", SUPERIOR, YES))


def _shared(rule: Rule) -> Iterator[Shared]:
    for criterion, truth in _conjuncts(rule):
        if not isinstance(truth, Compare) or truth.op != "is":
            continue
        if isinstance(truth.left, Field) and truth.left in SAME and truth.right == YES:
            name = SAME[truth.left]
            type_ = fields_of("employee")[name]
            yield Shared(criterion, Field("mentor", name, type_), Field("mentee", name, type_))
        for mentor, mentee in ((truth.left, truth.right), (truth.right, truth.left)):
            if (scopes(mentor), scopes(mentee)) == _OF_ONE_EACH:
                yield Shared(criterion, mentor, mentee)


_OF_ONE_EACH = (frozenset({"mentor"}), frozenset({"mentee"}))
