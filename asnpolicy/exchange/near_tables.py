"""Near tables: codes in the columns of tables beside those that a policy asks for."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from asnpolicy.policy.near import FEW, Bearer, Near, NearCodes, NearTally
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import EMPLOYEES, KEY


def count_near(codes: NearCodes, workforce: Workforce, tally: NearTally) -> None:
    """Count the people of some tables by the codes of each column that are but for a slip what is asked for."""
    for place in codes.places:
        frame = workforce.employees if place.table == EMPLOYEES else workforce.histories.get(place.table)
        if frame is None or place.field not in frame.columns:  # it was not delivered
            continue
        column = frame[place.field]
        for text in _distinct(column):
            near = codes.near(place, text)
            if near is not None:
                bears = column.list.contains(text) if column.dtype == pl.List else column == text
                people = frame.filter(bears)[KEY].unique(maintain_order=True)
                first = [Bearer(nip) for nip in people.head(FEW)]
                tally.count(Near(f"{place.table}.{place.field}", text, near), len(people), first)


def _distinct(column: pl.Series) -> Iterator[str]:
    texts = column.explode() if column.dtype == pl.List else column
    return iter(texts.unique().drop_nulls().sort().to_list())
