"""Amounts: how much there is of each thing that is preferred, by the definition or by code that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from asnpolicy.backends.compiled import is_plain, ordered, runtime
from asnpolicy.backends.compiled.code import listed
from asnpolicy.backends.compiled.folds import SCOPES
from asnpolicy.backends.compiled.rules import RuleWriter
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.lower import Binder
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Expr, Field, Fold, Node, walk
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Preference, Rule
from asnpolicy.people import ABSENT

Ends: TypeAlias = tuple[Any, Any]
"""The least and the greatest that an amount can be; None is open, and both are ABSENT when there is none."""
Amounts: TypeAlias = Callable[[Question], tuple[Ends, ...]]


def preferences(rule: Rule) -> tuple[Preference, ...]:
    """All that is preferred: what mentees prefer, then what mentors prefer."""
    return (*rule.mentee_prefers, *rule.mentor_prefers)


def scopes(expr: Expr) -> frozenset[str]:
    """Of whom an expression speaks: the mentee is the employee of a pair."""
    spoken = {node.scope for node in walk(expr) if isinstance(node, (Field, Fold))}
    return frozenset("mentee" if scope == "employee" else scope for scope in spoken)


def by_definition(exprs: Sequence[Expr]) -> Amounts:
    """Work amounts out by the definition; they are bound to their day."""

    def amounts(question: Question) -> tuple[Ends, ...]:
        meaning = Meaning(question)
        return tuple(_ends(meaning.value(expr)) for expr in exprs)

    return amounts


def _ends(value: Any) -> Ends:
    return (value.low, value.high) if isinstance(value, Bounds) else (value, value)


def by_code(rule: Rule, exprs: Sequence[Expr], as_of: date) -> Amounts:
    """Work amounts out by code that the writer of compiled rules writes, bound to a day: the plain case, and the careful one."""
    needs = ordered(exprs)
    plain, careful = (cache(lambda how=how: _coded(rule, exprs, as_of, careful=how)) for how in (False, True))
    return lambda question: (plain() if is_plain(question, needs) else careful())(question)


def _coded(rule: Rule, exprs: Sequence[Expr], as_of: date, *, careful: bool) -> Amounts:
    parameters: dict[Node, int] = {}
    constants: dict[str, Any] = dict(runtime.NAMES)
    writer = RuleWriter(rule, {}, parameters, constants, careful=careful)
    codes = [writer.value(expr) for expr in exprs]
    writer.write(f"return ({listed([f'({code.low}, {code.high or code.low})' for code in codes])})")
    heads = [f"    {SCOPES[scope]} = q.{scope}" for scope in sorted(writer.scopes)]
    source = "\n".join(["def amounts(q, p):", *heads, *writer.lines])
    exec(compile(source, f"<{rule.id}>", "exec"), constants)  # noqa: S102  # texts of authors enter it as constants
    function, binder = constants["amounts"], Binder(as_of)
    day = tuple(binder.node(node).value for node in parameters)
    return lambda question: function(question, day)


def least(weight: int, ends: Ends) -> int | None:
    """The fewest points that an amount can give; none at all gives none, and None says that there is no fewest."""
    if ends[0] is ABSENT:
        return 0
    end = ends[0] if weight > 0 else ends[1]
    return None if end is None or end == runtime.INFINITE else weight * int(end)
