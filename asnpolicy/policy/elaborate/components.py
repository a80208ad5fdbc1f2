"""Components: what a figure is worked out from, kept for those who check it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal as Choice
from typing import TypeAlias, assert_never

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Divide, Fold, Kind, Literal, MonthsBetween, Type
from asnpolicy.language.rules import Chosen, Component, ConditionTree, MadeOf, Observation, Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.context import Context, Typed
from asnpolicy.policy.surface.figures import FigurePart, FigureTerm, RecordsTerm, RecordsWord, TimeTerm, TimeWord
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.operands import FactTerm, ItemTerm, OffsetTerm, Operand, PeriodTerm, TableTerm, ValueTerm
from asnpolicy.policy.surface.tables import TableForm
from asnpolicy.problems import Problems
from asnpolicy.text import lower_first

How = Choice["plus", "minus", "times"]
Picked: TypeAlias = tuple[FigurePart, Typed]
"""What an author wrote as one part or the other, and what it comes to."""
_COMES_TO: dict[RecordsWord, Text] = {
    "sum": Text("jumlah {}", "sum of {}"),
    "count": Text("banyaknya {}", "number of {}"),
    "lowest": Text("{} terendah", "lowest {}"),
    "highest": Text("{} tertinggi", "highest {}"),
    "latest": Text("{} terakhir", "latest {}"),
}
_WHOLE: dict[TimeWord, Text] = {
    "years": Text("tahun penuh", "whole years"),
    "months": Text("bulan penuh", "whole months"),
}
_FIXED = Text("bilangan tetap", "fixed number")


def component(ctx: Context, how: How, written: FigurePart, typed: Typed) -> Component:
    """Return a part of a figure as it is told: what it is called, and how its value is read."""
    return Component(how, _part(ctx, written, typed))


def _part(ctx: Context, written: FigurePart, typed: Typed) -> Observation:
    """Return what is told of a part: of records that are added up, how the value of each is chosen."""
    label, unit, inside, each = _label(ctx, written), _unit(ctx, written), typed.components, None
    fact = written.of.text if isinstance(written, RecordsTerm) and _is_plain(written) else ""
    if isinstance(written, RecordsTerm):
        each, inside = next((one.test for one in inside if isinstance(one, Chosen)), None), ()
    return Observation(fact, label, typed.type, unit, typed.expr, "is", components=inside, each=each)


def chosen(ctx: Context, test: ConditionTree, then: Picked, otherwise: Picked) -> Chosen:
    """Return one part or the other as it is told, with what decides between them."""
    return Chosen(test, _part(ctx, *then), _part(ctx, *otherwise))


def compared(ctx: Context, given: Operand) -> tuple[Observation, ...]:
    """Return the figure that something is compared with, where it is one, with what it is worked out from."""
    match given:
        case FactTerm(name) if name.text in ctx.policy.names("figures") and name.text not in FACTS:
            silent = replace(ctx, problems=Problems(), cited=[], weak=set())  # it was built, and told, as the operand
            typed = ctx.figure(silent, name)
            return () if typed is None else (_part(ctx, FigureTerm(name), typed),)
        case OffsetTerm(term, _, _):
            return compared(ctx, term)
        case FactTerm() | RawValue() | ValueTerm() | TableTerm() | ItemTerm() | PeriodTerm():
            return ()
        case _:
            assert_never(given)


def with_division(typed: Typed, by: int) -> Typed:
    """Return a quotient with the number that it is divided by."""
    part = Observation("", _FIXED, Type(Kind.NUMBER), None, Literal(by), "is")
    return replace(typed, components=(*typed.components, Component("divide", part)))


def of_several(parts: tuple[MadeOf, ...]) -> tuple[MadeOf, ...]:
    """Leave out a single part that is the figure itself, as a table is; a sum stays, since its records are told."""
    alone = parts[0].part if len(parts) == 1 and isinstance(parts[0], Component) else None
    return parts if alone is None or isinstance(alone.seen, (Fold, MonthsBetween, Divide)) else alone.components


def _label(ctx: Context, written: FigurePart) -> Text:
    match written:
        case RawValue():
            return _FIXED
        case FactTerm(name):
            return FACTS[name.text].label if name.text in FACTS else ctx.policy.figure_label(name.text)
        case FigureTerm(name):
            return ctx.policy.figure_label(name.text)
        case TimeTerm(word, name):
            since, whole = FACTS[name.text].label if name.text in FACTS else Text(name.text, name.text), _WHOLE[word]
            return Text(f"{since.id} ({whole.id})", f"{since.en} ({whole.en})")
        case ValueTerm(name):
            spoken = name.text.replace("_", " ")
            return Text(f"nilai “{spoken}”", f"value “{spoken}”")
        case TableTerm(name):
            declared = ctx.policy.declared("tables", name.text)
            form = declared.form if declared is not None else None
            title = form.title if isinstance(form, TableForm) else None
            return title or Text(f"tabel `{name.text}`", f"table `{name.text}`")
        case RecordsTerm():
            return _of_records(ctx, written)
        case _:
            assert_never(written)


def _is_plain(term: RecordsTerm) -> bool:
    """Tell whether a history says by itself what is made of its records."""
    return term.of.text in HISTORIES and term.nth == 1 and term.otherwise is None


def _of_records(ctx: Context, term: RecordsTerm) -> Text:
    """Say what records come to: which from the last, and what it is where there is none."""
    each, told = ctx.policy.figure_label(term.of.text), _COMES_TO[term.word]
    if term.field is not None:
        each = Text(f"`{term.field.text}` pada `{each.id}`", f"`{term.field.text}` of `{each.en}`")
    if term.nth > 1:
        told = Text(f"{{}} ke-{term.nth} dari belakang", f"{{}}, number {term.nth} from the last")
    said = Text(told.id.format(lower_first(each.id)), told.en.format(lower_first(each.en)))
    if term.otherwise is None:
        return said
    return Text(f"{said.id} (bila tidak ada: {term.otherwise.text})", f"{said.en} (where there is none: {term.otherwise.text})")


def _unit(ctx: Context, written: FigurePart) -> Text | None:
    match written:
        case FactTerm(name):
            return FACTS[name.text].unit if name.text in FACTS else ctx.policy.figure_unit(name.text)
        case FigureTerm(name):
            return ctx.policy.figure_unit(name.text)
        case RecordsTerm():
            return ctx.policy.figure_unit(written.of.text)
        case RawValue() | ValueTerm() | TableTerm() | TimeTerm():
            return None
        case _:
            assert_never(written)
