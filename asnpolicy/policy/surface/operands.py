"""Operands: what something is compared with: a written value, or one of the policy that is named."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Known
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, TypeVar, assert_never, get_args

from asnpolicy.policy.source.shapes import keys
from asnpolicy.policy.source.tree import Mapping, RawNode
from asnpolicy.policy.surface.names import Name, RawValue, name_of, names_of
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Text, phrase

TermWord: TypeAlias = Choice["value", "table", "fact", "period"]
BesideWord: TypeAlias = Choice["on", "column", "by"]
OffsetWord: TypeAlias = Choice["plus", "minus"]
OPERANDS: tuple[TermWord, ...] = get_args(TermWord)
BESIDE_WORDS: tuple[BesideWord, ...] = get_args(BesideWord)
OFFSETS: tuple[OffsetWord, ...] = get_args(OffsetWord)
BESIDE: Known[str, tuple[BesideWord, ...]] = {"value": ("on",), "table": ("on", "column", "by")}
"""What may stand beside the word that names a term."""
_SHOWN = {
    "value": "masa_kerja", "table": "batas_pangkat", "fact": "rank", "period": "end", "rank": "III/a", "figure": "angka_kredit",
    "years": "time_in_service", "months": "time_in_rank", "sum": "{of: credits, field: amount}", "count": "{of: trainings}",
    "lowest": "{of: assessments, field: score}", "highest": "{of: assessments, field: score}",
    "latest": "{of: assessments, field: score}", "after": "1 month", "month_of": "birth_date",
}  # fmt: skip
"""What may be named after a word, as an example."""
W = TypeVar("W", bound=str)


@dataclass(frozen=True, slots=True, eq=False)
class ValueTerm:
    """A dated value of the policy, in the version of the day that `on` names."""

    name: Name
    place: Place
    on: Name | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TableTerm:
    """A look-up in a table of the policy."""

    name: Name
    place: Place
    on: Name | None = None
    column: Name | None = None
    by: tuple[Name, ...] = ()
    by_place: Place | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FactTerm:
    """A fact, a figure, a field of a record or the target."""

    name: Name
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class ItemTerm:
    """The item of the enclosing `each`."""

    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class PeriodTerm:
    """The start or the end of a duty's period."""

    edge: Name
    place: Place


PlainOperand: TypeAlias = RawValue | ValueTerm | TableTerm | FactTerm | ItemTerm | PeriodTerm


@dataclass(frozen=True, slots=True, eq=False)
class OffsetTerm:
    """So much more or less than what is named."""

    term: PlainOperand
    word: OffsetWord
    amount: RawValue
    place: Place


Operand: TypeAlias = PlainOperand | OffsetTerm


def operand(node: RawNode, problems: Problems) -> Operand | None:
    """Read an operand; None, with a problem, when it names nothing, or more than one thing."""
    if not isinstance(node, Mapping):
        return RawValue(node)
    word = one_of(node, OPERANDS, Text("operan", "an operand"), problems, OFFSETS)
    term = _term(node, word, problems) if word else None
    return None if term is None else _offset(node, term, problems)


def _offset(node: Mapping, term: PlainOperand, problems: Problems) -> Operand | None:
    """Read what is added to a term or taken from it; the term itself without one."""
    words = [word for word in OFFSETS if word in node.entries]
    if not words:
        return term
    if len(words) > 1:
        message = phrase(en="`plus` and `minus` stand alone", id="`plus` dan `minus` tidak ditulis bersama")
        help = phrase(en="keep one of them", id="pertahankan salah satu saja")
        problems.add("operand", message, node.entries[words[1]].key.place, help)
        return None
    return OffsetTerm(term, words[0], RawValue(node.entries[words[0]].value), node.place)


def one_of(
    node: Mapping, names: Iterable[W], what: str | Text, problems: Problems, beside_all: tuple[str, ...] = ()
) -> W | None:
    """Return the one word that says what is named, with beside it only what belongs to it; None, with a problem.

    `beside_all` may stand beside any of them.
    """
    names = tuple(names)
    words = [word for word in names if word in node.entries]
    if len(words) == 1:
        keys(node, (words[0], *BESIDE.get(words[0], ()), *beside_all), _with(what, words[0]), problems)
        return words[0]
    known = (*names, *(word for beside in BESIDE.values() for word in beside), *beside_all)
    keys(node, dict.fromkeys(known), what, problems)
    if all(word in known for word in node.entries):  # else the unknown word is the mistake
        choices = ", ".join(f"`{word}: {_SHOWN[word]}`" for word in names)
        problems.add(
            "operand",
            phrase(en="{what} names one thing", id="{what} menyebut satu hal", what=what),
            node.place,
            phrase(en="write one of: {choices}", id="tulis salah satu: {choices}", choices=choices),
        )
    return None


def _with(what: str | Text, word: str) -> Text:
    named = Text(f"`{what}`", f"`{what}`") if isinstance(what, str) else what
    return Text(f"{named.id} dengan `{word}`", f"{named.en} with `{word}`")


def _term(node: Mapping, word: TermWord, problems: Problems) -> PlainOperand | None:
    match word:
        case "value":
            return value_term(node, problems)
        case "table":
            return table_term(node, problems)
        case "fact":
            name = name_of(node.entries["fact"].value, problems)
            item = name is not None and name.text == "each"
            return None if name is None else ItemTerm(name.place) if item else FactTerm(name, node.place)
        case "period":
            edge = name_of(node.entries["period"].value, problems)
            return None if edge is None else PeriodTerm(edge, node.place)
        case _:
            assert_never(word)


def value_term(node: Mapping, problems: Problems) -> ValueTerm | None:
    """Read what names a dated value."""
    name, on = name_of(node.entries["value"].value, problems), _beside(node, "on", problems)
    return None if name is None or (on is None and "on" in node.entries) else ValueTerm(name, node.place, on)


def table_term(node: Mapping, problems: Problems) -> TableTerm | None:
    """Read what names a table, and how it is looked up."""
    name = name_of(node.entries["table"].value, problems)
    on, column = _beside(node, "on", problems), _beside(node, "column", problems)
    by = node.entries["by"].value if "by" in node.entries else None
    named = names_of(by, problems) if by is not None else ()
    unread = (on is None and "on" in node.entries) or (column is None and "column" in node.entries)
    if name is None or unread or (by is not None and not named):
        return None
    return TableTerm(name, node.place, on, column, named, by.place if by is not None else None)


def _beside(node: Mapping, word: str, problems: Problems) -> Name | None:
    return name_of(node.entries[word].value, problems) if word in node.entries else None
