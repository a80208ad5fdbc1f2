"""Rows: what decisions come to as lines of a table, for machines in codes and for officers in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from asnpolicy.decisions import Decision, Verdict, names
from asnpolicy.decisions.explanation import headline
from asnpolicy.decisions.reasons import written
from asnpolicy.exchange.cells import guard
from asnpolicy.exchange.workbook import Column
from asnpolicy.language.rules import HELD, UNKNOWN, Rule
from asnpolicy.people import DataFinding

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


HEADS = (
    Column("NIP", 20),
    Column("Nama", 28),
    Column("Kode aturan", 32),
    Column("Aturan", 44),
    Column("Lowongan", 18),
    Column("Hasil", 34),
    Column("Tujuan", 14),
    Column("Kedudukan hukum", 22),
    Column("Penentu", 60),
    Column("Data yang masih diperlukan", 44),
    Column("Peringatan", 44),
    Column("Temuan data", 44),
    Column("Bersyarat pada", 28),
)


def in_words(decisions: Iterable[Decision], found: tuple[DataFinding, ...]) -> Iterator[tuple[str, ...]]:
    """Return a row for each decision about one person in Indonesian words, under `HEADS`."""
    told = "; ".join(written(names.finding(one), "id") for one in found)
    for one in decisions:
        yield (
            one.employee.nip,
            one.employee.name or "",
            one.rule.id,
            one.rule.title.id,
            one.opening or "",
            headline(one).id,
            one.to or "",
            "berlaku" if one.standing == "in_force" else "bahan pertimbangan",
            "; ".join(titles(one)),
            "; ".join(written(each, "id") for each in names.all_missing(one.missing)),
            "; ".join(_warned(one)),
            told,
            "; ".join(f"{w.letter} ({w.approver})" for w in one.conditional_on),
        )


def titles(decision: Decision) -> Iterator[str]:
    """Give the titles of the criteria for which somebody is not eligible, or not yet known to be."""
    if decision.verdict.value in ("ineligible", "undetermined"):
        known = _titles(decision.rule)
        yield from (known[id] for id in decision.because if id != OWN)


@lru_cache(maxsize=1024)
def _titles(rule: Rule) -> dict[str, str]:
    return {one.id: one.title.id for one in (*rule.criteria, *rule.warnings)}


def _warned(decision: Decision) -> Iterator[str]:
    known = _titles(decision.rule)
    for id in warnings(decision):
        yield f"{known[id[:-1]]} (belum dapat diperiksa)" if id.endswith("?") else known[id]
