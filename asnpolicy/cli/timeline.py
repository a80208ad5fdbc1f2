"""`asnpolicy timeline`: the days on which verdicts change, and why, as text, data or a picture."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Annotated

import typer

from asnpolicy.cli.asking import WAIVERS, agency_of, check_format, language_of_answer, person_of, waivers_of
from asnpolicy.cli.bars import drawn
from asnpolicy.cli.explain import AGENCY, MENTOR
from asnpolicy.cli.files import written
from asnpolicy.cli.output import FINDING, day_of, wrong_use
from asnpolicy.cli.people import PEOPLE, People
from asnpolicy.cli.table import fitted
from asnpolicy.decisions.reasons import because
from asnpolicy.decisions.timeline import Assumption, Segment, Timeline
from asnpolicy.decisions.timeline.text import texts
from asnpolicy.engine import Engine
from asnpolicy.language.dates import plus_months
from asnpolicy.people import Employee
from asnpolicy.report import chart
from asnpolicy.text import phrase
from asnpolicy.visible import visible_json

KINDS = ("promotion", "duty", "award", "mentoring", "mentor", "pair", "leaving", "service")
FORMATS = ("text", "bars", "json", "html")
AHEAD = 10 * 12
"""So many months are shown when no end is given."""
ASSUME = typer.Option(
    help="what is taken to come: rating=Baik (each coming year), rating=last, training=CODE@DAY,hours=20; may be given again"
)
TARGET = typer.Option(help="only this opening of the agency")


def timeline(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help=PEOPLE)],
    nip: Annotated[str, typer.Option(help="whose timelines")],
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be given again")] = None,
    since: Annotated[
        str | None, typer.Option(help="the first day; the day on which the registers were known when it is not given")
    ] = None,
    until: Annotated[str | None, typer.Option(help="the day after the last; ten years later when not given")] = None,
    known_on: Annotated[
        str | None, typer.Option(help="the day on which the registers were known, for whoever has no `known_on`")
    ] = None,
    assume: Annotated[list[str] | None, ASSUME] = None,
    agency: Annotated[str | None, AGENCY] = None,
    target: Annotated[str | None, TARGET] = None,
    mentor: Annotated[str | None, MENTOR] = None,
    waivers: Annotated[str | None, WAIVERS] = None,
    lang: Annotated[str | None, typer.Option(help="id (Indonesian) or en (English)", show_default="id")] = None,
    format: Annotated[
        str | None,
        typer.Option(help="text, bars, json or html; bars on a terminal, text for one rule there, else json"),
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Show the days on which verdicts change, and what changes them.

    \b
    Examples:
      asnpolicy timeline jakarta staff.jsonl --nip 198609262015051001 --known-on 2026-10-01
      asnpolicy timeline jakarta staff.jsonl --nip 198609262015051001 --since 2026-10-01 --rule kenaikan-pangkat-reguler \\
        --assume rating=Baik --format text --lang en
      asnpolicy timeline jakarta staff.jsonl --nip 198609262015051001 --since 2026-10-01 --format html -o path.html
    """
    lang = language_of_answer(lang, ("id", "en"), "id")
    shown = _format(format, output, rule)
    people, engine = People(employees), Engine.load(region)
    known, given = agency_of(agency), waivers_of(waivers, engine)
    assumptions = [Assumption.of(one) for one in assume or ()]
    day = None if known_on is None else day_of(known_on, "--known-on")
    asked_of, beside = person_of(people, nip, mentor)
    person, senior = _known(asked_of, day), None if beside is None else _known(beside, day)
    first, end = _days(person, since, until)
    asked = {"since": first, "until": end, "agency": known, "waivers": given, "assume": assumptions}
    if rule or target:
        names = rule or [one for one in engine.policy.rules if _into_post(engine, one, first, end)]
        lines = [engine.timeline(person, one, target=target, mentor=senior, **asked) for one in names]  # type: ignore[arg-type]  # as the command read them
    else:
        lines = list(engine.timelines(person, **asked))  # type: ignore[arg-type]  # as the command read them
    with written(output) as out:
        _write(lines, out, shown, lang, whole=bool(rule))
    if people.bad:
        raise typer.Exit(FINDING)


def _format(format: str | None, output: str | None, rule: Sequence[str] | None) -> str:
    people = "text" if rule and len(rule) == 1 else "bars"
    shown = format or (people if sys.stdout.isatty() and output is None else "json")
    check_format(shown, FORMATS)
    return shown


def _known(person: Employee, day: date | None) -> Employee:
    """Return somebody with the day on which the registers were known, where the file does not say it."""
    return person if day is None or person.known_on is not None else person.model_copy(update={"known_on": day})


def _days(person: Employee, since: str | None, until: str | None) -> tuple[date, date]:
    """Return the days between which is asked: the library has no clock, and neither has this command."""
    if since is None and person.known_on is None:
        raise wrong_use(
            phrase(
                en="the person has no `known_on`, so there is no first day",
                id="orang ini tidak punya `known_on`, sehingga hari pertamanya tidak ada",
            ),
            phrase(en="add `--known-on 2026-10-01`", id="tambahkan `--known-on 2026-10-01`"),
        )
    first = day_of(since, "--since") if since is not None else person.known_on
    assert first is not None  # noqa: S101  # one of the two is there
    return first, day_of(until, "--until") if until is not None else plus_months(first, AHEAD)


def _into_post(engine: Engine, rule: str, since: date, until: date) -> bool:
    programs = [one for one in engine.policy.programs if one.since < until and since < one.until]
    return any(rule in one.by_id and one.by_id[rule].into_post for one in programs)


def _write(lines: Sequence[Timeline], out: IO[str], shown: str, lang: str, *, whole: bool) -> None:
    if shown == "json":
        data = {"timelines": [one.model_dump() for one in lines]}
        out.write(visible_json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n")
        return
    kept = list(lines) if whole else sorted((one for one in lines if _concerns(one.segments)), key=_order)
    if not kept:
        out.write(fitted(because("chart.none").to(lang), out) + "\n")
        return
    if shown == "html":
        out.write(chart.page(kept, lang))
        return
    if shown == "bars":
        out.write(drawn(kept, lang))
    else:
        out.write(fitted(kept[0].explain(lang) if len(kept) == 1 else texts(kept, lang), out))
    if len(kept) < len(lines):
        out.write("\n" + fitted(because("chart.omitted", count=len(lines) - len(kept)).to(lang), out) + "\n")


def _order(line: Timeline) -> tuple[bool, int]:
    """Put first what leads on, then other permissions, duties, awards, mentoring, and at last leaving the service."""
    rule = next(one.decision.rule for one in line.segments if one.decision is not None)
    return rule.target is None and not rule.into_post, KINDS.index(rule.kind)


def _concerns(segments: Iterable[Segment]) -> bool:
    """Whether a rule is for the person on some day, or may be."""
    return any(one.result not in ("not_applicable", "not_in_force") for one in segments)
