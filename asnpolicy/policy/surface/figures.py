"""Figures as they are written: what is multiplied, added, subtracted or summed, and how it is divided and rounded."""

from __future__ import annotations

from collections.abc import Mapping as Known
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, assert_never, get_args

from asnpolicy.language.rules import Standing, Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar
from asnpolicy.policy.surface.about import Basis, basis_of, needed_title, standing_of
from asnpolicy.policy.surface.conditions import Condition, condition
from asnpolicy.policy.surface.literals import MOST_PLACES
from asnpolicy.policy.surface.names import Name, RawValue, name_of
from asnpolicy.policy.surface.operands import (
    FactTerm,
    Operand,
    TableTerm,
    ValueTerm,
    one_of,
    operand,
    table_term,
    value_term,
)
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, phrase

ListForm: TypeAlias = Choice["times", "plus", "minus"]
PartWord: TypeAlias = Choice["fact", "figure", "table", "value", "sum"]
HalfWord: TypeAlias = Choice["up", "even"]
ABOUT = ("title", "basis", "unit", "standing", "of")
LISTS: tuple[ListForm, ...] = get_args(ListForm)
FORMS = (*LISTS, "sum", "divide")
PARTS: tuple[PartWord, ...] = get_args(PartWord)
HALVES: tuple[HalfWord, ...] = get_args(HalfWord)


@dataclass(frozen=True, slots=True, eq=False)
class FigureTerm:
    """Another figure."""

    name: Name


@dataclass(frozen=True, slots=True, eq=False)
class SumTerm:
    """A sum over the records of a history: of a field, or of a figure of each."""

    of: Name
    history: str | None
    """The history; None when `of` is neither one nor a figure of one."""
    field: Name | None
    where: Condition | None
    since: Operand | None
    place: Place


FigurePart: TypeAlias = RawValue | FactTerm | FigureTerm | TableTerm | ValueTerm | SumTerm


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Parts that are multiplied, added, or subtracted from the first."""

    word: ListForm
    parts: tuple[FigurePart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Division by a number above zero, and rounding."""

    by: int
    places: int
    half: HalfWord


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FigureForm:
    """A figure."""

    title: Text
    basis: Basis | None
    standing: Standing | None
    unit: str
    of: Name | None
    """The history, when it is worked out for each of its records."""
    formula: Parts | SumTerm | None
    """None when it could not be read."""
    divide: Division | None


def history_of(node: RawNode) -> str | None:
    """Return the history that a figure is worked out for, one value a record; None for others."""
    of = node.entries["of"].value if isinstance(node, Mapping) and "of" in node.entries else None
    return of.text if isinstance(of, Scalar) and of.text in HISTORIES else None


def figure(name: str, place: Place, node: RawNode, histories: Known[str, str], problems: Problems) -> FigureForm | None:
    """Read a figure; `histories` says which figures are worked out for the records of which history."""
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    keys(mapping, (*ABOUT, *FORMS), Text("angka", "a figure"), problems)
    entries = mapping.entries
    of, known = _of(mapping, problems)
    formula = _Reading(histories, problems).formula(mapping)
    divide = _division(entries["divide"].value, problems) if "divide" in entries else None
    whole = known and (divide is not None or "divide" not in entries)
    return FigureForm(
        title=needed_title(mapping, name, place, problems),
        basis=basis_of(mapping, problems),
        standing=standing_of(mapping, problems),
        unit=(as_text(entries["unit"].value, problems) or "") if "unit" in entries else "",
        of=of,
        formula=formula if whole else None,
        divide=divide,
    )


HISTORY = Text("riwayat", "history")


def _of(mapping: Mapping, problems: Problems) -> tuple[Name | None, bool]:
    """Read the history that a figure is of, and tell whether that is clear."""
    if "of" not in mapping.entries:
        return None, True
    name = name_of(mapping.entries["of"].value, problems)
    if name is not None and name.text not in HISTORIES:
        problems.unknown("unknown-figure", name.text, HISTORY, name.place, HISTORIES)
        return None, False
    return name, name is not None


@dataclass(frozen=True, slots=True)
class _Reading:
    histories: Known[str, str]
    problems: Problems

    def formula(self, mapping: Mapping) -> Parts | SumTerm | None:
        lists = [word for word in LISTS if word in mapping.entries]
        if len(lists) + ("sum" in mapping.entries) != 1:
            if any(word not in (*ABOUT, *FORMS) for word in mapping.entries):
                return None  # the unknown word is the mistake
            help = phrase(
                en="write one of `times`, `plus`, `minus`, `sum`",
                id="tulis salah satu dari `times`, `plus`, `minus`, `sum`",
            )
            self.problems.add(
                "figure-form",
                phrase(en="a figure is worked out in one way", id="angka dihitung dengan satu cara saja"),
                mapping.place,
                help,
            )
            return None
        if not lists:
            return self.sum(mapping.entries["sum"].value)
        return self.list(lists[0], mapping.entries[lists[0]].value)

    def list(self, word: ListForm, node: RawNode) -> Parts | None:
        sequence = as_sequence(node, self.problems)
        if sequence is not None and not sequence.items:
            self.problems.add(
                "empty-condition",
                phrase(en="`{word}` is empty", id="`{word}` kosong", word=word),
                node.place,
                phrase(en="list at least one part", id="sebutkan paling sedikit satu bagian"),
            )
        parts = [self.part(item) for item in sequence.items] if sequence else []
        known = tuple(part for part in parts if part is not None)
        return Parts(word, known) if known and len(known) == len(parts) else None

    def part(self, node: RawNode) -> FigurePart | None:
        if isinstance(node, Scalar):
            return RawValue(node)
        mapping = as_mapping(node, self.problems)
        word = one_of(mapping, PARTS, Text("bagian angka", "a part of a figure"), self.problems) if mapping else None
        return None if mapping is None or word is None else self.named(mapping, word)

    def named(self, mapping: Mapping, word: PartWord) -> FigurePart | None:
        match word:
            case "sum":
                return self.sum(mapping.entries["sum"].value)
            case "value":
                return value_term(mapping, self.problems)
            case "table":
                return table_term(mapping, self.problems)
            case "fact":
                fact = name_of(mapping.entries["fact"].value, self.problems)
                return None if fact is None else FactTerm(fact, mapping.place)
            case "figure":
                name = name_of(mapping.entries["figure"].value, self.problems)
                return None if name is None else FigureTerm(name)
            case _:
                assert_never(word)

    def sum(self, node: RawNode) -> SumTerm | None:
        mapping = as_mapping(node, self.problems)
        if mapping is None:
            return None
        keys(mapping, ("of", "field", "where", "since"), "sum", self.problems)
        if "of" not in mapping.entries:
            help = phrase(en="write `of: <history>` or `of: <figure>`", id="tulis `of: <riwayat>` atau `of: <angka>`")
            self.problems.add(
                "missing-key", phrase(en="`sum` needs `of`", id="`sum` memerlukan `of`"), mapping.place, help
            )
            return None
        of = name_of(mapping.entries["of"].value, self.problems)
        return None if of is None else self._sum(of, mapping)

    def _sum(self, of: Name, mapping: Mapping) -> SumTerm | None:
        entries = mapping.entries
        history = of.text if of.text in HISTORIES else self.histories.get(of.text)
        field = name_of(entries["field"].value, self.problems) if "field" in entries else None
        since = operand(entries["since"].value, self.problems) if "since" in entries else None
        where = (
            condition(entries["where"].value, self.problems, (), history) if history and "where" in entries else None
        )
        if "field" in entries and history and of.text not in HISTORIES:
            message = phrase(
                en="a figure of records has no `field`", id="angka yang dihitung per catatan tidak punya `field`"
            )
            self.problems.add("unknown-key", message, entries["field"].key.place, phrase(en="leave it out", id="hapus"))
        elif "field" not in entries and of.text in HISTORIES:
            self.problems.add(
                "missing-key",
                phrase(en="`sum` of a history needs `field`", id="`sum` atas riwayat memerlukan `field`"),
                mapping.place,
                write("field: …"),
            )
        unread = field is None and of.text in HISTORIES
        return None if unread else SumTerm(of, history, field, where, since, mapping.place)


def _division(node: RawNode, problems: Problems) -> Division | None:
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    keys(mapping, ("by", "round", "half"), "divide", problems)
    for word in ("by", "round"):
        if word not in mapping.entries:
            help = write("divide: {by: 12, round: 2, half: up}")
            problems.add(
                "missing-key",
                phrase(en="`divide` needs `{word}`", id="`divide` memerlukan `{word}`", word=word),
                mapping.place,
                help,
            )
            return None
    by = _between(
        mapping.entries["by"].value,
        1,
        10**9,
        phrase(en="a figure is divided by a number above zero", id="angka dibagi dengan bilangan di atas nol"),
        problems,
    )
    rule = phrase(
        en="it is rounded to 0 to {most_places} decimals",
        id="dibulatkan sampai 0–{most_places} desimal",
        most_places=MOST_PLACES,
    )
    places = _between(mapping.entries["round"].value, 0, MOST_PLACES, rule, problems)
    half = _half(mapping, problems)
    return None if by is None or places is None or half is None else Division(by, places, half)


def _between(node: RawNode, least: int, most: int, rule: Message, problems: Problems) -> int | None:
    number = as_whole(node, problems)
    if number is None or least <= number <= most:
        return number
    problems.add(
        "wrong-value",
        phrase(en="`{number}` can't stand here", id="`{number}` tidak dapat berdiri di sini", number=number),
        node.place,
        rule,
    )
    return None


def _half(mapping: Mapping, problems: Problems) -> HalfWord | None:
    if "half" not in mapping.entries:
        return "up"
    node = mapping.entries["half"].value
    word = as_text(node, problems)
    if word is not None and word not in HALVES:
        problems.add(
            "wrong-value",
            phrase(en="`{word}` is no rounding", id="`{word}` bukan cara pembulatan", word=word),
            node.place,
            phrase(en="write `half: up` or `half: even`", id="tulis `half: up` atau `half: even`"),
        )
    return next((half for half in HALVES if half == word), None)
