"""Fitting: whether a term can stand beside a fact, in words when it can't, and its decimals brought to the fact's."""

from __future__ import annotations

from asnpolicy.language.nodes import Arithmetic, Expr, Kind, Literal, Type
from asnpolicy.policy.elaborate.context import Context, Typed
from asnpolicy.problems import Place
from asnpolicy.text import Message, Text, phrase


def fitted(ctx: Context, typed: Typed, type_: Type, place: Place) -> Expr | None:
    """Check that a term can be compared with a fact, and bring its decimal places to the fact's."""
    if type_.kind in (Kind.DURATION, Kind.SPAN):
        ctx.problems.add(
            "type-mismatch",
            phrase(
                en="a length of time is compared with a written one",
                id="lama waktu dibandingkan dengan lama waktu yang ditulis",
            ),
            place,
            phrase(
                en="write it, as in `4 years`, or name a `value` or a `table` that holds it",
                id="tulis, seperti `4 years`, atau sebut `value` atau `table` yang memuatnya",
            ),
        )
        return None
    given = typed.type
    if type_.kind is not given.kind or type_.labels is not given.labels or given.places > type_.places:
        ctx.problems.add(
            "type-mismatch",
            phrase(
                en="{type} can't be compared with {type2}",
                id="{type} tidak dapat dibandingkan dengan {type2}",
                type=kind_words(typed.type),
                type2=kind_words(type_),
            ),
            place,
            _alike(given, type_),
        )
        return None
    factor = 10 ** (type_.places - typed.type.places)
    return typed.expr if factor == 1 else Arithmetic("times", typed.expr, Literal(factor))


def _alike(given: Type, type_: Type) -> Message:
    """Return the way out of two things that can't be compared."""
    if given.kind is type_.kind is Kind.NUMBER:
        return phrase(
            en="round it where it is worked out: `divide: {{by: 1, round: {places}, half: up}}`",
            id="bulatkan di tempat ia dihitung: `divide: {{by: 1, round: {places}, half: up}}`",
            places=type_.places,
        )
    return phrase(en="name {type} here", id="sebut {type} di sini", type=kind_words(type_))


def kind_words(type_: Type) -> Text:
    """Return what values of a type are called."""
    if type_.labels is not None:
        return Text(f"nilai seperti `{next(iter(type_.labels))}`", f"a value such as `{next(iter(type_.labels))}`")
    if type_.places:
        return Text(
            f"bilangan dengan {type_.places} desimal",
            f"a number with {type_.places} decimal{'s' * (type_.places != 1)}",
        )
    return _KINDS[type_.kind]


_KINDS = {
    Kind.TRUTH: Text("`true` atau `false`", "`true` or `false`"),
    Kind.NUMBER: Text("bilangan bulat", "a whole number"),
    Kind.DATE: Text("tanggal", "a date"),
    Kind.LABEL: Text("nilai kosakata", "a value of a vocabulary"),
    Kind.TEXT: Text("teks", "a text"),
    Kind.TEXTS: Text("daftar teks", "a list of texts"),
    Kind.DURATION: Text("lama waktu", "a length of time"),
    Kind.SPAN: Text("lama waktu", "a length of time"),
}
