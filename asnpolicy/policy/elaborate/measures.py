"""Measures: histories as a whole, how many records there are or how long they last, and the fields of one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from asnpolicy.language.facts import Fact, fold, span, until_or_open
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    NUMBER,
    SPAN,
    YES,
    AllOf,
    Compare,
    Expr,
    Not,
    RecordField,
    Truth,
    Type,
)
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.language.rules import SilentLeaf, Text, Tree, together
from asnpolicy.language.windows import AS_OF, Window, running
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.comparisons import WINDOWS, asked, tested, tests_in, window
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.source.scalars import as_truth
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence

MEASURES = ("count", "total_time", "unbroken", "longest")
HISTORY_LABELS = {
    "ranks": Text("Riwayat pangkat", "Ranks held"),
    "pppk_grades": Text("Riwayat golongan PPPK", "PPPK grades held"),
    "posts": Text("Riwayat jabatan", "Posts held"),
    "educations": Text("Riwayat pendidikan", "Education"),
    "appraisals": Text("Penilaian kinerja", "Appraisals"),
    "credits": Text("Penetapan angka kredit", "Credit letters"),
    "trainings": Text("Riwayat pelatihan", "Trainings"),
    "exams": Text("Riwayat ujian", "Examinations"),
    "competencies": Text("Hasil uji kompetensi", "Measured competencies"),
    "sanctions": Text("Hukuman disiplin", "Disciplinary sanctions"),
    "leaves": Text("Riwayat cuti", "Leaves"),
    "awards": Text("Riwayat penghargaan", "Awards"),
    "service_targets": Text("Target layanan", "Service targets"),
    "mentoring": Text("Riwayat mentoring", "Mentoring"),
    "contracts": Text("Riwayat perjanjian kerja", "Contracts"),
    "assessments": Text("Hasil asesmen", "Assessments"),
}
_MEASURE_LABELS = {
    "count": Text("jumlah", "count"),
    "total_time": Text("masa kumulatif", "total time"),
    "unbroken": Text("masa tanpa putus", "unbroken time"),
    "longest": Text("masa terlama", "longest time"),
}


def of_record(ctx: Context, key: Scalar, node: Node) -> Tree:
    """Inside `where`: a field of the record, or `running`."""
    history = ctx.history or ""
    fields = record_fields(history)
    ends = spec(history).ends_by
    if key.text == "running" and ends is not None:
        value = as_truth(node, ctx.problems)
        runs = AllOf(running(ends))
        return SilentLeaf(runs if value else Not(runs))
    if key.text not in fields:
        ctx.unknown(
            "unknown-fact", key.text, f"field of `{history}`", key.place, [*fields, *(("running",) if ends else ())]
        )
        return HOLDS
    return _of_field(ctx, key.text, fields[key.text], node)


def _of_field(ctx: Context, name: str, type_: Type, node: Node) -> Tree:
    if isinstance(node, Mapping):
        pairs = tests_in(ctx, name, node)
    else:
        pairs = [("in" if isinstance(node, Sequence) else "is", node)]
    field = RecordField(name, type_)
    tests = [tested(ctx, name, type_, field, word, value) for word, value in pairs]
    return together([SilentLeaf(test[0]) for test in tests if test is not None])


def of_history(ctx: Context, key: Scalar, node: Node) -> Tree:
    """A history as a whole: how many records there are, or how long they last."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return HOLDS
    history = key.text
    intervals = spec(history).ends_by is not None
    measures = MEASURES if intervals else MEASURES[:1]
    allowed = ("where", *(w for w in WINDOWS if not w.startswith("last")), *measures)
    fields = [word for word in mapping.entries if word in record_fields(history) and word not in allowed]
    for word in fields:
        ctx.problems.add(
            "unknown-key", f"`{word}` is a field of the records of `{history}`", mapping.entries[word].key.place,
            f"write it under `where`: `{history}: {{where: {{{word}: …}}, count: {{at_least: 1}}}}`",
        )  # fmt: skip
    rest = {word: entry for word, entry in mapping.entries.items() if word not in fields}
    keys(Mapping(rest, mapping.place), allowed, f"`{history}`", ctx.problems)
    given = [word for word in measures if word in mapping.entries]
    if not given and all(word in allowed for word in mapping.entries):  # else the unknown word is the mistake
        ctx.problems.add(
            "empty-condition",
            f"`{history}` is not measured",
            key.place,
            "add " + " or ".join(f"`{m}`" for m in measures),
        )
    if not given:
        return HOLDS
    inside, entry = ctx.within(history), mapping.entries.get("where")
    where = ctx.condition(inside, entry.value, ()).truth if entry else YES
    look = window(ctx, mapping)
    return together([_measured(ctx, history, word, where, look, mapping.entries[word].value) for word in given])


def _measured(ctx: Context, history: str, word: str, where: Truth, look: Window, node: Node) -> Tree:
    expr, type_ = _MEASURED[word](history, where, look)
    what, how = HISTORY_LABELS[history], _MEASURE_LABELS[word]
    label = Text(f"{what.id} ({how.id})", f"{what.en} ({how.en})")
    return asked(ctx, Fact(history, label, type_, lambda _: expr), node, word)


def _now(history: str, where: Truth) -> bool:
    """Tell whether a filter looks only at intervals that run on the as-of date."""
    ends = spec(history).ends_by
    if ends is None:
        return False
    parts = where.items if isinstance(where, AllOf) else (where,)
    flat = [p for part in parts for p in (part.items if isinstance(part, AllOf) else (part,))]
    return Compare("above", RecordField(ends, DATE), AS_OF) in flat


def _count(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    found = fold("count", history, where=(where,), window=window)
    return (replace(found, covers=AS_OF) if _now(history, where) else found), NUMBER


def _total(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    return replace(fold("sum", history, span(history, window.first), where=(where,)), covers=window.first), SPAN


def _longest(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    return replace(fold("greatest", history, span(history, window.first), where=(where,)), covers=window.first), SPAN


def _unbroken(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    del window
    chain = fold("unbroken_since", history, until_or_open(history), where=(where,), otherwise=ABSENT)
    return replace(chain, covers=AS_OF), DURATION


_MEASURED: dict[str, Callable[[str, Truth, Window], tuple[Expr, Type]]] = {
    "count": _count,
    "total_time": _total,
    "longest": _longest,
    "unbroken": _unbroken,
}
