"""The criteria of a decision: each with its status, what it saw and required, and what it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeAlias, assert_never

from asnpolicy.decisions import words
from asnpolicy.decisions.makeup import SeenComponent
from asnpolicy.decisions.memo import Memo, OfParts
from asnpolicy.decisions.observations import seen_of, value_of
from asnpolicy.decisions.reasons import LateText, Reason
from asnpolicy.decisions.standing import CitedBasis
from asnpolicy.decisions.trees import comes_to, components_against, components_of, titled
from asnpolicy.decisions.values import NONE, Seen, plain
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import DURATION, SPAN, Kind, Literal, Type
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    NOT_APPLICABLE,
    UNKNOWN,
    WAIVED,
    Branch,
    Cited,
    ConditionTree,
    Criterion,
    Leaf,
    Observation,
    Rule,
    RuleLeaf,
    SilentLeaf,
    Standing,
    TargetLeaf,
    Text,
    YearLeaf,
)
from asnpolicy.people.model import remembered

if TYPE_CHECKING:
    from asnpolicy.decisions.certificate import CertifiedCriterion, CertifiedFact


class CriterionStatus(StrEnum):
    """What one criterion comes to for one person."""

    HELD = "held"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


STATUS_NAMES = {
    FAILED: CriterionStatus.FAILED,
    UNKNOWN: CriterionStatus.UNKNOWN,
    HELD: CriterionStatus.HELD,
    WAIVED: CriterionStatus.WAIVED,
    NOT_APPLICABLE: CriterionStatus.NOT_APPLICABLE,
}


@dataclass(frozen=True)
class SeenFact:
    """One thing that a criterion looked at: what was seen, and what was required, as texts and as plain values.

    Of another rule, what it comes to: its own criteria are those of that rule.
    """

    fact: str
    label: Text
    seen: Text
    required: Text
    word: str
    value: str
    """What was seen: a date, a number, a word of a vocabulary, `none`, `low..high` where it is known in part, `unknown`."""
    wanted: tuple[str, ...]
    components: tuple[SeenComponent, ...] = ()
    """What a figure was worked out from, part by part."""
    required_components: tuple[SeenComponent, ...] = ()
    """What a figure that is required was worked out from."""

    @property
    def idle(self) -> bool:
        """Whether it asks only that something is not there, such as a lowest rank of the post: nobody can do that."""
        return self.word == "is" and self.wanted == (NONE,) and self.value != NONE

    @remembered
    def certified(self) -> CertifiedFact:
        """How it is written down for good."""
        from asnpolicy.decisions.certificate import certified  # noqa: PLC0415  # wanted by few

        return certified(self)


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion with its status, what was seen and required, its basis and its place in the file."""

    id: str
    title: Text
    status: CriterionStatus
    basis: str
    standing: Standing
    place: str
    missing: tuple[str, ...]
    exempt_by: Text | None
    observations: tuple[SeenFact, ...]
    cites: tuple[CitedBasis, ...] = ()
    """The values and cells of the policy by which it was decided, each with a basis of its own."""
    reading: Text | None = None
    enough: int | None = None
    """How many of what is required are enough, where that is not all of it."""

    def __repr__(self) -> str:
        return f"CriterionResult({self.id}: {self.status.value})"

    @property
    def seen(self) -> Text:
        """Give all that was seen, as text."""
        return words.listed([o.seen for o in self.observations])

    @property
    def required(self) -> Text:
        """Give all that was required, as text; of alternatives that one of them is enough, or so many."""
        parts = [o.required for o in self.observations]
        if self.enough is None or len(parts) < 2:
            return words.listed(parts)
        if self.enough == 1:
            return Text(", atau ".join(one.id for one in parts), ", or ".join(one.en for one in parts))
        every = words.listed(parts)
        return Text(f"paling sedikit {self.enough} dari: {every.id}", f"at least {self.enough} of: {every.en}")


class Sights:
    """What is seen of a fact, a year or a rule, made once for all of whom the same is seen."""

    def __init__(self) -> None:
        self.criteria: OfParts[CertifiedCriterion] = OfParts(_MOST)
        since = lru_cache(maxsize=_MOST)(_since)
        self.fact = lru_cache(maxsize=_MOST, typed=True)(partial(_fact, since))  # `true`, `1` and `I/a` are three values
        self.year = lru_cache(maxsize=_MOST)(_year)
        self.asked = lru_cache(maxsize=_MOST)(_asked)


_MOST = 2048
"""So many are kept of each, for the rules of one piece of the timeline."""


Told: TypeAlias = Leaf | YearLeaf | RuleLeaf
"""A part of a condition of which it is told what was seen."""


def told_of(tree: ConditionTree) -> tuple[Told, ...]:
    """Return all that a condition looks at, in the order written."""
    match tree:
        case Leaf() | YearLeaf() | RuleLeaf():
            return (tree,)
        case Branch():
            return tuple(part for each in tree.parts for part in told_of(each))
        case TargetLeaf() | SilentLeaf():
            return ()
        case _:
            assert_never(tree)


@Memo
def enough_of(criterion: Criterion) -> int | None:
    """Return how many of the conditions of a criterion are enough, where that is not all, and each is one by itself."""
    tree = criterion.tree
    if isinstance(tree, Branch) and tree.word in ("any", "some") and all(isinstance(one, Told) for one in tree.parts):
        return tree.least if tree.word == "some" else 1
    return None


@Memo
def told_by(criterion: Criterion) -> tuple[Told, ...]:
    """Return all that a criterion looks at, in the order written."""
    return told_of(criterion.tree)


@Memo
def place_of(criterion: Criterion) -> str:
    """Return where a criterion is written."""
    return str(criterion.place)


@Memo
def cited_by(criterion: Criterion) -> tuple[Cited, ...]:
    """Return the values and cells that a criterion reads and that have a basis of their own."""
    return tuple(each for one in told_by(criterion) if isinstance(one, Leaf) for each in one.observation.cites)


def observed(parts: Iterable[Told], meaning: Meaning, as_of: date, sights: Sights) -> Iterator[SeenFact]:
    """Return what was seen of each."""
    for part in parts:
        if isinstance(part, Leaf):
            yield looked_at(part.observation, meaning, as_of, sights)
        elif isinstance(part, YearLeaf):
            yield sights.year(part.history, meaning.value(part.year), meaning.truth(part.truth).status)
        elif part.truth.rule in meaning.rules:
            outcome = meaning.outcome(meaning.rules[part.truth.rule])
            yield sights.asked(outcome.rule, outcome.applies, outcome.holds, part.truth.question)


def looked_at(observation: Observation, meaning: Meaning, as_of: date, sights: Sights) -> SeenFact:
    """Return what was seen of one fact, and what was required of it."""
    wanted = [meaning.value(part) for part in observation.required]
    if observation.over is not None:  # by how many it is divided is told too
        value = value_of(observation, meaning)
        fact = _fact(_since, observation, as_of, value, *wanted, seen=seen_of(observation, value, meaning, as_of))
    else:
        fact = sights.fact(observation, as_of, meaning.value(observation.seen), *wanted)
    if not observation.components and not observation.against:
        return fact
    parts = components_of(observation.components, meaning, as_of) if observation.components else ()
    against = components_against(observation.against, meaning, as_of) if observation.against else ()
    return replace(fact, components=parts, required_components=against)


def _since(day: date, as_of: date, age: bool, days: bool) -> Text:
    return LateText(words.since(day, as_of, age=age, days=days))


def _fact(
    since: Callable[[date, date, bool, bool], Text], observation: Observation, as_of: date, value: Seen, *wanted: Seen,
    seen: Text | None = None,
) -> SeenFact:  # fmt: skip
    if seen is None and observation.type.kind is Kind.DURATION and isinstance(value, date):  # such as the age, asked often
        seen = since(value, as_of, words.is_age(observation), words.told_in_days(observation))
    required, plainly = _always_required(observation) or _required(observation, wanted)
    return SeenFact(
        observation.fact,
        observation.label,
        words.seen(observation, value, as_of) if seen is None else seen,
        required,
        observation.word,
        plain(value, observation.type),
        plainly,
    )


def _required(observation: Observation, wanted: Iterable[Seen]) -> tuple[Text, tuple[str, ...]]:
    """Return what was required, as a text and as plain values."""
    type_ = DURATION if observation.type is SPAN else observation.type  # what is added up is compared with whole months
    return words.required(observation, list(wanted)), tuple([plain(each, type_) for each in wanted])


def _year(history: str, year: Seen, status: int) -> SeenFact:
    there = {FAILED: "value.none", UNKNOWN: "status.unknown"}.get(status, "status.held")
    shown, label = plain(year, Type(Kind.NUMBER)), LateText(Reason(f"history.{history}"))
    seen, required = LateText(Reason(there)), Text(shown, shown)
    return SeenFact(f"{history}[{shown}]", label, seen, required, "is", STATUS_NAMES[status].value, ("held",))


def _asked(rule: Rule, applies: int, holds: int, question: str) -> SeenFact:
    came = "not_applicable" if applies == FAILED else STATUS_NAMES[min(applies, holds)].value
    wanted = ("held",) if question == "eligible" else ("held", "not_applicable")
    said, required = LateText(comes_to(applies, holds)), LateText(Reason("status.held"))
    return SeenFact(rule.id, titled(rule), said, required, "in", came, wanted)


@Memo
def _always_required(observation: Observation) -> tuple[Text, tuple[str, ...]] | None:
    """Write once what is required of everybody; None when that depends on the person."""
    known = [part.value for part in observation.required if isinstance(part, Literal)]
    return _required(observation, known) if len(known) == len(observation.required) else None
