"""`asnpolicy plan`: a promotion period for a whole office: who can be proposed, who lacks what, who leaves before it."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, language_of_answer, waivers_of
from asnpolicy.cli.explain import AGENCY
from asnpolicy.cli.files import written, written_bytes
from asnpolicy.cli.output import FINDING, as_of_date, day_of, wrong_use
from asnpolicy.cli.people import People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import drawn, fitted, spaced
from asnpolicy.cli.timeline import ASSUME
from asnpolicy.decisions.names import by_policy
from asnpolicy.decisions.plan import PlanEntry, PlanGroup
from asnpolicy.decisions.reasons import Part, Reason, because, sentence
from asnpolicy.decisions.reasons import written as worded
from asnpolicy.decisions.texts import pattern
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.engine import Engine
from asnpolicy.exchange import workbook
from asnpolicy.exchange.cells import guard
from asnpolicy.people import OPEN, Employee
from asnpolicy.people.nip import masked
from asnpolicy.text import phrase
from asnpolicy.visible import visible_json

FORMATS = ("table", "csv", "json", "xlsx")
HEADS = ("nip", "name", "rule", "to", "group", "lacks", "missing", "not_yet", "leaves")
COLUMNS = ("person", "rule", "to", "group", "lacks", "leaves")
WIDTHS = (20, 28, 44, 14, 24, 70, 20)


def plan(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help="JSON Lines, one employee a line; - for standard input")],
    period: Annotated[str, typer.Option(help="the promotion period, such as 2027-04-01")],
    as_of: Annotated[
        str | None, typer.Option(help="the day on which the registers were known, for whoever has no `known_on`")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be given again")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="only this group: ready, one, more, unknown, leaves; may be given again")
    ] = None,
    assume: Annotated[list[str] | None, ASSUME] = None,
    agency: Annotated[str | None, AGENCY] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
    format: Annotated[
        str | None, typer.Option(help="table, csv, json or xlsx; a table on a terminal, else json")
    ] = None,
    rows: Annotated[int, typer.Option(min=0, help="how many rows the table shows")] = 25,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Plan a promotion period: who can be proposed, who lacks one thing and which, who leaves before it.

    \b
    Examples:
      asnpolicy plan jakarta staff.jsonl --period 2027-04-01 --as-of 2026-10-01
      asnpolicy plan jakarta staff.jsonl --period 2027-04-01 --as-of 2026-10-01 --assume rating=last --only ready,one
      asnpolicy plan jakarta staff.jsonl --period 2027-04-01 --as-of 2026-10-01 --format xlsx -o plan.xlsx
    """
    lang = language_of_answer(lang, ("id", "en"), "id")
    shown = _format(format, output)
    groups = _groups(only)
    people, engine, day = People(employees), Engine.load(region), as_of_date(as_of)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    assumptions = [Assumption.of(one) for one in assume or ()]
    wanted = day_of(period, "--period")
    read = _Read(people)
    found = engine.plan(
        read, period=wanted, as_of=day, agency=known, rules=rule, assume=assumptions, waivers=given
    )
    head = tuple(_head(engine, wanted, day, assumptions))
    kept = (one for one in found if not groups or one.group in groups)
    if shown == "xlsx":
        _workbook(str(output), kept, lang, wanted, head)
    else:
        with written(output) as out:
            if shown == "table":
                out.writelines(f"{fitted(sentence(said.to(lang)), out)}\n" for said in head)
                _table(out, kept, lang, rows, read, some=bool(groups or rule))
            else:
                WRITERS[shown](out, kept)
    if people.bad:
        raise typer.Exit(FINDING)


def _format(format: str | None, output: str | None) -> str:
    shown = format or ("table" if sys.stdout.isatty() and output is None else "json")
    check_format(shown, FORMATS)
    if shown == "xlsx":
        workbook.check_installed()
        if output in (None, "-"):
            raise wrong_use(
                phrase(en="a workbook is written to a file", id="buku kerja ditulis ke berkas"),
                phrase(en="add `-o FILE.xlsx`", id="tambahkan `-o BERKAS.xlsx`"),
            )
    return shown


def _groups(only: list[str] | None) -> frozenset[PlanGroup]:
    words = [word.strip() for text in only or () for word in text.split(",")]
    known = [one.value for one in PlanGroup]
    for word in words:
        if word not in known:
            raise wrong_use(
                phrase(en="unknown group `{word}`", id="kelompok `{word}` tidak dikenal", word=word),
                phrase(en="choose from {known}", id="pilih dari {known}", known=", ".join(known)),
            )
    return frozenset(PlanGroup(word) for word in words)


class _Read:
    """People as they are read, and how many there were."""

    def __init__(self, people: People) -> None:
        self.people, self.count = people, 0

    def __iter__(self) -> Iterator[Employee]:
        with progress("employees planned") as advance:
            for person in self.people:
                self.count += 1
                yield person
                advance(1, 1)


# Writing


def _head(engine: Engine, period: date, as_of: date, assumptions: Iterable[Assumption]) -> Iterator[Reason]:
    """Say of which period the table is, by which policy, and what it rests on."""
    yield because("plan.title", day=period)
    yield by_policy(engine.policy.region, engine.policy.digest)
    yield because("plan.known_on", day=as_of)
    for one in assumptions:
        if one.training is not None:
            taken = because(
                "time.assumed.trainings", training=one.training.code or "", day=one.training.completed_on or OPEN
            )
        else:
            taken = because("plan.rating", rating=str(one.rating)) if one.rating else Reason("plan.rating.last")
        yield because("plan.assumed", what=taken)


def _table(
    out: IO[str], entries: Iterable[PlanEntry], lang: str, rows: int, read: _Read, *, some: bool
) -> None:  # fmt: skip
    """Write how many are in each group of each rule, and the first rows; `some`: of the rules or the groups that were asked for."""
    found = list(entries)
    if not found:
        out.write(f"\n{Reason('plan.nobody').to(lang)}\n")
        return
    ordered = sorted(found, key=lambda one: (list(PlanGroup).index(one.group), one.rule, one.employee.nip))
    heads = tuple(pattern(f"plan.column.{name}", lang) for name in COLUMNS)
    first = drawn(heads, [_words(one, lang, whole=False) for one in ordered[:rows]])
    rest = because("plan.rest", count=len(found) - rows).to(lang) + "\n" if len(found) > rows else ""
    counts = Counter((one.rule, one.group) for one in found)
    groups = tuple(pattern(f"plan.{one.value}", lang) for one in PlanGroup)
    titles = {one.rule: worded(one.title or Reason("plan.all_rules"), lang) for one in found}
    lines = [
        (titles[rule], *(str(counts[rule, one]) for one in PlanGroup))
        for rule in sorted(titles, key=lambda rule: (not rule, rule))
    ]
    people = len({one.employee.nip for one in found})
    told = because("plan.people.some" if some else "plan.people", count=people, all=read.count)
    all_of_them = drawn((pattern("plan.column.rule", lang), *groups), lines)
    out.write(spaced(f"{first}{rest}\n{fitted(told.to(lang), out)}\n{all_of_them}"))


def _words(one: PlanEntry, lang: str, *, whole: bool) -> tuple[str, ...]:
    nip = one.employee.nip if whole else masked(one.employee.nip)
    name = one.employee.name or ""
    who = (nip, name) if whole else (f"{name} ({nip})" if name else nip,)
    title: Part = one.title or ""
    leaves = "" if one.leaves is None else worded(one.leaves, lang)
    lacking = "; ".join(worded(part, lang) for part in one.lacking)
    lacking += f" ({Reason('plan.not_yet').to(lang)})" if one.not_yet else ""
    return (*who, worded(title, lang), one.to, Reason(f"plan.{one.group.value}").to(lang), lacking, leaves)


def _csv(out: IO[str], entries: Iterable[PlanEntry]) -> None:
    """Write all, in codes."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for one in entries:
        data = one.model_dump()
        writer.writerow(
            [one.employee.nip, *map(guard, (
                one.employee.name or "", one.rule, one.to, one.group.value, " ".join(data["lacks"]), " ".join(data["missing"]),
                "yes" if one.not_yet else "", data["leaves"] or "",
            ))]
        )  # fmt: skip


def _json(out: IO[str], entries: Iterable[PlanEntry]) -> None:
    for one in entries:
        out.write(visible_json(json.dumps(one.model_dump(), ensure_ascii=False)) + "\n")


WRITERS: dict[str, Callable[[IO[str], Iterable[PlanEntry]], None]] = {
    "csv": _csv,
    "json": _json,
}


def _workbook(output: str, entries: Iterable[PlanEntry], lang: str, period: date, head: Iterable[Reason]) -> None:
    names = ("NIP", *(pattern(f"plan.column.{name}", lang) for name in COLUMNS))
    columns = [workbook.Column(name, width) for name, width in zip(names, WIDTHS, strict=True)]
    with written_bytes(output) as file, workbook.workbook(file, f"{period}", columns, period) as book:
        for one in entries:
            book.write(_words(one, lang, whole=True))
        about = (sentence(said.to(lang)) for said in head)
        book.about(pattern("plan.about", lang), about)
