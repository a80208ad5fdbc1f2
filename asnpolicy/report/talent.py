"""Talent on paper: the grid of nine boxes as a picture, alone or in a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from asnpolicy.decisions.reasons import Part, Reason, sentence, written
from asnpolicy.decisions.talent.grid import ROWS, TalentGrid
from asnpolicy.decisions.talent.talent import TalentMap
from asnpolicy.decisions.talent.telling import of_grid
from asnpolicy.decisions.texts import LANGUAGES, pattern
from asnpolicy.report.web_page import web_page
from asnpolicy.visible import visible

LEFT, TOP, WIDE, HIGH = 150, 20, 170, 96
SHADES = {
    9: "#7fb98f",
    8: "#a9d3b3",
    7: "#a9d3b3",
    6: "#f3e3a6",
    5: "#f3e3a6",
    4: "#f3e3a6",
    3: "#f0c7a0",
    2: "#f0c7a0",
    1: "#e3a19a",
}
"""The pool in green, then what is to be developed; each box has its number too, for those who see no colours."""


def grid_svg(grid: TalentGrid, lang: str = "id") -> str:
    """Return the nine boxes with their counts as SVG, performance upwards and potential to the right."""
    width, height = LEFT + 3 * WIDE + 10, TOP + 3 * HIGH + 60
    about = "; ".join(_cell_text(grid, box, lang) for row in ROWS for box in row)
    title = escape(pattern("talent.title", lang))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' font-family="sans-serif" font-size="13">',
        f"<title>{title}</title>",
        f"<desc>{escape(about)}</desc>",
        *_axes(lang),
        *(part for at, row in enumerate(ROWS) for column, box in enumerate(row) for part in _cell(grid, box, at, column, lang)),
        "</svg>",
    ]) + "\n"  # fmt: skip


def _axes(lang: str) -> Iterator[str]:
    middle = LEFT + 3 * WIDE // 2
    for at in range(3):
        label, y = pattern(f"talent.performance.{at + 1}", lang), TOP + at * HIGH + HIGH // 2
        yield f'<text x="{LEFT - 10}" y="{y + 8}" text-anchor="end">{escape(label)}</text>'
        label, x = pattern(f"talent.potential.{at + 1}", lang), LEFT + at * WIDE + WIDE // 2
        yield f'<text x="{x}" y="{TOP + 3 * HIGH + 20}" text-anchor="middle">{escape(label)}</text>'
    performance, potential = (escape(pattern(f"talent.axis.{name}", lang)) for name in ("performance", "potential"))
    yield f'<text x="{LEFT - 10}" y="{TOP - 5}" text-anchor="end" font-weight="bold">{performance} ↑</text>'
    yield f'<text x="{middle}" y="{TOP + 3 * HIGH + 42}" text-anchor="middle" font-weight="bold">{potential} →</text>'


def _cell(grid: TalentGrid, box: int, row: int, column: int, lang: str) -> Iterator[str]:
    x, y, count = LEFT + column * WIDE, TOP + row * HIGH, grid.box(box)
    shown = pattern("talent.hidden.cell", lang) if count is None else str(count)
    size = 13 if count is None else 26
    yield f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" fill="{SHADES[box]}" stroke="#333"/>'
    yield f'<text x="{x + 8}" y="{y + 18}" font-size="12">{escape(_box(box, lang))}</text>'
    yield f'<text x="{x + WIDE // 2}" y="{y + HIGH // 2 + 14}" text-anchor="middle" font-size="{size}">{escape(shown)}</text>'


def _box(box: int, lang: str) -> str:
    return Reason("talent.box.short", (("box", box),)).to(lang)


def _cell_text(grid: TalentGrid, box: int, lang: str) -> str:
    count = grid.box(box)
    return f"{_box(box, lang)}: {pattern('talent.hidden.cell', lang) if count is None else count}"


def page(made: TalentMap, grid: TalentGrid, lang: str = "id") -> str:
    """Return one HTML page that needs nothing else: what the map rests on, the grid, and who stands in no box, by number.

    `grid` is `made.grid` for the unit itself, or `made.grid.published` for anybody else; nobody is named. `lang` is `id`,
    `en` or `both`.
    """
    languages = LANGUAGES if lang == "both" else (lang,)
    bodies = "\n".join(f'<article lang="{one}">\n{_article(made, grid, one)}</article>' for one in languages)
    return web_page(languages[0], sentence(Reason("talent.title").to(languages[0])), _STYLE, bodies)


def _article(made: TalentMap, grid: TalentGrid, lang: str) -> str:
    title, *lines = made.reasons
    shown = [f"<h1>{_text(title, lang)}</h1>", *(f"<p>{_text(line, lang)}</p>" for line in (*lines, *of_grid(grid)))]
    outside = "".join(
        f'<tr><th scope="row">{_text(Reason(f"talent.state.{state}"), lang)}</th>'
        f"<td>{_text(Reason('talent.hidden.cell') if count is None else count, lang)}</td></tr>"
        for state, count in grid.outside
    )
    heading = _text(Reason("talent.heading.outside"), lang)
    return "\n".join([*shown, grid_svg(grid, lang), f"<h2>{heading}</h2>", f"<table>{outside}</table>", ""])


def _text(part: Part, lang: str) -> str:
    """Write a part, without what can't be seen: the name of a unit is data, and may hold anything."""
    return escape(visible(sentence(written(part, lang)), hole=""))


_STYLE = """
body { font: 11pt/1.45 sans-serif; color: #111; background: #fff; max-width: 19cm; margin: 1cm auto; padding: 0 0.5cm; }
article + article { break-before: page; border-top: 1px solid #888; margin-top: 2cm; padding-top: 1cm; }
h1 { font-size: 14pt; } h2 { font-size: 12pt; } p { margin: 0.15cm 0; }
svg { max-width: 100%; height: auto; }
th { text-align: left; font-weight: normal; padding-right: 0.6cm; }
"""
