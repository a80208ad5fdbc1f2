"""The criteria of a decision: each with its status, what it saw and required, and what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from asnpolicy.decisions import words
from asnpolicy.decisions.makeup import SeenComponent
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.observations import seen_of, value_of
from asnpolicy.decisions.reasons import LateText, Reason
from asnpolicy.decisions.standing import CitedBasis
from asnpolicy.decisions.trees import comes_to, components_against, components_of, titled
from asnpolicy.decisions.values import NONE, plain
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Kind, Literal, Type
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    NOT_APPLICABLE,
    UNKNOWN,
    WAIVED,
    Branch,
    ConditionTree,
    Leaf,
    Observation,
    RuleLeaf,
    SilentLeaf,
    Standing,
    TargetLeaf,
    Text,
    YearLeaf,
)


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


@dataclass(frozen=True, slots=True)
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

    @property
    def seen(self) -> Text:
        """Give all that was seen, as text."""
        return words.listed([o.seen for o in self.observations])

    @property
    def required(self) -> Text:
        """Give all that was required, as text."""
        return words.listed([o.required for o in self.observations])


def observed(tree: ConditionTree, meaning: Meaning, as_of: date) -> Iterator[SeenFact]:
    """Return all that a condition looks at, in the order written."""
    match tree:
        case Leaf():
            yield looked_at(tree.observation, meaning, as_of)
        case Branch():
            for part in tree.parts:
                yield from observed(part, meaning, as_of)
        case YearLeaf():
            yield _year(tree, meaning)
        case RuleLeaf():
            if tree.truth.rule in meaning.rules:
                yield _asked(tree, meaning)
        case TargetLeaf() | SilentLeaf():
            pass
        case _:
            assert_never(tree)


def looked_at(observation: Observation, meaning: Meaning, as_of: date) -> SeenFact:
    """Return what was seen of one fact, and what was required of it."""
    value, wanted = value_of(observation, meaning), [meaning.value(part) for part in observation.required]
    required = _always_required(observation) or words.required(observation, wanted)
    plainly = tuple([plain(each, observation.type) for each in wanted])
    parts = components_of(observation.components, meaning, as_of) if observation.components else ()
    against = components_against(observation.against, meaning, as_of) if observation.against else ()
    return SeenFact(
        observation.fact, observation.label, seen_of(observation, value, meaning, as_of), required,
        observation.word, plain(value, observation.type), plainly,
        parts, against,
    )  # fmt: skip


def _year(leaf: YearLeaf, meaning: Meaning) -> SeenFact:
    year, status = meaning.value(leaf.year), meaning.truth(leaf.truth).status
    there = {FAILED: "value.none", UNKNOWN: "status.unknown"}.get(status, "status.held")
    shown, label = plain(year, Type(Kind.NUMBER)), LateText(Reason(f"history.{leaf.history}"))
    seen, required = LateText(Reason(there)), Text(shown, shown)
    return SeenFact(f"{leaf.history}[{shown}]", label, seen, required, "is", STATUS_NAMES[status].value, ("held",))


def _asked(leaf: RuleLeaf, meaning: Meaning) -> SeenFact:
    rule = meaning.rules[leaf.truth.rule]
    outcome = meaning.outcome(rule)
    came = "not_applicable" if outcome.applies == FAILED else STATUS_NAMES[min(outcome.applies, outcome.holds)].value
    wanted = ("held",) if leaf.truth.question == "eligible" else ("held", "not_applicable")
    said, required = LateText(comes_to(outcome.applies, outcome.holds)), LateText(Reason("status.held"))
    return SeenFact(leaf.truth.rule, titled(rule), said, required, "in", came, wanted)


@Memo
def _always_required(observation: Observation) -> Text | None:
    """Write once what is required of everybody; None when that depends on the person."""
    known = [part.value for part in observation.required if isinstance(part, Literal)]
    return words.required(observation, known) if len(known) == len(observation.required) else None
