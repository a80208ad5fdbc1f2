"""What is said about something beside what it asks: its title, its basis, its standing, its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from asnpolicy.language.rules import Standing, Text
from asnpolicy.people import OPEN
from asnpolicy.policy.dated import ALWAYS, BEGINNING, Span
from asnpolicy.policy.source.scalars import as_date, as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar
from asnpolicy.policy.surface.examples import in_both, titled
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, phrase

STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: the short name of a source, and the article."""

    text: str
    place: Place

    @property
    def short(self) -> str:
        """Return the short name of the source."""
        return self.text.partition(" ")[0]

    @property
    def article(self) -> str:
        """Return the article, as it is cited behind the source."""
        return self.text.partition(" ")[2]


A_TEXT = Text("teks", "a text")


def said_in_both(node: RawNode) -> Message:
    """Return the way out of a text that is written once, for both languages."""
    text = node.text if isinstance(node, Scalar) and node.text else ""
    return phrase(
        en="write it in both languages, the English after `en`: `{both}`",
        id="tulis dalam kedua bahasa, bahasa Inggrisnya sesudah `en`: `{both}`",
        both=in_both(text or Text("Pangkat", "Rank")),
    )


def text_of(node: RawNode, problems: Problems) -> Text | None:
    """Read a text for people in both languages."""
    mapping = as_mapping(node, problems, lambda: said_in_both(node))
    if mapping is None:
        return None
    keys(mapping, ("id", "en"), A_TEXT, problems)
    given = {lang: as_text(entry.value, problems) for lang, entry in mapping.entries.items() if lang in ("id", "en")}
    for lang in ("id", "en"):
        if lang not in given:
            help = phrase(
                en="give it in Indonesian (`id`) and in English (`en`)",
                id="tulis dalam bahasa Indonesia (`id`) dan bahasa Inggris (`en`)",
            )
            problems.add(
                "missing-language",
                phrase(en="the text has no `{what}`", id="teks ini tidak punya `{what}`", what=lang),
                mapping.place,
                help,
            )
    return Text(given.get("id") or "", given.get("en") or "") if len(given) == 2 else None


def title_of(mapping: Mapping, name: str, problems: Problems) -> Text | None:
    """Read the title; its name where it could not be read, None where none is written."""
    if "title" not in mapping.entries:
        return None
    return text_of(mapping.entries["title"].value, problems) or Text(name, name)


def needed_title(mapping: Mapping, name: str, place: Place, problems: Problems) -> Text:
    """Read the title of something that needs one."""
    title = title_of(mapping, name, problems)
    if title is None:
        no_title(name, place, problems)
    return title or Text(name, name)


def no_title(name: str, place: Place, problems: Problems) -> None:
    """Tell that a title is missing."""
    problems.add(
        "missing-key",
        phrase(en="`{name}` needs `title`", id="`{name}` memerlukan `title`", name=name),
        place,
        write(titled(name)),
    )


def basis_of(mapping: Mapping, problems: Problems, word: str = "basis") -> Basis | None:
    """Read the legal basis, when there is one."""
    if word not in mapping.entries:
        return None
    node = mapping.entries[word].value
    text = as_text(node, problems)
    return None if text is None else Basis(text, node.place)


def standing_of(mapping: Mapping, problems: Problems) -> Standing | None:
    """Read how something stands in law; None when it does not say."""
    if "standing" not in mapping.entries:
        return None
    node = mapping.entries["standing"].value
    word = as_text(node, problems)
    if word is None or word in STANDINGS:
        return next((standing for standing in STANDINGS if standing == word), None)
    problems.add(
        "wrong-value",
        phrase(en="`{word}` is not a standing", id="`{word}` bukan kedudukan hukum", word=word),
        node.place,
        phrase(en="write `in_force` or `illustrative`", id="tulis `in_force` (berlaku) atau `illustrative` (bahan pertimbangan)"),
    )
    return None


def reading_of(mapping: Mapping, problems: Problems) -> Text | None:
    """Read which of two readings of an ambiguous text is taken; None when it does not say."""
    return text_of(mapping.entries["reading"].value, problems) if "reading" in mapping.entries else None


def span_of(mapping: Mapping, problems: Problems) -> Span:
    """Read `from` and `until`; without them it always holds."""
    if "from" not in mapping.entries and "until" not in mapping.entries:
        return ALWAYS
    given = {}
    for word in ("from", "until"):
        if word in mapping.entries:
            day = as_date(mapping.entries[word].value, problems)
            if day is not None:
                given[word] = day
    span = Span(given.get("from", BEGINNING), given.get("until", OPEN))
    if span.until <= span.since:
        _empty(span, mapping, problems)
    return span


def _empty(span: Span, mapping: Mapping, problems: Problems) -> None:
    if "until" in mapping.entries:
        place, message = (
            mapping.entries["until"].value.place,
            phrase(
                en="`until` {until} is not after `from` {since}",
                id="`until` {until} tidak sesudah `from` {since}",
                until=span.until,
                since=span.since,
            ),
        )
        problems.add(
            "empty-span", message, place, phrase(en="give a later `until`", id="tulis `until` yang lebih kemudian")
        )
    else:
        place = mapping.entries["from"].value.place
        problems.add(
            "empty-span",
            phrase(en="nothing begins on {since}", id="tidak ada yang dimulai pada {since}", since=span.since),
            place,
            phrase(en="give an earlier `from`", id="tulis `from` yang lebih awal"),
        )
