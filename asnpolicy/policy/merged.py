"""Merged: a region's declarations joined to its base's, within the bounds that the base sets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from asnpolicy.language.rules import Text
from asnpolicy.policy.dated import Span, Version
from asnpolicy.policy.documents import RULE_SECTIONS, Declared, Documents, text_of, texts_of
from asnpolicy.policy.source.tree import Mapping, Node, Scalar
from asnpolicy.policy.tables import Table, read_table
from asnpolicy.policy.versions import VALUE_WORDS, unless_of, versions_of, within_bound
from asnpolicy.problems import Problems


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
        return next(iter(self.layers(section, name)), None)

    def additions(self, section: str, name: str) -> list[Declared]:
        """Give what regions above the first declaration add to it, base-most first."""
        return self.layers(section, name)[1:]

    def layers(self, section: str, name: str) -> list[Declared]:
        """Give what each region declares under a name, base-most first."""
        return [d.sections[section][name] for d in reversed(self.chain) if name in d.sections[section]]

    def rule_names(self) -> frozenset[str]:
        """Give the names of all rules."""
        return frozenset().union(*(self.names(section) for section in RULE_SECTIONS))

    def tagged(self, tag: str) -> list[str]:
        """Give the duties that carry a tag."""
        return [name for name in self.names("duties") if tag in self._tags(name)]

    def tags(self) -> frozenset[str]:
        """Give the tags that duties carry."""
        return frozenset(tag for name in self.names("duties") for tag in self._tags(name))

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
        node = self.layers("figures", name)[0].node
        given = node.entries.get("title") if isinstance(node, Mapping) else None
        return (text_of(given.value, self.problems) if given else None) or Text(name, name)

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
                own = versions_of(name, declared.node, VALUE_WORDS, self.problems)
                _within_bounds(name, own, result, self.problems)
                result = _over(own, result)
        return [
            Version(v.span, v.what.entries["is"].value, v.place, unless_of(v.what, self.problems))
            for v in result
            if "is" in v.what.entries
        ]

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
        first, *additions = self.layers("tables", name)
        return read_table(first, additions, problems)


def _over(own: list[Version[Mapping]], base: list[Version[Mapping]]) -> list[Version[Mapping]]:
    """Lay a region's versions over the base's."""
    left = list(base)
    for version in own:
        kept: list[Version[Mapping]] = []
        for old in left:
            before = old.span.cut(Span(date.min, version.span.since))
            after = old.span.cut(Span(version.span.until, date.max))
            kept += [replace(old, span=part) for part in (before, after) if part]
        left = kept
    return sorted([*left, *own], key=lambda v: v.span.since)


def _within_bounds(name: str, own: list[Version[Mapping]], base: list[Version[Mapping]], problems: Problems) -> None:
    """Hold a region's value to what the base lets regions choose."""
    for mine in own:
        for theirs in base:
            if mine.span.cut(theirs.span) and "is" in mine.what.entries:
                within_bound(name, mine.what.entries["is"].value, theirs.what, problems)
