"""`asnpolicy check`: every problem of a policy, with place and help."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from asnpolicy.cli.output import FINDING, say, wrong_use
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import find, load, regions
from asnpolicy.problems import PolicyError, Problem, Problems
from asnpolicy.text import said
from asnpolicy.visible import visible_json


def check(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
) -> None:
    """Check policies, and show every problem with its place and the way out.

    \b
    Examples:
      asnpolicy check
      asnpolicy check jakarta
      asnpolicy check policies/my-region --format json
    """
    if format not in ("text", "json"):
        raise wrong_use(
            said(en="unknown format `{format}`", id="format `{format}` tidak dikenal", format=format),
            said(en="choose `text` or `json`", id="pilih `text` atau `json`"),
        )
    names = regions_or_paths or list(regions())
    found: dict[str, tuple[Problem, ...]] = {}
    for name in names:
        find(name)
        found[name] = problems_of(name)
        if format == "text":
            for problem in found[name]:
                say(problem.render())
            say(f"{name}: {_counted(len(found[name]))}")
    if format == "json":
        data = {name: [problem.as_data() for problem in problems] for name, problems in found.items()}
        say(visible_json(json.dumps(data, ensure_ascii=False)))
    if any(found.values()):
        raise typer.Exit(FINDING)


def problems_of(name: str) -> tuple[Problem, ...]:
    """Give every problem of a policy and of its cases."""
    try:
        policy = load(name)
    except PolicyError as error:
        return error.problems
    problems = Problems(sources=policy.merged.problems.sources)
    typical(policy, problems)
    cases_of(policy, problems)
    return PolicyError(problems.found).problems


def _counted(count: int) -> str:
    return "no problems" if count == 0 else f"{count} problem{'s' if count != 1 else ''}"
