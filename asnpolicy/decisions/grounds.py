"""Grounds: from when time alone will meet a criterion, and which records count in what it looks at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from asnpolicy.language import dates
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Fold, Kind, Literal, walk
from asnpolicy.language.outcome import Finding
from asnpolicy.language.reading import spec
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    Branch,
    ConditionTree,
    Leaf,
    Observation,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    YearLeaf,
)
from asnpolicy.people import OPEN, Record
from asnpolicy.people.days import last_of

SOMETIME = date.min
"""Stands for a day that hangs on what is not known: whatever else holds later, this may hold before."""


def possible_from(meaning: Meaning, finding: Finding, as_of: date) -> date | None:
    """Give the day from which a failed criterion holds by the passing of time alone; None when that is not known."""
    if finding.status != FAILED:
        return None
    trees = (finding.criterion.tree, *(alternative.tree for alternative in finding.criterion.exempt))
    days = [_holds_from(meaning, tree, as_of) for tree in trees]
    if SOMETIME in days:
        return None
    return min((day for day in days if day is not None and day > as_of), default=None)


def _holds_from(meaning: Meaning, tree: ConditionTree, as_of: date) -> date | None:
    match tree:
        case Leaf():
            return _leaf_from(meaning, tree, as_of)
        case Branch():
            return _branch_from(meaning, tree, as_of)
        case SilentLeaf():
            return as_of if meaning.truth(tree.truth).status == HELD and not _lies_ahead(meaning, tree) else None
        case YearLeaf() | RuleLeaf() | TargetLeaf():
            return None
        case _:
            assert_never(tree)


def _branch_from(meaning: Meaning, branch: Branch, as_of: date) -> date | None:
    if branch.word == "not":
        return None
    known: list[date] = []
    for part in branch.parts:
        day = _holds_from(meaning, part, as_of)
        if day is not None:
            known.append(day)
        elif branch.word == "all":
            return None  # that one never holds by waiting
    if SOMETIME in known:
        return SOMETIME
    match branch.word:
        case "all":
            return max(known, default=None)
        case "any":
            return min(known, default=None)
        case "some":
            return sorted(known)[branch.least - 1] if len(known) >= branch.least else None


def _leaf_from(meaning: Meaning, leaf: Leaf, as_of: date) -> date | None:
    """Give the day of a length of time; what holds now and can't be lost by waiting holds from the as-of day."""
    observation = leaf.observation
    if observation.type.kind is not Kind.DURATION:
        return as_of if meaning.truth(leaf.truth).status == HELD and not _may_be_lost(meaning, observation) else None
    match observation.word:
        case "at_least":
            return _reached(meaning, observation)
        case "above":
            day = _reached(meaning, observation)
            return day if day is None or day == SOMETIME else day + timedelta(days=1)
        case "is" | "not" | "in" | "not_in" | "at_most" | "below" | "has" | "within":
            return None
        case _:
            assert_never(observation.word)


def _reached(meaning: Meaning, observation: Observation) -> date | None:
    """Give the day on which a length of time is reached."""
    start, months = meaning.value(observation.seen), meaning.value(observation.required[0])
    if isinstance(start, Bounds) or isinstance(months, Bounds):
        return SOMETIME
    if not isinstance(start, date) or not isinstance(months, int) or start == OPEN:
        return None
    day = dates.plus_months(start, months)
    return None if day == OPEN else day


def _lies_ahead(meaning: Meaning, leaf: SilentLeaf) -> bool:
    """Tell whether a record of a coming day is there already, which may change what is counted."""
    folds = [node for node in walk(leaf.truth) if isinstance(node, Fold)]
    records = [one for fold in folds for one in getattr(meaning.question.subject(fold.scope), fold.history).records]
    return any(last_of(one.placed) > meaning.question.as_of for one in records)


def _may_be_lost(meaning: Meaning, observation: Observation) -> bool:
    """Tell whether something seen may change by waiting: what is folded over records of some stretch of time.

    What runs today without an end, such as a post, stays.
    """
    seen = observation.seen
    if not isinstance(seen, Fold) or seen.covers is None:
        return False
    ends = spec(seen.history).ends_by
    runs_on = ends is not None and all(getattr(one, ends) == OPEN for one in counted(meaning, seen))
    return not (seen.covers == Literal(meaning.question.as_of) and runs_on)


# Records that count


def counted(meaning: Meaning, fold: Fold) -> tuple[Record, ...]:
    """Give the records that a fold surely counts."""
    history = getattr(meaning.question.subject(fold.scope), fold.history)
    return tuple(record for record in history.records if meaning.truth(fold.where, record).status == HELD)
