"""A letter as Markdown: no sign in a name is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
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

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~#])")
_BEGINS = re.compile(r"^(\s*)(?:([-+])(?=\s)|(\d+)([.)])(?=\s)|(=+|-+)(?=\s*$))")
"""What is a list or a heading where a line begins with it."""
_BREAK = "  "


def markdown(letter: Letter, languages: tuple[str, ...]) -> str:
    """Return a letter as Markdown, once in each language."""
    return "\n---\n\n".join(_written(letter.blocks, lang) for lang in languages)


def _plain(part: Part, lang: str) -> str:
    return _SPECIAL.sub(r"\\\1", text(part, lang))


def _line(part: Part, lang: str) -> str:
    """Return a part that begins a line."""
    return _BEGINS.sub(_harmless, _plain(part, lang))


def _harmless(found: re.Match[str]) -> str:
    space, bullet, number, dot, rule = found.groups()
    return f"{space}{number}\\{dot}" if number else f"{space}\\{bullet or rule}"


def _written(blocks: Iterable[Block], lang: str) -> str:
    return "\n".join("\n".join(_block(block, lang)) + "\n" for block in blocks)


def _block(block: Block, lang: str) -> list[str]:
    match block:
        case Letterhead(over, agency, under):
            named = [_plain(one, lang).upper() for one in (over, agency) if one is not None]
            return [*(f"**{one}**{_BREAK}" for one in named), *(f"{_line(one, lang)}{_BREAK}" for one in under)]
        case Annex(said):
            return ["---", "", f"## {_plain(said, lang)}"]
        case Heading(said):
            return [f"### {_plain(said, lang)}"]
        case Paragraph(said, weight):
            return [f"**{_plain(said, lang)}**" if weight == "strong" else _line(said, lang)]
        case Rows(rows):
            return [f"- {_plain(label, lang)}: {_plain(part, lang)}" for label, part in rows]
        case Items(entries):
            return [line for number, entry in enumerate(entries, 1) for line in _entry(number, entry, lang)]
        case Address(lines):
            return [f"{_line(line, lang)}{_BREAK}" for line in lines]
        case Signature(over, under):
            return [
                *(f"{_line(line, lang)}{_BREAK}" for line in over),
                "",
                *(f"{_line(line, lang)}{_BREAK}" for line in under),
            ]
        case _:
            assert_never(block)


def _entry(number: int, entry: Entry, lang: str) -> list[str]:
    inside = [f"   {'  ' * line.depth}- {line.sign}{_line(line.said, lang)}" for line in entry.inside]
    return [f"{number}. {_line(entry.said, lang)}", *inside]
