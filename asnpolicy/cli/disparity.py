"""`asnpolicy disparity`: outcomes of a rule by group on a workforce, with honest statistics."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.formats import Selection
from asnpolicy.cli.output import FINDING, as_of_date, say, tell
from asnpolicy.cli.people import People, no_processes
from asnpolicy.cli.work import Work, results
from asnpolicy.engine import Engine
from asnpolicy.exchange.intake import Reader
from asnpolicy.fairness.by_group.outcomes import Outcomes, PersonOutcome, gathered, outcomes
from asnpolicy.fairness.by_group.report import Disparity, attributes, told_by_group
from asnpolicy.fairness.by_group.standard import standard_of
from asnpolicy.problems import missing_extra
from asnpolicy.report.outcomes import page
from asnpolicy.visible import visible_json

FORMATS = ("text", "json", "html")
LARGE = 20_000_000
"""A file of more bytes, some thousand people, is shared among processes."""
JOBS = typer.Option(
    help="how many processes read a file and decide; for a large one as many as there are processors", min=1, max=256
)


def command(
    region: Annotated[str, typer.Argument(metavar="REGION")],
    employees: Annotated[
        str,
        typer.Argument(
            metavar="EMPLOYEES",
            help="a folder of tables or the address of a database, which is fastest; or a file of JSON Lines; - for standard input",
        ),
    ],
    rule: Annotated[str, typer.Option(help="the rule")],
    as_of: Annotated[str | None, typer.Option(help="the day; today when not given")] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="an attribute: sex, age, marital_status, disability, ethnicity, unit …")
    ] = None,
    intersections: Annotated[bool, typer.Option(help="each two attributes together too")] = False,
    stratum: Annotated[
        str | None, typer.Option(help="an attribute within which groups are compared too, such as unit")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="the group to compare with; else the one with the highest rate")
    ] = None,
    standard: Annotated[str, typer.Option(help="by what a difference counts")] = "us-ugesp-1978",
    agency: Annotated[str | None, typer.Option(help="a JSON file with units and vacant posts")] = None,
    jobs: Annotated[int | None, JOBS] = None,
    format: Annotated[str, typer.Option(help="text, json or html")] = "text",
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    lang: Annotated[str | None, typer.Option(help="en or id", show_default="en")] = None,
) -> None:
    """Tell the outcomes of a rule by group: rates, ratios, exact tests, and the criterion at which groups part.

    Who the rule is not for is in no rate; undetermined is an outcome of its own. Fewer than five people are never told of.

    \b
    Exit status: 0 no signal, 1 a group whose ratio is low and for which chance is unlikely.

    \b
    Examples:
      asnpolicy disparity jakarta staff.jsonl --rule kenaikan-pangkat-reguler --as-of 2026-10-01
      asnpolicy disparity jakarta tables/ --rule kenaikan-pangkat-reguler --by age --as-of 2026-10-01
      asnpolicy disparity jakarta staff.jsonl --rule jp-tahunan --by sex --by age --intersections --stratum unit --jobs 2
    """
    check_format(format, FORMATS)
    lang = language_of_answer(lang, ("en", "id"), "en")
    asked, engine, people = tuple(by or ("sex",)), Engine.load(region), People(employees)
    standard_of(standard)
    work = _work(region, engine, rule, as_of_date(as_of), agency, attributes(asked, stratum))
    came_to, amiss = (_of_tables if people.in_tables else _of_lines)(work, engine, people, jobs)
    found = told_by_group(
        engine.policy.region, came_to, asked, intersections=intersections, stratum=stratum, reference=reference,
        standard=standard,
    )  # fmt: skip
    _write(_shown(found, format, lang), output)
    if found.signals or amiss:
        raise typer.Exit(FINDING)


def _work(region: str, engine: Engine, rule: str, day: date, agency: str | None, by: tuple[str, ...]) -> Work:
    engine.check_asked(day, [rule])
    return Work(
        region, engine.policy.digest, engine.backend, day, (rule,), agency_of(agency), (), "jsonl", Selection(), Reader(), by,
    )  # fmt: skip


def _of_tables(work: Work, engine: Engine, people: People, jobs: int | None) -> tuple[Outcomes, bool]:
    """Return what a rule came to for people in tables, in columns, and whether anything was amiss in these."""
    no_processes(jobs)
    try:
        from asnpolicy.workforce import Workforce  # noqa: PLC0415  # needs an extra
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    staff = Workforce.read(people.path)
    found = outcomes(engine, staff, _rule(work), as_of=work.as_of, by=work.by, agency=work.agency)
    for one in staff.amiss:
        tell(one.sentence)
    return found, bool(staff.amiss)


def _of_lines(work: Work, engine: Engine, people: People, jobs: int | None) -> tuple[Outcomes, bool]:
    """Return what a rule came to for the people of a file, and whether any line was nobody."""
    decided = _decided(work, engine, people, jobs or _processes(people.path))
    found = gathered(engine, decided, _rule(work), as_of=work.as_of, by=work.by)
    people.tell_bad()
    return found, bool(people.bad)


def _rule(work: Work) -> str:
    (rule,) = work.rules or ()
    return rule


def _processes(file: str) -> int:
    """Return how many processes read a file: a small one is read sooner than others have begun."""
    path = Path(file)
    return (os.cpu_count() or 1) if path.is_file() and path.stat().st_size > LARGE else 1


def _decided(work: Work, engine: Engine, people: People, jobs: int) -> Iterator[PersonOutcome]:
    """Read and decide, in this process or in several."""
    with people.open() as register:
        asked = replace(work, reader=register.reader)
        with closing(results(asked, engine, register.entries(), jobs)) as decided:
            for done in decided:
                for bad in done.bad:
                    people.tell(bad)
                people.count(done.found)
                yield from done.parts
        people.repeated = register.repeated()


def _shown(found: Disparity, format: str, lang: str) -> str:
    if format == "json":
        return visible_json(json.dumps(found.as_data(), ensure_ascii=False))
    return page(found, lang) if format == "html" else found.text(lang)


def _write(text: str, output: str | None) -> None:
    if output is None:
        say(text)
    else:
        Path(output).write_text(f"{text}\n", encoding="utf-8")
