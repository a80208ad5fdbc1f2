"""Offsets: so much more or less than a number, a length of time or a day that is named."""

from __future__ import annotations

from asnpolicy.language.daycount import Days
from asnpolicy.language.lengths import back, in_days, later
from asnpolicy.language.nodes import (
    DURATION,
    SPAN,
    Arithmetic,
    Compare,
    Expr,
    If,
    Kind,
    Literal,
    Type,
)
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.elaborate.durations import duration
from asnpolicy.policy.surface.literals import literal
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.operands import OffsetWord
from asnpolicy.problems import write
from asnpolicy.text import phrase


def offset(ctx: Context, base: Expr | None, word: OffsetWord, amount: RawValue, type_: Type) -> Expr | None:
    """Build a term that is moved; to a day and to a length of time, years and months are added."""
    match type_.kind:
        case Kind.NUMBER:
            given = literal(amount, type_, ctx.problems)
        case Kind.DATE:
            given = literal(amount, DURATION, ctx.problems)
        case Kind.DURATION | Kind.SPAN:
            given = literal(amount, SPAN, ctx.problems)
        case Kind.TRUTH | Kind.LABEL | Kind.TEXT | Kind.TEXTS:
            given = None
            message = phrase(
                en="`{word}` moves numbers, days and lengths of time, and this is none of them",
                id="`{word}` menggeser bilangan, hari, dan lama waktu, sedangkan ini bukan salah satunya",
                word=word,
            )
            help = phrase(en="leave `{word}` out", id="hapus `{word}`", word=word)
            ctx.problems.add("type-mismatch", message, amount.place, help)
    if base is not None and isinstance(given, Days):
        return _moved(base, word, duration(ctx, Literal(given), amount.place), type_)
    if base is None or not isinstance(given, int):
        return None
    if type_.kind is not Kind.DATE and in_days(base):
        message = phrase(en="years and months are not added to days", id="tahun dan bulan tidak ditambahkan ke hari")
        help = phrase(en="write the length of time as a whole", id="tulis lama waktunya sekaligus")
        ctx.problems.add("type-mismatch", message, amount.place, help)
        return None
    if given < 0:
        other = "plus" if word == "minus" else "minus"
        message = phrase(en="`{word}` takes a number above zero", id="`{word}` menerima bilangan di atas nol", word=word)
        ctx.problems.add("wrong-value", message, amount.place, write(f"{other}: {amount.text.removeprefix('-')}"))
        return None
    return _moved(base, word, Literal(given), type_)


def _moved(base: Expr, word: OffsetWord, amount: Expr, type_: Type) -> Expr:
    if type_.kind is Kind.DATE:
        return later(base, amount) if word == "plus" else back(base, amount)
    moved = Arithmetic(word, base, amount)
    if word == "plus" or type_.kind is Kind.NUMBER:
        return moved
    return If(Compare("below", base, amount), Literal(0), moved)  # no time is shorter than none
