"""`asnpolicy card`: one page for one person about their own career."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, check_language, person_of, waivers_of
from asnpolicy.cli.explain import AGENCY
from asnpolicy.cli.files import written
from asnpolicy.cli.issuing import OFFICE, issuer_of
from asnpolicy.cli.output import FINDING, as_of_date
from asnpolicy.cli.people import People
from asnpolicy.cli.timeline import ASSUME
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.engine import Engine
from asnpolicy.report.letters.card import letter
from asnpolicy.visible import visible_json

FORMATS = ("text", "md", "html", "json")


def card(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help="JSON Lines, one employee a line; - for standard input")],
    nip: Annotated[str, typer.Option(help="whose card")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    assume: Annotated[list[str] | None, ASSUME] = None,
    agency: Annotated[str | None, AGENCY] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    office: Annotated[str | None, OFFICE] = None,
    whole_nip: Annotated[bool, typer.Option("--whole-nip", help="write the NIP of the person in full")] = False,
    lang: Annotated[str, typer.Option(help="id (Indonesian), en (English) or both")] = "id",
    format: Annotated[str, typer.Option(help="text, md (Markdown), html or json")] = "text",
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Write one page for somebody to read about their own career.

    What is on record, the duties that are not fulfilled, the next steps with their earliest days and what to do, what
    closes with time, which data are missing, and where to object. It decides nothing.

    \b
    Examples:
      asnpolicy card surakarta staff.jsonl --nip 198609262015051001 --as-of 2026-10-01 --assume rating=Baik
      asnpolicy card surakarta staff.jsonl --nip 198609262015051001 --as-of 2026-10-01 --agency agency.json \\
        --format html --office office.toml -o card.html
    """
    check_language(lang, ("id", "en", "both"))
    check_format(format, FORMATS)
    people, engine, day = People(employees), Engine.load(region), as_of_date(as_of)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    assumptions = [Assumption.of(one) for one in assume or ()]
    person, _ = person_of(people, nip)
    made = engine.card(person, as_of=day, agency=known, assume=assumptions, waivers=given)
    page = letter(made, issuer_of(office, number=None, dated=None, deadline=None), whole_nip=whole_nip)
    with written(output) as out:
        match format:
            case "json":
                out.write(visible_json(made.model_dump_json(indent=1)) + "\n")
            case "text":
                out.write("\n".join(made.text(one) for one in (("id", "en") if lang == "both" else (lang,))))
            case "md":
                out.write(page.markdown(lang))
            case _:
                out.write(page.html(lang))
    if people.bad:
        raise typer.Exit(FINDING)
