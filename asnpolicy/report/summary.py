"""Summary on a page: each rule and each group with a bar of its results, and what is missing most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from asnpolicy.decisions.summary import words
from asnpolicy.decisions.summary.summary import Breakdown, MissingData, ResultCount, RuleSummary, Summary
from asnpolicy.report.chart import COLOURS
from asnpolicy.report.web_page import web_page
from asnpolicy.text import Text
from asnpolicy.visible import visible

WIDE, HIGH = 300, 14
BY_RULE = Text("Menurut aturan", "By rule")
RULE = Text("Aturan", "Rule")
SHARE = Text("Dari yang menjadi sasaran", "Of those it is for")
MISSING = Text("Data yang paling sering belum ada", "What is missing most often")
MISSING_HERE = Text("Data yang belum ada", "What is missing")
WHAT = Text("Data", "What")
BLOCKED = Text("Keputusan yang tertahan", "Decisions held up")
PEOPLE = Text("Pegawai", "People")
UNCLEAR = Text("Syarat yang belum dapat diperiksa", "Criteria that could not be checked")
CRITERION = Text("Syarat", "Criterion")
BY = Text("Menurut", "By")
ILLUSTRATIVE = Text("belum berdasar hukum", "no basis in law yet")


def page(summary: Summary, lang: str = "id") -> str:
    """Return the summary as one HTML page that needs nothing else, with a bar for each rule, each group and each thing missing."""
    title = words.title(summary).to(lang)
    body = [f"<h1>{escape(title)}</h1>", *(f"<p>{_text(one.to(lang))}</p>" for one in words.about(summary))]
    if summary.people is not None:
        body += [_key(summary, lang), *_rules(summary, lang), f"<h2>{escape(MISSING.to(lang))}</h2>"]
        body += _missing(summary.missing, lang)
        for one in summary.breakdowns:
            body += _breakdown(summary, one, lang)
        body.append(f'<p class="foot">{escape(summary.policy[:12])} · asnpolicy {escape(summary.library)}</p>')
    return web_page(lang, title, _STYLE, "\n".join(body))


def _text(text: str) -> str:
    return escape(visible(text))


def _key(summary: Summary, lang: str) -> str:
    found = {one.result for rule in summary.rules for one in rule.results}
    items = (
        f'<li><span style="background:{COLOURS[name]}"></span> {escape(words.RESULTS[name].to(lang))}</li>'
        for name in COLOURS if name in found and name != "not_applicable"
    )  # fmt: skip
    return f'<ul class="key">{"".join(items)}</ul>'


# Bars


def bar(results: Iterable[ResultCount], lang: str) -> str:
    """Return the results of those whom a rule is for as a bar, each with its share; empty where they are kept back.

    >>> bar([ResultCount("eligible", 6), ResultCount("not_applicable", 30)], "en").count("<rect")
    1
    """
    own = [(one.result, one.people) for one in results if one.result != "not_applicable" and one.people != 0]
    whole = sum(people or 0 for _, people in own)
    if not whole or any(people is None for _, people in own):
        return ""
    told = "; ".join(f"{words.RESULTS[name].to(lang)} {people}" for name, people in own)
    parts, at = [], 0.0
    for name, people in own:
        wide = WIDE * (people or 0) / whole
        parts.append(
            f'<rect x="{at:.1f}" y="0" width="{wide:.1f}" height="{HIGH}" fill="{COLOURS[name]}" stroke="#fff"/>'
        )
        at += wide
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(told)}" preserveAspectRatio="none">'
        f"<title>{escape(told)}</title>{''.join(parts)}</svg>"
    )


def _length(people: int | None, most: int) -> str:
    """Return one count as a bar beside the greatest."""
    if not people:
        return ""
    wide = max(1.0, WIDE * people / most)
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{people}" preserveAspectRatio="none">'
        f'<rect x="0" y="0" width="{wide:.1f}" height="{HIGH}" fill="{COLOURS["undetermined"]}"/></svg>'
    )


# Tables


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Return a table; the first cell of a row says what it is of."""
    yield f"<table>\n<thead><tr>{''.join(f'<th>{escape(one)}</th>' for one in heads)}</tr></thead>\n<tbody>"
    for first, *rest in rows:
        yield f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
    yield "</tbody>\n</table>"


def _counts(results: Iterable[ResultCount]) -> list[str]:
    return [words.count(one.people) for one in results]


def _rules(summary: Summary, lang: str) -> Iterator[str]:
    yield f"<h2>{escape(BY_RULE.to(lang))}</h2>"
    for kind, text in words.KINDS.items():
        own = [rule for rule in summary.rules if rule.kind == kind]
        if not own:
            continue
        heads = [words.RESULTS[one.result].to(lang) for one in own[0].results]
        yield f"<h3>{escape(text.to(lang))}</h3>"
        yield from _table(
            [RULE.to(lang), SHARE.to(lang), *heads],
            ([_named(rule, lang), bar(rule.results, lang), *_counts(rule.results)] for rule in own),
        )
        for rule in own:
            yield from _details(rule, lang)


def _named(rule: RuleSummary, lang: str) -> str:
    loose = f" <small>({escape(ILLUSTRATIVE.to(lang))})</small>" if rule.standing == "illustrative" else ""
    return f"{_text(rule.title.to(lang))}{loose}<br><code>{_text(rule.id)}</code>"


def _details(rule: RuleSummary, lang: str) -> Iterator[str]:
    """Tell of a rule which criteria could not be checked, and what is missing for it."""
    if not rule.unclear and not rule.missing:
        return
    yield f"<details><summary>{_text(rule.title.to(lang))}: {escape(MISSING_HERE.to(lang).lower())}</summary>"
    if rule.unclear:
        criteria = ([_text(one.title.to(lang)), words.count(one.people)] for one in rule.unclear)
        yield f"<h4>{escape(UNCLEAR.to(lang))}</h4>"
        yield from _table([CRITERION.to(lang), PEOPLE.to(lang)], criteria)
    if rule.missing:
        missing = ([_text(words.missing(one.name).to(lang)), words.count(one.people)] for one in rule.missing)
        yield f"<h4>{escape(MISSING_HERE.to(lang))}</h4>"
        yield from _table([WHAT.to(lang), PEOPLE.to(lang)], missing)
    yield "</details>"


def _missing(missing: Sequence[MissingData], lang: str) -> Iterator[str]:
    if not missing:
        yield f"<p>{escape(words.NOTHING.to(lang))}</p>"
        return
    most = max(one.decisions or 1 for one in missing)
    yield from _table(
        [WHAT.to(lang), "", BLOCKED.to(lang), PEOPLE.to(lang)],
        (
            [
                _text(words.missing(one.name).to(lang)), _length(one.decisions, most),
                words.count(one.decisions), words.count(one.people),
            ]
            for one in missing
        ),
    )  # fmt: skip


def _breakdown(summary: Summary, one: Breakdown, lang: str) -> Iterator[str]:
    """Tell of the groups of a fact: how many they are, and rule by rule what it came to for each."""
    yield f"<h2>{escape(BY.to(lang))} {escape(one.title.to(lang).lower())}</h2>"
    most = max((group.people or 1 for group in one.groups), default=1)
    named = [_text(words.group(group.name).to(lang)) for group in one.groups]
    yield from _table(
        [one.title.to(lang), "", PEOPLE.to(lang)],
        (
            [name, _length(group.people, most), words.count(group.people)]
            for name, group in zip(named, one.groups, strict=True)
        ),
    )
    for at, rule in enumerate(summary.rules):
        if rule.people("not_applicable") == summary.people:
            continue
        heads = [one.title.to(lang), SHARE.to(lang), *(words.RESULTS[each.result].to(lang) for each in rule.results)]
        yield f"<details><summary>{_text(rule.title.to(lang))}</summary>"
        yield from _table(
            heads,
            (
                [name, bar(group.results[at], lang), *_counts(group.results[at])]
                for name, group in zip(named, one.groups, strict=True)
            ),
        )
        yield "</details>"


_STYLE = """
body { font: 10.5pt/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 1100px; margin: 1cm auto; padding: 0 0.5cm; }
h1 { font-size: 15pt; } h2 { font-size: 13pt; margin-top: 1cm; } h3 { font-size: 11.5pt; } h4 { font-size: 10.5pt; margin: 0.3cm 0 0.1cm; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: 0.1cm 0.2cm; text-align: right; vertical-align: top; }
th:first-child { text-align: left; font-weight: normal; width: 34%; overflow-wrap: anywhere; } thead th { font-weight: bold; font-size: 9pt; }
td:nth-child(2):has(svg) { width: 26%; } svg { width: 100%; height: 14px; }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; }
.key span { display: inline-block; width: 26px; height: 14px; border: 1px solid #555; vertical-align: middle; }
details { margin: 0.15cm 0; } code { font-size: 8.5pt; color: #555; } small, .foot { color: #555; font-size: 9pt; }
@media print { tr { break-inside: avoid; } }
"""
