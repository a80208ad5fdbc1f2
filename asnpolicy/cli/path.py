"""`asnpolicy path`: the next steps of one person, with dates, what to do, and the ladder to a goal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, language_of_answer, person_of, waivers_of
from asnpolicy.cli.explain import AGENCY
from asnpolicy.cli.files import written
from asnpolicy.cli.output import FINDING, as_of_date
from asnpolicy.cli.people import PEOPLE, People
from asnpolicy.cli.table import fitted
from asnpolicy.cli.timeline import ASSUME
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.engine import Engine
from asnpolicy.visible import visible_json

FORMATS = ("text", "json")


def path(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    nip: Annotated[str, typer.Option(help="whose path")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    goal: Annotated[
        str | None,
        typer.Option(help="a rank (IV/a), a level (Ahli Madya), a kind of post, or an opening of the agency"),
    ] = None,
    assume: Annotated[list[str] | None, ASSUME] = None,
    agency: Annotated[str | None, AGENCY] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
    format: Annotated[str | None, typer.Option(help="text or json; text on a terminal, else json")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Show what may come next for somebody: the earliest days, what to do, what closes, and what would change a no.

    \b
    Examples:
      asnpolicy path jakarta staff.jsonl --nip 198609262015051001 --as-of 2026-10-01 --assume rating=Baik
      asnpolicy path jakarta staff.jsonl --nip 198609262015051001 --as-of 2026-10-01 --goal IV/a --lang en
      asnpolicy path jakarta staff.jsonl --nip 198609262015051001 --as-of 2026-10-01 --agency agency.json --goal kabid
    """
    lang = language_of_answer(lang, ("id", "en"), "id")
    shown = format or ("text" if sys.stdout.isatty() and output is None else "json")
    check_format(shown, FORMATS)
    people, engine, day = People(employees), Engine.load(region), as_of_date(as_of)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    assumptions = [Assumption.of(one) for one in assume or ()]
    person, _ = person_of(people, nip)
    made = engine.path(person, as_of=day, agency=known, goal=goal, assume=assumptions, waivers=given)
    with written(output) as out:
        out.write(fitted(made.explain(lang), out) if shown == "text" else visible_json(made.model_dump_json(indent=1)) + "\n")
    if people.bad:
        raise typer.Exit(FINDING)
