"""`asnpolicy synth`: a made-up workforce to try a policy with."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.files import written
from asnpolicy.cli.output import as_of_date
from asnpolicy.cli.progress import progress
from asnpolicy.policy.library import find


def synth(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=5_000_000, help="how many people")] = 250,
    seed: Annotated[int, typer.Option(help="the same seed gives the same people")] = 1,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    as_of: Annotated[str | None, typer.Option(help="the day on which they stand so")] = None,
) -> None:
    """Make up a coherent workforce, as JSON Lines.

    \b
    Examples:
      asnpolicy synth jakarta -n 250 --seed 1 --as-of 2026-10-01 -o staff.jsonl
    """
    from asnpolicy.exchange.synth import workforce  # noqa: PLC0415  # only this command needs it

    find(region)
    day = as_of_date(as_of)
    beside = output in (None, "-")
    with written(output) as out, progress("people made up", count, beside=beside) as advance:
        for person in workforce(count, seed=seed, as_of=day):
            out.write(person.model_dump_json(exclude_none=True) + "\n")
            advance(1, 1)
