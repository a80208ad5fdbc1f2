"""In tables: what the rules come to for a workforce, counted in columns, with whoever is decided one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from asnpolicy.backends.columns.lack import Lack
from asnpolicy.backends.columns.piece import Piece
from asnpolicy.backends.columns.tables import Mask, Rows
from asnpolicy.backends.columns.values import full, is_known
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.frame import SIZE, FrameMaker, Said
from asnpolicy.decisions.summary.counts import UNDETERMINED, Counts, GroupName, results_of
from asnpolicy.decisions.summary.groups import NONE, Grouping
from asnpolicy.language.rules import Rule
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import KEY

Parted = tuple[Grouping, list[str | None], Rows]
"""A fact, the groups of it that occur, and which of them each person is in."""


@dataclass(slots=True)
class OneByOne:
    """What is missing of each who is decided one by one."""

    counts: Counts
    missing: dict[str, set[str]] = field(default_factory=dict)

    def hear(self, decisions: tuple[Decision, ...]) -> None:
        """Count what leaves decisions about one person undetermined."""
        for one in decisions:
            self.missing.setdefault(one.employee.nip, set()).update(self.counts.undetermined(one))


class TableCounter:
    """Counts people of tables, piece by piece: the figures are those of deciding them one by one."""

    def __init__(
        self, maker: FrameMaker, groupings: Sequence[Grouping], groups_of: Callable[[Decision], Sequence[GroupName]]
    ) -> None:
        self.maker, self.groupings, self.groups_of = maker, tuple(groupings), groups_of

    def count(self, workforce: Workforce) -> Counts:
        """Return the counts of a workforce."""
        counts = Counts()
        for part in workforce.pieces(SIZE):
            self._piece(part, counts)
        return counts

    def _piece(self, workforce: Workforce, counts: Counts) -> None:
        said, apart = self.maker.said(workforce, missing=True), OneByOne(counts)
        groups: dict[str, Sequence[GroupName]] = {}

        def hear(decisions: tuple[Decision, ...]) -> None:
            apart.hear(decisions)
            if decisions and decisions[0].employee.nip not in groups:
                groups[decisions[0].employee.nip] = self.groups_of(decisions[0])

        frame = self.maker.whole(said, hear)
        counts.people += frame.height
        parted = [self._grouped(one, said, frame[KEY], groups, at) for at, one in enumerate(self.groupings)]
        self._groups(parted, counts)
        for rule in self.maker.layout.rules:
            self._results(rule, frame[rule.id], parted, counts)
        self._lack(said, frame[KEY], apart, counts)

    # Groups

    def _grouped(
        self, one: Grouping, said: Said, nips: pl.Series, groups: dict[str, Sequence[GroupName]], at: int
    ) -> Parted:
        """Return the groups that occur, and which of them each person is in."""
        words = _words(one, said.piece)
        if groups:
            rows = np.flatnonzero(said.out | said.after)
            those = pl.Series([groups[nip][at][1] for nip in nips.gather(rows).to_list()], dtype=pl.String)
            words = words.scatter(rows.tolist(), those)
        table = pl.DataFrame({"word": words}).with_row_index("row")
        found = table.unique("word", keep="first", maintain_order=True).select("word").with_row_index("at")
        place = table.join(found, on="word", how="left", nulls_equal=True, maintain_order="left")["at"]
        return one, found["word"].to_list(), place.to_numpy().astype(np.int64)

    @staticmethod
    def _groups(parted: Sequence[Parted], counts: Counts) -> None:
        for at, (one, names, rows) in enumerate(parted):
            for name, people in zip(names, np.bincount(rows, minlength=len(names)).tolist(), strict=True):
                counts.groups[one.name, name] += people
            for other, others, theirs in parted[at + 1 :]:
                for both in np.unique(rows * len(others) + theirs).tolist():
                    pair = names[both // len(others)], others[both % len(others)]
                    counts.together.add(((one.name, pair[0]), (other.name, pair[1])))

    @staticmethod
    def _results(rule: Rule, column: pl.Series, parted: Sequence[Parted], counts: Counts) -> None:
        results = results_of(rule)
        codes = column.to_physical().to_numpy().astype(np.int64)
        for result, people in zip(results, np.bincount(codes, minlength=len(results)).tolist(), strict=True):
            if people:
                counts.results[rule.id, result] += people
        for one, names, rows in parted:
            cells = np.bincount(rows * len(results) + codes, minlength=len(names) * len(results))
            for cell in np.flatnonzero(cells).tolist():
                group = one.name, names[cell // len(results)]
                counts.grouped[group, rule.id, results[cell % len(results)]] += int(cells[cell])

    # What is missing

    def _lack(self, said: Said, nips: pl.Series, apart: OneByOne, counts: Counts) -> None:
        lack, anybody = Lack(said.piece), dict[str, Mask]()
        for rule in self.maker.layout.rules:
            open_ = (said.columns[rule.id] == UNDETERMINED).to_numpy() & ~said.out
            if rule.follows:
                open_ = open_ & ~said.after
            if not open_.any():
                continue
            applies, holds = said.piece.outcome(rule)
            late = (applies & ~holds).fill_null(value=False).to_numpy()  # a duty of which the day alone is not known
            for criterion, people in _unclear(rule, said.columns, open_ & ~late):
                counts.unclear[rule.id, criterion] += people
            for name, mask in lack.of(rule).items():
                whose = mask & open_
                if whose.any():
                    counts.lacking[rule.id, name] += int(whose.sum())
                    anybody[name] = anybody[name] | whose if name in anybody else whose
        rows = {nip: row for row, nip in enumerate(nips.to_list()) if nip in apart.missing} if apart.missing else {}
        for nip, missing in apart.missing.items():
            for name in missing:
                anybody.setdefault(name, np.zeros(len(nips), dtype=bool))[rows[nip]] = True
        for name, mask in anybody.items():
            counts.lacking_people[name] += int(mask.sum())


def _words(one: Grouping, piece: Piece) -> pl.Series:
    """Return the group of each person as columns say it: null where it is not known."""
    size, seen = piece.tables.size, piece.value(piece.plan.rules[one.rule.id].target)  # type: ignore[arg-type]  # it has one
    cells, known = full(seen.low, size), is_known(seen, size)
    labels = one.type.labels
    if labels is None:
        words = cells.cast(pl.String)
    else:
        texts = pl.Series([None, *(member.label for member in labels)], dtype=pl.String)
        words = texts.gather(cells.cast(pl.UInt32))
    absent = full(False if seen.absent is None else seen.absent, size, pl.Boolean)
    table = pl.DataFrame({"word": words, "known": known, "none": absent})
    word = pl.when(pl.col("none")).then(pl.lit(NONE)).when(pl.col("known")).then(pl.col("word"))
    return table.select(word.alias("word")).to_series()


def _unclear(rule: Rule, columns: dict[str, pl.Series], open_: Mask) -> list[tuple[str, int]]:
    """Count the criteria that leave a verdict undetermined."""
    because = columns[f"{rule.id}:because"]
    told = pl.DataFrame({"because": because.filter(pl.Series(open_)).cast(pl.String)}).group_by("because").len()
    found: dict[str, int] = {}
    for text, people in told.iter_rows():
        for criterion in filter(None, text.split(", ")):
            found[criterion] = found.get(criterion, 0) + people
    return list(found.items())
