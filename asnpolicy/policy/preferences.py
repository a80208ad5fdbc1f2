"""Preferences: what mentees and mentors weigh when mentors are assigned, read as amounts with weights."""

from __future__ import annotations

from asnpolicy.language.facts import Fact
from asnpolicy.language.nodes import Expr, Kind, MonthsBetween
from asnpolicy.language.rules import Observation, Preference
from asnpolicy.language.windows import AS_OF, EVER
from asnpolicy.policy.context import Context
from asnpolicy.policy.source import Entry, Mapping, as_mapping, as_sequence, as_whole, keys
from asnpolicy.policy.terms import find_fact

HEAVIEST = 1_000_000
"""The greatest weight: points stay exact in every objective."""


def preferences(ctx: Context, rule: Mapping, word: str) -> tuple[Preference, ...]:
    """Read the facts listed under a word of a rule, each with its weight; none when the word is not there."""
    sequence = as_sequence(rule.entries[word].value, ctx.problems) if word in rule.entries else None
    mappings = [as_mapping(item, ctx.problems) for item in (sequence.items if sequence else ())]
    entries = [(name, entry) for mapping in mappings if mapping for name, entry in mapping.entries.items()]
    found = [_preference(ctx, name, entry) for name, entry in entries]
    return tuple(one for one in found if one is not None)


def _preference(ctx: Context, name: str, entry: Entry) -> Preference | None:
    fact = find_fact(ctx, name, entry.key.place)
    amount = None if fact is None else _amount(ctx, fact, entry)
    weight = _weight(ctx, entry)
    if fact is None or amount is None or weight is None:
        return None
    seen = Observation(fact.name, fact.label, fact.type, fact.unit, fact.value(EVER))
    return Preference(seen, amount, weight)


def _amount(ctx: Context, fact: Fact, entry: Entry) -> Expr | None:
    """Return how much there is of a fact; None, with a problem, for what has no amount."""
    match fact.type.kind:
        case Kind.TRUTH | Kind.NUMBER:
            return fact.value(EVER)
        case Kind.DURATION:
            return MonthsBetween(fact.value(EVER), AS_OF)
        case Kind.LABEL if fact.type.labels is not None and fact.type.labels.ordered():
            return fact.value(EVER)
        case _:
            ctx.problems.add(
                "type-mismatch",
                f"`{fact.name}` has no amount that can be weighed",
                entry.key.place,
                "weigh what is so or not, a number, a length of time, or a value with an order",
            )
            return None


def _weight(ctx: Context, entry: Entry) -> int | None:
    mapping = as_mapping(entry.value, ctx.problems)
    if mapping is None:
        return None
    keys(mapping, ("weight",), f"`{entry.key.text}`", ctx.problems)
    if "weight" not in mapping.entries:
        ctx.problems.add(
            "missing-key", f"`{entry.key.text}` needs `weight`", mapping.place, "write `weight: 2`, or `-2` to avoid it"
        )
        return None
    node = mapping.entries["weight"].value
    weight = as_whole(node, ctx.problems)
    if weight is not None and not 0 < abs(weight) <= HEAVIEST:
        ctx.problems.add(
            "wrong-value",
            f"`{weight}` is no weight",
            node.place,
            f"write a whole number from 1 to {HEAVIEST}, or below zero",
        )
        return None
    return weight
