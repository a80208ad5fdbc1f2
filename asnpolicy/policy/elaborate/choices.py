"""Choices: the texts that a figure may come to, and a comparison with one that it never is."""

from __future__ import annotations

from collections.abc import Iterable

from asnpolicy.language.nodes import Expr, Figure, If, Literal, Lookup
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.requirements import ListTest, OperandTest
from asnpolicy.problems import meant
from asnpolicy.text import phrase


def never_so(ctx: Context, name: str, value: Expr, test: OperandTest | ListTest) -> None:
    """Tell a text that a figure is compared with, and that it can't come to: the condition would never hold, and no case need say so."""
    known = _texts(value)
    if known is None:
        return
    written = test.items if isinstance(test, ListTest) else (test.operand,)
    for each in written:
        if isinstance(each, RawValue) and not each.is_none and each.text not in known:
            message = phrase(
                en="`{name}` is never `{text}`", id="`{name}` tidak pernah bernilai `{text}`", name=name, text=each.text
            )
            ctx.problems.add("wrong-value", message, each.place, meant(each.text, sorted(known)))


def _texts(value: Expr) -> frozenset[str] | None:
    """Return every text that a value may be; None where it may be any."""
    match value:
        case Figure(_, body):
            return _texts(body)
        case Literal(str() as text):
            return frozenset({text})
        case Literal(literal) if literal is ABSENT:
            return frozenset()
        case If(_, then, otherwise):
            return _united(map(_texts, (then, otherwise)))
        case Lookup(_, rows, otherwise):
            return _united(_texts(Literal(cell)) for cell in (*(cell for _, cell in rows), otherwise))
        case _:
            return None


def _united(each: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for texts in each:
        if texts is None:
            return None
        found |= texts
    return found
