"""Time that does not count: a length of time since a day, without the spans of a history that are left out of it."""

from __future__ import annotations

from dataclasses import replace

from asnpolicy.language.facts import fold, span, until_or_open
from asnpolicy.language.nodes import (
    DATE,
    AllOf,
    Arithmetic,
    Compare,
    Elapsed,
    Expr,
    If,
    IsNone,
    Node,
    RecordField,
    Truth,
    rebuild,
)
from asnpolicy.language.reading import spec
from asnpolicy.language.windows import AS_OF, since
from asnpolicy.people import ABSENT
from asnpolicy.text import Text


def counted(start: Expr, history: str, where: Truth) -> Expr:
    """Return how long it is since a day, less what of it lies in spans that do not count.

    While such a span runs the length stands still: it is measured to the day on which that span, or the chain of spans
    that touch, began. All is measured like added-up time, in thirty-firsts of a month.
    """
    chain = fold("unbroken_since", history, until_or_open(history), where=(where,), otherwise=ABSENT)
    chain = replace(chain, covers=AS_OF)
    end = If(IsNone(chain), AS_OF, chain)
    over = Compare("below", RecordField(spec(history).placed_by, DATE), end)
    look = since(start)
    left_out = fold("sum", history, _until(span(history, look), end), where=(AllOf((where, over)),))
    return Arithmetic("minus", Elapsed(start, end), replace(left_out, covers=start, once=True))


def spans_after(start: Expr, history: str, where: Truth) -> Expr:
    """Count the spans that reach beyond a day."""
    beyond = Compare("above", RecordField(spec(history).ends_by or "", DATE), start)
    return replace(fold("count", history, where=(AllOf((where, beyond)),)), covers=start)


def without(label: Text) -> Text:
    """Return what a length of time is called when what does not count is left out of it."""
    return Text(f"{label.id} (tanpa masa yang tidak dihitung)", f"{label.en} (less the time that does not count)")


def _until(length: Expr, end: Expr) -> Expr:
    """Measure to a day in place of the as-of date."""

    def change(part: Node) -> Node:
        return end if part == AS_OF else rebuild(part, change)

    return change(length)  # type: ignore[return-value]  # still an expression
