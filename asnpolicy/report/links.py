"""Links: from a page to the line in the file, and to where a rule, value, table or figure stands."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Uses
from dataclasses import dataclass, field

from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.conditions import FactClause, FieldClause
from asnpolicy.policy.surface.measures import Measure
from asnpolicy.policy.surface.mentions import Mention, mentions
from asnpolicy.policy.surface.operands import ValueTerm
from asnpolicy.policy.surface.requirements import OperandTest
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.policy.surface.walk import walk
from asnpolicy.problems import Place
from asnpolicy.report.names import value_name

LAID_OVER = ("values", "tables")
"""What a region may change: its page shows its own versions with the base's."""
_PREFIX = {"values": "nilai-", "tables": "tabel-", "figures": "angka-"}


def anchor(section: str, name: str) -> str:
    """Return the name by which something can be linked to on its page."""
    return _PREFIX.get(section, "") + name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Links:
    """Where things stand, seen from the page of one region."""

    policy: Merged
    policies: str
    """The path from the page to the folder of policies."""
    uses: Uses[str, frozenset[Mention]] = field(default_factory=dict)
    """What each rule uses, directly or through what it uses: section and name."""

    @classmethod
    def of(cls, policy: Merged, policies: str) -> Links:
        """Find out what each rule of a policy uses."""
        names = [(kind, rule) for kind in RULE_SECTIONS for rule in policy.names(kind)]
        return cls(policy, policies, {rule: frozenset(_reached(policy, kind, rule, set())) for kind, rule in names})

    def find(self, section: str, name: str) -> str:
        """Return the link to something declared: on this page, or on that of the region it comes from."""
        region = self._region(section, name)
        page = "" if region == self.policy.region else f"{region}.md"
        return f"{page}#{anchor(section, name)}"

    def _region(self, section: str, name: str) -> str:
        if section in LAID_OVER and name in self.policy.chain[0].sections[section]:
            return self.policy.region
        declared = self.policy.declared(section, name)
        return declared.region if declared else self.policy.region

    def here(self, section: str, name: str) -> str:
        """Return the link to something that stands on this page."""
        return f"#{anchor(section, name)}"

    def changed(self, rule: str) -> str:
        """Link to the values and tables of this region that a rule of its base uses."""
        return ", ".join(
            f"[{value_name(name)}]({self.here(section, name)})"
            for section in LAID_OVER
            for name in sorted(self.policy.chain[0].sections[section])
            if (section, name) in self.uses[rule]
        )

    def units(self, name: str) -> set[str]:
        """Name the facts and figures that a value is compared with."""
        forms = (
            declared.form
            for documents in self.policy.chain
            for section in (*RULE_SECTIONS, "conditions")
            for declared in documents.sections[section].values()
        )
        return {fact for form in forms for fact in _compared(form, name)}

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


def _reached(policy: Merged, section: str, name: str, seen: set[Mention]) -> set[Mention]:
    for declared in policy.layers(section, name):
        for used in _mentioned(policy, declared.form):
            if used not in seen:
                seen.add(used)
                _reached(policy, *used, seen)
    return seen


def _mentioned(policy: Merged, form: object) -> Iterator[Mention]:
    """Return what a form names that the policy declares: a fact that is none may be a figure."""
    for part in walk(form):
        for section, name in mentions(part):
            if name in policy.names(section):
                yield section, name


def _compared(form: object, name: str) -> Iterator[str]:
    """Name the facts that a value is compared with."""
    for part in walk(form):
        match part:
            case FactClause(fact, required) | FieldClause(_, fact, required):
                subject = fact.text
            case Measure(subject, required):
                pass
            case _:
                continue
        operands = (test.operand for test in required.tests if isinstance(test, OperandTest) and test.word != "not")
        if any(isinstance(operand, ValueTerm) and operand.name.text == name for operand in operands):
            yield subject
