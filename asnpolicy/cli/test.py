"""`asnpolicy test`: runs the authors' cases."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.output import FINDING, say
from asnpolicy.decisions.trial import Result, run
from asnpolicy.engine import Engine
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import PolicyError, Problems


def test(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    backend: Annotated[str, typer.Option(help="the back end that decides")] = "compiled",
) -> None:
    """Run the cases that stand beside the rules.

    \b
    Examples:
      asnpolicy test
      asnpolicy test jakarta
      asnpolicy test policies/my-region
    """
    failed = 0
    for name in regions_or_paths or regions():
        engine = Engine.load(name, backend=backend)
        problems = Problems(sources=engine.policy.merged.problems.sources)
        cases = cases_of(engine.policy, problems)
        if problems.found:
            raise PolicyError(problems.found)
        results = [run(engine, case) for case in cases]
        wrong = [result for result in results if not result.passed]
        for result in wrong:
            say(_failure(result))
        failed += len(wrong)
        say(f"{name}: {len(results) - len(wrong)} of {len(results)} cases passed")
    if failed:
        raise typer.Exit(FINDING)


def _failure(result: Result) -> str:
    lines = [f"{result.case.place}: case `{result.case.name}`"]
    lines += [f"    {d.word}: expected {d.expected}, got {d.got}" for d in result.differences]
    if result.decision.missing:
        lines.append(f"    missing: {', '.join(result.decision.missing)}")
    for criterion in result.decision.deciding:
        lines.append(
            f"    {criterion.status}: {criterion.id}: on record {criterion.seen.en}; required {criterion.required.en}"
        )
    return "\n".join(lines)
