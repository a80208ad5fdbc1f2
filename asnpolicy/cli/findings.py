"""`asnpolicy findings`: the records to mend in a file of people, those first that leave most decisions open."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.assess import apart, size
from asnpolicy.cli.files import written, written_bytes
from asnpolicy.cli.output import FINDING, as_of_date, wrong_use
from asnpolicy.cli.people import EMPLOYEES, ENCODING, STRICT, People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import drawn, spaced
from asnpolicy.engine import Engine
from asnpolicy.exchange import workbook
from asnpolicy.exchange.cells import guard
from asnpolicy.exchange.intake import BadLine
from asnpolicy.exchange.mending import Mend, beside, is_blocking, mends, nobody
from asnpolicy.people import Agency, Employee
from asnpolicy.people.nip import masked
from asnpolicy.policy.near import NearCodes
from asnpolicy.report import mending
from asnpolicy.text import phrase
from asnpolicy.visible import visible, visible_json

WIDTHS = (20, 28, 24, 26, 16, 34, 8, 80, 12, 60)


def findings(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=EMPLOYEES)],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="count the decisions of this rule only; may be given again")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="table, csv, jsonl, xlsx or html; a table on a terminal, else jsonl")
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    lang: Annotated[str | None, typer.Option(help="id or en", show_default="id")] = None,
    agency: Annotated[str | None, typer.Option(help="a JSON file, or a folder of tables, with the agency's units and openings")] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    rows: Annotated[int, typer.Option(min=0, help="how many rows each table shows")] = 25,
) -> None:
    """List the records to mend, by kind, by unit and by person, those first that leave most decisions open.

    \b
    Examples:
      asnpolicy findings jakarta staff.jsonl --as-of 2026-10-01
      asnpolicy findings jakarta staff.jsonl --as-of 2026-10-01 --format xlsx -o mend.xlsx
      asnpolicy findings jakarta staff.jsonl --as-of 2026-10-01 --rule kenaikan-pangkat-reguler --format csv -o mend.csv
      asnpolicy findings jakarta staff.jsonl --as-of 2026-10-01 --format html -o mend.html
    """
    day = as_of_date(as_of)
    shown = format or ("table" if sys.stdout.isatty() and output is None else "jsonl")
    check_format(shown, FORMATS)
    lang = language_of_answer(lang, ("id", "en"), "id")
    if shown == "xlsx":
        check_workbook(output)
    engine = Engine.load(region)
    engine.check_asked(day, rule)
    known = agency_of(agency)
    apart(output, employees, agency)
    people = People(employees, encoding, strict=strict)
    found = sorted(_found(people, engine, day, rule, known), key=lambda one: one.order)
    FORMATS[shown](found, day, lang, output, rows)
    raise typer.Exit(FINDING if any(one.effect == "unknown" for one in found) else 0)


def check_workbook(output: str | None) -> None:
    """Raise PolicyError where no workbook can be written: without the library, or without a file."""
    workbook.check_installed()
    if output in (None, "-"):
        raise wrong_use(
            phrase(en="a workbook is written to a file", id="buku kerja ditulis ke berkas"),
            phrase(en="add `-o FILE.xlsx`", id="tambahkan `-o BERKAS.xlsx`"),
        )


def _found(people: People, engine: Engine, day: date, rules: Sequence[str] | None, agency: Agency) -> list[Mend]:
    asked = rules or [rule for rule in engine.policy.rules if "/" not in rule]
    found: list[Mend] = []
    codes = NearCodes.of(engine.policy, agency)
    with people.open() as register, progress("employees read", size(people.path)) as advance:
        reader = register.reader
        for entry in register.entries():
            one = reader.read(entry)
            if isinstance(one, BadLine):
                found.append(nobody(one, asked))
            else:
                found += _of(one, engine, day, rules, agency)
                found += beside(one, entry.line, codes.of_person(one))
            advance(1, len(entry.text))
    return found


def _of(person: Employee, engine: Engine, day: date, rules: Sequence[str] | None, agency: Agency) -> list[Mend]:
    found = person.findings(day)
    if not found:
        return []
    decisions = tuple(engine.assess(person, as_of=day, rules=rules, agency=agency)) if is_blocking(found) else ()
    return mends(person, found, decisions)


# Formats


def _table(found: Sequence[Mend], day: date, lang: str, output: str | None, most: int) -> None:
    with written(output) as out:
        if not found:
            out.write(f"{mending.NOTHING.to(lang)}\n")
            return
        people = [(masked(nip), *rest) for nip, *rest in mending.people(found)[:most]]
        each = [_short(one, lang) for one in found[:most]]
        tables = (
            drawn(mending.heads(mending.OF_KINDS, lang), mending.kinds(found, lang)[:most]),
            drawn(mending.heads(mending.OF_UNITS, lang), mending.units(found)[:most]),
            drawn(mending.heads(mending.OF_PEOPLE, lang), people),
            drawn(mending.heads(("nip", "kind", "about", "what", "blocks"), lang), each),
        )
        out.write(spaced(f"{mending.TITLE.to(lang)}, {day}\n{''.join(tables)}"))


def _short(one: Mend, lang: str) -> tuple[str, ...]:
    return (masked(one.nip) if one.nip else "", one.code, one.about, one.what.to(lang), str(one.blocks))


def _csv(found: Sequence[Mend], day: date, lang: str, output: str | None, most: int) -> None:
    del day, most
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(mending.OF_EACH)
    for one in found:
        nip, *rest = mending.row(one, lang)
        rest[3] = one.effect
        writer.writerow([nip, *(guard(visible(cell)) for cell in rest)])
    with written(output) as out:
        out.write(text.getvalue())


def _lines(found: Sequence[Mend], day: date, lang: str, output: str | None, most: int) -> None:
    del day, lang, most
    with written(output) as out:
        for one in found:
            out.write(f"{visible_json(json.dumps(_data(one), ensure_ascii=False))}\n")


def _data(one: Mend) -> dict[str, object]:
    return {
        "nip": one.nip, "name": one.name, "unit": one.unit, "kind": one.code, "effect": one.effect, "about": one.about,
        "line": one.line, "what": {"id": one.what.id, "en": one.what.en}, "blocks": one.blocks, "rules": list(one.rules),
    }  # fmt: skip


def _sheet(found: Sequence[Mend], day: date, lang: str, output: str | None, most: int) -> None:
    del most
    columns = [
        workbook.Column(head, width) for head, width in zip(mending.heads(mending.OF_EACH, lang), WIDTHS, strict=True)
    ]
    with written_bytes(str(output)) as file, workbook.workbook(file, "Temuan", columns, day) as book:
        for one in found:
            book.write(mending.row(one, lang))


def _page(found: Sequence[Mend], day: date, lang: str, output: str | None, most: int) -> None:
    del most
    with written(output) as out:
        out.write(mending.page(found, day, lang))


FORMATS: dict[str, Callable[[Sequence[Mend], date, str, str | None, int], None]] = {
    "table": _table, "csv": _csv, "jsonl": _lines, "xlsx": _sheet, "html": _page,
}  # fmt: skip
