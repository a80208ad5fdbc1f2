"""`asnpolicy talent` and `asnpolicy successors`: the nine boxes of a unit, and who could follow in a vacant post."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.files import written
from asnpolicy.cli.output import FINDING, as_of_date, wrong_use
from asnpolicy.cli.people import EMPLOYEES as PEOPLE
from asnpolicy.cli.people import ENCODING, STRICT, People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import fitted
from asnpolicy.cli.talent_table import list_text, map_text, people_text
from asnpolicy.decisions.talent import SuccessionList, TalentMap
from asnpolicy.engine import Engine
from asnpolicy.exchange import pairs
from asnpolicy.exchange import talent as rows_of
from asnpolicy.people import Employee
from asnpolicy.report.talent import page
from asnpolicy.text import phrase

REGION = typer.Argument(help="a shipped region, or the path of a folder")
EMPLOYEES = typer.Argument(help=PEOPLE)
AS_OF = typer.Option(help="the day that is asked for, such as 2026-10-01")
AGENCY = typer.Option(help="a JSON file, or a folder of tables, with the agency's units and openings")
LANG = typer.Option(help="id (Indonesian) or en (English)", show_default="id")
OUTPUT = typer.Option("-o", "--output", help="write to this file")
WHOLE_NIP = typer.Option("--whole-nip", help="write numbers in full in tables")
ROWS = typer.Option(min=0, help="how many rows each table shows")


def talent(
    region: Annotated[str, REGION],
    employees: Annotated[str, EMPLOYEES],
    as_of: Annotated[str | None, AS_OF] = None,
    unit: Annotated[str | None, typer.Option(help="keep to this unit and those below it")] = None,
    people: Annotated[
        bool, typer.Option("--people", help="for the unit itself: name everybody, and count small groups too")
    ] = False,
    agency: Annotated[str | None, AGENCY] = None,
    format: Annotated[
        str | None, typer.Option(help="table, csv, json or html; a table on a terminal, else json")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English); html also both", show_default="id")] = None,
    rows: Annotated[int, ROWS] = 25,
    output: Annotated[str | None, OUTPUT] = None,
    whole_nip: Annotated[bool, WHOLE_NIP] = False,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
) -> None:
    """Map people into the nine boxes of performance and potential; without --people only what may leave the unit.

    \b
    Examples:
      asnpolicy talent jakarta staff.jsonl --as-of 2026-10-01 --agency agency.json --unit dinas-pendidikan
      asnpolicy talent jakarta staff.jsonl --as-of 2026-10-01 --format html --lang both -o grid.html
      asnpolicy talent jakarta staff.jsonl --as-of 2026-10-01 --people --format csv -o map.csv
    """
    shown = _format(format, output, ("table", "csv", "json", "html"))
    lang = language_of_answer(lang, ("id", "en", "both") if shown == "html" else ("id", "en"), "id")
    if people and shown == "html":
        raise wrong_use(
            phrase(en="a page names nobody", id="halaman tidak menyebut nama orang"),
            phrase(
                en="leave `--people`, or choose `table`, `csv` or `json`",
                id="hapus `--people`, atau pilih `table`, `csv`, atau `json`",
            ),
        )
    engine, those, day = Engine.load(region), People(employees, encoding, strict=strict), as_of_date(as_of)
    made = engine.talent(_read(those), as_of=day, agency=agency_of(agency), unit=unit)
    with written(output) as out:
        if people:
            _write_people(made, out, shown, lang, rows=rows, whole_nip=whole_nip)
        else:
            _write_grid(made, out, shown, lang)
    if those.tell_amiss():
        raise typer.Exit(FINDING)


def _write_grid(made: TalentMap, out: IO[str], shown: str, lang: str) -> None:
    """Write what may leave the unit: counts, of which small ones are hidden."""
    grid = made.grid.published
    if shown == "html":
        out.write(page(made, grid, lang))
    elif shown == "csv":
        rows_of.write_counts(grid, out)
    elif shown == "table":
        out.write(fitted(map_text(made, grid, lang), out))
    else:
        about = {"region": made.region, "unit": made.unit, "as_of": made.as_of.isoformat(), "policy": made.policy}
        out.write(json.dumps({**about, **grid.model_dump()}, ensure_ascii=False) + "\n")


def _write_people(made: TalentMap, out: IO[str], shown: str, lang: str, *, rows: int, whole_nip: bool) -> None:
    if shown == "csv":
        rows_of.write_people(made, out, lang)
    elif shown == "table":
        out.write(fitted(map_text(made, made.grid, lang, within=True), out))
        out.write(fitted(people_text(made, lang, rows=rows, whole_nip=whole_nip), out))
    else:
        out.write(made.model_dump_json() + "\n")


def successors(
    region: Annotated[str, REGION],
    employees: Annotated[str, EMPLOYEES],
    opening: Annotated[str, typer.Option(help="the id of the vacant post in the agency")],
    agency: Annotated[str, AGENCY],
    as_of: Annotated[str | None, AS_OF] = None,
    seed: Annotated[str | None, typer.Option(help="the seed of the lottery among equals, which is published")] = None,
    keys: Annotated[str | None, typer.Option(help="opaque keys for the lottery: CSV with `nip,key`")] = None,
    format: Annotated[str | None, typer.Option(help="table, csv or json; a table on a terminal, else json")] = None,
    lang: Annotated[str | None, LANG] = None,
    rows: Annotated[int, ROWS] = 25,
    output: Annotated[str | None, OUTPUT] = None,
    whole_nip: Annotated[bool, WHOLE_NIP] = False,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
) -> None:
    """List who of the succession pool could follow in a vacant post, and what each still lacks for it.

    \b
    Example:
      asnpolicy successors jakarta staff.jsonl --as-of 2026-10-01 --agency agency.json --opening kepala-bidang-1
    """
    shown = _format(format, output, ("table", "csv", "json"))
    lang = language_of_answer(lang, ("id", "en"), "id")
    engine, those, day = Engine.load(region), People(employees, encoding, strict=strict), as_of_date(as_of)
    made = engine.successors(
        opening, _read(those), as_of=day, agency=agency_of(agency), seed=seed, keys=pairs.keys(keys) if keys else None
    )
    with written(output) as out:
        _write_list(made, out, shown, lang, rows=rows, whole_nip=whole_nip)
    if those.tell_amiss():
        raise typer.Exit(FINDING)


def _write_list(made: SuccessionList, out: IO[str], shown: str, lang: str, *, rows: int, whole_nip: bool) -> None:
    if shown == "csv":
        rows_of.write_successors(made, out, lang)
    elif shown == "table":
        out.write(fitted(list_text(made, lang, rows=rows, whole_nip=whole_nip), out))
    else:
        out.write(made.model_dump_json() + "\n")


def _format(format: str | None, output: str | None, known: tuple[str, ...]) -> str:
    shown = format or ("table" if sys.stdout.isatty() and output is None else "json")
    check_format(shown, known)
    return shown


def _read(people: People) -> Iterator[Employee]:
    """Return the people of a file, counted on a terminal as they are read."""
    with progress("employees read") as advance:
        for person in people:
            yield person
            advance(1, 1)
