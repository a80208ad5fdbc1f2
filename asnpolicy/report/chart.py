"""Chart: timelines as bars, one a rule, for pages (SVG) and for terminals; told apart by more than their colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap

from asnpolicy.decisions.explanation import day_before
from asnpolicy.decisions.explanation import result as told
from asnpolicy.decisions.reasons import Part, Reason, because, sentence, series, written
from asnpolicy.decisions.timeline import Segment, Timeline
from asnpolicy.decisions.timeline.text import headline, notes, rests_on, stretches
from asnpolicy.language.dates import OPEN
from asnpolicy.report.web_page import web_page
from asnpolicy.visible import visible

COLOURS = {
    "eligible": "#009e73",
    "fulfilled": "#009e73",
    "ineligible": "#d55e00",
    "overdue": "#882255",
    "owed": "#e69f00",
    "undetermined": "#56b4e9",
    "not_applicable": "#e4e4e4",
    "not_in_force": "#ffffff",
}
"""Colours that the colour-blind tell apart (Okabe and Ito); `signs` tell them apart without any."""
SIGNS = {
    "eligible": "█",
    "fulfilled": "█",
    "ineligible": "▒",
    "overdue": "▓",
    "owed": "░",
    "undetermined": "?",
    "not_applicable": "·",
    "not_in_force": " ",
}
ANSI = {
    "eligible": "green",
    "fulfilled": "green",
    "ineligible": "dark_orange3",
    "overdue": "magenta",
    "owed": "yellow",
    "undetermined": "bright_blue",
    "not_applicable": "bright_black",
    "not_in_force": "default",
}
WIDTH, LEFT, ROW, BAR, HEAD = 1000, 340, 30, 18, 44
"""Sizes of the picture: its whole width, that of the names, the height of a row and of its bar, and of the years above."""
LONGEST, LINE = 92, 46
"""So many characters of a title stand beside its bar, and in each of the lines that it takes; the whole is in its tip."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Timelines between the same two days, in one language."""

    lines: Sequence[Timeline]
    since: date
    until: date
    lang: str

    @classmethod
    def of(cls, lines: Sequence[Timeline], lang: str) -> Bars:
        """Return the bars of timelines, of which there is at least one."""
        return cls(lines, lines[0].since, lines[0].until, lang)

    def name(self, line: Timeline) -> str:
        """Name a bar: the rule, and the opening that it is asked about."""
        return self.text(line.name)

    def meaning(self, result: str) -> str:
        """Say what a result means for the rules that are shown: of a permission, of a duty, of advice, of leaving."""
        if result in ("undetermined", "not_applicable", "not_in_force"):
            return self.text(Reason(f"chart.{result}"))
        found = (one.decision for line in self.lines for one in line.segments if one.result == result)
        words = dict.fromkeys(written(told(one), self.lang) for one in found if one is not None)
        return self.text(series(words))

    def text(self, part: Part) -> str:
        """Write a part."""
        return visible(sentence(written(part, self.lang)))

    def part(self, day: date) -> float:
        """Say how far from the first day to the last a day lies."""
        return (day - self.since).days / (self.until - self.since).days

    @property
    def results(self) -> tuple[str, ...]:
        """Name the results that occur."""
        found = {segment.result for line in self.lines for segment in line.segments}
        return tuple(result for result in COLOURS if result in found)

    def years(self) -> Iterator[int]:
        """Name the years that are written above the bars: no more than find room."""
        span = self.until.year - self.since.year + 1
        step = next(step for step in (1, 2, 5, 10, 20) if span / step <= 16)
        first = self.since.year + (self.since > date(self.since.year, 1, 1))
        yield from (year for year in range(first, self.until.year + 1) if year % step == 0 or step == 1)


def shortened(name: str, longest: int) -> str:
    """Return a name with its beginning and its end, which tell rules apart that begin alike.

    >>> shortened("Pengembangan kompetensi tahunan (periode sebelumnya)", 32)
    'Pengembangan kompeten…ebelumnya)'
    """
    end = longest // 3
    return name if len(name) <= longest else f"{name[: longest - end - 1]}…{name[-end:]}"


# Pages


def svg(lines: Sequence[Timeline], lang: str) -> str:
    """Return timelines of one person as a picture: one bar a rule, each segment with its text."""
    bars = Bars.of(lines, lang)
    height = HEAD + ROW * len(lines) + 10
    title = bars.text(because("chart.title", since=bars.since, until=day_before(bars.until)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="chart-title">',
        f'<title id="chart-title">{escape(title)}</title>',
        _PATTERNS,
        *_axis(bars, height),
        *(part for at, line in enumerate(lines) for part in _row(bars, at, line)),
        *_known_on(bars, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


_PATTERNS = """<defs>
<pattern id="projected" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="2" height="6" fill="#ffffff" fill-opacity="0.45"/></pattern>
<pattern id="assumed" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.6" fill="#000000"/></pattern>
</defs>"""


def _across(bars: Bars, day: date) -> float:
    return round(LEFT + bars.part(day) * (WIDTH - LEFT - 10), 2)


def _axis(bars: Bars, height: int) -> Iterator[str]:
    for year in bars.years():
        at = _across(bars, date(year, 1, 1))
        yield f'<line x1="{at}" y1="{HEAD - 12}" x2="{at}" y2="{height - 8}" stroke="#cccccc"/>'
        if at < WIDTH - 30:
            yield f'<text x="{at + 3}" y="{HEAD - 16}" class="year">{year}</text>'


def _row(bars: Bars, at: int, line: Timeline) -> Iterator[str]:
    top, name = HEAD + ROW * at, bars.name(line)
    words = wrap(shortened(name, LONGEST), LINE)
    first = top + BAR - 4 - (6 if len(words) > 1 else 0)
    shown = "".join(f'<tspan x="0" y="{first + 13 * at}">{escape(line)}</tspan>' for at, line in enumerate(words))
    yield f'<g role="group" aria-label="{escape(name)}">'
    yield f'<text class="name"><title>{escape(name)}</title>{shown}</text>'
    before: Segment | None = None
    for one in line.by_result():
        yield from _rectangles(bars, top, one, before)
        before = one
    yield "</g>"


def _rectangles(bars: Bars, top: int, one: Segment, before: Segment | None) -> Iterator[str]:
    start, end = _across(bars, one.since), _across(bars, one.until)
    place = f'x="{start}" y="{top}" width="{max(round(end - start, 2), 0.5)}" height="{BAR}"'
    tip = escape("\n".join(bars.text(said) for said in (headline(one, before), *notes(one, before))))
    yield f'<rect {place} fill="{COLOURS[one.result]}" stroke="#555555" stroke-width="0.5"><title>{tip}</title></rect>'
    for pattern, wanted in (("projected", one.projected), ("assumed", one.assumed)):
        if wanted:
            yield f'<rect {place} fill="url(#{pattern})" pointer-events="none"/>'


def _known_on(bars: Bars, height: int) -> Iterator[str]:
    known = bars.lines[0].employee.known_on
    if known is not None and bars.since <= known < bars.until:
        at = _across(bars, known)
        tip = escape(bars.text(because("chart.known_on", day=known)))
        yield (
            f'<line x1="{at}" y1="{HEAD - 12}" x2="{at}" y2="{height - 8}" stroke="#000000" stroke-dasharray="4 3">'
            f"<title>{tip}</title></line>"
        )


def page(lines: Sequence[Timeline], lang: str) -> str:
    """Return timelines of one person as a page: the picture, what its colours mean, and each timeline in words."""
    bars = Bars.of(lines, lang)
    title = bars.text(because("chart.title", since=bars.since, until=day_before(bars.until)))
    grounds = (f"<p>{escape(bars.text(said))}</p>" for _, said in rests_on(lines[0]))
    body = [f"<h1>{escape(title)}</h1>", *grounds, svg(lines, lang)]
    body += ['<ul class="key">', *(_key(bars, result) for result in bars.results), *_shades(bars), "</ul>"]
    for line in lines:
        told_of = "\n".join("  " * depth + escape(bars.text(said)) for depth, said in stretches(line))
        body.append(f"<details><summary>{escape(bars.name(line))}</summary>\n<pre>{told_of}</pre></details>")
    return web_page(lang, title, _STYLE, "\n".join(body))


def _key(bars: Bars, result: str) -> str:
    return f'<li><span style="background:{COLOURS[result]}"></span> {escape(bars.meaning(result))}</li>'


def _shades(bars: Bars) -> Iterator[str]:
    found = [one for line in bars.lines for one in line.segments]
    for name in ("projected", "assumed"):
        if any(getattr(one, name) for one in found):
            yield (
                f'<li><svg width="26" height="14" aria-hidden="true"><rect width="26" height="14" fill="#777777"/>'
                f'<rect width="26" height="14" fill="url(#{name})"/></svg> {escape(bars.text(Reason(f"chart.{name}")))}</li>'
            )


_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 1100px; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
svg .name { font: 12px system-ui, sans-serif; } svg .year { font: 12px system-ui, sans-serif; fill: #444; }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; }
.key span { display: inline-block; width: 26px; height: 14px; border: 1px solid #555; vertical-align: middle; }
.key svg { vertical-align: middle; }
pre { white-space: pre-wrap; font: inherit; }
"""


# Terminals


def cells(line: Timeline, width: int) -> Iterator[str]:
    """Return the result that stands in each of so many cells: that of its first day."""
    days = (line.until - line.since).days
    ends = iter(line.segments)
    one = next(ends)
    for at in range(width):
        day = date.fromordinal(line.since.toordinal() + at * days // width)
        while day >= one.until != OPEN:
            one = next(ends)
        yield one.result
