"""Records that would help: what a record must be like for what is folded over a history to reach what is required."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from typing import Any

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import AllOf, AnyOf, Compare, Expr, Fold, Literal, Member, RecordField, Truth, walk
from asnpolicy.language.rules import Observation
from asnpolicy.people import Absent, Label

Fields = tuple[tuple[str, Any], ...]
MOST = 8
"""So many ways to satisfy one filter are looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record of a history with some fields."""

    history: str
    fields: Fields
    one_of_more: bool = False
    """Whether there are more ways to satisfy the filter than are looked at."""


def wanted(fold: Fold, observation: Observation, meaning: Meaning) -> Iterator[Wanted]:
    """Return records of which one would raise what a fold comes to as far as is required."""
    if observation.word not in ("at_least", "above", "is") or observation.over is not None:
        return
    if isinstance(fold.covers, Fold) and fold.covers.history == fold.history:  # another record would push one out
        return
    more = _of_value(fold, observation, meaning)
    if more is None:
        return
    ways = list(islice(_satisfying(fold.where, meaning), MOST + 1))
    for fields in ways[:MOST]:
        yield Wanted(fold.history, tuple(sorted({**fields, **more}.items())), len(ways) > MOST)


def _of_value(fold: Fold, observation: Observation, meaning: Meaning) -> dict[str, Any] | None:
    """Return the field that is folded, with what it must be; nothing where records are counted; None where no one helps."""
    if fold.op == "count":
        return {}
    if fold.value is None or not isinstance(fold.value, RecordField):
        return None
    name, places = fold.value.name, fold.value.type.places
    required = meaning.value(observation.required[0])
    if fold.op == "sum":
        seen = meaning.value(observation.seen)
        low = (seen.low or 0) if isinstance(seen, Bounds) else seen
        if not isinstance(required, int) or not isinstance(low, int) or required <= low:
            return None
        return {name: Decimal(required - low).scaleb(-places) if places else required - low}
    if fold.op in ("greatest", "latest") and isinstance(required, int):
        return {name: _member(fold.value, required)}
    return None


def _member(field: RecordField, value: int) -> Any:
    labels = field.type.labels
    return value if labels is None else next((str(one) for one in labels if int(one) == int(value)), value)


def _satisfying(where: Truth, meaning: Meaning) -> Iterator[dict[str, Any]]:
    """Return fields that satisfy a filter, as far as it asks for values; days are those of the record that is made."""
    match where:
        case AllOf(items):
            for parts in product(*(list(_satisfying(item, meaning)) for item in items)):
                yield {name: value for part in parts for name, value in part.items()}
        case AnyOf(items):
            for item in items:
                yield from _satisfying(item, meaning)
        case Member(RecordField(name), among):
            yield from ({name: _plain(value)} for value in among)
        case Compare(op, RecordField(name), other) if not _inside(other):
            value = meaning.value(other)
            known = not isinstance(value, (Bounds, Absent)) and name not in DAYS
            yield {name: _plain(value)} if known and op in ("is", "at_least") else {}
        case Literal(False):
            return
        case _:
            yield {}


DAYS = frozenset({"completed_on", "taken_on", "graduated_on", "recognised_on", "granted_on", "assessed_on"})


def _inside(node: Expr) -> bool:
    return any(isinstance(part, RecordField) for part in walk(node))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Label) else value
