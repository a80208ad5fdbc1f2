"""Sources: what a basis may name, how sure the reading of it is, when it was last read, and words to find an article again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.policy.source.scalars import as_date, as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawNode
from asnpolicy.policy.surface.about import text_of
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Citation, Text, phrase

SourceWord: TypeAlias = Choice["name", "confidence", "read_on", "articles"]
SOURCE: tuple[SourceWord, ...] = get_args(SourceWord)
ArticleWord: TypeAlias = Choice["words", "confidence", "read_on"]
ARTICLE: tuple[ArticleWord, ...] = get_args(ArticleWord)
Confidence: TypeAlias = Choice["sure", "likely", "uncertain"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
MOST_WORDS = 12
"""So many words find an article again, and are no copy of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How sure the reading of a text is, and on which day it was last read; None where it is not said."""

    confidence: Confidence | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class ArticleForm:
    """An article as a basis names it, with its first words, and how it was read where that is said of it."""

    name: str
    words: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class SourceForm:
    """A source of law: its name, how it was read, and its articles that are told apart."""

    name: str
    """As the law is called; of what is no law, a description in both languages, which is a `Citation`."""
    place: Place
    reading: Reading = Reading()
    articles: tuple[ArticleForm, ...] = ()

    def article(self, name: str) -> ArticleForm | None:
        """Return what is said of an article."""
        return next((one for one in self.articles if one.name == name), None)

    def reading_of(self, name: str) -> Reading:
        """Return how an article was read: as sure as it says, else as its source; on its own day, for the source's says nothing."""
        if not name:
            return self.reading
        own = article.reading if (article := self.article(name)) else Reading()
        return Reading(own.confidence or self.reading.confidence, own.read_on)


def source(node: RawNode, problems: Problems) -> SourceForm | None:
    """Read a source: its name alone, or with what is known of it."""
    if not isinstance(node, Mapping):
        text = as_text(node, problems)
        return None if text is None else SourceForm(text, node.place)
    keys(node, SOURCE, Text("sumber", "a source"), problems)
    if "name" not in node.entries:
        problems.add(
            "missing-key",
            phrase(en="the source has no `name`", id="sumber ini tidak punya `name`"),
            node.place,
            phrase(en="write its name: `name: PP 11/2017 tentang Manajemen PNS`", id="tulis namanya: `name: PP 11/2017 tentang Manajemen PNS`"),
        )
    name = _name(node.entries["name"].value, problems) if "name" in node.entries else ""
    articles = _articles(node.entries["articles"].value, problems) if "articles" in node.entries else ()
    return SourceForm(name or "", node.place, _reading(node, problems), articles)


def _name(node: RawNode, problems: Problems) -> str | None:
    """Read what a source is called, or how it is described: a text of both languages, where it has no name."""
    if not isinstance(node, Mapping):
        return as_text(node, problems)
    text = text_of(node, problems)
    return None if text is None else Citation.of(text.id, text.en)


def _reading(mapping: Mapping, problems: Problems) -> Reading:
    given = mapping.entries
    read_on = as_date(given["read_on"].value, problems) if "read_on" in given else None
    return Reading(_confidence(given["confidence"].value, problems) if "confidence" in given else None, read_on)


def _confidence(node: RawNode, problems: Problems) -> Confidence | None:
    text = as_text(node, problems)
    found = next((one for one in CONFIDENCES if one == text), None)
    if text is not None and found is None:
        message = phrase(
            en="`{text}` does not say how sure the reading is", id="`{text}` tidak menyebut seberapa pasti pembacaannya", text=text
        )
        help = phrase(en="write one of: {words}", id="tulis salah satu dari: {words}", words=", ".join(CONFIDENCES))
        problems.add("wrong-value", message, node.place, help)
    return found


def _articles(node: RawNode, problems: Problems) -> tuple[ArticleForm, ...]:
    mapping = as_mapping(node, problems, write("pasal 7: {confidence: sure, read_on: 2026-11-26}"))
    found = []
    for name, entry in mapping.entries.items() if mapping else ():
        article = as_mapping(entry.value, problems, write("{words: 'paling singkat 4 tahun', confidence: sure, read_on: 2026-11-26}"))
        if article is None:
            continue
        keys(article, ARTICLE, name, problems)
        words = _words(article.entries["words"].value, problems) if "words" in article.entries else ""
        found.append(ArticleForm(name, words, _reading(article, problems)))
    return tuple(found)


def _words(node: RawNode, problems: Problems) -> str:
    text = as_text(node, problems) or ""
    count = len(text.split())
    if count > MOST_WORDS:
        message = phrase(
            en="{count} words stand here, and at most {most} find an article again",
            id="di sini ada {count} kata, padahal paling banyak {most} untuk menemukan pasalnya lagi",
            count=count,
            most=MOST_WORDS,
        )
        help = phrase(en="write the first words of the article, and no more", id="tulis kata-kata awal pasalnya saja")
        problems.add("wrong-value", message, node.place, help)
    return text
