"""Being in the service: what a rule asks of it is the law's affair, and stands apart from what the rule itself asks."""

from __future__ import annotations

from collections.abc import Mapping

from asnpolicy.language.rules import Rule

LEAVING = ("leaving", "service")
"""The kinds of rules by which one leaves the service: what they see is the law's affair, and not every rule's."""


def besides_service(rules: Mapping[str, Rule], rule: str) -> list[Rule]:
    """Return a rule and all that it builds on, but for what it asks of whether somebody is still in the service."""
    found, left = {}, [rule]
    while left:
        name = left.pop()
        if name not in found:
            found[name] = rules[name]
            left += [
                one for one in rules[name].builds_on if rules[name].kind in LEAVING or rules[one].kind not in LEAVING
            ]
    return list(found.values())


def stays(rules: Mapping[str, Rule], rule: str) -> list[str]:
    """Name what a rule asks of whether somebody is still in the service, today or when it takes effect."""
    asked = (name for one in besides_service(rules, rule) if one.kind not in LEAVING for name in one.builds_on)
    return sorted({name for name in asked if rules[name].kind == "service"})
