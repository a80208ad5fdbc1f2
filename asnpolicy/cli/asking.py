"""Asking: what `explain` and `notice` need to decide one rule for one person: the person, the post, the mentor, the day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer
from pydantic import TypeAdapter, ValidationError

from asnpolicy.arguments import is_address
from asnpolicy.cli.language import chosen
from asnpolicy.cli.output import as_of_date, choose, tell, wrong_use
from asnpolicy.cli.people import People
from asnpolicy.decisions import Decision, Waiver
from asnpolicy.engine import Engine
from asnpolicy.people import Agency, Employee
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.nip import masked, normal
from asnpolicy.people.refusals import IT, discreet_refusals, masked_message, sentence_of
from asnpolicy.problems import PolicyError, missing_extra
from asnpolicy.text import Message, phrase

WAIVERS = typer.Option(help="a JSON file with a list of waivers: each of one criterion for one person, by letter")


def language_of_answer(lang: str | None, known: tuple[str, ...], own: str) -> str:
    """Return the language of what a command answers: its `--lang`, that before the command, ASNPOLICY_LANG, or its own.

    Raises PolicyError for one that is not spoken.
    """
    asked = lang or chosen() or own
    if asked not in known:
        raise wrong_use(
            phrase(en="unknown language `{what}`", id="bahasa `{what}` tidak dikenal", what=asked),
            choose(known),
        )
    return asked


def check_format(shown: str, known: Iterable[str]) -> None:
    """Raise PolicyError for a format that is not written."""
    formats = tuple(known)
    if shown not in formats:
        raise wrong_use(
            phrase(en="unknown format `{shown}`", id="format `{shown}` tidak dikenal", shown=shown), choose(formats)
        )


def decided(
    region: str,
    people: People,
    *,
    nip: str,
    rule: str,
    as_of: str | None,
    agency: str | None,
    target: str | None,
    mentor: str | None,
    waivers: str | None,
) -> Decision:
    """Decide one rule for one person of a file."""
    day = as_of_date(as_of)
    engine = Engine.load(region)
    engine.check_asked(day, [rule])
    known, given = agency_of(agency), waivers_of(waivers, engine)
    if target is not None and agency is None:
        raise wrong_use(
            phrase(
                en="`--target {target}` names a post, but no agency is given",
                id="`--target {target}` menyebut jabatan, tetapi tidak ada data instansi",
                target=target,
            ),
            phrase(en="add `--agency FILE`", id="tambahkan `--agency BERKAS`"),
        )
    person, senior = person_of(people, nip, mentor)
    decision = engine.decide(person, rule, as_of=day, target=target, agency=known, mentor=senior, waivers=given)
    _say_what_lacks(decision, target, mentor)
    return decision


def person_of(people: People, nip: str, mentor: str | None = None) -> tuple[Employee, Employee | None]:
    """Return who is asked about, and the mentor; raises PolicyError for a number that nobody or more than one has."""
    wanted = [_number(one) for one in (nip, mentor) if one is not None]
    if len(wanted) > len(set(wanted)):
        raise wrong_use(
            phrase(en="nobody is their own mentor", id="tidak ada yang menjadi mentor bagi dirinya sendiri"),
            phrase(en="give the number of somebody else with `--mentor`", id="beri NIP orang lain dengan `--mentor`"),
        )
    found = _find(people, wanted)
    return found[wanted[0]], found[wanted[1]] if mentor is not None else None


def _say_what_lacks(decision: Decision, target: str | None, mentor: str | None) -> None:
    if decision.rule.into_post and target is None:
        tell(
            phrase(
                en="this rule leads into a post: name it with --agency FILE --target ID",
                id="aturan ini menuju jabatan: sebutkan dengan --agency BERKAS --target ID",
            )
        )
    if decision.rule.kind == "pair" and mentor is None:
        tell(
            phrase(
                en="this rule is about a pair: name the mentor with --mentor NIP",
                id="aturan ini tentang pasangan: sebutkan mentornya dengan --mentor NIP",
            )
        )


def agency_of(path: str | None) -> Agency:
    """Read the agency of a file, of a folder of tables or of a database: units, vacant posts, relations."""
    if path is None:
        return NO_AGENCY
    if is_address(path) or Path(path).is_dir():
        return _agency_in_tables(path)
    try:
        return Agency.model_validate_json(
            _given(
                path,
                phrase(
                    en="give a JSON file with `units`, `openings`, `relations`",
                    id="beri berkas JSON yang memuat `units`, `openings`, `relations`",
                ),
            )
        )
    except PolicyError as error:
        help_ = phrase(
            en='write it like {{"openings": [{{"id": "kabid-1", "kind": "administrator", "vacancies": 1}}]}}',
            id='tulis seperti {{"openings": [{{"id": "kabid-1", "kind": "administrator", "vacancies": 1}}]}}',
        )
        raise wrong_use(
            phrase(
                en="`{path}` is not an agency: {message}",
                id="`{path}` bukan data instansi: {message}",
                path=path,
                message=error.problems[0].message,
            ),
            help_,
        ) from None


def _agency_in_tables(place: str) -> Agency:
    try:
        from asnpolicy.workforce import AgencyTables  # noqa: PLC0415  # needs an extra
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    found = AgencyTables.read(place)
    for one in found.amiss:
        tell(one.sentence)
    return found.agency


def waivers_of(path: str | None, engine: Engine) -> tuple[Waiver, ...]:
    """Read the waivers of a file; raises PolicyError for one that fits nothing in the policy."""
    if path is None:
        return ()
    try:
        found = TypeAdapter(tuple[Waiver, ...]).validate_json(
            _given(
                path,
                phrase(en="give a JSON file with a list of waivers", id="beri berkas JSON berisi daftar pengecualian"),
            )
        )
    except ValidationError as error:
        help_ = phrase(
            en='write it like [{{"nip": "…", "rule": "jpt-pratama", "criterion": "…", "approver": "Presiden", "letter": "…", "basis": "…", "since": "2026-01-01", "until": "ongoing"}}]',
            id='tulis seperti [{{"nip": "…", "rule": "jpt-pratama", "criterion": "…", "approver": "Presiden", "letter": "…", "basis": "…", "since": "2026-01-01", "until": "ongoing"}}]',
        )
        raise wrong_use(
            phrase(
                en="`{path}` is no list of waivers: {error}",
                id="`{path}` bukan daftar pengecualian: {error}",
                path=path,
                error=_first(error),
            ),
            help_,
        ) from None
    engine.check_waivers(found)
    return found


def _given(path: str, help_: Message) -> bytes:
    if not Path(path).is_file():
        raise wrong_use(phrase(en="there is no file `{path}`", id="tidak ada berkas `{path}`", path=path), help_)
    return Path(path).read_bytes()


def _first(error: ValidationError) -> Message:
    return next(iter(discreet_refusals(error, IT).values()))


def _number(nip: str) -> str:
    try:
        return normal(nip)
    except ValueError as error:
        raise wrong_use(
            masked_message(sentence_of(error), {nip}),
            phrase(
                en="write the 18 digits: tables mask them, the file and `--format csv` have them whole",
                id="tulis ke-18 angkanya: tabel menyamarkannya, berkas dan `--format csv` memuatnya utuh",
            ),
        ) from None


def _find(people: People, wanted: list[str]) -> dict[str, Employee]:
    found = people.find(wanted)
    for nip in wanted:
        if nip not in found:
            raise wrong_use(
                phrase(
                    en="nobody in the file has the NIP `{nip}`",
                    id="tidak ada orang dalam berkas yang memiliki NIP `{nip}`",
                    nip=masked(nip),
                ),
                phrase(en="check the number and the file", id="periksa nomor dan berkasnya"),
            )
    return found
