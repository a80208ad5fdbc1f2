"""Shapes: keys with values, and lists, where they are needed; keys that nothing knows are told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from asnpolicy.policy.source.faults import glued
from asnpolicy.policy.source.scalars import Slip, accept
from asnpolicy.policy.source.text import MAX_PROBLEMS, show
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence, kind_of
from asnpolicy.problems import Place, Problems, meant


def as_mapping(node: RawNode, problems: Problems, example: str = "") -> Mapping | None:
    """Read keys with values; an example says which, where they are always the same."""
    if isinstance(node, Mapping):
        return node
    help = glued(node) or example or "write `key: value` on the next lines, indented"
    return accept(Slip(_instead("keys with values are", node), help), node, problems)


def as_sequence(node: RawNode, problems: Problems) -> Sequence | None:
    """Read a list."""
    if isinstance(node, Sequence):
        return node
    help = "write each item on a line of its own, after `- `"
    return accept(Slip(_instead("a list is", node), help), node, problems)


def _instead(wanted: str, node: RawNode) -> str:
    if isinstance(node, Scalar) and not node.text:
        return f"{wanted} missing here"
    return f"{wanted} needed here, not {kind_of(node)}"


def keys(mapping: Mapping, allowed: Iterable[str], what: str, problems: Problems) -> None:
    """Tell every key that is not among the allowed ones; `what` names the thing the keys belong to."""
    known = tuple(allowed)
    unknown = [entry.key for word, entry in mapping.entries.items() if word not in known]
    if unknown:
        unknown_keys(unknown, known, what, problems)


def unknown_keys(unknown: Iterable[Scalar], allowed: Iterable[str], what: str, problems: Problems) -> None:
    """Tell that keys are not among the allowed ones."""
    known = list(allowed)
    takes = f"{what.replace('`', '')} takes: {', '.join(known)}"
    for key in islice(unknown, MAX_PROBLEMS):
        slip = glued(key) or after_comma(key.text, key.place, problems)
        help = slip or meant(key.text[:100], known, takes, also=takes)
        problems.add("unknown-key", f"unknown word {show(key.text)} for {_named(what)}", key.place, help)


def after_comma(text: str, place: Place, problems: Problems) -> str | None:
    """Help for a word without a colon after a comma, which was meant as part of a text, of a number, or as one more."""
    lines = problems.sources.get(place.file, ())
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    before, after = line[: place.column - 1].rstrip(), line[place.column - 1 + place.length :].lstrip()
    if not before.endswith(",") or after[:1] not in (",", "}"):
        return None
    if text.isdigit():
        return "a comma begins a new key here: decimals are written with a point, as in `12.5`"
    return "a comma begins a new key here: write several values as a list, `[a, b]`, a text with a comma in quotation marks"


def _named(what: str) -> str:
    return what if " " in what or "`" in what else f"`{what}`"
