"""Figures: computed, explained values of a policy, usable wherever a fact is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.language.facts import FACTS, summed
from asnpolicy.language.nodes import (
    DATE,
    YES,
    Arithmetic,
    Divide,
    Expr,
    Figure,
    Kind,
    Literal,
    Rounding,
    Type,
)  # fmt: skip
from asnpolicy.language.rules import Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.conditions import condition
from asnpolicy.policy.elaborate.context import Context, Typed
from asnpolicy.policy.elaborate.criteria import basis_of
from asnpolicy.policy.elaborate.terms import dated_value, fact, one_of, operand, record_field, table
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.scalars import as_decimal, as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar
from asnpolicy.problems import Place, Problems

ABOUT = ("title", "basis", "unit", "standing", "of")
MOST_PLACES = 6
FORMS = ("times", "plus", "minus", "sum", "divide")
PARTS = ("fact", "figure", "table", "value", "sum")
ROUNDINGS: dict[str, Rounding] = {"up": "half_up", "even": "half_even"}


def figure(ctx: Context, name: str, place: Place) -> Typed | None:
    """Give a figure of the policy as a term."""
    declared = ctx.policy.declared("figures", name)
    if declared is None:
        ctx.unknown("unknown-figure", name, "figure", place, ctx.policy.names("figures"))
        return None
    mapping = as_mapping(declared.node, ctx.problems)
    if mapping is None:
        return None
    if not _of(ctx, name, mapping, place):
        return None
    with ctx.entering(f"figure `{name}`", place) as inside:
        if inside is None:
            return None
        typed = _built(inside if "of" in mapping.entries else inside.within(None), mapping)
    return Typed(Figure(name, typed.expr), typed.type) if typed else None


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of one day, on its own: what it is called, and how it is worked out."""

    id: str
    title: Text
    unit: str
    basis: str
    type: Type
    value: Expr
    history: str | None


def named(policy: Merged, name: str, day: date) -> Named | None:
    """Give a figure as a policy has it on a day; None when it has none of that name."""
    declared = policy.declared("figures", name)
    mapping = declared.node if declared else None
    if declared is None or not isinstance(mapping, Mapping):
        return None
    allowed = frozenset(fact.protected for fact in FACTS.values() if fact.protected)
    ctx = Context(
        day=day, policy=policy, problems=Problems(), figure=figure, condition=condition,
        scopes=(("opening", "opening"),), allows=allowed,
    )  # fmt: skip
    history = record_figure(ctx, name)
    typed = figure(ctx.within(history) if history else ctx, name, declared.place)
    if typed is None:
        return None
    basis = basis_of(policy, mapping, ctx.problems)
    return Named(name, policy.figure_label(name), policy.figure_unit(name), basis, typed.type, typed.expr, history)


def record_figure(ctx: Context, name: str) -> str | None:
    """Give the history that a figure is worked out for, one value a record; None for others."""
    declared = ctx.policy.declared("figures", name)
    node = declared.node if declared else None
    if not isinstance(node, Mapping) or "of" not in node.entries:
        return None
    of = node.entries["of"].value
    return of.text if isinstance(of, Scalar) and of.text in HISTORIES else None


def _built(ctx: Context, mapping: Mapping) -> Typed | None:
    keys(mapping, (*ABOUT, *FORMS), "a figure", ctx.problems)
    forms = [word for word in FORMS[:-1] if word in mapping.entries]
    if len(forms) != 1:
        ctx.problems.add(
            "figure-form",
            "a figure is worked out in one way",
            mapping.place,
            "write one of `times`, `plus`, `minus`, `sum`",
        )
        return None
    typed = _form(ctx, forms[0], mapping.entries[forms[0]].value)
    if typed is None or "divide" not in mapping.entries:
        return typed
    return _divided(ctx, typed, mapping.entries["divide"].value)


def _of(ctx: Context, name: str, mapping: Mapping, place: Place) -> bool:
    """Tell whether a figure of records stands where their history is meant."""
    if "of" not in mapping.entries:
        return True
    node = mapping.entries["of"].value
    history = as_text(node, ctx.problems)
    if history is not None and history not in HISTORIES:
        ctx.unknown("unknown-figure", history, "history", node.place, HISTORIES)
    elif history is not None and history != ctx.history:
        ctx.problems.add(
            "no-record",
            f"`{name}` is of one of the `{history}`, and none is meant here",
            place,
            f"add it up: `sum: {{of: {name}}}`",
        )
    return history is not None and history == ctx.history


def _form(ctx: Context, word: str, node: Node) -> Typed | None:
    if word == "sum":
        return _sum(ctx, node)
    sequence = as_sequence(node, ctx.problems)
    if sequence is not None and not sequence.items:
        ctx.problems.add("empty-condition", f"`{word}` is empty", node.place, "list at least one part")
    parts = [_part(ctx, item) for item in sequence.items] if sequence else []
    typed = [part for part in parts if part is not None]
    if not typed or len(typed) != len(parts):
        return None
    result = typed[0]
    for part in typed[1:]:
        result = _times(result, part) if word == "times" else _aligned(word, result, part)
    return result


def _times(one: Typed, other: Typed) -> Typed:
    places = one.type.places + other.type.places
    return Typed(Arithmetic("times", one.expr, other.expr), Type(Kind.NUMBER, None, places))


def _aligned(word: Any, one: Typed, other: Typed) -> Typed:
    places = max(one.type.places, other.type.places)
    return Typed(Arithmetic(word, _to(one, places), _to(other, places)), Type(Kind.NUMBER, None, places))


def _to(typed: Typed, places: int) -> Expr:
    factor = 10 ** (places - typed.type.places)
    return typed.expr if factor == 1 else Arithmetic("times", typed.expr, Literal(factor))


def _part(ctx: Context, node: Node) -> Typed | None:
    if isinstance(node, Scalar):
        places = len(node.text.partition(".")[2])
        value = as_decimal(node, ctx.problems, places) if places else as_whole(node, ctx.problems)
        return None if value is None else Typed(Literal(value), Type(Kind.NUMBER, None, places))
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return None
    word = one_of(ctx, mapping, PARTS, "a part of a figure")
    return _named_part(ctx, word, mapping) if word else None


def _named_part(ctx: Context, word: str, mapping: Mapping) -> Typed | None:
    node = mapping.entries[word].value
    if word == "sum":
        return _sum(ctx, node)
    name = as_text(node, ctx.problems)
    if name is None:
        return None
    match word:
        case "fact":
            return _number(ctx, fact(ctx, name, node.place), node.place)
        case "figure":
            return figure(ctx, name, node.place)
        case _:
            type_ = Type(Kind.NUMBER, None, ctx.policy.places(word, name))
            expr = (table if word == "table" else dated_value)(ctx, name, node.place, type_, mapping)
            return Typed(expr, type_) if expr is not None else None


def _number(ctx: Context, typed: Typed | None, place: Place) -> Typed | None:
    if typed is not None and typed.type.kind is not Kind.NUMBER:
        ctx.problems.add("type-mismatch", "a figure is worked out from numbers", place, "name a number")
        return None
    return typed


def _sum(ctx: Context, node: Node) -> Typed | None:
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return None
    keys(mapping, ("of", "field", "where", "since"), "`sum`", ctx.problems)
    if "of" not in mapping.entries:
        ctx.problems.add("missing-key", "`sum` needs `of`", mapping.place, "write `of: <history>` or `of: <figure>`")
        return None
    name = as_text(mapping.entries["of"].value, ctx.problems)
    if name is None:
        return None
    history = name if name in HISTORIES else record_figure(ctx, name)
    if history is None:
        place = mapping.entries["of"].value.place
        ctx.unknown(
            "unknown-figure", name, "history or figure of records", place, [*HISTORIES, *ctx.policy.names("figures")]
        )
        return None
    inside = ctx.within(history)
    if "field" in mapping.entries and name not in HISTORIES:
        ctx.problems.add(
            "unknown-key", "a figure of records has no `field`", mapping.entries["field"].key.place, "leave it out"
        )
    value = _field(inside, mapping) if name in HISTORIES else figure(inside, name, mapping.place)
    return _summed(ctx, inside, history, mapping, value) if value is not None else None


def _summed(ctx: Context, inside: Context, history: str, mapping: Mapping, value: Typed) -> Typed:
    where = condition(inside, mapping.entries["where"].value).truth if "where" in mapping.entries else YES
    person = ctx.within(None)
    day = operand(person, mapping.entries["since"].value, DATE) if "since" in mapping.entries else None
    return Typed(summed(history, _plain(value.expr), where, day), value.type)


def _plain(expr: Expr) -> Expr:
    return expr.body if isinstance(expr, Figure) else expr


def _field(ctx: Context, mapping: Mapping) -> Typed | None:
    if "field" not in mapping.entries:
        ctx.problems.add("missing-key", "`sum` of a history needs `field`", mapping.place, "write `field: …`")
        return None
    node = mapping.entries["field"].value
    name = as_text(node, ctx.problems)
    return _number(ctx, record_field(ctx, name, node.place), node.place) if name else None


def _divided(ctx: Context, typed: Typed, node: Node) -> Typed | None:
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return None
    keys(mapping, ("by", "round", "half"), "`divide`", ctx.problems)
    for word in ("by", "round"):
        if word not in mapping.entries:
            ctx.problems.add(
                "missing-key", f"`divide` needs `{word}`", mapping.place, "write `divide: {by: 12, round: 2, half: up}`"
            )
            return None
    by = _between(ctx, mapping.entries["by"].value, 1, 10**9, "a figure is divided by a number above zero")
    places = _between(
        ctx, mapping.entries["round"].value, 0, MOST_PLACES, f"it is rounded to 0 to {MOST_PLACES} decimals"
    )
    half = _half(ctx, mapping)
    if by is None or places is None or half is None:
        return None
    return Typed(_quotient(typed, by, places, half), Type(Kind.NUMBER, None, places))


def _between(ctx: Context, node: Node, least: int, most: int, rule: str) -> int | None:
    number = as_whole(node, ctx.problems)
    if number is None or least <= number <= most:
        return number
    ctx.problems.add("wrong-value", f"`{number}` can't stand here", node.place, rule)
    return None


def _half(ctx: Context, mapping: Mapping) -> Rounding | None:
    if "half" not in mapping.entries:
        return "half_up"
    node = mapping.entries["half"].value
    word = as_text(node, ctx.problems)
    if word is not None and word not in ROUNDINGS:
        ctx.problems.add("wrong-value", f"`{word}` is no rounding", node.place, "write `half: up` or `half: even`")
    return ROUNDINGS.get(word or "")


def _quotient(typed: Typed, by: int, places: int, rounding: Rounding) -> Expr:
    up, down = max(0, places - typed.type.places), max(0, typed.type.places - places)
    value = typed.expr if up == 0 else Arithmetic("times", typed.expr, Literal(10**up))
    return Divide(value, by * 10**down, rounding)
