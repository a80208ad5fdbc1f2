"""Means and shares: what records come to when it is spread over how many there are, compared without dividing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from asnpolicy.language.facts import fold
from asnpolicy.language.nodes import (
    AllOf,
    Arithmetic,
    Compare,
    Comparison,
    Expr,
    Fold,
    If,
    IsNone,
    Kind,
    Literal,
    Not,
    RecordField,
    Truth,
    Type,
)
from asnpolicy.language.numbers import FINER, WHOLE
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import PERCENT, ConditionTree, Leaf, Observation, Text, together
from asnpolicy.language.windows import Window
from asnpolicy.policy.elaborate.components import compared
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.terms import operand
from asnpolicy.policy.surface.measures import Measure
from asnpolicy.policy.surface.requirements import OperandTest, Test
from asnpolicy.text import phrase

_BY: dict[str, Comparison] = {word: word for word in get_args(Comparison)}
"""The words by which amounts are compared."""


class Spread(NamedTuple):
    """What is added up, of how many records, and what each adds, in the places in which it is compared."""

    total: Fold
    number: Fold
    each: Expr
    type: Type
    unit: Text | None = None
    of: ConditionTree | None = None
    """What is asked of the records of which a share is."""


def spread(ctx: Context, history: str, label: Text, measure: Measure, meant: tuple[Truth, Window]) -> ConditionTree:
    """Require something of a mean or a share: of no record at all there is none, and nothing that it would be."""
    if measure.part is not None:
        each = ctx.condition(ctx.within(history), measure.part)
        parts = _share(history, each.truth, *meant)._replace(of=each)
    else:
        parts = _mean(history, measure.field.text if measure.field is not None else "", *meant)
    trees: list[ConditionTree] = list(_compared(ctx, history, label, parts, measure))
    return together(trees) if trees else HOLDS


def _compared(ctx: Context, history: str, label: Text, parts: Spread, measure: Measure) -> Iterator[Leaf]:
    """Compare with so much for each record: what all of them have beyond it, or short of it, is exact."""
    some = Compare("at_least", parts.number, Literal(1))
    for test in measure.required.tests:
        wanted = operand(ctx, test.operand, parts.type) if isinstance(test, OperandTest) else None
        if wanted is None or test.word not in _BY:
            continue
        if parts.unit and isinstance(wanted, Literal):
            _in_percent(ctx, wanted, test)
        given = () if isinstance(wanted, Literal) else (Not(IsNone(wanted)),)
        beyond = _with_value(parts, Arithmetic("minus", parts.each, wanted))
        holds = AllOf((some, *given, Compare(_BY[test.word], beyond, Literal(0))))
        seen = Observation(
            history, label, parts.type, parts.unit, parts.total, test.word, (wanted,),
            against=compared(ctx, test.operand) if isinstance(test, OperandTest) else (), each=parts.of, over=parts.number,
        )  # fmt: skip
        yield Leaf(holds, seen)


def _in_percent(ctx: Context, wanted: Literal, test: Test) -> None:
    """Tell a share that no records come to, or that was meant as a fraction."""
    scale = 10**FINER
    if not isinstance(wanted.value, int) or wanted.value == 0 or scale <= wanted.value <= WHOLE * scale:
        return
    message = phrase(en="a share is in percent, from 1 to 100, or 0", id="persentase ditulis dari 1 sampai 100, atau 0")
    half = phrase(en="write `50` for a half", id="tulis `50` untuk separuh")
    help = half if wanted.value < scale else phrase(en="write 100 at most", id="tulis paling banyak 100")
    ctx.problems.add("wrong-value", message, test.place, help)


def _with_value(parts: Spread, value: Expr) -> Fold:
    counted = parts.number
    return Fold("sum", counted.scope, counted.history, counted.where, value, covers=counted.covers, by=counted.by)


def _mean(history: str, name: str, where: Truth, look: Window) -> Spread:
    type_ = record_fields(history)[name]
    field = RecordField(name, type_)
    total, number = (
        fold("sum", history, name, where=(where,), window=look),
        fold("count", history, where=(where,), window=look),
    )
    each = Arithmetic("times", field, Literal(10**FINER))
    return Spread(total, number, each, Type(Kind.NUMBER, None, type_.places + FINER))


def _share(history: str, part: Truth, where: Truth, look: Window) -> Spread:
    number = fold("count", history, where=(where,), window=look)
    total = fold("sum", history, If(part, Literal(WHOLE), Literal(0)), where=(where,), window=look)
    each = If(part, Literal(WHOLE * 10**FINER), Literal(0))
    return Spread(total, number, each, Type(Kind.NUMBER, None, FINER), PERCENT)
