"""Measures: histories as a whole, how many records there are or how long they last, and the fields of one record."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from asnpolicy.language.facts import Fact, fold, reach, span, until_or_open
from asnpolicy.language.history_labels import HISTORY_LABELS
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    NUMBER,
    SPAN,
    YES,
    AllOf,
    Compare,
    Expr,
    Fold,
    FoldOp,
    Literal,
    RecordField,
    Truth,
    Type,
)
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.language.rules import ConditionTree, Leaf, Observation, Text, leaves, together
from asnpolicy.language.windows import AS_OF, EVER, Window
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.coding import codes_agree
from asnpolicy.policy.elaborate.comparisons import asked, tested, window
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.contradictions import tests_agree
from asnpolicy.policy.elaborate.spread import spread
from asnpolicy.policy.surface.conditions import FieldClause, HistoryClause
from asnpolicy.policy.surface.measures import CountWord, FieldWord, Measure, MeasureWord, TimeWord
from asnpolicy.policy.surface.names import Name
from asnpolicy.text import phrase

MEASURE_LABELS: dict[MeasureWord, Text] = {
    "count": Text("jumlah", "count"),
    "total_time": Text("masa kumulatif", "total time"),
    "unbroken": Text("masa tanpa putus", "unbroken time"),
    "longest": Text("masa terlama", "longest time"),
    "sum": Text("jumlah isian", "sum of a field"),
    "lowest": Text("nilai terendah", "lowest value"),
    "highest": Text("nilai tertinggi", "highest value"),
    "latest": Text("nilai terakhir", "latest value"),
    "mean": Text("rata-rata", "mean"),
    "share": Text("persentase", "share"),
}
OPS: dict[FieldWord, FoldOp] = {"sum": "sum", "lowest": "least", "highest": "greatest", "latest": "latest"}


def of_field(ctx: Context, clause: FieldClause) -> ConditionTree:
    """Inside `where`: what is required of a field of the record."""
    name, type_ = clause.field.text, record_fields(clause.history)[clause.field.text]
    tests_agree(name, type_, clause.required.tests, ctx.problems, anywhere=True)
    field = RecordField(name, type_)
    built = [(test.word, tested(ctx, name, type_, field, test)) for test in clause.required.tests]
    for test, (_, made) in zip(clause.required.tests, built, strict=True):
        codes_agree(ctx, clause.history, name, made[1] if made else (), test)
    parts: list[ConditionTree] = [
        Leaf(made[0], Observation(f"{clause.history}.{name}", Text(name, name), type_, None, field, word, made[1]))
        for word, made in built
        if made is not None
    ]
    return together(parts) if parts else HOLDS


def of_history(ctx: Context, clause: HistoryClause) -> ConditionTree:
    """A history as a whole: how many records there are, or how long they last."""
    history = clause.history.text
    where = ctx.condition(ctx.within(history), clause.where).truth if clause.where else YES
    look = window(ctx, clause.stretches) if clause.measures else EVER
    _no_window_for_a_chain(ctx, clause)
    parts = [_measured(ctx, history, measure, where, look) for measure in clause.measures]
    return together(parts) if parts else HOLDS


def _no_window_for_a_chain(ctx: Context, clause: HistoryClause) -> None:
    if clause.stretches and any(measure.word == "unbroken" for measure in clause.measures):
        message = phrase(
            en="`unbroken` goes back as far as nothing breaks it, and looks at no window",
            id="`unbroken` mundur sejauh tidak terputus, dan tidak melihat rentang waktu",
        )
        help = phrase(
            en="leave the window out, or ask for `total_time` in it",
            id="hapus rentang waktunya, atau tanyakan `total_time` di dalamnya",
        )
        ctx.problems.add("no-window", message, clause.stretches[0].key.place, help)


def _measured(ctx: Context, history: str, measure: Measure, where: Truth, look: Window) -> ConditionTree:
    what, how = HISTORY_LABELS[history], MEASURE_LABELS[measure.word]
    label = Text(f"{what.id} ({how.id})", f"{what.en} ({how.en})")
    word = measure.word
    match word:
        case "mean" | "share":
            return spread(ctx, history, label, measure, (where, look))
        case _:
            expr, type_ = _expression(word, measure.field, history, where, look)
    tree = asked(ctx, Fact(history, label, type_, lambda _: expr), measure.required, word)
    if type_ is SPAN and isinstance(look.months, Literal):
        _it_fits(ctx, measure, tree, look.months)
    return tree


def _it_fits(ctx: Context, measure: Measure, tree: ConditionTree, window: Literal) -> None:
    """Tell a time that is longer than the window it must lie in."""
    for one, test in zip(leaves(tree), measure.required.tests, strict=False):
        asks, wanted = one.observation, one.observation.required
        most = wanted[0].value if wanted and isinstance(wanted[0], Literal) else 0
        if not isinstance(most, int) or not isinstance(window.value, int):
            continue
        beyond = most > window.value if asks.word == "at_least" else most >= window.value
        if asks.word in ("at_least", "above") and beyond:
            message = phrase(
                en="`{word}` in {window} months never comes to what is asked",
                id="`{word}` dalam {window} bulan tidak akan pernah mencapai yang diminta",
                word=measure.word,
                window=window.value,
            )
            ctx.problems.add(
                "never-holds",
                message,
                test.place,
                phrase(
                    en="ask for no more than the window holds",
                    id="minta tidak lebih daripada yang dimuat rentang waktunya",
                ),
            )


def _expression(
    word: CountWord | TimeWord | FieldWord, field: Name | None, history: str, where: Truth, look: Window
) -> tuple[Expr, Type]:
    match word:
        case "count":
            return _count(history, where, look), NUMBER
        case "total_time":
            return replace(_of_spans("sum", history, where, look), once=True), SPAN
        case "longest":
            return _of_spans("greatest", history, where, look), SPAN
        case "unbroken":
            chain = fold("unbroken_since", history, until_or_open(history), where=(where,), otherwise=ABSENT)
            return replace(chain, covers=AS_OF), DURATION
        case "sum" | "lowest" | "highest" | "latest":
            return _of_field(word, field, history, where, look)
        case _:
            assert_never(word)


def _of_spans(op: FoldOp, history: str, where: Truth, look: Window) -> Fold:
    """What the times that the records last come to: in a window of days only what lies in it counts."""
    if look.last:
        return fold(op, history, span(history), where=(where,), window=look)
    return replace(fold(op, history, span(history, look), where=(where,)), covers=reach(look))


def _of_field(word: FieldWord, field: Name | None, history: str, where: Truth, look: Window) -> tuple[Expr, Type]:
    """What a field of the records comes to: nothing at all adds up to nothing, and has no lowest, highest or latest."""
    name = field.text if field is not None else ""
    none = 0 if word == "sum" else ABSENT
    return fold(OPS[word], history, name, where=(where,), window=look, otherwise=none), record_fields(history)[name]


def _count(history: str, where: Truth, look: Window) -> Expr:
    found = fold("count", history, where=(where,), window=look)
    return replace(found, covers=AS_OF) if _now(history, where) else found


def _now(history: str, where: Truth) -> bool:
    """Tell whether a filter looks only at intervals that run on the as-of date."""
    ends = spec(history).ends_by
    if ends is None:
        return False
    parts = where.items if isinstance(where, AllOf) else (where,)
    flat = [p for part in parts for p in (part.items if isinstance(part, AllOf) else (part,))]
    return Compare("above", RecordField(ends, DATE), AS_OF) in flat
