"""Rows: what decisions come to as lines of a table, for machines in codes and for officers in words."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from asnpolicy.decisions import Decision, Verdict, names
from asnpolicy.decisions.explanation import headline
from asnpolicy.decisions.reasons import written
from asnpolicy.decisions.trees import titled
from asnpolicy.exchange.cells import guard
from asnpolicy.exchange.workbook import Column
from asnpolicy.language.rules import HELD, UNKNOWN, Rule
from asnpolicy.people import Agency, DataFinding
from asnpolicy.text import Text

OWN = "fulfilled_when"
"""The criterion of a duty that is the duty itself: its title says nothing more."""


class CodedRow(NamedTuple):
    """One decision in codes; several in one cell have a space between them."""

    nip: str
    rule: str
    opening: str
    verdict: str
    state: str
    to: str
    standing: str
    deciding: str
    """The criteria that carry the verdict."""
    missing: str
    warnings: str
    """The warnings that fire, and with `?` those that could not be checked."""
    data_findings: str
    conditional_on: str
    """The letters of the waivers that it rests on, each with its criterion."""


def _row(one: Decision, codes: str) -> CodedRow:
    plain = one.verdict is Verdict.NOT_APPLICABLE  # nothing is left to say of most
    return CodedRow(
        one.employee.nip,
        one.rule.id,
        one.opening or "",
        one.verdict,
        one.state or "",
        one.to or "",
        one.standing,
        "" if plain else " ".join(one.because),
        "" if plain else " ".join(one.missing),
        "" if plain else " ".join(warnings(one)),
        codes,
        "; ".join(f"{w.criterion}: {w.letter}" for w in one.conditional_on) if one.waivers else "",
    )


def warnings(decision: Decision) -> Iterator[str]:
    """Name the warnings that fire, and with `?` those that could not be checked."""
    if any(decision.statuses.warnings) and decision.verdict is not Verdict.NOT_APPLICABLE:
        for one, status in zip(decision.rule.warnings, decision.statuses.warnings, strict=True):
            if status in (HELD, UNKNOWN):
                yield one.id if status == HELD else f"{one.id}?"


def as_csv(decisions: Iterable[Decision], found: tuple[DataFinding, ...]) -> str:
    """Return the decisions about one person, whose data have these findings, as lines of CSV without formulas."""
    codes, lines = " ".join(sorted({one.code for one in found})), []
    for one in decisions:
        if one.verdict is Verdict.NOT_APPLICABLE and not one.waivers:  # as for most
            rest = _not_for_them(one.rule.id, one.opening or "", one.state or "", one.to or "", one.standing, codes)
            lines.append(one.employee.nip + rest)
        else:
            lines.append(line(_row(one, codes)))
    return "".join(lines)


def line(row: CodedRow) -> str:
    """Return a row as a line of a CSV file, in which no spreadsheet finds a formula."""
    return row.nip + _after_the_number(row[1:])


@lru_cache(maxsize=16384)
def _not_for_them(rule: str, opening: str, state: str, to: str, standing: str, codes: str) -> str:
    """Write all but the number of a line about a rule that is not for somebody."""
    row = CodedRow("", rule, opening, Verdict.NOT_APPLICABLE, state, to, standing, "", "", "", codes, "")
    return line(row)


@lru_cache(maxsize=16384)
def _after_the_number(cells: tuple[str, ...]) -> str:
    """Write all of a line but the number: most lines of many people are the same."""
    text = io.StringIO()
    csv.writer(text).writerow(["", *map(guard, cells)])  # its own end of line has it quote both signs that end one
    return text.getvalue().removesuffix("\r\n") + "\n"


class Head(NamedTuple):
    """What stands over a column of a workbook in each language, and how wide it is in characters."""

    text: Text
    width: int


HEADS = (
    Head(Text("NIP", "NIP"), 20),
    Head(Text("Nama", "Name"), 28),
    Head(Text("Kode aturan", "Code of the rule"), 32),
    Head(Text("Aturan", "Rule"), 44),
    Head(Text("Kode lowongan", "Code of the opening"), 24),
    Head(Text("Lowongan", "Opening"), 36),
    Head(Text("Hasil", "Result"), 34),
    Head(Text("Tujuan", "Leads to"), 24),
    Head(Text("Kedudukan hukum", "Standing in law"), 22),
    Head(Text("Penentu", "Deciding criteria"), 60),
    Head(Text("Data yang masih diperlukan", "Data still needed"), 44),
    Head(Text("Peringatan", "Warnings"), 44),
    Head(Text("Temuan data", "Findings in the data"), 44),
    Head(Text("Bersyarat pada", "Conditional on"), 28),
)
STANDING = {
    "in_force": Text("berlaku", "in force"),
    "illustrative": Text("bahan pertimbangan", "for consideration"),
}
UNCHECKED = Text("{warning} (belum dapat diperiksa)", "{warning} (could not be checked)")


def columns(lang: str) -> tuple[Column, ...]:
    """Return the heads of a workbook in one language."""
    return tuple(Column(one.text.to(lang), one.width) for one in HEADS)


@dataclass(frozen=True)
class Wording:
    """What decisions come to in the words of one language, and the openings of an agency by their titles."""

    lang: str
    agency: Agency

    def rows(self, decisions: Iterable[Decision], found: Iterable[DataFinding]) -> Iterator[tuple[str, ...]]:
        """Return a row for each decision about one person, under `HEADS`; the codes that options take stand beside words."""
        lang, told = self.lang, "; ".join(self.findings(found))
        for one in decisions:
            yield (
                one.employee.nip,
                one.employee.name or "",
                one.rule.id,
                titled(one.rule).to(lang),
                one.opening or "",
                self.opening(one.opening),
                headline(one).to(lang),
                self.leads_to(one),
                STANDING[one.standing].to(lang),
                "; ".join(self.titles(one)),
                "; ".join(written(each, lang) for each in names.all_missing(one.missing)),
                "; ".join(self.warned(one)),
                told,
                "; ".join(f"{w.letter} ({w.approver})" for w in one.conditional_on),
            )

    def opening(self, id: str | None) -> str:
        """Name a vacant post as its agency does, with its unit; with its id where that tells it from no other."""
        return "" if id is None else self._openings.get(id, id)

    @cached_property
    def _openings(self) -> dict[str, str]:
        units = {unit.code: unit.name for unit in self.agency.units or ()}
        found: dict[str, str] = {}
        for one in self.agency.openings:
            unit = units.get(one.unit or "") or ""
            title = written(names.vacancy(one), self.lang)
            found[one.id] = f"{title}, {unit}" if unit and unit.casefold() not in title.casefold() else title
        named = Counter(found.values())
        alone = {one.id for one in self.agency.openings if one.title and named[found[one.id]] == 1}
        return {id: title if id in alone else f"{title} ({id})" for id, title in found.items()}

    def leads_to(self, decision: Decision) -> str:
        """Name the rank or level that a decision leads to, as short as lists have it, or the kind of the post."""
        if decision.rule.into_post:
            return written(names.led_to(decision) or "", self.lang)
        return decision.to or ""

    def findings(self, found: Iterable[DataFinding]) -> Iterator[str]:
        """Tell what in the data of a person contradicts itself, each once."""
        yield from dict.fromkeys(written(names.finding(one), self.lang) for one in found)

    def titles(self, decision: Decision) -> Iterator[str]:
        """Give the titles of the criteria for which somebody is not eligible, or not yet known to be."""
        if decision.verdict.value in ("ineligible", "undetermined"):
            known = _titles(decision.rule)
            yield from (known[id].to(self.lang) for id in decision.because if id != OWN)

    def warned(self, decision: Decision) -> Iterator[str]:
        """Give the titles of the warnings that fire; one that could not be checked says so."""
        known = _titles(decision.rule)
        for id in warnings(decision):
            title = known[id.removesuffix("?")].to(self.lang)
            yield UNCHECKED.to(self.lang).format(warning=title) if id.endswith("?") else title


@lru_cache(maxsize=1024)
def _titles(rule: Rule) -> dict[str, Text]:
    return {one.id: one.title for one in (*rule.criteria, *rule.warnings)}
