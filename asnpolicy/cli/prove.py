"""`asnpolicy prove`: whether a policy keeps what it promises, or what is asked of it; with somebody who shows it when not."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer

from asnpolicy.cli.asking import check_format, language_of_answer
from asnpolicy.cli.output import FINDING, UNKNOWN, as_of_date, say, tell, wrong_use
from asnpolicy.engine import Engine
from asnpolicy.fairness.answer import Answer, Status
from asnpolicy.fairness.asking import Wish, questions
from asnpolicy.fairness.promised import Promised
from asnpolicy.fairness.questions import QUESTIONS, PolicyQuestion
from asnpolicy.policy.library import regions
from asnpolicy.problems import meant
from asnpolicy.text import phrase
from asnpolicy.visible import visible_json

LANGUAGES, FORMATS = ("en", "id"), ("text", "json")


def prove(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    question: Annotated[
        list[str] | None, typer.Option(help="a question by name; without one, what the policy promises")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(help="a rule; without one, every rule")] = None,
    criterion: Annotated[str | None, typer.Option(help="of `redundant` and `dead`: one criterion")] = None,
    verdict: Annotated[str, typer.Option(help="of `reachable`, `never` and `always`")] = "eligible",
    to: Annotated[list[str] | None, typer.Option(help="of `blind`: a protected attribute")] = None,
    fact: Annotated[list[str] | None, typer.Option(help="of `merit_never_hurts`: a merit")] = None,
    than: Annotated[
        str | None, typer.Option(help="the other policy of `at_least_as_strict`, `equivalent`, `compare`")
    ] = None,
    among: Annotated[list[str] | None, typer.Option(help="of `gaps`: the group, as `fact=value`")] = None,
    since: Annotated[str | None, typer.Option(help="every day from this one on; today when not given")] = None,
    timeout: Annotated[float, typer.Option(help="seconds for one search", min=0.1, max=3600)] = 30.0,
    budget: Annotated[float, typer.Option(help="seconds for all searches of one question", min=0.1, max=86400)] = 120.0,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    lang: Annotated[str | None, typer.Option(help="en or id", show_default="en")] = None,
) -> None:
    """Prove what a policy promises, or answer a question about it: with somebody who shows it when it does not hold.

    \b
    Questions: at_least_as_strict, blind, merit_never_hurts, reachable, never, always, redundant, dead, equivalent,
    gaps, conflicts, compare.
    Exit status: 0 all hold, 1 one is refuted, 3 one is not known.

    \b
    Examples:
      asnpolicy prove
      asnpolicy prove jakarta --question at_least_as_strict
      asnpolicy prove nasional --question blind --to birth_date --rule jpt-pratama
      asnpolicy prove policies/my-region --question redundant --format json
    """
    _check_questions(question or ())
    check_format(format, FORMATS)
    lang = language_of_answer(lang, LANGUAGES, "en")
    day = as_of_date(since)
    wish = Wish(
        tuple(question or ()), tuple(rule or ()), criterion, verdict, tuple(to or ()), tuple(fact or ()), than, tuple(among or ()),
    )  # fmt: skip
    found: dict[str, list[Answer]] = {}
    for name in regions_or_paths or regions():
        engine = Engine.load(name)
        answers = list(_answered(engine, day, _asked(engine, day, wish), timeout, budget))
        found[name] = answers
        if format == "text":
            _told(name, answers, lang, full=bool(wish.questions))
    if format == "json":
        data = {name: [one.as_data() for one in answers] for name, answers in found.items()}
        say(visible_json(json.dumps(data, ensure_ascii=False)))
    end(one for answers in found.values() for one in answers)


def end(answers: Iterable[Answer]) -> None:
    """End with the exit status that some answers call for."""
    seen = {one.status for one in answers}
    if Status.REFUTED in seen:
        raise typer.Exit(FINDING)
    if seen - {Status.PROVED}:
        raise typer.Exit(UNKNOWN)


def _check_questions(asked: Iterable[str]) -> None:
    for name in asked:
        if name not in QUESTIONS:
            raise wrong_use(
                phrase(en="unknown question `{name}`", id="pertanyaan `{name}` tidak dikenal", name=name),
                meant(name, QUESTIONS),
            )


def _asked(engine: Engine, day: date, wish: Wish) -> Iterator[PolicyQuestion]:
    if wish.questions:
        yield from questions(engine, day, wish)
        return
    promised = Promised(engine, day)
    if not promised.promises.any:
        tell(
            phrase(
                en="`{region}` promises nothing: declare it under `fairness:`, or ask with --question",
                id="`{region}` tidak menjanjikan apa pun: nyatakan di bawah `fairness:`, atau tanyakan dengan --question",
                region=engine.policy.region,
            )
        )
    for one in promised.questions():
        if not wish.rules or getattr(one, "rule", None) in wish.rules:
            yield one


def _answered(
    engine: Engine, day: date, asked: Iterable[PolicyQuestion], timeout: float, budget: float
) -> Iterator[Answer]:
    from asnpolicy.fairness.proving import Prover  # noqa: PLC0415  # loads the solver

    prover = Prover(engine, day, timeout=int(timeout * 1000), budget=int(budget * 1000))
    yield from (prover.answer(one) for one in asked)


def _told(name: str, answers: list[Answer], lang: str, *, full: bool) -> None:
    """Tell what was found: each answer when it was asked for, else what is not proved, and what is in one line for each promise."""
    kept: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        if full or one.status is not Status.PROVED:
            say(one.text(lang))
        else:
            kept[_promise(one)].append(one)
    for promise, proved in kept.items():
        seconds = sum(one.seconds for one in proved)
        say(f"{Status.PROVED.text.to(lang)}  {name}: {promise}: {len(proved)} rules   ({seconds:.2f} s)")
    if not full and answers:
        for assumed in next((one.assumptions for one in answers if one.assumptions), ()):
            say(f"  {'dengan pengandaian' if lang == 'id' else 'assuming'}: {assumed.to(lang)}")


def _promise(answer: Answer) -> str:
    asked = answer.question
    what = getattr(asked, "to", None) or getattr(asked, "fact", None)
    return f"{asked.name} {what}" if what else asked.name
