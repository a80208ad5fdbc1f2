"""`asnpolicy summary`: what a policy comes to for a whole workforce, in counts."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.assess import apart, size
from asnpolicy.cli.files import written, written_bytes
from asnpolicy.cli.findings import check_workbook
from asnpolicy.cli.formats import CODE, Selection
from asnpolicy.cli.output import FINDING, as_of_date, tell
from asnpolicy.cli.people import ENCODING, PEOPLE, STRICT, People, no_processes
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import drawn, fitted, spaced
from asnpolicy.cli.work import TOGETHER, Work, chunks, decided
from asnpolicy.decisions.summary import Summary, words
from asnpolicy.decisions.summary.counting import Counting
from asnpolicy.decisions.summary.groups import USUAL
from asnpolicy.engine import Engine
from asnpolicy.exchange import summary as rows_of
from asnpolicy.exchange import workbook
from asnpolicy.exchange.cells import guard
from asnpolicy.exchange.intake import Reader
from asnpolicy.problems import missing_extra
from asnpolicy.report import summary as report
from asnpolicy.visible import visible_json


def summary(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="a fact such as unit, rank, employment, post_kind, jenjang; rule for rules alone; may be given again"
        ),
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be given again")] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="for the office whose people these are: count small groups too")
    ] = False,
    agency: Annotated[
        str | None, typer.Option(help="a JSON file, or a folder of tables, with the agency's units")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="table, csv, json, html or xlsx; a table on a terminal, else json")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    jobs: Annotated[int, typer.Option(min=1, max=512, help="how many processes decide; the output is the same")] = 1,
    rows: Annotated[int, typer.Option(min=0, help="how many rows each table shows")] = 25,
) -> None:
    """Count what every rule comes to: by result, by unit and rank, and what is missing most often.

    Without --whole it is what may leave the unit: no group of fewer than five people can be read from it, nor worked out.

    \b
    Examples:
      asnpolicy summary jakarta staff.jsonl --as-of 2026-10-01
      asnpolicy summary jakarta tables/ --as-of 2026-10-01 --by unit --by employment --format html -o summary.html
      asnpolicy summary jakarta tables/ --as-of 2026-10-01 --whole --by rank --format xlsx -o summary.xlsx
      asnpolicy summary jakarta staff.jsonl --as-of 2026-10-01 --by rule --rule jp-tahunan --format csv
    """
    day = as_of_date(as_of)
    shown = format or ("table" if sys.stdout.isatty() and output is None else "json")
    check_format(shown, FORMATS)
    lang = language_of_answer(lang, ("id", "en"), "id")
    if shown == "xlsx":
        check_workbook(output)
    engine, known = Engine.load(region), agency_of(agency)
    counting = engine.counting(as_of=day, by=by or USUAL, rules=rule, agency=known)
    apart(output, employees, agency)
    people = People(employees, encoding, strict=strict)
    if people.in_tables:
        no_processes(jobs if jobs > 1 else None)
        amiss = _in_tables(counting, people)
    else:
        work = Work(
            region, engine.policy.digest, engine.backend, day, None if rule is None else tuple(rule), known, (), "jsonl",
            Selection(), Reader(), counted_by=tuple(by or USUAL),
        )  # fmt: skip
        amiss = _in_file(counting, people, work, engine, jobs)
    made = counting.summary()
    FORMATS[shown](made if whole else made.published, lang, output, rows)
    raise typer.Exit(FINDING if amiss else 0)


def _in_file(counting: Counting, people: People, work: Work, engine: Engine, jobs: int) -> int:
    with people.open() as register, progress("employees assessed", size(people.path)) as advance:
        waiting = chunks(register.entries(), TOGETHER)
        with closing(decided(replace(work, reader=register.reader), engine, waiting, jobs)) as answers:
            for done in answers:
                for bad in done.bad:
                    people.tell(bad)
                people.count(done.found)
                for part in done.parts:
                    counting.counts.add(part)
                    advance(part.people + len(done.bad), done.size)
        people.repeated = register.repeated()
    return people.tell_amiss()


def _in_tables(counting: Counting, people: People) -> int:
    people.refuse_reading_options()
    try:
        from asnpolicy.exchange.tables import count_tables  # noqa: PLC0415  # needs an extra
        from asnpolicy.workforce.source import opened  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    with opened(people.path) as source, progress("employees assessed", source.rows()) as advance:
        run = count_tables(counting, source, advance=lambda done: advance(done, done))
    for line in run.told():
        tell(line)
    return len(run.amiss)


# Formats


def _table(made: Summary, lang: str, output: str | None, most: int) -> None:
    with written(output) as out:
        out.write(f"{words.title(made).to(lang)}\n\n")
        out.writelines(f"{fitted(one.to(lang), out)}\n" for one in words.about(made))
        if made.people is not None:
            out.write(spaced("".join(_tables(made, lang, most))))


def _tables(made: Summary, lang: str, most: int) -> Iterator[str]:
    for kind, text in words.KINDS.items():
        own = [rule for rule in made.rules if rule.kind == kind]
        if own:
            heads = [report.RULE.to(lang), *(words.RESULTS[one.result].to(lang) for one in own[0].results), CODE.to(lang)]
            lines = [(rule.title.to(lang), *(words.count(one.people) for one in rule.results), rule.id) for rule in own]
            yield f"\n{text.to(lang)}\n{drawn(heads, lines, spare=1)}"
    heads = [one.to(lang) for one in (report.WHAT, report.BLOCKED, report.PEOPLE)]
    missing = [
        (words.missing(one.name).to(lang), words.count(one.decisions), words.count(one.people))
        for one in made.missing[:most]
    ]
    yield f"\n{report.MISSING.to(lang)}\n{drawn(heads, missing) if missing else words.NOTHING.to(lang)}"
    for breakdown in made.breakdowns:
        groups = [(words.group(one.name).to(lang), words.count(one.people)) for one in breakdown.groups[:most]]
        yield "\n" + drawn((breakdown.title.to(lang), report.PEOPLE.to(lang)), groups)


def _csv(made: Summary, lang: str, output: str | None, most: int) -> None:
    del lang, most
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows_of.CountRow._fields)
    writer.writerows([guard(cell) for cell in row] for row in rows_of.rows(made))
    with written(output) as out:
        out.write(text.getvalue())


def _json(made: Summary, lang: str, output: str | None, most: int) -> None:
    del lang, most
    with written(output) as out:
        out.write(f"{visible_json(json.dumps(made.as_data(), ensure_ascii=False))}\n")


def _sheet(made: Summary, lang: str, output: str | None, most: int) -> None:
    del lang, most
    columns = rows_of.WORDS
    with written_bytes(str(output)) as file, workbook.workbook(file, "Ringkasan", columns, made.as_of) as book:
        for row in rows_of.in_words(made):
            book.write(row)
        book.about("Keterangan", (words.title(made).id, *(one.id for one in words.about(made))))


def _page(made: Summary, lang: str, output: str | None, most: int) -> None:
    del most
    with written(output) as out:
        out.write(report.page(made, lang))


FORMATS: dict[str, Callable[[Summary, str, str | None, int], None]] = {
    "table": _table, "csv": _csv, "json": _json, "html": _page, "xlsx": _sheet,
}  # fmt: skip
