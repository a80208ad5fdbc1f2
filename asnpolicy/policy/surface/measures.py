"""Measures as they are written: how many records there are, how long they last, or what a field of them comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.policy.source.shapes import as_mapping
from asnpolicy.policy.source.tree import Mapping, RawNode
from asnpolicy.policy.surface.names import Name, name_of
from asnpolicy.policy.surface.requirements import Requirement, hold_to, requirement
from asnpolicy.problems import Problems, write
from asnpolicy.text import Text, phrase

CountWord: TypeAlias = Choice["count"]
TimeWord: TypeAlias = Choice["total_time", "unbroken", "longest"]
FieldWord: TypeAlias = Choice["sum", "lowest", "highest", "latest"]
MeasureWord: TypeAlias = Choice["count", "total_time", "unbroken", "longest", "sum", "lowest", "highest", "latest"]
COUNTS: tuple[CountWord, ...] = get_args(CountWord)
TIMES: tuple[TimeWord, ...] = get_args(TimeWord)
FIELD_MEASURES: tuple[FieldWord, ...] = get_args(FieldWord)
MEASURES: tuple[MeasureWord, ...] = get_args(MeasureWord)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What is required of how many records there are, of how long they last, or of a field of them."""

    word: MeasureWord
    required: Requirement
    field: Name | None = None
    """The field that is added up, compared, or read of the latest record."""


def measured(word: FieldWord, history: str) -> tuple[str, ...]:
    """Return the fields of a history that a measure can be of."""
    return tuple(name for name, type_ in record_fields(history).items() if _fits(word, type_))


def _fits(word: FieldWord, type_: Type) -> bool:
    number = type_.kind is Kind.NUMBER
    match word:
        case "sum":
            return number
        case "lowest" | "highest":
            return number or (type_.labels is not None and type_.labels.ordered())
        case "latest":
            return number or type_.kind is Kind.LABEL


def measures_of(history: str) -> tuple[MeasureWord, ...]:
    """Return the measures that a history has: only what lasts has times, and only what has such fields the others."""
    times = TIMES if spec(history).ends_by is not None else ()
    return (*COUNTS, *times, *(word for word in FIELD_MEASURES if measured(word, history)))


def measure(word: MeasureWord, history: str, node: RawNode, problems: Problems) -> Measure | None:
    """Read a measure; None, with a problem, where it is of a field and names none that it can be of."""
    if word not in FIELD_MEASURES:
        required = requirement(node, problems)
        hold_to(required, word, problems)
        return Measure(word, required)
    mapping = as_mapping(node, problems, write(_example(word, history)))
    if mapping is None:
        return None
    if "of" not in mapping.entries:
        message = phrase(en="`{word}` needs `of`, a field", id="`{word}` memerlukan `of`, sebuah isian", word=word)
        problems.add("missing-key", message, mapping.place, write(_example(word, history)))
        return None
    return _of_field(word, history, mapping, problems)


def _of_field(word: FieldWord, history: str, mapping: Mapping, problems: Problems) -> Measure | None:
    field = name_of(mapping.entries["of"].value, problems)
    rest = {key: entry for key, entry in mapping.entries.items() if key != "of"}
    required = requirement(Mapping(rest, mapping.place), problems)
    hold_to(required, word, problems)
    if field is None:
        return None
    return Measure(word, required, field) if _can_be(word, history, field, problems) else None


def _can_be(word: FieldWord, history: str, field: Name, problems: Problems) -> bool:
    """Tell whether a measure can be of a field: one that the records have, and of the kind that it takes."""
    known = measured(word, history)
    if field.text in known:
        return True
    if field.text not in record_fields(history):
        what = Text(f"isian `{history}`", f"field of `{history}`")
        problems.unknown("unknown-fact", field.text, what, field.place, known)
        return False
    quoted = [f"`{name}`" for name in known]
    either = Text(" atau ".join(quoted), " or ".join(quoted))
    problems.add(
        "type-mismatch",
        phrase(
            en="`{word}` can't be of `{field}`",
            id="`{word}` tidak dapat dihitung dari `{field}`",
            word=word,
            field=field.text,
        ),
        field.place,
        phrase(en="write {listed}", id="tulis {listed}", listed=either),
    )
    return False


def _example(word: FieldWord, history: str) -> str:
    return f"{word}: {{of: {measured(word, history)[0]}, at_least: …}}"
