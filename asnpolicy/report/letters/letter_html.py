"""A letter as one HTML page: no script, no picture, nothing from elsewhere; it prints on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from asnpolicy.decisions.reasons import Part
from asnpolicy.report.letters.letter import (
    Address,
    Annex,
    Block,
    Entry,
    Heading,
    Items,
    Letter,
    Letterhead,
    Paragraph,
    Rows,
    Signature,
    text,
)  # fmt: skip
from asnpolicy.report.web_page import web_page


def html(letter: Letter, languages: tuple[str, ...]) -> str:
    """Return a letter as a page, once in each language."""
    bodies = "\n".join(f'<article lang="{one}">\n{_written(letter.blocks, one)}</article>' for one in languages)
    return web_page(languages[0], text(letter.title, languages[0]), _STYLE, bodies)


def _html(part: Part, lang: str) -> str:
    return escape(text(part, lang))


def _written(blocks: Iterable[Block], lang: str) -> str:
    return "".join(_element(block, lang) + "\n" for block in blocks)


def _lines(lines: Iterable[Part], lang: str) -> str:
    return "<br>".join(_html(line, lang) for line in lines)


def _element(block: Block, lang: str) -> str:
    match block:
        case Letterhead(over, agency, under):
            above = f'<span class="over">{_html(over, lang)}</span><br>' if over is not None else ""
            below = f'<br><span class="under">{_lines(under, lang)}</span>' if under else ""
            return f'<p class="kop">{above}<b>{_html(agency, lang)}</b>{below}</p>'
        case Annex(said):
            return f'<h1 class="annex">{_html(said, lang)}</h1>'
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
        case Address(lines):
            return f'<p class="address">{_lines(lines, lang)}</p>'
        case Signature(over, under):
            return f'<div class="signature"><p>{_lines(over, lang)}</p><p class="name">{_lines(under, lang)}</p></div>'
        case _:
            assert_never(block)


def _list_item(entry: Entry, lang: str) -> str:
    inside = "".join(
        f'<div class="in d{min(line.depth, 6)}">{escape(line.sign)}{_html(line.said, lang)}</div>'
        for line in entry.inside
    )
    return f"<li>{_html(entry.said, lang)}{inside}</li>\n"


_STYLE = """
@page { size: A4; margin: 1.5cm 2cm 1.5cm 2.5cm; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 17cm; margin: 1cm auto; padding: 0 0.5cm; overflow-wrap: break-word; }
article + article { break-before: page; border-top: 1px solid #888; margin-top: 2cm; padding-top: 1cm; }
@media print { body { margin: 0; padding: 0; max-width: none; line-height: 1.25; } article + article { border: 0; margin: 0; padding: 0; } }
.kop { text-align: center; border-bottom: 3px double #111; padding-bottom: 0.3cm; }
.kop b, .kop .over { text-transform: uppercase; font-size: 13pt; }
.kop .under { font-size: 9.5pt; }
.right { text-align: right; }
.strong { font-weight: bold; border: 1px solid #111; padding: 0.2cm 0.4cm; }
.address { margin: 0.4cm 0; }
.close { break-after: avoid; }
p { margin: 0.2cm 0; }
h1 { font-size: 12pt; }
.annex { break-before: page; border-top: 1px solid #888; margin-top: 1.5cm; padding-top: 0.6cm; }
@media print { .annex { border: 0; margin: 0; padding: 0; } }
h2 { font-size: 11pt; margin-bottom: 0.1cm; break-after: avoid; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: normal; padding-right: 0.6cm; vertical-align: top; white-space: nowrap; }
td { vertical-align: top; }
td::before { content: ": "; }
ol { margin: 0.2cm 0; padding-left: 0.8cm; }
li { margin-bottom: 0.1cm; break-inside: avoid; }
.in { padding-left: 0.4cm; font-size: 10pt; }
.d1 { padding-left: 0.9cm; } .d2 { padding-left: 1.4cm; } .d3 { padding-left: 1.9cm; }
.d4 { padding-left: 2.4cm; } .d5 { padding-left: 2.9cm; } .d6 { padding-left: 3.4cm; }
.signature { margin-left: 9cm; break-inside: avoid; }
.signature p { margin: 0; }
.signature .name { margin-top: 1.5cm; }
.copies { margin-bottom: 0; break-after: avoid; font-size: 10pt; }
.copies + ol { font-size: 10pt; margin: 0; }
.copies + ol li { margin: 0; }
.small { font-size: 9pt; color: #333; overflow-wrap: anywhere; }
"""
