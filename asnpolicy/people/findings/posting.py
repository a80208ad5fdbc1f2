"""What posts and contracts show: two at once, gaps, and ends that are last days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from asnpolicy.people.days import PartialDay, first_of, is_day, last_of, surely_before
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, on_record, on_records, side
from asnpolicy.text import Text

DAY = timedelta(days=1)
OF_A_POST = ("title", "kind", "category", "jenjang", "echelon", "unit", "field", "until", "acting", "acting_as")


def _held(seen: Seen, history: str) -> list[tuple[int, Any]]:
    """Give what is held one after the other: definitive posts, contracts; with their places in the history."""
    numbered = enumerate(seen.records(history))
    return [(at, one) for at, one in numbered if history != "posts" or one.definitive is not False]


def _neighbours(seen: Seen, history: str) -> Iterator[tuple[tuple[int, Any], tuple[int, Any]]]:
    """Give each with the next one, where it is known when both begin and the first ends, whole days or not."""
    if len(seen.records(history)) < 2:
        return
    for one, other in pairwise(_held(seen, history)):
        if all(is_day(day) for day in (one[1].since, one[1].until, other[1].since)):
            yield one, other


def _at_once(seen: Seen) -> Iterator[tuple[tuple[int, Any], tuple[int, Any]]]:
    """Give each definitive post with the one before it that ends last, where that still goes on."""
    if len(seen.records("posts")) < 2:
        return
    longest: tuple[int, Any] | None = None
    for at, post in enumerate(seen.records("posts")):
        if not (post.definitive and is_day(post.since) and is_day(post.until)):
            continue
        if longest is not None and surely_before(post.since, longest[1].until):
            yield longest, (at, post)
        if longest is None or first_of(post.until) > first_of(longest[1].until):
            longest = at, post


def _overlapping_posts(seen: Seen) -> Iterator[DataFinding]:
    for one, other in _at_once(seen):
        if first_of(one[1].since) <= last_of(other[1].since):
            sides = (side("posts", one[1], one[0], "until"), side("posts", other[1], other[0], "since"))
            yield on_records("overlapping-posts", "posts", (one, other), *OF_A_POST, sides=sides)


def _overlapping_contracts(seen: Seen) -> Iterator[DataFinding]:
    for one, (at, after) in _neighbours(seen, "contracts"):
        if surely_before(after.since, one[1].until):
            yield on_record("overlapping-contracts", "contracts", after, at)


def _ends_on(before: Any, after: Any) -> bool:
    """Tell whether one ends on the day before the other begins; a day known in part does not show that."""
    return type(before.until) is date and type(after.since) is date and bool(after.since - before.until == DAY)


def _ends_before(before: Any, after: Any) -> bool:
    """Tell whether more than a day lies between, whichever days they are."""
    return bool(first_of(after.since) - last_of(before.until) > DAY)


def _last_days(seen: Seen) -> Iterator[DataFinding]:
    """A gap of one day, where the history says that it is complete: the end is the last day, or the day after it."""
    for history in ("posts", "contracts"):
        for (at, before), (_, after) in _neighbours(seen, history):
            if _ends_on(before, after) and seen.complete(history, first_of(before.since)):
                left, sides = PartialDay(before.until, after.since), (side(history, before, at, "until"),)
                yield on_record("end-is-last-day", history, before, at, "until", sides=sides, left=left)


def _gaps(seen: Seen) -> Iterator[DataFinding]:
    for history in ("posts", "contracts"):
        for (_, before), (at, after) in _neighbours(seen, history):
            if _ends_before(before, after) and seen.complete(history, first_of(before.since)):
                yield on_record("gap-in-history", history, after, at)


KINDS = (
    FindingKind(
        "overlapping-posts", ("posts",), "unknown",
        Text("Dua jabatan definitif pada waktu yang sama", "Two definitive posts at the same time"),
        Text("Hanya satu jabatan yang dipangku secara definitif; yang lain Plt, Plh, atau tugas tambahan",
             "Only one post is held in one's own right; another is acting, or an additional duty"),
        _overlapping_posts, strict=True, starts_from=frozenset({"posts"}),
    ),
    FindingKind(
        "overlapping-contracts", ("contracts",), "told",
        Text("Dua perjanjian kerja pada waktu yang sama", "Two contracts at the same time"),
        Text("Perpanjangan kadang ditandatangani sebelum yang lama berakhir",
             "A renewal is sometimes signed before the old one ends"), _overlapping_contracts, strict=True, starts_from=frozenset({"contracts"}),
    ),
    FindingKind(
        "end-is-last-day", ("posts", "contracts"), "unknown",
        Text("Selang satu hari: tanggal berakhir mungkin hari terakhir, bukan hari sesudahnya",
             "A gap of one day: the end may be the last day and not the day after it"),
        Text("Riwayat dinyatakan lengkap; banyak register menulis hari terakhir",
             "The history is said to be complete, and many registers write the last day"), _last_days, strict=True, starts_from=frozenset({"posts", "contracts"}),
    ),
    FindingKind(
        "gap-in-history", ("posts", "contracts"), "told",
        Text("Ada jeda dalam riwayat yang dinyatakan lengkap", "A gap in a history that is said to be complete"),
        Text("Mungkin sah, mungkin catatan yang belum diserahkan",
             "It may be lawful, or a record that was not delivered"), _gaps, strict=True, starts_from=frozenset({"posts", "contracts"}),
    ),
)  # fmt: skip
