"""Links: from a page to the line in the file, and to where a rule, value, table or figure stands."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Uses
from dataclasses import dataclass, field

from asnpolicy.policy.documents import RULE_SECTIONS
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.problems import Place
from asnpolicy.report.names import value_name

LAID_OVER = ("values", "tables")
"""What a region may change: its page shows its own versions with the base's."""
_PREFIX = {"values": "nilai-", "tables": "tabel-", "figures": "angka-"}
_NAMING = {"value": "values", "table": "tables", "figure": "figures", "takes_effect": "values", "use": "conditions"}


def anchor(section: str, name: str) -> str:
    """Give the name by which something can be linked to on its page."""
    return _PREFIX.get(section, "") + name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Links:
    """Where things stand, seen from the page of one region."""

    policy: Merged
    policies: str
    """The path from the page to the folder of policies."""
    uses: Uses[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    """What each rule uses, directly or through what it uses: section and name."""

    @classmethod
    def of(cls, policy: Merged, policies: str) -> Links:
        """Find out what each rule of a policy uses."""
        names = [(kind, rule) for kind in RULE_SECTIONS for rule in policy.names(kind)]
        return cls(policy, policies, {rule: frozenset(_reached(policy, kind, rule, set())) for kind, rule in names})

    def find(self, section: str, name: str) -> str:
        """Give the link to something declared: on this page, or on that of the region it comes from."""
        region = self._region(section, name)
        page = "" if region == self.policy.region else f"{region}.md"
        return f"{page}#{anchor(section, name)}"

    def _region(self, section: str, name: str) -> str:
        if section in LAID_OVER and name in self.policy.chain[0].sections[section]:
            return self.policy.region
        declared = self.policy.declared(section, name)
        return declared.region if declared else self.policy.region

    def here(self, section: str, name: str) -> str:
        """Give the link to something that stands on this page."""
        return f"#{anchor(section, name)}"

    def changed(self, rule: str) -> str:
        """Link to the values and tables of this region that a rule of its base uses."""
        return ", ".join(
            f"[{value_name(name)}]({self.here(section, name)})"
            for section in LAID_OVER
            for name in sorted(self.policy.chain[0].sections[section])
            if (section, name) in self.uses[rule]
        )

    def users(self, section: str, name: str) -> list[str]:
        """Name the rules that use a value, table or figure."""
        return sorted(rule for rule, used in self.uses.items() if (section, name) in used)

    def file(self, place: Place) -> str:
        """Link to the line in the file.

        >>> from asnpolicy.policy.merged import Merged
        >>> Links(Merged((), None), "../policies").file(Place("jakarta/kebijakan.yaml", 7, 3))
        '[policies/jakarta/kebijakan.yaml:7](../policies/jakarta/kebijakan.yaml#L7)'
        """
        return f"[policies/{place.file}:{place.line}]({self.policies}/{place.file}#L{place.line})"


# What uses what


def _reached(policy: Merged, section: str, name: str, seen: set[tuple[str, str]]) -> set[tuple[str, str]]:
    for documents in policy.chain:
        declared = documents.sections[section].get(name)
        for used in _mentions(policy, declared.node) if declared else ():
            if used not in seen:
                seen.add(used)
                _reached(policy, *used, seen)
    return seen


def _mentions(policy: Merged, node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _mentions(policy, item)
    elif isinstance(node, Mapping):
        for word, entry in node.entries.items():
            yield from _mention(policy, word, entry.value)
            yield from _mentions(policy, entry.value)
    elif isinstance(node, Scalar) and node.text in policy.names("figures"):
        yield "figures", node.text


def _mention(policy: Merged, word: str, node: Node) -> Iterator[tuple[str, str]]:
    if word in policy.names("figures"):
        yield "figures", word
    elif word == "last_full_years":
        yield "values", "appraisal_due"
    elif word in _NAMING and isinstance(node, Scalar) and node.text in policy.names(_NAMING[word]):
        yield _NAMING[word], node.text


def units(policy: Merged, name: str) -> set[str]:
    """Name the facts and figures that a value is compared with."""
    found: set[str] = set()
    for documents in policy.chain:
        for section in (*RULE_SECTIONS, "conditions"):
            for declared in documents.sections[section].values():
                found |= set(_compared(declared.node, name, ""))
    return found


def _compared(node: Node, name: str, under: str) -> Iterator[str]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _compared(item, name, under)
    elif isinstance(node, Mapping):
        for word, entry in node.entries.items():
            if word == "value" and isinstance(entry.value, Scalar) and entry.value.text == name:
                yield under
            own = under if word in ("is", "at_least", "at_most", "below", "above") else word
            yield from _compared(entry.value, name, own)
