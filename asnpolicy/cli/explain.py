"""`asnpolicy explain`: one decision with all its reasons."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, decided, language_of_answer
from asnpolicy.cli.output import FINDING, say
from asnpolicy.cli.people import ENCODING, PEOPLE, STRICT, People
from asnpolicy.cli.table import fitted

AGENCY = typer.Option(help="a JSON file, or a folder of tables, with the agency's units, openings and relations")
TARGET = typer.Option(help="the opening of the agency that a promotion into a post leads to")
TRACE = typer.Option("--trace", help="tell how it follows by forward chaining, step after step; needs the extra `rete`")
MENTOR = typer.Option(help="the NIP of the mentor, for a rule about a pair; somebody of the same file")


def explain(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    nip: Annotated[str, typer.Option(help="whose decision")],
    rule: Annotated[str, typer.Option(help="which rule")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
    agency: Annotated[str | None, AGENCY] = None,
    target: Annotated[str | None, TARGET] = None,
    mentor: Annotated[str | None, MENTOR] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    trace: Annotated[bool, TRACE] = False,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
) -> None:
    """Explain one decision: each criterion with what was seen, what is required, and its basis.

    \b
    Examples:
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule jp-tahunan --as-of 2026-10-01 --lang en
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule pengangkatan-pengawas --as-of 2026-10-01 \\
        --agency agency.json --target kasubbag-umum
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule pembimbingan-pegawai-muda/pair \\
        --as-of 2026-10-01 --mentor 197001011995031002
      asnpolicy explain jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01 \\
        --trace
    """
    lang = language_of_answer(lang, ("id", "en"), "id")
    people = People(employees, encoding, strict=strict)
    decision = decided(
        region, people, nip=nip, rule=rule, as_of=as_of, agency=agency, target=target, mentor=mentor,
        waivers=waivers,
    )  # fmt: skip
    told = decision.trace().text(lang) if trace else ""
    say(fitted(decision.explain(lang), sys.stdout).removesuffix("\n"))
    if told:
        say("\n" + fitted(told, sys.stdout).removesuffix("\n"))
    if people.bad:
        raise typer.Exit(FINDING)
