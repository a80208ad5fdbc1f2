"""`asnpolicy notice`: the letter that tells one person one decision, or one to each whom a rule is for."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, decided, language_of_answer, waivers_of
from asnpolicy.cli.explain import AGENCY, MENTOR, TARGET
from asnpolicy.cli.issuing import (
    DATED,
    DEADLINE,
    LETTER_FORMAT,
    NUMBER,
    OFFICE,
    check_alone,
    check_letter,
    folder_for_letters,
    issuer_of,
    whose,
    write_letter,
)
from asnpolicy.cli.output import FINDING, as_of_date
from asnpolicy.cli.people import ENCODING, PEOPLE, STRICT, People
from asnpolicy.decisions import Verdict
from asnpolicy.engine import Engine
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.report.letters.notice import notice
from asnpolicy.report.letters.notice_kind import kind_of

KIND = typer.Option(
    help="what the letter is, when it is not to be the usual one; one that contradicts the decision is refused"
)
MASK = typer.Option("--mask-nip", help="mask the NIP of the person, for copies that others get")
FOLDER = typer.Option(help="instead of --nip: a letter of everybody whom the rule is for, into this folder")


def command(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    rule: Annotated[str, typer.Option(help="which rule")],
    nip: Annotated[str | None, typer.Option(help="whose decision")] = None,
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    kind: Annotated[str | None, KIND] = None,
    format: Annotated[str, LETTER_FORMAT] = "md",
    lang: Annotated[str | None, typer.Option(help="id (Indonesian), en (English) or both", show_default="id")] = None,
    agency: Annotated[str | None, AGENCY] = None,
    target: Annotated[str | None, TARGET] = None,
    mentor: Annotated[str | None, MENTOR] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    strict: Annotated[bool, STRICT] = False,
    office: Annotated[str | None, OFFICE] = None,
    number: Annotated[str | None, NUMBER] = None,
    dated: Annotated[str | None, DATED] = None,
    deadline: Annotated[str | None, DEADLINE] = None,
    mask_nip: Annotated[bool, MASK] = False,
    folder: Annotated[str | None, FOLDER] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Write the letter that tells one person one decision.

    What it is follows from the decision: a refusal, a consideration when no law is behind it, a request for data, a
    notice that the requirements are met, a reminder of a duty to whoever owes it, a notice of the retirement age. What is
    not given stays a row of dots, to be filled in.

    \b
    Examples:
      asnpolicy notice jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01
      asnpolicy notice jakarta staff.jsonl --nip 198609262015051001 --rule kenaikan-pangkat-reguler --as-of 2026-10-01 \\
        --office office.toml --number 800/123/2026 --dated 2026-10-05 --format docx -o notice.docx
      asnpolicy notice nasional staff.jsonl --nip 198609262015051001 --rule jpt-pratama --as-of 2026-10-01 \\
        --agency agency.json --target kepala-dinas
      asnpolicy notice jakarta staff.jsonl --rule jp-tahunan@previous --as-of 2026-10-01 --office office.toml --folder letters
    """
    lang = language_of_answer(lang, ("id", "en", "both"), "id")
    check_letter(format, output, to_folder=folder is not None)
    issuer = issuer_of(office, number=number, dated=dated, deadline=deadline)
    people = People(employees, encoding, strict=strict)
    if folder is not None:
        check_alone({"--nip": nip, "--mentor": mentor, "--kind": kind, "--number": number, "-o": output})
        asked = _RuleForAll(region, rule, as_of, agency, target, waivers)
        asked.write_all(people, folder, issuer, format, lang, mask=mask_nip)
        if people.tell_amiss():
            raise typer.Exit(FINDING)
        return
    decision = decided(
        region, people, nip=whose(nip), rule=rule, as_of=as_of, agency=agency, target=target, mentor=mentor,
        waivers=waivers,
    )  # fmt: skip
    write_letter(notice(decision, issuer, kind=kind, mask=mask_nip), output, format, lang)
    if people.bad:
        raise typer.Exit(FINDING)


class _RuleForAll:
    """One rule, asked of everybody in a file."""

    def __init__(
        self, region: str, rule: str, as_of: str | None, agency: str | None, target: str | None, waivers: str | None
    ) -> None:
        self.engine, self.rule, self.day, self.target = Engine.load(region), rule, as_of_date(as_of), target
        self.engine.check_asked(self.day, [rule])
        self.agency, self.waivers = agency_of(agency), waivers_of(waivers, self.engine)

    def write_all(self, people: People, folder: str, issuer: Issuer, format: str, lang: str, *, mask: bool) -> None:
        """Write the letters in the order of the file; their names bear no number of a person."""
        where, written = folder_for_letters(folder), 0
        for person in people:
            decision = self.engine.decide(
                person, self.rule, as_of=self.day, target=self.target, agency=self.agency, waivers=self.waivers
            )
            if decision.verdict is Verdict.NOT_APPLICABLE:
                continue
            written += 1
            name = f"{written:05}-{kind_of(decision)}.{format}"
            write_letter(notice(decision, issuer, mask=mask), str(where / name), format, lang)
