"""Preferences: what mentees and mentors weigh when pairs are chosen; read here so that no slip stays unseen."""

from __future__ import annotations

from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.elaborate.terms import find_fact
from asnpolicy.policy.source.scalars import as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Entry, Node


def read_preferences(ctx: Context, node: Node) -> None:
    """Check a list of facts, each with its weight."""
    sequence = as_sequence(node, ctx.problems)
    for item in sequence.items if sequence else ():
        mapping = as_mapping(item, ctx.problems)
        for name, entry in mapping.entries.items() if mapping else ():
            find_fact(ctx, name, entry.key.place)
            _weight(ctx, entry)


def _weight(ctx: Context, entry: Entry) -> None:
    mapping = as_mapping(entry.value, ctx.problems)
    if mapping is None:
        return
    keys(mapping, ("weight",), f"`{entry.key.text}`", ctx.problems)
    if "weight" in mapping.entries:
        as_whole(mapping.entries["weight"].value, ctx.problems)
    else:
        ctx.problems.add(
            "missing-key", f"`{entry.key.text}` needs `weight`", mapping.place, "write `weight: 2`, or `-2` to avoid it"
        )
