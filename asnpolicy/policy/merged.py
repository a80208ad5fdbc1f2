"""Merged: a region's declarations joined to its base's, within the bounds that the base sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from asnpolicy.language.rules import Text
from asnpolicy.policy.dated import Span, Version, no_overlap, span_of, successive
from asnpolicy.policy.documents import RULE_SECTIONS, Declared, Documents, text_of, texts_of
from asnpolicy.policy.source import Mapping, Node, Scalar, Sequence, as_decimal, as_duration, as_mapping, keys
from asnpolicy.problems import Place, Problems

VALUE_WORDS = ("from", "until", "is", "basis", "region_may", "standing")
VERSION_WORDS = ("from", "until", "rows", "otherwise", "basis", "standing", "region_may")


@dataclass(frozen=True, slots=True)
class TableVersion:
    """The rows of a table during a span."""

    rows: Mapping
    otherwise: Node | None
    place: Place

    def cells(self, column: str | None) -> Iterator[tuple[tuple[Scalar, ...], Node]]:
        """Give each row: its keys, outermost first, and its value."""
        yield from _cells(self.rows, (), column)


def _cells(node: Node, path: tuple[Scalar, ...], column: str | None) -> Iterator[tuple[tuple[Scalar, ...], Node]]:
    if not isinstance(node, Mapping):
        yield path, node
    elif column is not None and column in node.entries:
        yield path, node.entries[column].value
    else:
        for entry in node.entries.values():
            yield from _cells(entry.value, (*path, entry.key), column)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are keyed by, and its versions."""

    by: tuple[Scalar, ...]
    versions: list[Version[TableVersion]]


@dataclass(slots=True)
class Merged:
    """The documents of a region and of all that it extends, nearest first."""

    chain: tuple[Documents, ...]
    problems: Problems
    _values: dict[str, list[Version[Node]]] = field(default_factory=dict)
    _tables: dict[str, Table] = field(default_factory=dict)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """Give the name of the region itself."""
        return self.chain[0].region

    def names(self, section: str) -> frozenset[str]:
        """Give all names that a section declares, here or in the base."""
        if section not in self._names:
            self._names[section] = frozenset(name for d in self.chain for name in d.sections[section])
        return self._names[section]

    def declared(self, section: str, name: str) -> Declared | None:
        """Give the base-most declaration of a name: what a region adds comes on top of it."""
        return next((d.sections[section][name] for d in reversed(self.chain) if name in d.sections[section]), None)

    def additions(self, section: str, name: str) -> list[Declared]:
        """Give what regions above the first declaration add to it, base-most first."""
        found = [d.sections[section][name] for d in reversed(self.chain) if name in d.sections[section]]
        return found[1:]

    def rule_names(self) -> frozenset[str]:
        """Give the names of all rules."""
        return frozenset().union(*(self.names(section) for section in RULE_SECTIONS))

    def tagged(self, tag: str) -> list[str]:
        """Give the duties that carry a tag."""
        return [name for name in self.names("duties") if tag in self._tags(name)]

    def _tags(self, name: str) -> tuple[str, ...]:
        declared = self.declared("duties", name)
        node = declared.node if declared else None
        if not isinstance(node, Mapping) or "tags" not in node.entries:
            return ()
        return texts_of(node.entries["tags"].value, self.problems)

    def source(self, id: str) -> str | None:
        """Give the title of a source by its short name."""
        return next((d.sources[id] for d in self.chain if id in d.sources), None)

    def figure_label(self, name: str) -> Text:
        """Give the title of a figure."""
        declared = self.declared("figures", name)
        node = declared.node if declared else None
        if isinstance(node, Mapping) and "title" in node.entries:
            return text_of(node.entries["title"].value, self.problems) or Text(name, name)
        return Text(name, name)

    def figure_unit(self, name: str) -> str:
        """Give the unit of a figure."""
        declared = self.declared("figures", name)
        node = declared.node if declared else None
        unit = node.entries["unit"].value if isinstance(node, Mapping) and "unit" in node.entries else None
        return unit.text if isinstance(unit, Scalar) else ""

    # Values

    def value_versions(self, name: str) -> list[Version[Node]] | None:
        """Give the versions of a value, the region's own laid over the base's; None when there is no such value."""
        if name not in self.names("values"):
            return None
        if name not in self._values:
            self._values[name] = self._value_versions(name)
        return self._values[name]

    def _value_versions(self, name: str) -> list[Version[Node]]:
        result: list[Version[Mapping]] = []
        for documents in reversed(self.chain):
            declared = documents.sections["values"].get(name)
            if declared is not None:
                own = _versions_of(name, declared, VALUE_WORDS, self.problems)
                _within_bounds(name, own, result, self.problems)
                result = _over(own, result)
        return [Version(v.span, v.what.entries["is"].value, v.place) for v in result if "is" in v.what.entries]

    def places(self, word: str, name: str) -> int:
        """Give the decimal places that a value or a table is written with."""
        if word == "value":
            nodes = [v.what for v in self.value_versions(name) or ()]
        else:
            found = self.table(name, self.problems)
            nodes = [cell for v in found.versions for _, cell in v.what.cells(None)] if found else []
            nodes += [v.what.otherwise for v in found.versions if v.what.otherwise is not None] if found else []
        texts = [node.text for node in nodes if isinstance(node, Scalar)]
        return max((len(text.partition(".")[2]) for text in texts), default=0)

    # Tables

    def table(self, name: str, problems: Problems) -> Table | None:
        """Give a table with its versions; None when there is no such table."""
        if name not in self.names("tables"):
            return None
        if name not in self._tables:
            self._tables[name] = self._table(name, problems)
        return self._tables[name]

    def _table(self, name: str, problems: Problems) -> Table:
        declared = self.declared("tables", name)
        mapping = as_mapping(declared.node, problems) if declared else None
        if declared is None or mapping is None:
            return Table((), [])
        keys(mapping, ("title", "by", "versions", "basis"), f"the table `{name}`", problems)
        by = _by(name, mapping, problems)
        if "versions" not in mapping.entries:
            problems.add(
                "missing-key", f"the table `{name}` needs `versions`", mapping.place, "write `versions: [{from: …}]`"
            )
            return Table(by, [])
        inner = Declared(name, mapping.entries["versions"].value, declared.place, declared.region)
        versions = []
        for version in _versions_of(name, inner, VERSION_WORDS, problems):
            rows = version.what.entries.get("rows")
            tree = as_mapping(rows.value, problems) if rows else None
            if tree is None:
                problems.add(
                    "missing-key", f"this version of `{name}` has no `rows`", version.place, "write `rows: {…}`"
                )
                continue
            other = version.what.entries.get("otherwise")
            versions.append(
                Version(version.span, TableVersion(tree, other.value if other else None, version.place), version.place)
            )
        return Table(by, versions)


def _by(name: str, mapping: Mapping, problems: Problems) -> tuple[Scalar, ...]:
    entry = mapping.entries.get("by")
    if entry is None:
        problems.add("missing-key", f"the table `{name}` needs `by`", mapping.place, "write `by: <fact>`")
        return ()
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    return tuple(item for item in items if isinstance(item, Scalar))


def _versions_of(name: str, declared: Declared, words: Iterable[str], problems: Problems) -> list[Version[Mapping]]:
    node = declared.node
    items = node.items if isinstance(node, Sequence) else (node,)
    found = []
    for item in items:
        mapping = as_mapping(item, problems)
        if mapping is not None:
            keys(mapping, words, f"a version of `{name}`", problems)
            if "is" in words and "is" not in mapping.entries:
                problems.add("missing-key", f"this version of `{name}` has no `is`", mapping.place, "write `is: …`")
            if "from" not in mapping.entries:
                problems.add(
                    "missing-key", f"this version of `{name}` has no `from`", mapping.place, "write `from: 2024-01-01`"
                )
            found.append(Version(span_of(mapping, problems), mapping, mapping.place))
    ordered = successive(found)
    no_overlap(name, ordered, problems)
    return ordered


def _over(own: list[Version[Mapping]], base: list[Version[Mapping]]) -> list[Version[Mapping]]:
    """Lay a region's versions over the base's."""
    left = list(base)
    for version in own:
        kept: list[Version[Mapping]] = []
        for old in left:
            before = old.span.cut(Span(date.min, version.span.since))
            after = old.span.cut(Span(version.span.until, date.max))
            kept += [Version(part, old.what, old.place) for part in (before, after) if part]
        left = kept
    return sorted([*left, *own], key=lambda v: v.span.since)


def _within_bounds(name: str, own: list[Version[Mapping]], base: list[Version[Mapping]], problems: Problems) -> None:
    """Hold a region's value to what the base lets regions choose."""
    for mine in own:
        for theirs in base:
            if mine.span.cut(theirs.span) and "is" in mine.what.entries:
                _within_bound(name, mine.what.entries["is"].value, theirs, problems)


def _within_bound(name: str, value: Node, base: Version[Mapping], problems: Problems) -> None:
    may = base.what.entries.get("region_may")
    if may is None or not isinstance(may.value, Mapping):
        problems.add(
            "region-may-not",
            f"`{name}` is not a region's to change",
            value.place,
            f"the base ({base.place}) gives no `region_may` for it",
        )
        return
    keys(may.value, ("at_least", "at_most"), "`region_may`", problems)
    number = _measure(value, problems)
    for word, entry in may.value.entries.items():
        bound = _measure(entry.value, problems)
        if number is None or bound is None:
            continue
        if (word == "at_least" and number < bound) or (word == "at_most" and number > bound):
            problems.add(
                "region-may-not",
                f"`{_text(value)}` is {'less' if word == 'at_least' else 'more'} than the base lets a region choose",
                value.place,
                f"the base ({base.place}) allows {word.replace('_', ' ')} `{_text(entry.value)}`",
            )


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _measure(node: Node, problems: Problems) -> int | None:
    """Read a number or a duration, to compare two of a kind."""
    text = _text(node)
    if any(unit in text for unit in ("year", "month")):
        return as_duration(node, problems)
    return as_decimal(node, problems, 6)
