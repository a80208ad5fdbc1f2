"""Mentions: which declarations a part of what is written names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never, get_args

from asnpolicy.policy.surface.conditions import FactClause
from asnpolicy.policy.surface.criteria import CriterionForm
from asnpolicy.policy.surface.effects import EffectForm
from asnpolicy.policy.surface.figures import FigurePart, FigureTerm, RecordsTerm, TimeTerm
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import FactTerm, ItemTerm, OffsetTerm, Operand, PeriodTerm, TableTerm, ValueTerm
from asnpolicy.policy.surface.requirements import LastFullYears
from asnpolicy.policy.surface.rules import DueWithin, PreferenceForm
from asnpolicy.policy.surface.tables import TableForm

Mention: TypeAlias = tuple[str, str]
"""A section, and a name that may be declared in it."""
_Term: TypeAlias = Operand | FigurePart
_TERMS = (*get_args(Operand), *get_args(FigurePart))


def mentions(part: object) -> Iterator[Mention]:
    """Return what a part of a form names by itself; what is inside it is another part."""
    if isinstance(part, _TERMS):
        yield from _named(part)
    match part:
        case FactClause(fact):
            yield "figures", fact.text
        case LastFullYears():
            yield "values", "appraisal_due"
        case EffectForm(value) if value is not None:
            yield "values", value.text
        case CriterionForm(use=use) if use is not None:
            yield "conditions", use.text
        case TableForm(by=by):
            yield from _facts(*by)
        case DueWithin(_, of):
            yield from _facts(of)
        case PreferenceForm(fact):
            yield from _facts(fact)


def _named(term: _Term) -> Iterator[Mention]:
    match term:
        case ValueTerm(name, _, on):
            yield "values", name.text
            yield from _facts(on)
        case TableTerm(name, _, on, _, by):
            yield "tables", name.text
            yield from _facts(on, *by)
        case FactTerm(name) | FigureTerm(name):
            yield "figures", name.text
        case TimeTerm(_, fact):
            yield from _facts(fact)
        case RecordsTerm(of=of):
            yield "figures", of.text
        case RawValue() | ItemTerm() | PeriodTerm() | OffsetTerm():  # what is moved is a part of its own
            pass
        case _:
            assert_never(term)


def _facts(*names: Name | None) -> Iterator[Mention]:
    """A fact that is none may be a figure."""
    yield from (("figures", name.text) for name in names if name is not None)
