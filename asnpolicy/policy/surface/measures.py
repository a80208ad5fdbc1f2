"""Measures as they are written: how many records there are, how long they last, or what a field of them comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, get_args
from typing import Literal as Choice

from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.policy.source.shapes import as_mapping
from asnpolicy.policy.source.tree import Mapping, RawNode
from asnpolicy.policy.surface.examples import comparison, of_some
from asnpolicy.policy.surface.names import Name, name_of
from asnpolicy.policy.surface.requirements import WINDOWS, Requirement, hold_to, requirement
from asnpolicy.problems import Problems, write
from asnpolicy.text import Text, phrase

if TYPE_CHECKING:
    from asnpolicy.policy.surface.conditions import Condition

CountWord: TypeAlias = Choice["count"]
TimeWord: TypeAlias = Choice["total_time", "unbroken", "longest"]
FieldWord: TypeAlias = Choice["sum", "lowest", "highest", "latest"]
MeanWord: TypeAlias = Choice["mean"]
ShareWord: TypeAlias = Choice["share"]
MeasureWord: TypeAlias = Choice[
    "count", "share", "total_time", "unbroken", "longest", "sum", "lowest", "highest", "latest", "mean"
]
COUNTS: tuple[CountWord, ...] = get_args(CountWord)
TIMES: tuple[TimeWord, ...] = get_args(TimeWord)
FIELD_MEASURES: tuple[FieldWord | MeanWord, ...] = (*get_args(FieldWord), *get_args(MeanWord))
SHARES: tuple[ShareWord, ...] = get_args(ShareWord)
MEASURES: tuple[MeasureWord, ...] = get_args(MeasureWord)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What is required of how many records there are, of how long they last, or of a field of them."""

    word: MeasureWord
    required: Requirement
    field: Name | None = None
    """The field that is added up, compared, or read of the latest record."""
    part: Condition | None = None
    """The records whose share it is."""


def measured(word: FieldWord | MeanWord, history: str) -> tuple[str, ...]:
    """Return the fields of a history that a measure can be of."""
    return tuple(name for name, type_ in record_fields(history).items() if _fits(word, type_))


def field_of(word: str, history: str) -> str:
    """Return a field of a history that a measure may be of, as an example; its first one where there is none.

    >>> field_of("sum", "credits"), field_of("latest", "letters")
    ('amount', 'code')
    """
    fits = measured(word, history) if word in ("sum", "mean", "lowest", "highest", "latest") else ()  # type: ignore[arg-type]  # as told
    return next(iter(fits), next(iter(record_fields(history))))


def measure_example(word: MeasureWord) -> str:
    """Return a measure under a history, as an example."""
    if word in ("share", "count"):
        return f"trainings: {{{_example('share', 'trainings')}}}" if word == "share" else "posts: {count: {at_least: 1}}"
    if word in ("total_time", "unbroken", "longest"):
        return f"posts: {{{word}: {{at_least: 4 years}}}}"
    return f"assessments: {{{word}: {{of: score, at_least: 5}}}}"


def _fits(word: FieldWord | MeanWord, type_: Type) -> bool:
    number = type_.kind is Kind.NUMBER
    match word:
        case "sum" | "mean":
            return number
        case "lowest" | "highest":
            return number or (type_.labels is not None and type_.labels.ordered())
        case "latest":
            return number or type_.kind is Kind.LABEL


def measures_of(history: str) -> tuple[MeasureWord, ...]:
    """Return the measures that a history has: only what lasts has times, and only what has such fields the others."""
    times = TIMES if spec(history).ends_by is not None else ()
    return (*COUNTS, *SHARES, *times, *(word for word in FIELD_MEASURES if measured(word, history)))


Where: TypeAlias = Callable[[RawNode], "Condition | None"]
"""Reads which records are meant."""


def measure(word: MeasureWord, history: str, node: RawNode, problems: Problems, where: Where) -> Measure | None:
    """Read a measure; None, with a problem, where it is of something and does not name what it can be of."""
    if word not in FIELD_MEASURES and word != "share":
        required = requirement(_without_of(word, history, node, problems), problems)
        hold_to(required, word, problems)
        return Measure(word, required)
    mapping = as_mapping(node, problems, write(_example(word, history)))
    if mapping is None:
        return None
    if word == "share" and "where" in mapping.entries and "of" not in mapping.entries:
        message = phrase(en="`share` names its records with `of`", id="`share` menyebut catatannya dengan `of`")
        help = phrase(en="write `of` for `where`", id="tulis `of`, bukan `where`")
        problems.add("unknown-key", message, mapping.entries["where"].key.place, help)
        return None
    if "of" not in mapping.entries:
        what = _RECORDS if word == "share" else _FIELD
        message = phrase(en="`{word}` needs `of`, {what}", id="`{word}` memerlukan `of`, {what}", word=word, what=what)
        problems.add("missing-key", message, mapping.place, write(_example(word, history)))
        return None
    required = _beside_of(word, mapping, problems)
    if word == "share":
        part = where(mapping.entries["of"].value)
        return None if part is None else Measure(word, required, part=part)
    field = name_of(mapping.entries["of"].value, problems)
    return Measure(word, required, field) if field is not None and _can_be(word, history, field, problems) else None


def _without_of(word: MeasureWord, history: str, node: RawNode, problems: Problems) -> RawNode:
    """Tell `of` in a measure of whole records: which they are, the history says that it stands under."""
    if not isinstance(node, Mapping) or "of" not in node.entries:
        return node
    message = phrase(
        en="`{word}` is of the `{history}` that it stands under, and takes no `of`",
        id="`{word}` menghitung `{history}` yang menaunginya, dan tidak menerima `of`",
        word=word,
        history=history,
    )
    help = phrase(
        en="leave `of` out; another history is asked under its own name, as in `posts: {{{word}: {{at_least: 1}}}}`",
        id="hapus `of`; riwayat lain ditanyakan dengan namanya sendiri, seperti `posts: {{{word}: {{at_least: 1}}}}`",
        word=word,
    )
    problems.add("unknown-key", message, node.entries["of"].key.place, help)
    return Mapping({key: entry for key, entry in node.entries.items() if key != "of"}, node.place)


_FIELD = Text("sebuah isian", "a field")
_RECORDS = Text("catatan mana yang dihitung persentasenya", "the records whose share it is")
_ORDERS = ("is", "at_least", "at_most", "below", "above")


def _beside_of(word: MeasureWord, mapping: Mapping, problems: Problems) -> Requirement:
    """Read what is required beside `of`; a mean and a share are compared by their size alone."""
    rest = {key: entry for key, entry in mapping.entries.items() if key != "of"}
    if word == "share" and "otherwise" in rest:
        message = phrase(en="`share` takes no `otherwise`", id="`share` tidak menerima `otherwise`")
        help = phrase(
            en="leave it out: where there is no record there is no share, and it meets no bound",
            id="hapus: bila tidak ada catatan, tidak ada persentasenya, dan tidak ada batas yang dipenuhinya",
        )
        problems.add("unknown-key", message, rest.pop("otherwise").key.place, help)
    for stray in [key for key in rest if key in WINDOWS or key in ("nth", "where")]:
        message = phrase(en="`{stray}` does not stand in `{word}`", id="`{stray}` tidak ditulis di dalam `{word}`", stray=stray, word=word)
        beside = phrase(en="write it beside `{word}`", id="tulis di samping `{word}`", word=word)
        figure = phrase(en="a figure under `figures` takes `nth`", id="`nth` ditulis pada angka di bawah `figures`")
        problems.add("unknown-key", message, rest.pop(stray).key.place, figure if stray == "nth" else beside)
    required = requirement(Mapping(rest, mapping.place), problems)
    hold_to(required, word, problems)
    others = [test for test in required.tests if test.word not in _ORDERS]
    if others and word in ("mean", "share"):
        what = Text("rata-rata", "a mean") if word == "mean" else Text("persentase", "a share")
        message = phrase(
            en="{what} is not compared by `{test}`",
            id="{what} tidak dibandingkan dengan `{test}`",
            what=what,
            test=others[0].word,
        )
        help = phrase(
            en="use `at_least`, `at_most`, `below` or `above`", id="pakai `at_least`, `at_most`, `below`, atau `above`"
        )
        problems.add("no-order", message, others[0].place, help)
    return required


def _can_be(word: FieldWord | MeanWord, history: str, field: Name, problems: Problems) -> bool:
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


def _example(word: FieldWord | MeanWord | ShareWord, history: str) -> str:
    if word == "share":
        return f"share: {{of: {{{of_some(history)}}}, at_least: 50}}"
    field = measured(word, history)[0]
    return f"{word}: {{of: {field}, {comparison(field, history).partition('{')[2] or 'at_least: 5}'}"
