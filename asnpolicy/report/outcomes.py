"""Outcomes by group on a page: the rate of each group as a bar, with its interval, and what was said of all."""

from __future__ import annotations

from html import escape

from asnpolicy.fairness.by_group.groups import GroupResult
from asnpolicy.fairness.by_group.report import Disparity
from asnpolicy.fairness.by_group.statistics import rate_interval
from asnpolicy.report.web_page import web_page
from asnpolicy.text import Text
from asnpolicy.visible import visible

WIDE = 200


def page(found: Disparity, lang: str = "id") -> str:
    """Return the outcomes of a rule by group as one HTML page that needs nothing else."""
    title = Text(f"Hasil menurut kelompok: {found.rule}", f"Outcomes by group: {found.rule}").to(lang)
    rows = "\n".join(_row(one, lang) for one in found.groups)
    body = f"<h1>{escape(title)}</h1>\n<table>\n{rows}\n</table>\n<pre>{escape(found.text(lang))}</pre>"
    return web_page(lang, title, _STYLE, body)


def _row(one: GroupResult, lang: str) -> str:
    name = escape(visible(f"{one.attribute}: {one.name}"))
    if one.tally is None:
        return f"<tr><th>{name}</th><td>…</td><td></td><td>{escape(one.signal.text.to(lang))}</td></tr>"
    (low, _), (_, high) = rate_interval(one.tally.least), rate_interval(one.tally.most)
    start, end = one.tally.least.rate, one.tally.most.rate
    bar = (
        f'<svg viewBox="0 0 {WIDE} 12" role="img" aria-label="{start:.1%}–{end:.1%}">'
        f'<line x1="{WIDE * low:.1f}" x2="{WIDE * high:.1f}" y1="6" y2="6" class="interval"/>'
        f'<rect x="{WIDE * start:.1f}" width="{max(2.0, WIDE * (end - start)):.1f}" y="2" height="8" class="rate"/></svg>'
    )
    return f"<tr><th>{name}</th><td>{one.people}</td><td>{bar}</td><td>{escape(one.signal.text.to(lang))}</td></tr>"


_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
svg { width: 100%; min-width: 10rem; height: 1rem; } .interval { stroke: #888; stroke-width: 2; } .rate { fill: #1f5fa8; }
pre { white-space: pre-wrap; }
"""
