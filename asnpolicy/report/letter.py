"""Letter: what a document says, block by block, and how it is written as Markdown or as one HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias, assert_never

from asnpolicy.decisions.reasons import Part, Reason, sentence, written
from asnpolicy.decisions.telling import Line
from asnpolicy.decisions.texts import LANGUAGES
from asnpolicy.visible import visible


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes."""

    agency: Part


@dataclass(frozen=True, slots=True)
class Title:
    """What the document is."""

    said: Reason


@dataclass(frozen=True, slots=True)
class Heading:
    """What a section is about."""

    said: Reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `weight` says where it stands: plain, strong, or at the right."""

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
class Signature:
    """Who signs: the post, room for the signature, the name, the number."""

    lines: tuple[Part, ...]


Block: TypeAlias = Letterhead | Title | Heading | Paragraph | Rows | Items | Signature


@dataclass(frozen=True, slots=True)
class Letter:
    """A document in blocks; `lang` is `id`, `en` or `both`, Indonesian first."""

    title: Reason
    blocks: tuple[Block, ...]

    def markdown(self, lang: str = "id") -> str:
        """Write it as Markdown."""
        return "\n---\n\n".join(_markdown_of(self.blocks, one) for one in _languages(lang))

    def html(self, lang: str = "id") -> str:
        """Write it as one HTML page that needs nothing else, for a screen or for A4."""
        languages = _languages(lang)
        bodies = "\n".join(f'<article lang="{one}">\n{_html_of(self.blocks, one)}</article>' for one in languages)
        return _PAGE.format(lang=languages[0], title=_html(self.title, languages[0]), style=_STYLE, body=bodies)


def _languages(lang: str) -> tuple[str, ...]:
    return LANGUAGES if lang == "both" else (lang,)


def _text(part: Part, lang: str) -> str:
    """Write a part on one line, without what can't be seen: a name is data, and may hold anything."""
    return visible(sentence(" ".join(written(part, lang).split())), hole="")


# Markdown

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~#])")


def _plain(part: Part, lang: str) -> str:
    return _SPECIAL.sub(r"\\\1", _text(part, lang))


def _markdown_of(blocks: Iterable[Block], lang: str) -> str:
    return "\n".join("\n".join(_markdown(block, lang)) + "\n" for block in blocks)


def _markdown(block: Block, lang: str) -> list[str]:
    match block:
        case Letterhead(agency):
            return [f"**{_plain(agency, lang).upper()}**"]
        case Title(said):
            return [f"# {_plain(said, lang)}"]
        case Heading(said):
            return [f"## {_plain(said, lang)}"]
        case Paragraph(said, weight):
            text = _plain(said, lang)
            return [f"**{text}**" if weight == "strong" else text]
        case Rows(rows):
            return [f"- {_plain(label, lang)}: {_plain(part, lang)}" for label, part in rows]
        case Items(entries):
            return [line for number, entry in enumerate(entries, 1) for line in _entry(number, entry, lang)]
        case Signature(lines):
            return [f"{_plain(line, lang)}  " for line in lines]
        case _:
            assert_never(block)


def _entry(number: int, entry: Entry, lang: str) -> list[str]:
    inside = [f"   {'  ' * line.depth}- {line.sign}{_plain(line.said, lang)}" for line in entry.inside]
    return [f"{number}. {_plain(entry.said, lang)}", *inside]


# HTML


def _html(part: Part, lang: str) -> str:
    return escape(_text(part, lang))


def _html_of(blocks: Iterable[Block], lang: str) -> str:
    return "".join(_element(block, lang) + "\n" for block in blocks)


def _element(block: Block, lang: str) -> str:
    match block:
        case Letterhead(agency):
            return f'<p class="kop">{_html(agency, lang)}</p>'
        case Title(said):
            return f"<h1>{_html(said, lang)}</h1>"
        case Heading(said):
            return f"<h2>{_html(said, lang)}</h2>"
        case Paragraph(said, weight):
            return f'<p class="{weight}">{_html(said, lang)}</p>'
        case Rows(rows):
            cells = (
                f'<tr><th scope="row">{_html(label, lang)}</th><td>{_html(part, lang)}</td></tr>'
                for label, part in rows
            )
            return f"<table>\n{''.join(cells)}\n</table>"
        case Items(entries):
            return f"<ol>\n{''.join(_list_item(entry, lang) for entry in entries)}</ol>"
        case Signature(lines):
            return f'<p class="signature">{"<br>".join(_html(line, lang) for line in lines)}</p>'
        case _:
            assert_never(block)


def _list_item(entry: Entry, lang: str) -> str:
    inside = "".join(
        f'<div class="in d{min(line.depth, 6)}">{escape(line.sign)}{_html(line.said, lang)}</div>'
        for line in entry.inside
    )
    return f"<li>{_html(entry.said, lang)}{inside}</li>\n"


_STYLE = """
@page { size: A4; margin: 2cm 2cm 2cm 2.5cm; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 17cm; margin: 1cm auto; padding: 0 0.5cm; }
article + article { break-before: page; border-top: 1px solid #888; margin-top: 2cm; padding-top: 1cm; }
.kop { text-align: center; font-weight: bold; text-transform: uppercase; border-bottom: 3px double #111; padding-bottom: 0.3cm; }
.right { text-align: right; }
.strong { font-weight: bold; border: 1px solid #111; padding: 0.2cm 0.4cm; }
h1 { font-size: 13pt; text-align: center; }
h2 { font-size: 11pt; margin-bottom: 0.1cm; break-after: avoid; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: normal; padding-right: 0.6cm; vertical-align: top; white-space: nowrap; }
td { vertical-align: top; }
td::before { content: ": "; }
li { margin-bottom: 0.2cm; break-inside: avoid; }
.in { padding-left: 0.4cm; font-size: 10pt; }
.d1 { padding-left: 0.9cm; } .d2 { padding-left: 1.4cm; } .d3 { padding-left: 1.9cm; }
.d4 { padding-left: 2.4cm; } .d5 { padding-left: 2.9cm; } .d6 { padding-left: 3.4cm; }
.signature { margin-left: 9cm; break-inside: avoid; }
.small { font-size: 9pt; color: #333; overflow-wrap: anywhere; }
"""
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
