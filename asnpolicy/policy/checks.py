"""Checks: that every name means one thing, that what is said is read, that a permission asks something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asnpolicy.language.facts import FACTS
from asnpolicy.people import HISTORIES
from asnpolicy.policy.documents import RULE_SECTIONS, Declared, text_of
from asnpolicy.policy.elaborate.conditions import ABOUT, JUNCTIONS
from asnpolicy.policy.elaborate.criteria import basis_of, standing, title
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.tree import Mapping, Node, Sequence
from asnpolicy.problems import Problems

if TYPE_CHECKING:
    from asnpolicy.policy.library import Policy

RESERVED = frozenset({*FACTS, *HISTORIES, *JUNCTIONS, *ABOUT, "target"})
"""Words of the language: a figure that had such a name would be asked in place of it, in the base's rules too."""


def names_mean_one_thing(policy: Policy, problems: Problems) -> None:
    """No two rules share a name, no figure hides a fact, no region declares anew what its base declares."""
    merged = policy.merged
    _rules_share_no_name(merged, problems)
    for name in sorted(merged.names("figures") & RESERVED):
        for declared in _all(merged, "figures", name):
            problems.add(
                "reserved-name", f"`{name}` is a word of the language", declared.place, "give the figure another name"
            )
    for section, what in (("conditions", "shared condition"), ("figures", "figure")):
        for name in sorted(merged.names(section)):
            for declared in merged.additions(section, name):
                problems.add(
                    "replaces-base",
                    f"`{name}` is a {what} of the base, which a region can't replace",
                    declared.place,
                    "give the region's own another name",
                )


def _rules_share_no_name(merged: Merged, problems: Problems) -> None:
    seen: dict[str, Declared] = {}
    for section in RULE_SECTIONS:
        for name in sorted(merged.names(section)):
            declared = _all(merged, section, name)[-1]
            other = seen.setdefault(name, declared)
            if other is not declared:
                problems.add(
                    "declared-twice",
                    f"`{name}` is already the name of another rule, in {other.place}",
                    declared.place,
                    "give one of them another name",
                )


def _all(merged: Merged, section: str, name: str) -> list[Declared]:
    return [documents.sections[section][name] for documents in merged.chain if name in documents.sections[section]]


def what_is_said_is_read(policy: Policy, problems: Problems) -> None:
    """Of values, tables and figures too, a basis names a source, a standing is one, a title comes in both languages."""
    for documents in policy.merged.chain:
        for section in ("values", "tables", "figures"):
            for declared in documents.sections[section].values():
                _said(policy.merged, declared.node, problems)
        for name, declared in documents.sections["figures"].items():
            if isinstance(declared.node, Mapping):
                title(declared.node, declared.place, problems, name)
                if "unit" in declared.node.entries:
                    as_text(declared.node.entries["unit"].value, problems)


def _said(merged: Merged, node: Node, problems: Problems) -> None:
    if isinstance(node, Mapping):
        basis_of(merged, node, problems)
        standing(node, problems)
        if "title" in node.entries:
            text_of(node.entries["title"].value, problems)
    parts = node.items if isinstance(node, Sequence) else _values(node)
    for part in parts:
        _said(merged, part, problems)


def _values(node: Node) -> tuple[Node, ...]:
    return tuple(entry.value for entry in node.entries.values()) if isinstance(node, Mapping) else ()


def permissions_ask_something(policy: Policy, problems: Problems) -> None:
    """A promotion or an award has a criterion on each day that it is in force: else everybody would pass."""
    told: set[str] = set()
    for program in policy.programs:
        for rule in program.rules:
            if rule.criteria or rule.id in told:
                continue
            told.add(rule.id)
            if any(_has_criteria(policy.merged, section, rule.id) for section in ("promotions", "awards")):
                problems.add(
                    "not-covered",
                    f"`{rule.id}` has no criterion that is in force on {program.since}",
                    rule.place,
                    "give it a criterion from that day on, or let the rule begin later",
                )


def _has_criteria(merged: Merged, section: str, name: str) -> bool:
    """Tell whether any are written: that there are none at all is told where the rule is read."""
    declared = merged.declared(section, name)
    entry = declared.node.entries.get("require") if declared and isinstance(declared.node, Mapping) else None
    return entry is not None and isinstance(entry.value, Mapping) and bool(entry.value.entries)
