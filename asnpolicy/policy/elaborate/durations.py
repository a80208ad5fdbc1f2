"""Durations: written lengths of time as they are counted: working days by the policy's holidays, each value in one unit."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.language.daycount import Days
from asnpolicy.language.nodes import Expr, Figure, If, Literal, rebuild
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.surface.holidays import holidays_like
from asnpolicy.problems import Place
from asnpolicy.text import phrase


def duration(ctx: Context, length: Expr, place: Place) -> Expr:
    """Return a length of time that counts by the holidays of the policy; one in several units is told."""
    units = {_unit(one) for one in _ends(length)} - {""}
    if len(units) > 1:
        message = phrase(
            en="a length of time has one unit, and this one is in days here and in months there",
            id="lama waktu memakai satu satuan, sedangkan yang ini di satu tempat dalam hari dan di tempat lain dalam bulan",
        )
        help_ = phrase(en="write all its versions in the same unit", id="tulis semua versinya dalam satuan yang sama")
        ctx.problems.add("wrong-value", message, place, help_)
    if "working days" in units and not ctx.policy.holidays.years and not _written_amiss(ctx):
        message = phrase(
            en="working days are counted by public holidays, and the policy names none",
            id="hari kerja dihitung menurut hari libur, sedangkan kebijakan ini tidak menyebut satu pun",
        )
        ctx.problems.add("no-holidays", message, place, holidays_like(next(iter(ctx.policy.source_names()), "perda")))
    return _counted(ctx, length)


def _written_amiss(ctx: Context) -> bool:
    """Tell whether holidays are written that can't be read: that is told where they stand."""
    lines = (line for each in ctx.problems.sources.values() for line in each)
    return any(line.startswith("holidays:") and not line.rstrip().endswith("{}") for line in lines)


def _ends(length: Expr) -> Iterator[Expr]:
    """Return what a length may be, whichever version is in force."""
    match length:
        case If(_, then, otherwise):
            yield from (*_ends(then), *_ends(otherwise))
        case Figure(_, body):
            yield from _ends(body)
        case _:
            yield length


def _unit(length: Expr) -> str:
    match length:
        case Literal(Days(_, holidays)):
            return "days" if holidays is None else "working days"
        case Literal(int()):
            return "months"
        case Literal():  # not said by law
            return ""
        case _:
            return "months"


def _counted(ctx: Context, length: Expr) -> Expr:
    match length:
        case Literal(Days(count, holidays)) if holidays is not None:
            return Literal(Days(count, ctx.policy.holidays))
        case If() | Figure():
            changed: Expr = rebuild(length, lambda part: _counted(ctx, part))  # type: ignore[arg-type,assignment]  # conditions stay as they are
            return changed
        case _:
            return length
