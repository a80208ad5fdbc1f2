"""`asnpolicy synth`: a made-up workforce to try a policy with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from asnpolicy.cli.asking import check_format
from asnpolicy.cli.assess_folder import NO_FOLDER
from asnpolicy.cli.files import written
from asnpolicy.cli.output import as_of_date, wrong_use
from asnpolicy.cli.progress import progress
from asnpolicy.policy.library import find
from asnpolicy.problems import missing_extra
from asnpolicy.text import phrase


def synth(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=5_000_000, help="how many people")] = 250,
    seed: Annotated[int, typer.Option(help="the same seed gives the same people")] = 1,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    as_of: Annotated[str | None, typer.Option(help="the day on which they stand so")] = None,
    format: Annotated[str, typer.Option(help="jsonl, or parquet for a folder of tables")] = "jsonl",
) -> None:
    """Make up a coherent workforce, as JSON Lines or as a folder of tables.

    \b
    Examples:
      asnpolicy synth jakarta -n 250 --seed 1 --as-of 2026-10-01 -o staff.jsonl
      asnpolicy synth jakarta -n 60000 --format parquet --as-of 2026-10-01 -o tables/
    """
    from asnpolicy.exchange.synth import workforce  # noqa: PLC0415  # only this command needs it

    find(region)
    day = as_of_date(as_of)
    check_format(format, ("jsonl", "parquet"))
    if format == "parquet":
        _tables(count, seed, day, output)
        return
    beside = output in (None, "-")
    with written(output) as out, progress("people made up", count, beside=beside) as advance:
        for person in workforce(count, seed=seed, as_of=day):
            out.write(person.model_dump_json(exclude_none=True) + "\n")
            advance(1, 1)


def _tables(count: int, seed: int, day: date, output: str | None) -> None:
    """Write people as tables."""
    if output in (None, "-"):
        raise wrong_use(NO_FOLDER, phrase(en="add `-o FOLDER`", id="tambahkan `-o FOLDER`"))
    try:
        from asnpolicy.exchange.synth_tables import write  # noqa: PLC0415  # needs an extra
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    with progress("people made up", count) as advance:
        write(Path(str(output)), count, seed=seed, as_of=day, advance=lambda done: advance(done, done))
