"""Registers as they come: damaged cells, days as text, numbers printed in two ways, people twice and rows of nobody."""

from datetime import date
from random import Random

import polars as pl

from asnpolicy.exchange.synth import workforce
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import Holds, delivered
from tests.conformance.test_workforce import drawn, one_field

DAY = date(2026, 10, 1)
CODES = {"unreadable-cell", "numeric-date", "same-nip", "orphan", "no-person", "bad-nip"}
"""All that can be amiss."""


def plain(frame):
    """Give a frame with its words as text."""
    words = [name for name, type_ in frame.schema.items() if isinstance(type_, (pl.Enum, pl.Categorical))]
    return frame.with_columns(pl.col(words).cast(pl.String))


def spaced(number):
    """Give a number as it is printed."""
    return f"{number[:8]} {number[8:14]}\u00a0{number[14]} {number[15:]}"


def written_in_two_ways(rng, frame):
    """Print some of the numbers with spaces."""
    return frame.with_columns(
        pl.Series("nip", [spaced(one) if rng.random() < 0.4 else one for one in frame["nip"]], dtype=pl.String)
    )


def damaged(rng, frame, name):
    """Write days and numbers as text, with cells in between that can't be read, and empty others."""
    made = []
    for spec in delivered(name).values():
        if spec.holds in (Holds.DAY, Holds.NUMBER, Holds.EXACT, Holds.LABEL) and frame.height and rng.random() < 0.3:
            cells = [_worse(rng, None if one is None else str(one)) for one in frame[spec.name].cast(pl.String)]
            made.append(pl.Series(spec.name, cells, dtype=pl.String))
    return frame.with_columns(made)


def _worse(rng, text):
    return rng.choice(("?", "2020-02-31", None, "99999", "01-04-2020")) if rng.random() < 0.06 else text


def doubled(rng, frame):
    """Let some people stand on several rows: alike, or one knowing what another does not, or each saying something else."""
    again = frame.sample(fraction=0.2, seed=rng.randrange(1000), with_replacement=False)
    other = again.with_columns(unit=pl.Series([rng.choice(("x", None)) for _ in range(again.height)], dtype=pl.String))
    return pl.concat([frame, again.head(3), other])


def with_strangers(frames, rng):
    """Add rows of nobody to two of the tables, and people whose number can't be one, with records."""
    found = dict(frames)
    tables = rng.sample([name for name in found if name != "employees"], 2)
    for name, number in zip(tables, ("198001012005011009", None), strict=True):
        row = pl.DataFrame({"nip": [number]}, schema={"nip": pl.String})
        found[name] = pl.concat([found[name], row], how="diagonal")
    nobody = pl.DataFrame({"nip": ["12", "1990-01-01 2015031001"]})
    found["employees"] = pl.concat([found["employees"], nobody], how="diagonal")
    return found


def as_they_come(people, rng):
    """Give the tables of people with all that is wrong in registers."""
    frames = {name: plain(frame) for name, frame in Workforce.of(people).frames().items()}
    frames = {name: damaged(rng, frame, name) for name, frame in frames.items()}
    frames["employees"] = doubled(rng, frames["employees"])
    frames = {name: written_in_two_ways(rng, frame) for name, frame in frames.items()}
    del frames[rng.choice(("awards", "exams", "leaves"))]
    return with_strangers(frames, rng)


def numbered_apart(*several):
    """Give people of several sources, none with the number of another."""
    found = {}
    for one in (one for people in several for one in people):
        found.setdefault(one.nip, one)
    return list(found.values())


def registers(region, careers=30):
    """Give the tables of people of a region, plain ones with one field wrong and strange ones, with all that is wrong in registers."""
    rng = Random(f"registers {region}")
    _, strange = drawn(region, 0.05)
    people = numbered_apart([one_field(rng, one) for one in workforce(careers, seed=17, as_of=DAY)], strange)
    return as_they_come(people, rng)
