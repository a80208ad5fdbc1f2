"""`asnpolicy check`: every problem of a policy, with place and help."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from asnpolicy.cli.asking import check_format
from asnpolicy.cli.language import Lang, spoken
from asnpolicy.cli.output import FINDING, say
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import asked, find, load
from asnpolicy.policy.notes import notes
from asnpolicy.problems import PolicyError, Problem, Problems, counted
from asnpolicy.visible import visible_json

FORMATS = ("text", "json")


def check(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    lang: Lang = None,
) -> None:
    """Check policies, and show every problem with its place and the way out.

    Without a region: those of the folder that one stands in, or of `policies` in it; else those of the library.

    \b
    Examples:
      asnpolicy check
      asnpolicy check jakarta
      asnpolicy check policies/my-region --format json
    """
    del lang
    check_format(format, FORMATS)
    found = {}
    for name in asked(regions_or_paths):
        find(name)
        found[name] = problems_of(name)
        if format == "text":
            say(shown(name, found[name], spoken()))
    if format == "json":
        data = {name: [problem.as_data(spoken()) for problem in problems] for name, problems in found.items()}
        say(visible_json(json.dumps(data, ensure_ascii=False)))
    if any(not problem.note for problems in found.values() for problem in problems):
        raise typer.Exit(FINDING)


def problems_of(name: str) -> tuple[Problem, ...]:
    """Give every problem of a policy and of its cases; where there is none, what its author should look at."""
    try:
        policy = load(name)
    except PolicyError as error:
        return error.problems
    problems = Problems(sources=policy.merged.problems.sources)
    typical(policy, problems)
    cases = cases_of(policy, problems)
    if not problems.found:
        notes(policy, cases, problems)
    return PolicyError(problems.found).problems


def shown(name: str, problems: tuple[Problem, ...], lang: str) -> str:
    """Return what is said of a region: its problems, and how many there are."""
    count = sum(not problem.note for problem in problems)
    return "\n".join([*(problem.render(lang) for problem in problems), f"{name}: {counted(count, lang)}"])
