"""Markdown for people: two languages side by side, nested lists, tables, links into the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asnpolicy.language.rules import Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in both languages, with the sentences that belong under it."""

    text: Text
    inside: tuple[Sentence, ...] = ()


def both(text: Text) -> str:
    """Write Indonesian first, English beside it; once when they are the same.

    >>> both(Text("Pangkat", "Rank"))
    'Pangkat · *Rank*'
    """
    return text.id if text.id == text.en else f"{text.id} · *{text.en}*"


def joined(texts: Iterable[Text], id: str = ", ", en: str | None = None) -> Text:
    """Join texts, with a separator for each language."""
    found = list(texts)
    return Text(id.join(t.id for t in found), (id if en is None else en).join(t.en for t in found))


def framed(pattern: Text, *parts: Text) -> Text:
    """Put texts into the places `{0}`, `{1}` of a pattern.

    >>> framed(Text("sejak {0}", "since {0}"), Text("1 Mei", "1 May")).en
    'since 1 May'
    """
    return Text(pattern.id.format(*(p.id for p in parts)), pattern.en.format(*(p.en for p in parts)))


def bullets(sentences: Iterable[Sentence], depth: int = 0) -> list[str]:
    """Write sentences as a nested list."""
    lines: list[str] = []
    for said in sentences:
        lines.append(f"{'  ' * depth}- {both(said.text)}{':' * bool(said.inside)}")
        lines += bullets(said.inside, depth + 1)
    return lines


def labelled(label: Text, sentences: Sequence[Sentence]) -> Sentence:
    """Put what is said behind its label: on one line when it is short."""
    if len(sentences) == 1:
        only = sentences[0]
        return Sentence(framed(Text("{0}: {1}", "{0}: {1}"), label, only.text), only.inside)
    return Sentence(label, tuple(sentences))


def noted(label: Text, text: str) -> Sentence:
    """Put behind its label what is written alike in both languages: a source, a place."""
    once = f"{both(label)}: {text}"
    return Sentence(Text(once, once))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)]


def anchored(anchor: str, heading: str, level: int) -> str:
    """Write a heading that can be linked to by a name that never changes."""
    return f'{"#" * level} <a id="{anchor}"></a>{heading}'
