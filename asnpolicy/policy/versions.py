"""Versions of values and tables as written: their spans, their transitions, and what a region may choose."""

from __future__ import annotations

from collections.abc import Iterable

from asnpolicy.policy.dated import Version, no_overlap, span_of, successive
from asnpolicy.policy.source.scalars import as_decimal, as_duration
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.problems import Problems

VALUE_WORDS = ("from", "until", "is", "basis", "region_may", "standing", "unless")
TABLE_WORDS = ("from", "until", "rows", "otherwise", "basis", "standing", "region_may", "unless")
BOUNDS = ("at_least", "at_most")


def versions_of(name: str, node: Node, words: Iterable[str], problems: Problems) -> list[Version[Mapping]]:
    """Read one version or a list of them; each ends where the next begins."""
    items = node.items if isinstance(node, Sequence) else (node,)
    found = []
    if not items:
        problems.add(
            "missing-key", f"`{name}` has no version", node.place, "write `[{from: …, is: …}]`, or leave it out"
        )
    for item in items:
        mapping = as_mapping(item, problems)
        if mapping is not None:
            keys(mapping, words, f"a version of `{name}`", problems)
            needed = {"is": "is: …", "from": "from: 2024-01-01"}
            for word in (w for w in needed if w in words and w not in mapping.entries):
                problems.add(
                    "missing-key", f"this version of `{name}` has no `{word}`", mapping.place, f"write `{needed[word]}`"
                )
            _bounds(mapping, problems)
            found.append(Version(span_of(mapping, problems), mapping, mapping.place))
    ordered = successive(found)
    no_overlap(name, ordered, problems)
    return ordered


def unless_of(version: Mapping, problems: Problems) -> Mapping | None:
    """Read for whom an older version goes on: a condition, and `keep` with the day that version began."""
    if "unless" not in version.entries:
        return None
    mapping = as_mapping(version.entries["unless"].value, problems)
    if mapping is not None and "keep" not in mapping.entries:
        problems.add(
            "missing-key",
            "`unless` needs `keep`",
            mapping.place,
            "name the version that goes on by its `from`: `keep: 2000-11-17`",
        )
        return None
    return mapping


def within_bound(name: str, value: Node, base: Mapping, problems: Problems) -> None:
    """Hold what a region writes to the `region_may` of the base's version."""
    may = base.entries.get("region_may")
    if may is None or not isinstance(may.value, Mapping):
        problems.add(
            "region-may-not",
            f"`{name}` is not a region's to change",
            value.place,
            f"the base ({base.place}) gives no `region_may` for it",
        )
        return
    for word, entry in may.value.entries.items():
        bound = _measure(entry.value, Problems())  # told where the base is read
        number = _measure(value, problems, entry.value)
        if number is None or bound is None:
            continue
        if (word == "at_least" and number < bound) or (word == "at_most" and number > bound):
            problems.add(
                "region-may-not",
                f"`{_text(value)}` is {'less' if word == 'at_least' else 'more'} than the base lets a region choose",
                value.place,
                f"the base ({base.place}) allows {word.replace('_', ' ')} `{_text(entry.value)}`",
            )


def _bounds(version: Mapping, problems: Problems) -> None:
    """Check what regions may choose."""
    may = as_mapping(version.entries["region_may"].value, problems) if "region_may" in version.entries else None
    if may is None:
        return
    keys(may, BOUNDS, "`region_may`", problems)
    if not may.entries:
        problems.add(
            "missing-key", "`region_may` sets no bound", may.place, "write `{at_least: …, at_most: …}`, or leave it out"
        )
    for entry in may.entries.values():
        _measure(entry.value, problems)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _measure(node: Node, problems: Problems, like: Node | None = None) -> int | None:
    """Read a number or a duration, to compare two of a kind: of the kind that `like` is written in."""
    text = _text(like or node)
    if any(unit in text for unit in ("year", "month")):
        return as_duration(node, problems)
    return as_decimal(node, problems, 6)
