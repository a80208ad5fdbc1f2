"""Judgements as they are written: conditions of the law that only an official can judge, which no rule decides."""

from __future__ import annotations

from dataclasses import dataclass

from asnpolicy.language.rules import Text
from asnpolicy.policy.dated import Span
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import RawNode, Scalar
from asnpolicy.policy.surface.about import Basis, basis_of, span_of
from asnpolicy.policy.surface.examples import cited, in_both
from asnpolicy.problems import Problems
from asnpolicy.text import phrase

JUDGEMENT = ("id", "en", "basis", "from", "until")
_NEEDED = {
    "id": phrase(en="say it in Indonesian (`id`)", id="tulis dalam bahasa Indonesia (`id`)"),
    "en": phrase(en="say it in English (`en`)", id="tulis dalam bahasa Inggris (`en`)"),
    "basis": phrase(en="name the article that asks for it", id="sebut pasal yang memintanya"),
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
        help = phrase(
            en="list at least one: `- {example}`, or leave it out",
            id="sebutkan paling sedikit satu: `- {example}`, atau hapus",
            example=_example(problems),
        )
        problems.add(
            "empty-condition",
            phrase(en="nothing is left to an official here", id="di sini tidak ada yang diserahkan kepada pejabat"),
            node.place,
            help,
        )
    found = (_judgement(item, problems) for item in sequence.items) if sequence else ()
    return tuple(one for one in found if one is not None)


def _example(problems: Problems, node: RawNode | None = None) -> str:
    said = node.text if isinstance(node, Scalar) and node.text else Text("Dinilai pejabat", "Judged by an official")
    return f"{in_both(said)[:-1]}, {cited(problems)}}}"


def _judgement(node: RawNode, problems: Problems) -> JudgementForm | None:
    mapping = as_mapping(
        node,
        problems,
        phrase(en="write it as `{example}`", id="tulis sebagai `{example}`", example=_example(problems, node)),
    )
    if mapping is None:
        return None
    keys(mapping, JUDGEMENT, Text("syarat yang dinilai pejabat", "a condition that an official judges"), problems)
    for word, help in _NEEDED.items():
        if word not in mapping.entries:
            message = phrase(
                en="this condition that an official judges has no `{word}`",
                id="syarat yang dinilai pejabat ini tidak punya `{word}`",
                word=word,
            )
            problems.add("missing-language" if word != "basis" else "missing-key", message, mapping.place, help)
    texts = {
        word: as_text(mapping.entries[word].value, problems) or "" for word in ("id", "en") if word in mapping.entries
    }
    text = Text(texts.get("id", ""), texts.get("en", ""))
    return JudgementForm(text, basis_of(mapping, problems), span_of(mapping, problems))
