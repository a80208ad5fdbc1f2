"""Figures as they are written: what is multiplied, added or chosen, what records come to, and how it is rounded."""

from __future__ import annotations

from collections.abc import Mapping as Known
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, assert_never, get_args

from asnpolicy.language.history_labels import HISTORY_LABELS, labelled
from asnpolicy.language.rules import Standing, Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar
from asnpolicy.policy.surface.about import Basis, basis_of, needed_title, standing_of, text_of
from asnpolicy.policy.surface.conditions import Condition, condition
from asnpolicy.policy.surface.examples import titled
from asnpolicy.policy.surface.figure_hints import (
    decimal_comma,
    is_mean,
    no_mean,
    no_share,
    stray_part,
    text_of_a_choice,
)
from asnpolicy.policy.surface.hints import lacking
from asnpolicy.policy.surface.literals import MOST_PLACES
from asnpolicy.policy.surface.measures import field_of
from asnpolicy.policy.surface.names import Name, RawValue, name_of
from asnpolicy.policy.surface.operands import (
    FactTerm,
    TableTerm,
    ValueTerm,
    one_of,
    table_term,
    value_term,
)
from asnpolicy.policy.surface.requirements import MOST_YEARS, OF_HISTORY, Stretch, stretches_of
from asnpolicy.problems import Place, Problems, did_you_mean, meant, unknown, write
from asnpolicy.text import Message, phrase

ListForm: TypeAlias = Choice["times", "plus", "minus"]
RecordsWord: TypeAlias = Choice["sum", "count", "lowest", "highest", "latest"]
TimeWord: TypeAlias = Choice["years", "months"]
PartWord: TypeAlias = Choice[
    "fact", "figure", "table", "value", "years", "months", "sum", "count", "lowest", "highest", "latest"
]
HalfWord: TypeAlias = Choice["up", "even"]
ABOUT = ("title", "basis", "unit", "standing", "of")
LISTS: tuple[ListForm, ...] = get_args(ListForm)
RECORDS: tuple[RecordsWord, ...] = get_args(RecordsWord)
CHOICE = ("if", "then", "otherwise")
WAYS = (*LISTS, *RECORDS, "if")
"""The words that each say by themselves how a figure is worked out."""
FORMS = (*WAYS, "then", "otherwise", "divide")
PARTS: tuple[PartWord, ...] = get_args(PartWord)
HALVES: tuple[HalfWord, ...] = get_args(HalfWord)


@dataclass(frozen=True, slots=True, eq=False)
class FigureTerm:
    """Another figure."""

    name: Name


@dataclass(frozen=True, slots=True, eq=False)
class TimeTerm:
    """How many whole years or months a length of time is."""

    word: TimeWord
    fact: Name


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RecordsTerm:
    """What the records of a history come to: how many they are, or what a field or a figure of each comes to."""

    word: RecordsWord
    of: Name
    history: str | None
    """The history; None when `of` is neither one nor a figure of one."""
    field: Name | None
    where: Condition | None
    stretches: tuple[Stretch, ...]
    otherwise: RawValue | None
    """What it is where there is no record; None where that is nothing, of a sum and a number 0."""
    nth: int
    """The last record but so many, counted by their days; 1 is the last."""
    place: Place


FigurePart: TypeAlias = RawValue | FactTerm | FigureTerm | TableTerm | ValueTerm | TimeTerm | RecordsTerm


@dataclass(frozen=True, slots=True, eq=False)
class Choose:
    """One part for those of whom a condition holds, another for everybody else."""

    test: Condition
    then: FigurePart
    otherwise: FigurePart


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


Formula: TypeAlias = Parts | RecordsTerm | Choose


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FigureForm:
    """A figure."""

    title: Text
    basis: Basis | None
    standing: Standing | None
    unit: Text | None
    of: Name | None
    """The history, when it is worked out for each of its records."""
    formula: Formula | None
    """None when it could not be read."""
    divide: Division | None


def history_of(node: RawNode) -> str | None:
    """Return the history that a figure is worked out for, one value a record; None for others."""
    of = node.entries["of"].value if isinstance(node, Mapping) and "of" in node.entries else None
    return of.text if isinstance(of, Scalar) and of.text in HISTORIES else None


def figure(name: str, place: Place, node: RawNode, histories: Known[str, str], problems: Problems) -> FigureForm | None:
    """Read a figure; `histories` says which figures are worked out for the records of which history."""
    mapping = as_mapping(node, problems, lambda: _whole(name, node))
    if mapping is None:
        return None
    _words(mapping, problems)
    entries = mapping.entries
    of, known = _of(mapping, problems)
    formula = _Reading(histories, problems, of.text if of else None).formula(mapping)
    divide = _division(entries["divide"].value, problems) if "divide" in entries else None
    whole = known and (divide is not None or "divide" not in entries)
    return FigureForm(
        title=needed_title(mapping, name, place, problems),
        basis=basis_of(mapping, problems),
        standing=standing_of(mapping, problems),
        unit=_unit(entries["unit"].value, problems) if "unit" in entries else None,
        of=of,
        formula=formula if whole else None,
        divide=divide,
    )


def _whole(name: str, node: RawNode) -> Message:
    """Return the way out of a figure that is no more than a number."""
    number = node.text if isinstance(node, Scalar) and node.text else "1"
    return write(f"{{{titled(name)}, plus: [{number}]}}")


def _words(mapping: Mapping, problems: Problems) -> None:
    """Tell what has no place in a figure: of a part of one, and of a mean, what is written instead."""
    rest = {}
    for word, entry in mapping.entries.items():
        if word in PARTS and word not in FORMS:
            stray_part(entry, problems)
        elif is_mean(word):
            no_mean(entry, problems)
        elif word == "share":
            no_share(entry, problems)
        else:
            rest[word] = entry
    keys(Mapping(rest, mapping.place), (*ABOUT, *FORMS), Text("angka", "a figure"), problems)


def _unit(node: RawNode, problems: Problems) -> Text | None:
    """Read a unit: the same in both languages, such as JP, or written in each."""
    if isinstance(node, Mapping):
        return text_of(node, problems)
    text = as_text(node, problems)
    return Text(text, text) if text else None


HISTORY = Text("riwayat", "history")


def _of(mapping: Mapping, problems: Problems) -> tuple[Name | None, bool]:
    """Read the history that a figure is of, and tell whether that is clear."""
    if "of" not in mapping.entries:
        return None, True
    name = name_of(mapping.entries["of"].value, problems)
    if name is not None and name.text not in HISTORIES:
        close = labelled(name.text, HISTORY_LABELS)
        help = did_you_mean(close) if close else meant(name.text, HISTORIES)
        problems.add("unknown-figure", unknown(HISTORY, name.text), name.place, help)
        return None, False
    return name, name is not None


@dataclass(frozen=True, slots=True)
class _Reading:
    histories: Known[str, str]
    problems: Problems
    history: str | None = None
    """Whose records the figure is of, one value a record."""

    def formula(self, mapping: Mapping) -> Formula | None:
        ways = [word for word in WAYS if word in mapping.entries]
        if len(ways) != 1:
            if any(word not in (*ABOUT, *FORMS) for word in mapping.entries):
                return None  # the unknown word is the mistake
            either = ", ".join(f"`{word}`" for word in WAYS)
            help = phrase(en="write one of {either}", id="tulis salah satu dari {either}", either=either)
            self.problems.add(
                "figure-form",
                phrase(en="a figure is worked out in one way", id="angka dihitung dengan satu cara saja"),
                mapping.place,
                help,
            )
            return None
        word = ways[0]
        if word == "if":
            return self.choose(mapping)
        for stray in ("then", "otherwise"):
            if stray in mapping.entries:
                message = phrase(en="`{word}` belongs to `if`", id="`{word}` adalah bagian dari `if`", word=stray)
                self.problems.add("unknown-key", message, mapping.entries[stray].key.place, write("if: {rank: {at_least: III/a}}"))
                return None
        node = mapping.entries[word].value
        records = next((one for one in RECORDS if one == word), None)
        if records is not None:
            return self.records(records, node)
        return self.list(next(one for one in LISTS if one == word), node)

    def choose(self, mapping: Mapping) -> Choose | None:
        """Read a choice: a condition, and what is taken either way."""
        lacks = [word for word in CHOICE if word not in mapping.entries]
        for word in lacks:
            message = phrase(en="`if` needs `{word}`", id="`if` memerlukan `{word}`", word=word)
            self.problems.add("missing-key", message, mapping.entries["if"].key.place, lacking(word))
        if lacks:
            return None
        test = condition(mapping.entries["if"].value, self.problems, (), self.history)
        either = [mapping.entries[word].value for word in ("then", "otherwise")]
        in_both = [text_of_a_choice(node, self.problems) for node in either]
        if any(in_both):
            return None
        then, otherwise = map(self.part, either)
        return None if test is None or then is None or otherwise is None else Choose(test, then, otherwise)

    def list(self, word: ListForm, node: RawNode) -> Parts | None:
        sequence = as_sequence(node, self.problems)
        if sequence is not None and not sequence.items:
            self.problems.add(
                "empty-condition",
                phrase(en="`{word}` is empty", id="`{word}` kosong", word=word),
                node.place,
                phrase(en="list at least one part", id="sebutkan paling sedikit satu bagian"),
            )
        if sequence is not None and decimal_comma(sequence.items, self.problems):
            return None
        parts = [self.part(item) for item in sequence.items] if sequence else []
        known = tuple(part for part in parts if part is not None)
        return Parts(word, known) if known and len(known) == len(parts) else None

    def part(self, node: RawNode) -> FigurePart | None:
        if isinstance(node, Scalar):
            return RawValue(node)
        mapping = as_mapping(node, self.problems, write("{fact: training_hours}"))
        mean = next((entry for word, entry in mapping.entries.items() if is_mean(word)), None) if mapping else None
        if mean is not None:
            no_mean(mean, self.problems)
            return None
        word = one_of(mapping, PARTS, Text("bagian angka", "a part of a figure"), self.problems) if mapping else None
        return None if mapping is None or word is None else self.named(mapping, word)

    def named(self, mapping: Mapping, word: PartWord) -> FigurePart | None:
        match word:
            case "sum" | "count" | "lowest" | "highest" | "latest":
                return self.records(word, mapping.entries[word].value)
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
            case "years" | "months":
                since = name_of(mapping.entries[word].value, self.problems)
                return None if since is None else TimeTerm(word, since)
            case _:
                assert_never(word)

    def records(self, word: RecordsWord, node: RawNode) -> RecordsTerm | None:
        of = node.text if isinstance(node, Scalar) and node.text else "trainings"
        field = f", field: {field_of(word, of)}" if word != "count" and of in HISTORIES else ""
        mapping = as_mapping(node, self.problems, lambda: write(f"{word}: {{of: {of}{field}}}"))
        if mapping is None:
            return None
        keys(mapping, TAKES[word], word, self.problems)
        if "of" not in mapping.entries:
            help = phrase(
                en="name a history, as in `of: trainings`, or a figure of records",
                id="sebut sebuah riwayat, seperti `of: trainings`, atau angka yang dihitung per catatan",
            )
            message = phrase(en="`{word}` needs `of`", id="`{word}` memerlukan `of`", word=word)
            self.problems.add("missing-key", message, mapping.place, help)
            return None
        name = name_of(mapping.entries["of"].value, self.problems)
        return None if name is None else self._records(word, name, mapping)

    def _records(self, word: RecordsWord, of: Name, mapping: Mapping) -> RecordsTerm | None:
        entries = mapping.entries
        history = of.text if of.text in HISTORIES else self.histories.get(of.text)
        field = name_of(entries["field"].value, self.problems) if "field" in entries else None
        where = (
            condition(entries["where"].value, self.problems, (), history) if history and "where" in entries else None
        )
        if "field" in entries and history and of.text not in HISTORIES:
            message = phrase(
                en="a figure of records has no `field`", id="angka yang dihitung per catatan tidak punya `field`"
            )
            self.problems.add("unknown-key", message, entries["field"].key.place, phrase(en="leave it out", id="hapus"))
        elif "field" not in entries and of.text in HISTORIES and word != "count":
            message = phrase(
                en="`{word}` of a history needs `field`", id="`{word}` atas riwayat memerlukan `field`", word=word
            )
            self.problems.add("missing-key", message, mapping.place, write(f"field: {field_of(word, of.text)}"))
        if field is None and of.text in HISTORIES and word != "count":
            return None
        nth = self._nth(entries["nth"].value) if "nth" in entries else 1
        if "nth" in entries and "last" in entries:
            message = phrase(en="`nth` and `last` stand alone", id="`nth` dan `last` tidak ditulis bersama")
            help = phrase(en="keep one of them", id="pertahankan salah satu saja")
            self.problems.add("operand", message, entries["last"].key.place, help)
        return None if nth is None else RecordsTerm(
            word=word, of=of, history=history, field=field, where=where, stretches=stretches_of(mapping, self.problems),
            otherwise=RawValue(entries["otherwise"].value) if "otherwise" in entries else None, nth=nth, place=mapping.place,
        )  # fmt: skip

    def _nth(self, node: RawNode) -> int | None:
        rule = phrase(en="1 is the last, 2 the one before", id="1 adalah yang terakhir, 2 yang sebelumnya")
        return _between(node, 1, MOST_YEARS, rule, self.problems)


_MEANT = ("of", "where", *OF_HISTORY)
TAKES: dict[RecordsWord, tuple[str, ...]] = {
    "sum": (*_MEANT, "field"),
    "count": _MEANT,
    "lowest": (*_MEANT, "field", "otherwise"),
    "highest": (*_MEANT, "field", "otherwise"),
    "latest": (*_MEANT, "field", "otherwise", "nth"),
}
"""The words beside each, by which records are meant and what of them."""


def _division(node: RawNode, problems: Problems) -> Division | None:
    by = node.text if isinstance(node, Scalar) and node.text.isdigit() else "12"
    mapping = as_mapping(node, problems, write(f"divide: {{by: {by}, round: 2, half: up}}"))
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
    divisor = _between(
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
    return None if divisor is None or places is None or half is None else Division(divisor, places, half)


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
