"""The schema of one region: what a policy file may say, with the names that are declared in the region and its base."""

from __future__ import annotations

from typing import Any

from asnpolicy.language.nodes import Kind, Type
from asnpolicy.policy.cases import names_of_people
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.schema import policy_schema
from asnpolicy.policy.schema_types import Schema, tests_of_type
from asnpolicy.policy.surface.rules import PERMISSIONS


def region_schema(policy: Policy) -> Schema:
    """Return the schema for the files of a region: it knows its sources, values, tables, figures, rules and people."""
    merged, made = policy.merged, policy_schema()
    sources = sorted({source for documents in merged.chain for source in documents.sources})
    permissions = sorted(name for section in PERMISSIONS for name in merged.names(section))
    names = {
        "basis": {"type": "string", "pattern": f"^({'|'.join(map(_escaped, sources))})( |$)", "examples": sources},
        "value-name": _one_of(merged.names("values")),
        "table-name": _one_of(merged.names("tables")),
        "rule-name": _one_of(policy.rules),
        "base-rule": _one_of(permissions),
        "person-name": _one_of(names_of_people(policy)),
    }
    made["definitions"] |= {name: found for name, found in names.items() if found}
    figures: dict[str, Any] = {}
    for name in sorted(merged.names("figures")):
        label = merged.figure_label(name)
        figures[name] = {**tests_of_type(Type(Kind.NUMBER)), "description": f"id: {label.id} / en: {label.en}"}
    for kind in ("condition", "criterion"):
        condition = made["definitions"][kind]
        condition["properties"] |= figures
        condition["patternProperties"] |= {f"^(mentor|mentee)\\.({'|'.join(figures)})$": {}} if figures else {}
        condition["additionalProperties"] = False
    return made


def _one_of(names: Any) -> Schema:
    return {"enum": sorted(names)} if names else {"type": "string"}


def _escaped(name: str) -> str:
    return name.replace(".", "\\.")
