"""Judgements as they are written: conditions of the law that only an official can judge, which no rule decides."""

from __future__ import annotations

from dataclasses import dataclass

from asnpolicy.language.rules import Text
from asnpolicy.policy.dated import Span
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import RawNode
from asnpolicy.policy.surface.about import Basis, basis_of, span_of
from asnpolicy.problems import Problems

JUDGEMENT = ("id", "en", "basis", "from", "until")
_NEEDED = {
    "id": "say it in Indonesian (`id`)",
    "en": "say it in English (`en`)",
    "basis": "name the article that asks for it",
}


@dataclass(frozen=True, slots=True, eq=False)
class JudgementForm:
    """One condition that an official judges, with the law that asks for it."""

    text: Text
    basis: Basis | None
    span: Span


def judgements(node: RawNode, problems: Problems) -> tuple[JudgementForm, ...]:
    """Read the conditions under `not_decided`."""
    sequence = as_sequence(node, problems)
    if sequence is not None and not sequence.items:
        help = "list at least one: `- {id: …, en: …, basis: …}`, or leave it out"
        problems.add("empty-condition", "nothing is left to an official here", node.place, help)
    found = (_judgement(item, problems) for item in sequence.items) if sequence else ()
    return tuple(one for one in found if one is not None)


def _judgement(node: RawNode, problems: Problems) -> JudgementForm | None:
    mapping = as_mapping(node, problems, "write it as `{id: …, en: …, basis: …}`")
    if mapping is None:
        return None
    keys(mapping, JUDGEMENT, "a condition that an official judges", problems)
    for word, help in _NEEDED.items():
        if word not in mapping.entries:
            message = f"this condition that an official judges has no `{word}`"
            problems.add("missing-language" if word != "basis" else "missing-key", message, mapping.place, help)
    said = {
        word: as_text(mapping.entries[word].value, problems) or "" for word in ("id", "en") if word in mapping.entries
    }
    text = Text(said.get("id", ""), said.get("en", ""))
    return JudgementForm(text, basis_of(mapping, problems), span_of(mapping, problems))
