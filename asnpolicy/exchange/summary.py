"""Summary as rows: one a count, in codes for programs, or in words for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from asnpolicy.decisions.summary import words
from asnpolicy.decisions.summary.summary import Summary
from asnpolicy.exchange.workbook import Column


class CountRow(NamedTuple):
    """One count; of what is not of the row, and of a count that is kept back, the cell is empty."""

    part: str
    """`rule`, `group`, `rule-by-group`, `criterion`, `missing` or `missing-by-rule`."""
    fact: str = ""
    group: str = ""
    """The word of the fact, `none` for those who have none, `?` for those of whom it is not known."""
    rule: str = ""
    what: str = ""
    """The result, the criterion that could not be checked, or what is missing."""
    people: str = ""
    decisions: str = ""


WORDS = (
    Column("Bagian", 20), Column("Menurut", 22), Column("Kelompok", 28), Column("Aturan", 48), Column("Hasil atau data", 48),
    Column("Pegawai", 10), Column("Keputusan", 10),
)  # fmt: skip
PARTS = {
    "rule": "menurut aturan",
    "group": "menurut kelompok",
    "rule-by-group": "aturan dan kelompok",
    "criterion": "syarat belum diperiksa",
    "missing": "data belum ada",
    "missing-by-rule": "data belum ada, per aturan",
}
NOT_KNOWN = "?"


def rows(summary: Summary) -> Iterator[CountRow]:
    """Return every count of a summary in codes."""
    for rule in summary.rules:
        yield from (CountRow("rule", "", "", rule.id, one.result, _told(one.people)) for one in rule.results)
        yield from (CountRow("criterion", "", "", rule.id, one.id, _told(one.people)) for one in rule.unclear)
        for one in rule.missing:
            yield CountRow("missing-by-rule", "", "", rule.id, one.name, _told(one.people), _told(one.decisions))
    for one in summary.missing:
        yield CountRow("missing", "", "", "", one.name, _told(one.people), _told(one.decisions))
    for breakdown in summary.breakdowns:
        for group in breakdown.groups:
            name = NOT_KNOWN if group.name is None else group.name
            yield CountRow("group", breakdown.fact, name, "", "", _told(group.people))
            for rule, results in zip(summary.rules, group.results, strict=True):
                for each in results:
                    yield CountRow("rule-by-group", breakdown.fact, name, rule.id, each.result, _told(each.people))


def in_words(summary: Summary) -> Iterator[tuple[str, ...]]:
    """Return every count of a summary in Indonesian."""
    titles = {rule.id: rule.title.id for rule in summary.rules}
    criteria = {(rule.id, one.id): one.title.id for rule in summary.rules for one in rule.unclear}
    facts = {one.fact: one.title.id for one in summary.breakdowns}
    for row in rows(summary):
        group = words.group(None if row.group == NOT_KNOWN else row.group).id if row.group else ""
        if row.part == "criterion":
            what = criteria[row.rule, row.what]
        elif row.part.startswith("missing"):
            what = words.missing(row.what).id
        else:
            what = words.RESULTS[row.what].id if row.what else ""
        people = row.people or words.HIDDEN
        decisions = row.decisions or (words.HIDDEN if row.part.startswith("missing") else "")
        yield PARTS[row.part], facts.get(row.fact, ""), group, titles.get(row.rule, ""), what, people, decisions


def _told(count: int | None) -> str:
    return "" if count is None else str(count)
