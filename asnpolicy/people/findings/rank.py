"""What the order of ranks shows: ranks that fall or skip, that are given twice, or that share a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from asnpolicy.people.days import first_of, surely_before
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, on_record, on_records, side
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.status import SanctionLevel
from asnpolicy.text import Text

Numbered = tuple[int, Any]
"""A record with its place in the history."""
FALLS = frozenset({RankChange.PENURUNAN})
SKIPS = frozenset({RankChange.PENYESUAIAN_IJAZAH, RankChange.PENGEMBALIAN, RankChange.PENINJAUAN_MASA_KERJA})


def _falls(seen: Seen) -> Iterator[tuple[Numbered, Numbered]]:
    return (((at, one), (at + 1, other)) for at, one, other in seen.ranks if other.rank < one.rank)


def _skips(seen: Seen) -> Iterator[tuple[Numbered, Numbered]]:
    """Give the steps over a rank; where the history is not complete between the two, a letter may be missing."""
    for at, one, other in seen.ranks:
        if other.rank > one.rank + 1 and seen.complete("ranks", first_of(one.since)):
            yield (at, one), (at + 1, other)


def _fall_explained(seen: Seen, before: Any, after: Any) -> bool | None:
    """Whether something on record explains a fall; None when what is not on record may."""
    if after.kind is not None:
        return after.kind in FALLS
    if any(_may_lower(sanction, after.since) for sanction in seen.records("sanctions")):
        return True
    return False if seen.complete("sanctions", first_of(before.since)) else None


def _may_lower(sanction: Any, day: date) -> bool:
    heavy = sanction.level is None or sanction.level >= SanctionLevel.SEDANG
    return heavy and not surely_before(day, sanction.since) and not surely_before(sanction.until, day)


def _skip_explained(seen: Seen, before: Any, after: Any) -> bool | None:
    """Whether something on record explains a skip: a higher diploma, or a sanction that is over; None when it may."""
    if after.kind is not None and after.kind is not RankChange.PNS:
        return after.kind in SKIPS
    diploma = any(not surely_before(after.since, one.graduated_on) for one in seen.records("educations"))
    restored = any(not surely_before(after.since, one.since) for one in seen.records("sanctions"))
    if diploma or restored:
        return True
    known = seen.complete("educations", first_of(before.since)) and seen.complete("sanctions", first_of(before.since))
    return False if known else None


def _unexplained_fall(seen: Seen) -> Iterator[DataFinding]:
    for one, other in _falls(seen):
        if _fall_explained(seen, one[1], other[1]) is False:
            yield from _blame(seen, "rank-falls", one, other)


def _lawful_fall(seen: Seen) -> Iterator[DataFinding]:
    for one, (at, after) in _falls(seen):
        if _fall_explained(seen, one[1], after) is not False:
            yield on_record("rank-lowered", "ranks", after, at)


def _unexplained_skip(seen: Seen) -> Iterator[DataFinding]:
    for one, other in _skips(seen):
        if _skip_explained(seen, one[1], other[1]) is False:
            yield from _blame(seen, "rank-skips", one, other)


def _lawful_skip(seen: Seen) -> Iterator[DataFinding]:
    for one, (at, after) in _skips(seen):
        if _skip_explained(seen, one[1], after) is not False:
            yield on_record("rank-skipped", "ranks", after, at)


def _blame(seen: Seen, code: str, one: Numbered, other: Numbered) -> Iterator[DataFinding]:
    """Blame the letter that the others contradict; both, where either may be wrong."""
    sides = tuple(side("ranks", record, at, "rank") for at, record in (one, other))
    yield on_records(code, "ranks", _out_of_line(seen, one, other), "rank", sides=sides)


def _out_of_line(seen: Seen, one: Numbered, other: Numbered) -> tuple[Numbered, ...]:
    ranks = [record.rank for record in seen.records("ranks")]
    before = next((rank for rank in reversed(ranks[: one[0]]) if rank is not None), None)
    after = next((rank for rank in ranks[other[0] + 1 :] if rank is not None), None)
    without_one = before is None or 0 <= other[1].rank - before <= 1
    without_other = after is None or 0 <= after - one[1].rank <= 1
    if before is None and after is None:
        return one, other
    if without_one and not without_other and before is not None:
        return (one,)
    if without_other and not without_one and after is not None:
        return (other,)
    return one, other


def _repeated(seen: Seen) -> Iterator[DataFinding]:
    for (_, before), (at, after) in pairwise(enumerate(seen.records("ranks"))):
        if after.rank is not None and before.rank is after.rank:
            yield on_record("repeated-rank", "ranks", after, at)


KINDS = (
    FindingKind(
        "rank-falls", ("ranks", "sanctions"), "unknown",
        Text("Pangkat turun tanpa hukuman disiplin yang menjelaskannya",
             "The rank falls, and no sanction on record explains it"),
        Text("Pangkat hanya turun karena hukuman disiplin (PP 94/2021); riwayat hukuman dinyatakan lengkap",
             "A rank falls only by a sanction (PP 94/2021), and the sanctions are said to be complete"),
        _unexplained_fall, strict=True,
    ),
    FindingKind(
        "rank-lowered", ("ranks", "sanctions"), "told",
        Text("Pangkat turun", "The rank falls"),
        Text("Sah bila karena hukuman disiplin; hukumannya tercatat atau mungkin belum diserahkan",
             "Lawful by a sanction, which is on record or may not have been delivered"), _lawful_fall, strict=True,
    ),
    FindingKind(
        "rank-skips", ("ranks", "educations", "sanctions"), "unknown",
        Text("Pangkat melompat tanpa ijazah atau keputusan yang menjelaskannya",
             "The rank skips a step, and no diploma or decision on record explains it"),
        Text("Kenaikan pangkat setingkat demi setingkat (PP 99/2000); riwayat dinyatakan lengkap",
             "Ranks rise step by step (PP 99/2000), and the histories are said to be complete"),
        _unexplained_skip, strict=True,
    ),
    FindingKind(
        "rank-skipped", ("ranks", "educations", "sanctions"), "told",
        Text("Pangkat melompat satu tingkat atau lebih", "The rank skips a step or more"),
        Text("Sah bila karena penyesuaian ijazah, pemulihan, atau peninjauan masa kerja",
             "Lawful by a higher diploma, a restoration or a review of service"), _lawful_skip, strict=True,
    ),
    FindingKind(
        "repeated-rank", ("ranks",), "told",
        Text("Pangkat yang sama diberikan dua kali; masa pangkat dihitung sejak yang pertama",
             "The same rank is given twice; time in it runs from the first"),
        Text("Lazim saat CPNS diangkat menjadi PNS (PP 99/2000)",
             "Usual when a candidate becomes a civil servant (PP 99/2000)"), _repeated, strict=True,
    ),
)  # fmt: skip
