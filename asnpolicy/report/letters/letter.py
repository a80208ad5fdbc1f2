"""Letter: what a document says, block by block, and how it is written: as Markdown, as one HTML page, as an office document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from asnpolicy.decisions.lines import Line
from asnpolicy.decisions.reasons import Part, Reason, sentence, written
from asnpolicy.decisions.texts import LANGUAGES
from asnpolicy.report.letters.formal import formal
from asnpolicy.visible import visible


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the government, the agency, the lines under it."""

    over: Part | None
    agency: Part
    under: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """The second part of a document, on a page of its own."""

    said: Reason


@dataclass(frozen=True, slots=True)
class Heading:
    """What a section is about."""

    said: Reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `weight` says where it stands: plain, strong, small, right, `close` with the signature, `copies`."""

    said: Part
    weight: str = "plain"


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with what stands behind them."""

    rows: tuple[tuple[Reason, Part], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things, with the lines under it."""

    said: Part
    inside: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Several things, numbered."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """To whom: the name, the number, rank and post, a line each."""

    lines: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: for whom and in which post, room for the signature, then the name, the rank, the number."""

    over: tuple[Part, ...]
    under: tuple[Part, ...]


Block: TypeAlias = Letterhead | Annex | Heading | Paragraph | Rows | Items | Address | Signature


@dataclass(frozen=True, slots=True)
class Letter:
    """A document in blocks; `lang` is `id`, `en` or `both`, Indonesian first."""

    title: Reason
    blocks: tuple[Block, ...]

    def markdown(self, lang: str = "id") -> str:
        """Return it as Markdown."""
        from asnpolicy.report.letters.letter_markdown import markdown  # noqa: PLC0415  # writers know the letter

        return markdown(self, languages(lang))

    def html(self, lang: str = "id") -> str:
        """Return it as one HTML page that needs nothing else, for a screen or for A4."""
        from asnpolicy.report.letters.letter_html import html  # noqa: PLC0415

        return html(self, languages(lang))

    def docx(self, lang: str = "id") -> bytes:
        """Return it as a document that offices edit; the same bytes each time. Raises MissingExtraError without `asnpolicy[docx]`."""
        from asnpolicy.report.letters.letter_docx import docx  # noqa: PLC0415

        return docx(self, languages(lang))


def languages(lang: str) -> tuple[str, ...]:
    """Return the languages that a word stands for."""
    return LANGUAGES if lang == "both" else (lang,)


def text(part: Part, lang: str) -> str:
    """Return a part on one line, without what can't be seen: a name is data, and may hold anything, and stays as it is."""
    line = " ".join(written(formal(part), lang).split())
    return visible(line if isinstance(part, str) else sentence(line), hole="")
