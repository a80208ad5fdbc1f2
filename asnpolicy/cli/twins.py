"""`asnpolicy twins`: each person beside the same person with protected attributes changed."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.output import FINDING, as_of_date, say
from asnpolicy.cli.people import People
from asnpolicy.engine import Engine
from asnpolicy.fairness.twin_pairs import twins
from asnpolicy.language.fairness import PROTECTED
from asnpolicy.visible import visible_json


def command(
    region: Annotated[str, typer.Argument(metavar="REGION")],
    employees: Annotated[
        str, typer.Argument(metavar="EMPLOYEES", help="a file of JSON Lines, one employee a line; - for standard input")
    ],
    as_of: Annotated[str | None, typer.Option(help="the day; today when not given")] = None,
    attribute: Annotated[list[str] | None, typer.Option(help="a protected attribute; without one, all")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="a rule; without one, all")] = None,
    agency: Annotated[str | None, typer.Option(help="a JSON file with units")] = None,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    lang: Annotated[str | None, typer.Option(help="en or id", show_default="en")] = None,
) -> None:
    """Set each person beside the same person with another sex, age, religion and so on, and tell what would turn.

    \b
    Exit status: 0 nothing turns but what a law allows, 1 something does.

    \b
    Examples:
      asnpolicy twins jakarta staff.jsonl --as-of 2026-10-01
      asnpolicy twins jakarta staff.jsonl --attribute birth_date --rule pensiun-bup
    """
    check_format(format, ("text", "json"))
    lang = language_of_answer(lang, ("en", "id"), "en")
    day, people = as_of_date(as_of), People(employees)
    found = twins(
        Engine.load(region), people, as_of=day, attributes=tuple(attribute or PROTECTED),
        rules=tuple(rule) if rule else None, agency=agency_of(agency),
    )  # fmt: skip
    if format == "json":
        say(visible_json(json.dumps(found.as_data(), ensure_ascii=False)))
    else:
        for line in found.lines(lang):
            say(line)
    people.tell_bad()
    if found.unlawful or people.bad:
        raise typer.Exit(FINDING)
