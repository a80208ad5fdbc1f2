"""Assessing people in tables as those of a file are: row by row, after columns have said whose rows are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from asnpolicy.cli.formats import Asked, Extract
from asnpolicy.cli.near_note import near_note
from asnpolicy.cli.output import FINDING, FINE, tell
from asnpolicy.cli.people import People
from asnpolicy.cli.progress import progress
from asnpolicy.cli.table import Cell
from asnpolicy.cli.work import TOGETHER, Portion, Work, Worker, decided
from asnpolicy.engine import Engine
from asnpolicy.policy.near import NearTally
from asnpolicy.problems import missing_extra

if TYPE_CHECKING:
    from polars import DataFrame, Series

    from asnpolicy.decisions.frame import FrameMaker
    from asnpolicy.exchange.tables import Survey
    from asnpolicy.workforce import Workforce

ALIKE = ("compiled", "columns")
"""Back ends for which columns may say who is shown: another one is asked about everybody."""
FOR_NOBODY = "not_applicable"


def assessed_tables(work: Work, engine: Engine, people: People, output: str | None, jobs: int) -> int:
    """Decide about everybody in a folder, or a database, write it, and return the exit status."""
    people.refuse_reading_options()
    try:
        from asnpolicy.exchange.tables import surveyed  # noqa: PLC0415  # needs an extra
        from asnpolicy.workforce.source import opened  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    form = work.form()
    form.check(output)
    tally = NearTally()
    with opened(people.path) as source:
        survey = surveyed(source)
        with (
            form.open(output) as write,
            progress("employees assessed", survey.run.people, beside=form.streams and output in (None, "-")) as advance,
            closing(_parts(work, engine, survey, jobs, tally)) as parts,
        ):
            for part, done in parts:
                if part is not None:
                    write(part)
                advance(done, done)
    for line in survey.run.told():
        tell(line)
    if found := tally.told():
        tell(near_note(people.name, found, listed=False))
    return FINDING if survey.run.amiss else FINE


def _parts(work: Work, engine: Engine, survey: Survey, jobs: int, tally: NearTally) -> Generator[tuple[object, int]]:
    """Return what is written, in the order of NIPs, each with how many people are done with it."""
    maker = _maker(work, engine)
    looked = _looked_over(survey, work, tally)
    if maker is not None and work.format == "table":
        worker = Worker(work, engine)
        left = work.selection.most
        for part in looked:
            made = _drawn(maker, part, worker, left)
            left -= len(made.rows)
            yield made, len(part)
        return
    with closing(decided(work, engine, _portions(maker, looked, work), jobs)) as answers:
        for done in answers:
            yield from ((part, 0) for part in done.parts)
            yield None, done.size


def _maker(work: Work, engine: Engine) -> FrameMaker | None:
    """Return what says in columns whose rows are shown; None where it is not asked, or columns can't say it."""
    if work.waivers or work.backend not in ALIKE:
        return None
    if work.format != "table" and not work.selection.results:
        return None
    return engine.frame_maker(as_of=work.as_of, agency=work.agency, rules=work.rules)


def _looked_over(survey: Survey, work: Work, tally: NearTally) -> Iterator[Workforce]:
    """Return the people in parts, their codes looked over for those beside what the policy asks for."""
    from asnpolicy.exchange.near_tables import count_near  # noqa: PLC0415  # needs an extra

    for part in survey.parts():
        if work.codes is not None:
            count_near(work.codes, part, tally)
        yield part


def _portions(maker: FrameMaker | None, parts: Iterator[Workforce], work: Work) -> Iterator[Portion]:
    """Return those whose rows are shown, some at a time."""
    for part in parts:
        if maker is None:
            yield from (Portion(some, len(some)) for some in part.pieces(TOGETHER))
            continue
        chosen = part.where(_shown(maker, maker.frame(part), work) > 0)
        yield from (Portion(some, 0) for some in chosen.pieces(TOGETHER) if len(some))
        yield Portion(chosen.only([]), len(part))


def _shown(maker: FrameMaker, frame: DataFrame, work: Work) -> Series:
    """Count the rows that are shown of each person."""
    import polars as pl  # noqa: PLC0415  # an extra

    wanted = work.selection.results
    hidden = {FOR_NOBODY} if work.selection.applicable or not wanted else set()
    counts = [pl.lit(0)]
    for one in maker.layout.asked:
        result = pl.col(one.name).cast(pl.String)
        shown = ~result.is_in(list(hidden))
        counts.append((shown & result.is_in(list(wanted)) if wanted else shown).cast(pl.Int32))
    return frame.select(pl.sum_horizontal(counts).alias("shown")).to_series()


def _drawn(maker: FrameMaker, part: Workforce, worker: Worker, left: int) -> Extract:
    """Return the first rows of some people, each decided as a person, and the counts of all, which columns say."""
    frame, wording = maker.frame(part), worker.work.wording
    counts: Counter[tuple[Asked, str]] = Counter()
    for one in maker.layout.asked:
        name = Asked.of(one.rule, None if one.opening is None else one.opening.id, wording)
        for result, count in frame[one.name].value_counts().iter_rows():
            counts[name, result] += count
    rows: list[tuple[Cell, ...]] = []
    if left:
        shown = _shown(maker, frame, worker.work)
        before = shown.cum_sum() - shown
        for person in part.where((shown > 0) & (before < left)):
            rows += worker.part(person).rows[: left - len(rows)]
    return Extract(rows, counts, len(part))
