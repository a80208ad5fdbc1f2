"""`asnpolicy compare`: how the rules of two policies stand to each other, with somebody who shows each difference."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from asnpolicy.cli.asking import check_format, language_of_answer
from asnpolicy.cli.output import as_of_date, say
from asnpolicy.cli.prove import FORMATS, LANGUAGES, end
from asnpolicy.engine import Engine
from asnpolicy.fairness.asking import Wish, questions
from asnpolicy.visible import visible_json


def compare(
    one: Annotated[str, typer.Argument(metavar="A")],
    other: Annotated[str, typer.Argument(metavar="B")],
    rule: Annotated[list[str] | None, typer.Option(help="a rule; without one, every rule that both have")] = None,
    since: Annotated[str | None, typer.Option(help="every day from this one on; today when not given")] = None,
    timeout: Annotated[float, typer.Option(help="seconds for one search", min=0.1, max=3600)] = 30.0,
    budget: Annotated[float, typer.Option(help="seconds for all searches of one question", min=0.1, max=86400)] = 120.0,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    lang: Annotated[str | None, typer.Option(help="en or id", show_default="en")] = None,
) -> None:
    """Compare the rules of two policies: equivalent, stricter, looser or incomparable, with somebody who shows it.

    \b
    Exit status: 0 all are equivalent, 1 some differ, 3 some are not known.

    \b
    Examples:
      asnpolicy compare jakarta nasional
      asnpolicy compare old-folder new-folder --rule kenaikan-pangkat-reguler
    """
    check_format(format, FORMATS)
    lang = language_of_answer(lang, LANGUAGES, "en")
    from asnpolicy.fairness.proving import Prover  # noqa: PLC0415  # loads the solver

    engine, day = Engine.load(one), as_of_date(since)
    prover = Prover(engine, day, timeout=int(timeout * 1000), budget=int(budget * 1000))
    wish = Wish(("compare",), tuple(rule or ()), than=other)
    answers = []
    for question in questions(engine, day, wish):
        answers.append(prover.answer(question))
        if format == "text":
            say(answers[-1].text(lang, full=answers[-1].relation != "equivalent"))
    if format == "json":
        say(visible_json(json.dumps([answer.as_data() for answer in answers], ensure_ascii=False)))
    end(answers)
