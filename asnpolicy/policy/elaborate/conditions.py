"""Conditions: what authors write under a criterion, desugared into core nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from asnpolicy.language.facts import FACTS, Fact
from asnpolicy.language.nodes import Asks
from asnpolicy.language.rules import Branch, Leaf, RuleLeaf, Text, Tree, together
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.comparisons import COMPARISONS, TESTS, WINDOWS, asked
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.measures import HISTORY_LABELS, MEASURES, of_history, of_record
from asnpolicy.policy.elaborate.naming import in_indonesian
from asnpolicy.policy.elaborate.terms import fact, find_fact
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import after_comma, as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.problems import Place, suggest

__all__ = ("ABOUT", "COMPARISONS", "HISTORY_LABELS", "JUNCTIONS", "MEASURES", "TESTS", "WINDOWS", "condition")
JUNCTIONS = ("all", "any", "each", "not", "rule", "rules")
ABOUT = ("title", "basis", "standing", "from", "until", "when", "exempt", "waivable", "use")


def condition(ctx: Context, node: Node, skip: Iterable[str] = ()) -> Tree:
    """Build a condition: all of what is written holds."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return HOLDS
    entries = [entry for name, entry in mapping.entries.items() if name not in skip]
    if not entries:
        ctx.problems.add("empty-condition", "there is no condition here", mapping.place, "write at least one fact")
        return HOLDS
    return together([_entry(ctx, entry.key, entry.value) for entry in entries])


def _entry(ctx: Context, key: Scalar, node: Node) -> Tree:
    match key.text:
        case "all" | "any":
            return _junction(ctx, key.text, node)
        case "each":
            return _each(ctx, node)
        case "not":
            return Branch("not", (condition(ctx, node),))
        case "rule" | "rules":
            return _rules(ctx, key, node)
        case _ if ctx.history is not None:
            return of_record(ctx, key, node)
        case name if name in HISTORIES:
            return of_history(ctx, key, node)
        case _:
            return _of_fact(ctx, key, node)


def _junction(ctx: Context, word: str, node: Node) -> Tree:
    sequence = as_sequence(node, ctx.problems)
    if sequence is None:
        return HOLDS
    parts = [condition(ctx, item) for item in sequence.items]
    if not parts:
        ctx.problems.add("empty-condition", f"`{word}` is empty", node.place, "list at least one condition")
        return HOLDS
    return Branch("all" if word == "all" else "any", tuple(parts))


def _each(ctx: Context, node: Node) -> Tree:
    """Unroll a condition over a written list: it must hold for each item, which it names with `fact: each`."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None or "of" not in mapping.entries:
        if mapping is not None:
            ctx.problems.add(
                "missing-key", "`each` needs `of`", mapping.place, "list the items: `each: {of: [a, b], …}`"
            )
        return HOLDS
    if ctx.each is not None:
        ctx.problems.add(
            "nested-each", "`each` stands inside another `each`", mapping.place, "write one list at a time"
        )
        return HOLDS
    items = as_sequence(mapping.entries["of"].value, ctx.problems)
    if items is not None and not items.items:
        ctx.problems.add("empty-condition", "the list of `each` is empty", items.place, "list at least one item")
    if items is None or not items.items:
        return HOLDS
    if not _names_item(mapping):
        ctx.problems.add(
            "no-each", "what is written under `each` asks nothing of the item", mapping.place,
            "name the item with `fact: each`, as in `code: {is: {fact: each}}`",
        )  # fmt: skip
    return together([_named_after(item, condition(replace(ctx, each=item), mapping, ("of",))) for item in items.items])


def _names_item(node: Node) -> bool:
    """Tell whether `fact: each` is written anywhere in a condition."""
    if isinstance(node, Sequence):
        return any(map(_names_item, node.items))
    if not isinstance(node, Mapping):
        return False
    return any(
        _names_item(entry.value) or (word == "fact" and isinstance(entry.value, Scalar) and entry.value.text == "each")
        for word, entry in node.entries.items()
    )


def _named_after(item: Node, tree: Tree) -> Tree:
    """Say in what is observed which item of the list it is about."""
    if isinstance(tree, Branch):
        return replace(tree, parts=tuple(_named_after(item, part) for part in tree.parts))
    if not isinstance(tree, Leaf):
        return tree
    name, seen = item.text if isinstance(item, Scalar) else "", tree.observation
    label = Text(f"{seen.label.id}: {name}", f"{seen.label.en}: {name}")
    return replace(tree, observation=replace(seen, label=label, item=name))


# Other rules

_CLEAR, _ELIGIBLE = {"fulfilled", "not_applicable"}, {"eligible"}


def _rules(ctx: Context, key: Scalar, node: Node) -> Tree:
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return HOLDS
    keys(mapping, ("id" if key.text == "rule" else "tag", "in", "period"), f"`{key.text}`", ctx.problems)
    question = _question(ctx, mapping)
    names = _asked_rules(ctx, key, mapping)
    suffix = _period(ctx, mapping)
    return together([RuleLeaf(Asks(name + suffix, question)) for name in names])


def _period(ctx: Context, mapping: Mapping) -> str:
    entry = mapping.entries.get("period")
    if entry is not None and as_text(entry.value, ctx.problems) not in (None, "previous"):
        ctx.problems.add(
            "wrong-value", "`period` is not `previous`", entry.value.place, "write `period: previous`, or leave it out"
        )
    return "@previous" if entry is not None else ""


def _question(ctx: Context, mapping: Mapping) -> Any:
    entry = mapping.entries.get("in")
    items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
    words = {item.text if isinstance(item, Scalar) else "" for item in items}
    if words == _CLEAR:
        return "clear"
    if words in ({"fulfilled"}, _ELIGIBLE):
        return "eligible"
    ctx.problems.add(
        "wrong-value",
        "`in` says what is asked of the rule",
        entry.value.place if entry else mapping.place,
        "write `in: [eligible]`, `in: [fulfilled]` or `in: [fulfilled, not_applicable]`",
    )
    return "clear"


def _asked_rules(ctx: Context, key: Scalar, mapping: Mapping) -> list[str]:
    word = "id" if key.text == "rule" else "tag"
    if word not in mapping.entries:
        ctx.problems.add("missing-key", f"`{key.text}` needs `{word}`", mapping.place, f"write `{word}: …`")
        return []
    node = mapping.entries[word].value
    name = as_text(node, ctx.problems)
    if name is None:
        return []
    if word == "tag":
        return _tagged(ctx, name, node.place)
    if name not in ctx.policy.rule_names():
        ctx.unknown("unknown-rule", name, "rule", node.place, ctx.policy.rule_names())
        return []
    return [name]


def _tagged(ctx: Context, tag: str, place: Place) -> list[str]:
    names = sorted(ctx.policy.tagged(tag))
    if not names:
        ctx.unknown("unknown-tag", tag, "tag of duties", place, ctx.policy.tags())
    return names


# Facts


def _of_fact(ctx: Context, key: Scalar, node: Node) -> Tree:
    name = key.text
    if name == "target" or name.startswith("record.") or (name in ctx.policy.names("figures") and name not in FACTS):
        typed = fact(ctx, name, key.place)
        if typed is None:
            return HOLDS
        label = (
            Text("Jenjang atau pangkat yang dituju", "Target") if name == "target" else ctx.policy.figure_label(name)
        )
        found = Fact(name, label, typed.type, lambda _: typed.expr, ctx.policy.figure_unit(name))
    else:
        if name not in FACTS and "." not in name:
            _unknown_word(ctx, key)
            return HOLDS
        given = find_fact(ctx, name, key.place)
        if given is None:
            return HOLDS
        found = given
    return asked(ctx, found, node)


def _unknown_word(ctx: Context, key: Scalar) -> None:
    known = [*FACTS, *HISTORIES, *ctx.policy.names("figures"), *JUNCTIONS, *ABOUT, "target"]
    close = in_indonesian(key.text, HISTORY_LABELS) or suggest(key.text, known)
    help_ = f"did you mean `{close}`?" if close else "docs/reference/facts.md lists what may be asked"
    help_ = after_comma(key, ctx.problems) or help_
    ctx.problems.add("unknown-fact", f"unknown fact `{key.text}`", key.place, help_)
