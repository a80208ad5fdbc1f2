"""Grounds: the tree of a criterion, with what each part looked at, and from when time alone will meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias
from typing import Literal as Choice

from asnpolicy.language import dates
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Compare,
    Contains,
    Fold,
    IsNone,
    Kind,
    Literal,
    Member,
    Not,
    Truth,
    Within,
)
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import FAILED, HELD, Criterion, Observation, Rule
from asnpolicy.people import ABSENT, OPEN, Record


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One condition, and what it looks at; None when it has no words of its own. Each is itself alone."""

    truth: Truth | None
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions that are joined: all of them, any of them, or not what is inside."""

    word: Choice["all", "any", "not"]
    parts: tuple[Tree, ...]


Tree: TypeAlias = Leaf | Branch


@lru_cache(maxsize=4096)
def tree_of(criterion: Criterion) -> Tree:
    """Give the tree of a criterion that is bound to a day."""
    return _tree(criterion.holds, criterion.observations)


@lru_cache(maxsize=4096)
def exemption_trees(criterion: Criterion) -> tuple[Tree, ...]:
    """Give the tree of each exemption of a criterion."""
    return tuple(_tree(alternative.holds, alternative.observations) for alternative in criterion.exempt)


@lru_cache(maxsize=1024)
def whom_tree(rule: Rule) -> Tree:
    """Give the tree of whom a rule applies to."""
    return _tree(rule.applies_to, rule.applies_observations)


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Give the leaves of a tree, in the order written."""
    if isinstance(tree, Leaf):
        yield tree
        return
    for part in tree.parts:
        yield from leaves(part)


# Finding what each condition looks at


def _tree(truth: Truth, observations: tuple[Observation, ...]) -> Tree:
    pending = list(observations)
    tree = _shape(truth, pending)
    if not pending:
        return tree
    rest = tuple(Leaf(None, observation) for observation in pending)
    return Branch("all", (tree, *rest))


def _shape(truth: Truth, pending: list[Observation]) -> Tree:
    about = next((one for one in pending if _tells(one, truth)), None)
    if about is not None:
        pending.remove(about)
        return Leaf(truth, about)
    if year_of(truth) is not None:
        return Leaf(truth)
    match truth:
        case AllOf(items):
            return Branch("all", _parts(_paired(items), pending))
        case AnyOf(items):
            return Branch("any", _parts(items, pending))
        case Not(IsNone()):
            return Leaf(truth)
        case Not(item):
            return Branch("not", (_shape(item, pending),))
        case _:
            return Leaf(truth)


def _paired(items: tuple[Truth, ...]) -> tuple[Truth, ...]:
    """Put together again what `not` means: there is one, and it is not that; joining has flattened it."""
    found: list[Truth] = []
    for item in items:
        match found[-1] if found else None, item:
            case Not(IsNone(there)) as before, Not(Compare(_, subject, _) | Member(subject, _)) if subject == there:
                found[-1] = AllOf((before, item))
            case _:
                found.append(item)
    return tuple(found)


def _parts(items: tuple[Truth, ...], pending: list[Observation]) -> tuple[Tree, ...]:
    """Shape what is joined; the texts of one `has` are one leaf."""
    parts: list[Tree] = []
    for item in items:
        before = parts[-1] if parts else None
        if isinstance(before, Leaf) and isinstance(item, Contains) and _also(before, item):
            parts[-1] = Leaf(AnyOf((before.truth, item)), before.observation)  # type: ignore[arg-type]  # not None
        else:
            parts.append(_shape(item, pending))
    return tuple(parts)


def _also(before: Leaf, item: Contains) -> bool:
    observation = before.observation
    return before.truth is not None and observation is not None and _tells(observation, item)


def _tells(observation: Observation, truth: Truth) -> bool:
    """Tell whether an observation is what is seen in a condition, and what is required there."""
    seen, word, required = observation.seen, observation.words, observation.required
    match truth:
        case Compare(_, left, right):
            exact = observation.type.kind not in (Kind.DURATION, Kind.SPAN)
            return word not in ("not", "not_in") and left == seen and (not exact or right == required[0])
        case IsNone(value):
            return word == "is" and value == seen and required[0] == Literal(ABSENT)
        case Not(IsNone(value)):
            return word == "not" and value == seen and required[0] == Literal(ABSENT)
        case Member(value, among):
            return word == "in" and value == seen and tuple(map(Literal, among)) == required
        case Within(unit, code):
            return word == "within" and unit == seen and required[0] == Literal(code)
        case Contains(texts, text):
            return word == "has" and texts == seen and Literal(text) in required
        case AnyOf(items):
            return all(isinstance(item, Contains) and _tells(observation, item) for item in items)
        case AllOf((Not(IsNone(there)), Not(Compare() | Member() as inner))):
            plain = replace(observation, words="in" if word == "not_in" else "is")
            return word in ("not", "not_in") and there == seen and _tells(plain, inner)
        case _:
            return False


def year_of(truth: Truth | None) -> tuple[str, int] | None:
    """Give the history and the year of a condition that wants a record of that year; None for any other."""
    if isinstance(truth, AnyOf) and truth.items:
        truth = truth.items[0]
    match truth:
        case Compare("at_least", Fold(history=history, asks=Literal(int() as year)), _):
            return history, year
        case _:
            return None


# From when


def possible_from(meaning: Meaning, finding: Finding, as_of: date) -> date | None:
    """Give the day from which a failed criterion holds by the passing of time alone; None when that is not known."""
    if finding.status != FAILED:
        return None
    trees = (tree_of(finding.criterion), *exemption_trees(finding.criterion))
    days = [_holds_from(meaning, tree, as_of) for tree in trees]
    return min((day for day in days if day is not None and day > as_of), default=None)


def _holds_from(meaning: Meaning, tree: Tree, as_of: date) -> date | None:
    if isinstance(tree, Leaf):
        return _leaf_from(meaning, tree, as_of)
    days = [_holds_from(meaning, part, as_of) for part in tree.parts]
    known = [day for day in days if day is not None]
    match tree.word:
        case "all":
            return max(known) if known and len(known) == len(days) else None
        case "any":
            return min(known, default=None)
        case "not":
            return None


def _leaf_from(meaning: Meaning, leaf: Leaf, as_of: date) -> date | None:
    """Give the day of a length of time; what holds now and can't be lost by waiting holds from the as-of day."""
    observation = leaf.observation
    if leaf.truth is None or observation is None:
        return None
    if observation.type.kind is not Kind.DURATION:
        return as_of if meaning.truth(leaf.truth).status == HELD and not _windowed(observation) else None
    if observation.words not in ("at_least", "above"):
        return None
    return _reached(observation.words, meaning.value(observation.seen), meaning.value(observation.required[0]))


def _reached(word: str, start: Any, months: Any) -> date | None:
    if not isinstance(start, date) or not isinstance(months, int) or start == OPEN:
        return None
    day = dates.plus_months(start, months)
    if day == OPEN:
        return None
    return day if word == "at_least" else day + timedelta(days=1)


def _windowed(observation: Observation) -> bool:
    """Tell whether something seen may change by waiting: what is folded over records of some stretch of time."""
    return isinstance(observation.seen, Fold) and observation.seen.covers is not None


# Records that count


def counted(meaning: Meaning, fold: Fold) -> tuple[Record, ...]:
    """Give the records that a fold surely counts."""
    history = getattr(meaning.question.subject(fold.scope), fold.history)
    return tuple(record for record in history.records if meaning.truth(fold.where, record).status == HELD)
