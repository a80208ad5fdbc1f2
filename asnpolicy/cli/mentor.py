"""`asnpolicy mentor`: assigns mentors by a mentoring rule, and writes pairs, reasons and letters."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import IO, Annotated

import typer

from asnpolicy.cli.asking import agency_of, check_format, language_of_answer
from asnpolicy.cli.files import written
from asnpolicy.cli.issuing import (
    DATED,
    DEADLINE,
    LETTER_FORMAT,
    NUMBER,
    OFFICE,
    check_letter,
    folder_for_letters,
    issuer_of,
    write_letter,
)
from asnpolicy.cli.mentor_table import tables
from asnpolicy.cli.output import FINDING, as_of_date, tell, wrong_use
from asnpolicy.cli.people import EMPLOYEES, ENCODING, STRICT, People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import fitted
from asnpolicy.decisions.mentoring import Assignment, Pairing
from asnpolicy.engine import Engine
from asnpolicy.exchange import assignments, pairs
from asnpolicy.people import Employee
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.report.letters.letter import Letter
from asnpolicy.report.letters.mentoring import mentee_letter, mentor_letter
from asnpolicy.text import joined, phrase
from asnpolicy.visible import visible

FORMATS = ("table", "csv", "json")
KEEP = typer.Option(help="pairs that stay unless a limit breaks: CSV, or an assignment as JSON")
TO_FOLDER = typer.Option(help="write a letter to each mentor and each mentee into this folder")


def mentor(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=EMPLOYEES)],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    rule: Annotated[str | None, typer.Option(help="the mentoring rule, where the region has several")] = None,
    objective: Annotated[str, typer.Option(help="stable, total or max-min")] = "stable",
    seed: Annotated[str | None, typer.Option(help="the seed of the lottery, which is published")] = None,
    keep: Annotated[str | None, KEEP] = None,
    forced: Annotated[str | None, typer.Option(help="pairs that must be: CSV with `mentor,mentee`")] = None,
    forbidden: Annotated[str | None, typer.Option(help="pairs that must not be, such as relatives: CSV")] = None,
    places: Annotated[str | None, typer.Option(help="fewer places of single mentors: CSV with `mentor,places`")] = None,
    keys: Annotated[str | None, typer.Option(help="opaque keys for the lottery: CSV with `nip,key`")] = None,
    agency: Annotated[str | None, typer.Option(help="a JSON file, or a folder of tables, with the agency's units and relations")] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    format: Annotated[str | None, typer.Option(help="table, csv or json; a table on a terminal, else json")] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English); letters also both", show_default="id")] = None,
    rows: Annotated[int, typer.Option(min=0, help="how many rows each table shows")] = 25,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    letters: Annotated[str | None, TO_FOLDER] = None,
    letter_format: Annotated[str, LETTER_FORMAT] = "html",
    office: Annotated[str | None, OFFICE] = None,
    number: Annotated[str | None, NUMBER] = None,
    dated: Annotated[str | None, DATED] = None,
    deadline: Annotated[str | None, DEADLINE] = None,
    whole_nip: Annotated[bool, typer.Option("--whole-nip", help="write numbers in full in tables and letters")] = False,
) -> None:
    """Assign mentors: who mentors whom, why, who has none and what bound them.

    \b
    Examples:
      asnpolicy mentor jakarta staff.jsonl --as-of 2026-10-01 --objective max-min --format csv -o pairs.csv
      asnpolicy mentor jakarta staff.jsonl --as-of 2027-10-01 --keep pairs.csv --seed "7 3 19 40"
      asnpolicy mentor nasional staff.jsonl --as-of 2026-10-01 --rule pembimbingan-latsar --letters letters \\
        --office office.toml
    """
    lang = language_of_answer(lang, ("id", "en", "both") if letters else ("id", "en"), "id")
    shown = _format(format, output, letter_format)
    engine, people, day = Engine.load(region), People(employees, encoding, strict=strict), as_of_date(as_of)
    made = engine.assign_mentors(
        _read(people), as_of=day, rule=rule or _only_rule(engine, day), agency=agency_of(agency), objective=objective, seed=seed,
        keep=_pairs(keep), forced=_pairs(forced), forbidden=_pairs(forbidden),
        places=pairs.places(places) if places else None, keys=pairs.keys(keys) if keys else None,
    )  # fmt: skip
    with written(output) as out:
        _write(made, out, shown, lang, rows=rows, whole_nip=whole_nip)
    _tell_released(made, keep)
    if letters is not None:
        written_by = issuer_of(office, number=number, dated=dated, deadline=deadline)
        _write_letters(letters, _letters(made, written_by, whole_nip=whole_nip), letter_format, lang)
    if people.tell_amiss():
        raise typer.Exit(FINDING)


def _format(format: str | None, output: str | None, letter_format: str) -> str:
    shown = format or ("table" if sys.stdout.isatty() and output is None else "json")
    check_format(shown, FORMATS)
    check_letter(letter_format, output, to_folder=True)
    return shown


def _only_rule(engine: Engine, day: date) -> str:
    """Return the mentoring rule of a region that has one of its own, or inherits a single one."""
    rules = [rule for rule in engine.policy.program(day).rules if rule.kind == "mentoring"]
    own = [rule for rule in rules if rule.place.file.startswith(f"{engine.policy.region}/")]
    for found in (own, rules):
        if len(found) == 1:
            return found[0].id
    raise wrong_use(
        phrase(en="there are several mentoring rules", id="ada beberapa aturan pembimbingan"),
        phrase(
            en="name one with `--rule`: {rules}",
            id="sebut satu dengan `--rule`: {rules}",
            rules=joined(
                *(phrase(en="{rule} ({title})", id="{rule} ({title})", rule=one.id, title=one.title) for one in rules),
                by=", ",
            ),
        ),
    )


def _read(people: People) -> Iterator[Employee]:
    """Return the people of a file, counted on a terminal as they are read."""
    with progress("employees read") as advance:
        for person in people:
            yield person
            advance(1, 1)


def _pairs(path: str | None) -> tuple[Pairing, ...]:
    return pairs.pairings(path) if path is not None else ()


def _tell_released(made: Assignment, keep: str | None) -> None:
    """Tell how many pairs of a file did not stay: rows of pairs do not have them, and they may be of another office."""
    if keep is not None and made.released:
        tell(
            phrase(
                en="{keep}: pairs that did not stay: {count}; the table and the JSON say why   [released]",
                id="{keep}: pasangan yang tidak dipertahankan: {count}; tabel dan JSON memuat sebabnya   [released]",
                keep=visible(keep),
                count=len(made.released),
            )
        )


def _write(made: Assignment, out: IO[str], shown: str, lang: str, *, rows: int, whole_nip: bool) -> None:
    spoken = "id" if lang == "both" else lang
    if shown == "json":
        out.write(made.model_dump_json() + "\n")
    elif shown == "csv":
        assignments.write(made, out, spoken)
    else:
        out.write(fitted(tables(made, spoken, rows=rows, whole_nip=whole_nip), out))


# Letters


def _letters(made: Assignment, issuer: Issuer, *, whole_nip: bool) -> Iterator[tuple[str, Letter]]:
    """Return each letter with the name of its file: to mentors, to mentees, in order of their numbers."""
    for at, nip in enumerate(sorted({one.mentor.nip for one in made.pairs}), 1):
        yield f"mentor-{at:05}", mentor_letter(made, nip, issuer, whole_nip=whole_nip)
    mentees = sorted([*(one.mentee.nip for one in made.pairs), *(one.mentee.nip for one in made.unassigned)])
    for at, nip in enumerate(mentees, 1):
        yield f"mentee-{at:05}", mentee_letter(made, nip, issuer, whole_nip=whole_nip)


def _write_letters(folder: str, letters: Iterator[tuple[str, Letter]], format: str, lang: str) -> None:
    where = folder_for_letters(folder)
    for name, letter in letters:
        write_letter(letter, str(where / f"{name}.{format}"), format, lang)
