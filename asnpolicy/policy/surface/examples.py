"""Examples: what a way out shows, to be typed as it stands, with the author's own names and texts where there are any."""

from __future__ import annotations

import re

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.reading import record_fields
from asnpolicy.people import HISTORIES
from asnpolicy.policy.source.flow import as_written, quoted
from asnpolicy.policy.source.tree import RawNode
from asnpolicy.problems import Problems
from asnpolicy.text import Text

_EXAMPLES = {
    Kind.TRUTH: "true", Kind.NUMBER: "{at_least: 5}", Kind.DATE: "{at_most: 2026-10-01}", Kind.TEXTS: "{has: kesehatan}",
    Kind.DURATION: "{at_least: 4 years}", Kind.SPAN: "{at_least: 4 years}", Kind.TEXT: "kesehatan", Kind.LABEL: "none",
}  # fmt: skip
_CODES = {"code": "latsar", "kind": "teknis", "unit": "dinas-pendidikan", "title": "Analis", "role": "mentor"}
"""What a text is where it is none of those that any field may hold."""

_ABBREVIATED = re.compile("uu|[^aiueo]+")
"""What is called by its letters: UU, PP, SKB."""


def comparison(name: str, history: str | None = None) -> str:
    """Return a condition on what is named, as an example; what is no fact, no history and no field may be a figure.

    >>> comparison("rank"), comparison("trainings"), comparison("nilai_kinerja"), comparison("passed", "trainings")
    ('rank: {at_least: I/a}', 'trainings: {count: {at_least: 1}}', 'nilai_kinerja: {at_least: 5}', 'passed: true')
    """
    if history is not None and name in record_fields(history):
        return f"{name}: {_example(name, record_fields(history)[name])}"
    if name in HISTORIES:
        return f"{name}: {{count: {{at_least: 1}}}}"
    found = FACTS.get(name)
    return f"{name}: {_example(name, found.type) if found else _EXAMPLES[Kind.NUMBER]}"


def _example(name: str, type_: Type) -> str:
    if type_.labels is None:
        return _CODES.get(name, _EXAMPLES[type_.kind]) if type_.kind is Kind.TEXT else _EXAMPLES[type_.kind]
    first = next(iter(type_.labels)).label
    return f"{{at_least: {first}}}" if type_.labels.ordered() else first


def once_more(word: str, node: RawNode, history: str) -> str:
    """Return what is asked of a field, as it was written."""
    written = as_written(node)
    return f"{word}: {written}" if written else comparison(word, history)


def of_some(history: str) -> str:
    """Return a condition on one record of a history, as an example: whether, else which.

    >>> of_some("trainings"), of_some("ranks")
    ('passed: true', 'rank: {at_least: I/a}')
    """
    fields = record_fields(history)
    whether = (name for name, type_ in fields.items() if type_.kind is Kind.TRUTH)
    return comparison(next(whether, next(iter(fields))), history)


def plainly(name: str) -> str:
    """Return a name as a text for people.

    >>> plainly("masa-kerja_minimal"), plainly("pp-11")
    ('Masa kerja minimal', 'PP 11')
    """
    first, *rest = re.split(r"[-_.@ ]+", name)
    return " ".join([first.upper() if _ABBREVIATED.fullmatch(first) else first.capitalize(), *rest])


def titled(name: str) -> str:
    """Return a title, as an example: what is named like a fact is called as that is.

    >>> titled("rank"), titled("masa-kerja")
    ('title: {id: Pangkat, en: Rank}', 'title: {id: Masa kerja, en: Masa kerja}')
    """
    found = FACTS.get(name.replace("-", "_"))
    return f"title: {in_both(found.label if found else plainly(name))}"


def in_both(text: Text | str) -> str:
    """Return a text as it is written in both languages; one that is there in one language alone twice."""
    said = Text(text, text) if isinstance(text, str) else text
    return f"{{id: {quoted(said.id)}, en: {quoted(said.en)}}}"


def cited(problems: Problems) -> str:
    """Return a legal basis, as an example: of a source that the policy declares."""
    return f"basis: {problems.law} pasal 1"
