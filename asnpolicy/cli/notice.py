"""`asnpolicy notice`: the letter that tells one person one decision."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, check_format, check_language, decided
from asnpolicy.cli.explain import AGENCY, MENTOR, TARGET
from asnpolicy.cli.files import written
from asnpolicy.cli.issuing import (
    CHANNEL,
    DATED,
    DEADLINE,
    ISSUER,
    NUMBER,
    OBJECTION,
    OFFICIAL,
    OFFICIAL_NIP,
    PLACE,
    POST,
    issuer_of,
)  # fmt: skip
from asnpolicy.cli.output import FINDING
from asnpolicy.cli.people import EMPLOYEES, ENCODING, STRICT, People
from asnpolicy.report.notice import notice

FORMATS = ("md", "html")


def command(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=EMPLOYEES)],
    nip: Annotated[str, typer.Option(help="whose decision")],
    rule: Annotated[str, typer.Option(help="which rule")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    format: Annotated[str, typer.Option(help="md (Markdown) or html")] = "md",
    lang: Annotated[str, typer.Option(help="id (Indonesian), en (English) or both")] = "id",
    agency: Annotated[str | None, AGENCY] = None,
    target: Annotated[str | None, TARGET] = None,
    mentor: Annotated[str | None, MENTOR] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    issuer: Annotated[str | None, ISSUER] = None,
    official: Annotated[str | None, OFFICIAL] = None,
    post: Annotated[str | None, POST] = None,
    official_nip: Annotated[str | None, OFFICIAL_NIP] = None,
    number: Annotated[str | None, NUMBER] = None,
    place: Annotated[str | None, PLACE] = None,
    dated: Annotated[str | None, DATED] = None,
    objection: Annotated[str | None, OBJECTION] = None,
    channel: Annotated[str | None, CHANNEL] = None,
    deadline: Annotated[str | None, DEADLINE] = None,
    whole_nip: Annotated[bool, typer.Option("--whole-nip", help="write the NIP of the person in full")] = False,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Write the letter that tells one person one decision.

    What it is follows from the decision: a refusal, a consideration when no law is behind it, a request for data, a
    notice that the requirements are met, a reminder of a duty. What is not given stays open, in square brackets.

    \b
    Examples:
      asnpolicy notice jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01
      asnpolicy notice jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01 \\
        --format html --lang both --issuer "Badan Kepegawaian Daerah" --number 800/123/2026 --official "Siti Aminah" \\
        --objection "Kepala Badan" --channel "keberatan@example.go.id" --deadline 2026-10-31 -o notice.html
      asnpolicy notice nasional staff.jsonl --nip 198609262015051001 --rule jpt-pratama --as-of 2026-10-01 \\
        --agency agency.json --target kepala-dinas
    """
    check_language(lang, ("id", "en", "both"))
    check_format(format, FORMATS)
    written_by = issuer_of(
            agency=issuer, official=official, post=post, nip=official_nip, number=number, place=place, dated=dated,
            objection_to=objection, channel=channel, deadline=deadline,
        )  # fmt: skip
    people = People(employees, encoding, strict=strict)
    decision = decided(
        region, people, nip=nip, rule=rule, as_of=as_of, agency=agency, target=target, mentor=mentor,
        waivers=waivers,
    )  # fmt: skip
    letter = notice(decision, written_by, whole_nip=whole_nip)
    with written(output) as out:
        out.write(letter.html(lang) if format == "html" else letter.markdown(lang))
    if people.bad:
        raise typer.Exit(FINDING)
