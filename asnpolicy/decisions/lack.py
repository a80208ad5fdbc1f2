"""Lack: what could still settle an undecided rule, asked of the definition for the undecided parts alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import Statuses
from asnpolicy.decisions import reading
from asnpolicy.language.nodes import YES, Asks, Field, Fold, Within
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import UNKNOWN, Rule

MOST = 2000
"""So many answers are kept for one part."""


@dataclass(frozen=True, slots=True)
class UndecidedPart:
    """A rule cut to what leaves it undecided, which has the same missing data and is soon asked.

    One that reads plain fields alone, as whether the vacant post is of a kind, says the same for all people in whom they
    are the same: `read` gives them, and `answers` is what was said.
    """

    rule: Rule
    read: Callable[[Question], Any] | None
    answers: dict[Any, tuple[str, ...]] = field(default_factory=dict)


def missing(definition: Definition, rule: Rule, statuses: Statuses, question: Question) -> tuple[str, ...]:
    """Return what a rule that came to these statuses, bound to the day of the question, could still be settled by."""
    part = _part(rule, statuses)
    if part.read is None:
        return _asked(definition, part, question)
    seen = part.read(question)
    if seen not in part.answers and len(part.answers) < MOST:
        part.answers[seen] = _asked(definition, part, question)
    return part.answers.get(seen) or _asked(definition, part, question)


def _asked(definition: Definition, part: UndecidedPart, question: Question) -> tuple[str, ...]:
    return reading.distinct(definition.meaning(question).decide(part.rule).missing)


@lru_cache(maxsize=4096)
def _part(rule: Rule, statuses: Statuses) -> UndecidedPart:
    open_ = [one for one, status in zip(rule.criteria, statuses.criteria, strict=True) if status == UNKNOWN]
    cut = replace(
        rule,
        applies_to=rule.applies_to if statuses.applies == UNKNOWN else YES,
        criteria=tuple(open_) if statuses.holds == UNKNOWN else (),
        warnings=(),
        target=None,
        due=None,
    )
    nodes = list(cut.nodes())
    names = sorted({f"{node.scope}.{node.name}" for node in nodes if isinstance(node, Field)})
    plain = names and not any(isinstance(node, (Fold, Asks, Within)) for node in nodes)
    return UndecidedPart(cut, attrgetter(*names) if plain else None)
