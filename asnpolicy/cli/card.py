"""`asnpolicy card`: one page for one person about their own career, or one for each of an office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, language_of_answer, person_of, waivers_of
from asnpolicy.cli.explain import AGENCY
from asnpolicy.cli.files import written
from asnpolicy.cli.issuing import OFFICE, check_alone, folder_for_letters, issuer_of, whose
from asnpolicy.cli.output import FINDING, as_of_date
from asnpolicy.cli.people import PEOPLE, People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.timeline import ASSUME
from asnpolicy.decisions.card import CareerCard
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.engine import Engine
from asnpolicy.people import Employee
from asnpolicy.report.letters.card import letter
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.visible import visible_json

FORMATS = ("text", "md", "html", "json")
ENDINGS = {"text": "txt", "md": "md", "html": "html", "json": "json"}
FOLDER = typer.Option(help="instead of --nip: a card of everybody in the file, into this folder")


def card(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    nip: Annotated[str | None, typer.Option(help="whose card")] = None,
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    assume: Annotated[list[str] | None, ASSUME] = None,
    agency: Annotated[str | None, AGENCY] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    office: Annotated[str | None, OFFICE] = None,
    whole_nip: Annotated[bool, typer.Option("--whole-nip", help="write the NIP of the person in full")] = False,
    folder: Annotated[str | None, FOLDER] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian), en (English) or both", show_default="id")] = None,
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
      asnpolicy card surakarta staff.jsonl --as-of 2026-10-01 --agency agency.json --assume rating=last \\
        --format html --office office.toml --folder cards
    """
    lang = language_of_answer(lang, ("id", "en", "both"), "id")
    check_format(format, FORMATS)
    people, engine, day = People(employees), Engine.load(region), as_of_date(as_of)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    assumptions = [Assumption.of(one) for one in assume or ()]
    issuer = issuer_of(office, number=None, dated=None, deadline=None)

    def made(person: Employee) -> CareerCard:
        """Make the card of one person, with what can be assumed of that person."""
        own = assumptions if folder is None else [one for one in assumptions if one.fits(person)]
        mine = given if folder is None else [one for one in given if one.nip == person.nip]
        return engine.card(person, as_of=day, agency=known, assume=own, waivers=mine)

    if folder is None:
        _write(made(person_of(people, whose(nip))[0]), output, format, lang, issuer, whole_nip=whole_nip)
    else:
        check_alone({"--nip": nip, "-o": output})
        where = folder_for_letters(folder)
        for at, person in enumerate(_read(people), 1):
            path = where / f"{at:05}-card.{ENDINGS[format]}"
            _write(made(person), str(path), format, lang, issuer, whole_nip=whole_nip)
    if people.bad:
        raise typer.Exit(FINDING)


def _read(people: People) -> Iterator[Employee]:
    with progress("cards written") as advance:
        for person in people:
            yield person
            advance(1, 1)


def _write(made: CareerCard, output: str | None, format: str, lang: str, issuer: Issuer, *, whole_nip: bool) -> None:
    with written(output) as out:
        match format:
            case "json":
                out.write(visible_json(made.model_dump_json(indent=1)) + "\n")
            case "text":
                out.write("\n".join(made.text(one) for one in (("id", "en") if lang == "both" else (lang,))))
            case "md":
                out.write(letter(made, issuer, whole_nip=whole_nip).markdown(lang))
            case _:
                out.write(letter(made, issuer, whole_nip=whole_nip).html(lang))
