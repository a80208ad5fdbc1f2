"""`asnpolicy explain`: one decision with all its reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.output import FINDING, People, as_of_date, wrong_use
from asnpolicy.engine import Engine
from asnpolicy.people import Employee
from asnpolicy.people.nip import masked, normal


def explain(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help="JSON Lines, one employee a line; - for standard input")],
    nip: Annotated[str, typer.Option(help="whose decision")],
    rule: Annotated[str, typer.Option(help="which rule")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    lang: Annotated[str, typer.Option(help="id (Indonesian) or en (English)")] = "id",
) -> None:
    r"""Explain one decision: each criterion with what was seen, what is required, and its basis.

    \b
    Examples:
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule jp-tahunan --as-of 2026-10-01 --lang en
    """
    if lang not in ("id", "en"):
        raise wrong_use(f"unknown language `{lang}`", "choose `id` or `en`")
    day = as_of_date(as_of)
    engine = Engine.load(region)
    engine.check_asked(day, [rule])
    people = People(employees)
    person = _find(people, nip)
    typer.echo(engine.decide(person, rule, as_of=day).explain(lang), nl=False)
    if people.bad:
        raise typer.Exit(FINDING)


def _find(people: People, nip: str) -> Employee:
    try:
        wanted = normal(nip)
    except ValueError as error:
        raise wrong_use(str(error), "write the 18 digits") from None
    found = [person for person in people if person.nip == wanted]
    if not found:
        raise wrong_use(f"nobody in the file has the NIP `{masked(wanted)}`", "check the number and the file")
    if len(found) > 1:
        raise wrong_use(f"{len(found)} lines have the NIP `{masked(wanted)}`", "leave one of them")
    return found[0]
