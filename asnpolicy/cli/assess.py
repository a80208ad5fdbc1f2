"""`asnpolicy assess`: decides every rule for every employee of a file."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, language_of_answer, waivers_of
from asnpolicy.cli.assess_folder import PARQUET, assessed_folder, refuse
from asnpolicy.cli.assess_tables import assessed_tables
from asnpolicy.cli.formats import FORMATS, Selection
from asnpolicy.cli.near_note import near_note
from asnpolicy.cli.output import FINDING, as_of_date, tell, wrong_use
from asnpolicy.cli.people import ENCODING, PEOPLE, STRICT, People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.results import RESULTS, result_of
from asnpolicy.cli.work import Work, results
from asnpolicy.engine import Engine
from asnpolicy.exchange.intake import Reader
from asnpolicy.policy.near import NearCodes, NearTally
from asnpolicy.text import phrase


def assess(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be given again")] = None,
    format: Annotated[
        str | None, typer.Option(help="table, jsonl, csv, xlsx or certificates; a table on a terminal, else jsonl; parquet for a folder of tables")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="only rows with this result, such as eligible,overdue; may be given again")
    ] = None,
    applicable: Annotated[bool, typer.Option("--applicable", help="leave out rows of rules that do not apply")] = False,
    detail: Annotated[bool, typer.Option("--detail", help="with parquet: each criterion, and what is missing")] = False,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    agency: Annotated[
        str | None, typer.Option(help="a JSON file, or a folder of tables, with the agency's units and openings: asks about each opening")
    ] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    backend: Annotated[str, typer.Option(help="the back end that decides")] = "compiled",
    jobs: Annotated[int, typer.Option(min=1, max=512, help="how many processes decide; the output is the same")] = 1,
    rows: Annotated[int, typer.Option(min=0, help="how many rows the table shows")] = 25,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
) -> None:
    """Decide every rule for every employee of a file, of a folder of tables, or of a database.

    \b
    Examples:
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --rule kenaikan-pangkat-reguler --format csv -o out.csv
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --applicable --format xlsx --jobs 4 --lang en -o out.xlsx
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --rule jp-tahunan@previous --only owed,overdue
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --agency agency.json --rule pengangkatan-administrator
      asnpolicy assess jakarta tables/ --as-of 2026-10-01 --format parquet -o answers/
      asnpolicy assess jakarta tables/ --as-of 2026-10-01 --only owed,overdue --format csv -o overdue.csv
      asnpolicy synth jakarta -n 100 | asnpolicy assess jakarta - --as-of 2026-10-01 --format jsonl
    """
    lang = language_of_answer(lang, ("id", "en"), "id")
    day = as_of_date(as_of)
    shown = format or ("table" if sys.stdout.isatty() and output is None else "jsonl")
    if shown == PARQUET:
        refuse(only=only, applicable=applicable, waivers=waivers, strict=strict, encoding=encoding)
        engine = Engine.load(region)
        asked_of = {"as_of": day, "agency": agency_of(agency), "rules": rule, "detail": detail}
        raise typer.Exit(assessed_folder(engine, employees, output, jobs, **asked_of))
    check_format(shown, (*FORMATS, PARQUET))
    _no_detail(detail)
    selection = Selection(_results(only), applicable, rows)
    engine = Engine.load(region, backend=backend)
    engine.check_asked(day, rule)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    apart(output, employees, agency, waivers)
    asked, codes = None if rule is None else tuple(rule), NearCodes.of(engine.policy, known)
    work = Work(region, engine.policy.digest, backend, day, asked, known, given, shown, selection, Reader(strict), codes=codes, lang=lang)
    people = People(employees, encoding, strict=strict)
    write = assessed_tables if people.in_tables else _written
    raise typer.Exit(write(work, engine, people, output, jobs))


def _no_detail(detail: bool) -> None:
    """Refuse `--detail` where no Parquet is written."""
    if detail:
        raise wrong_use(
            phrase(en="`--detail` is for `--format parquet`", id="`--detail` untuk `--format parquet`"),
            phrase(en="`--format jsonl` has every criterion", id="`--format jsonl` memuat setiap syarat"),
        )


def _results(only: list[str] | None) -> frozenset[str]:
    """Read the results that are asked for."""
    given = [word.strip() for text in only or () for word in text.split(",")]
    wanted = []
    for word in given:
        result = result_of(word)
        wanted += [result] if result is not None else []
        if result is None:
            raise wrong_use(
                phrase(en="unknown result `{word}`", id="hasil `{word}` tidak dikenal", word=word),
                phrase(en="choose from {results}", id="pilih dari {results}", results=", ".join(RESULTS)),
            )
    return frozenset(wanted)


def apart(output: str | None, *inputs: str | None) -> None:
    """Raise PolicyError when the output would take the place of what is read."""
    for path in inputs:
        if output and path and Path(output).is_file() and Path(path).is_file() and Path(output).samefile(path):
            raise wrong_use(
                phrase(en="`{output}` is what is read", id="`{output}` adalah berkas yang sedang dibaca", output=output),
                phrase(en="write to another file", id="tulis ke berkas lain"),
            )
        if output and path and Path(path).is_dir() and Path(output).parent.resolve() == Path(path).resolve():
            raise wrong_use(
                phrase(
                    en="`{output}` would lie among the tables that are read",
                    id="`{output}` akan berada di antara tabel yang sedang dibaca",
                    output=output,
                ),
                phrase(en="write elsewhere", id="tulis di tempat lain"),
            )


def _written(work: Work, engine: Engine, people: People, output: str | None, jobs: int) -> int:
    """Decide and write, and return the exit status."""
    form = work.form()
    form.check(output)
    tally = NearTally()
    with people.open() as register:
        work = replace(work, reader=register.reader)
        with (
            form.open(output) as write,
            progress("employees assessed", size(people.path), beside=form.streams and output in (None, "-")) as advance,
            closing(results(work, engine, register.entries(), jobs)) as decided,
        ):
            for done in decided:
                for part in done.parts:
                    write(part)
                for bad in done.bad:
                    people.tell(bad)
                people.count(done.found)
                for bearer, near in done.near:
                    tally.add(bearer, near)
                advance(len(done.parts), done.size)
        if found := tally.told():
            tell(near_note(people.name, found, listed=True))
        return FINDING if people.tell_rest() + people.tell_doubles(register.repeated()) else 0


def size(path: str) -> int | None:
    """Return the size of a file in bytes; None for standard input."""
    there = Path(path)
    return there.stat().st_size if path != "-" and there.is_file() else None
