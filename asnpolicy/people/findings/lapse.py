"""Lapsed confirmations: the value that was found right is no longer delivered, and the one that was found wrong still is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from asnpolicy.people.findings.day import is_filler
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, on_field, on_record, side
from asnpolicy.people.status import Sex
from asnpolicy.text import Text

Looks = Callable[[str], tuple[str, ...]]


def lapse(looks_at: Looks) -> FindingKind:
    """Return the kind; `looks_at` tells which fields and histories a kind of finding looks at."""

    def find(seen: Seen) -> Iterator[DataFinding]:
        for by in seen.person.confirmed:
            there = list(_delivered(seen, looks_at(by.finding))) if by.against else []
            right = any(text == by.value and whole for text, whole, _ in there) or by.value in _of_the_number(seen)
            if not right:
                yield from (found for text, _, found in there if text in by.against)

    return FindingKind(
        "lapsed-confirmation", ("confirmed",), "unknown",
        Text("Nilai yang sudah dinyatakan salah masih tercatat, sedangkan yang benar tidak lagi diserahkan utuh",
             "A value that was found wrong is still on record, and the right one is no longer delivered whole"),
        Text("Pernyataan pejabat gugur bila datanya berubah, tetapi nilai yang ia nyatakan salah tidak menjadi benar karenanya",
             "What an officer confirmed lapses when the data change, but what was found wrong does not become right by that"),
        find,
    )  # fmt: skip


def _delivered(seen: Seen, names: tuple[str, ...]) -> Iterator[tuple[str, bool, DataFinding]]:
    """Give each text of these fields and histories, whether all of its days are known, and the finding that would leave it unknown."""
    person = seen.person
    for name in names:
        part = name.removeprefix("protected.")
        own = getattr(person.protected if part != name else person, part, None) if name != "*" else None
        if own is not None and name not in seen.person.histories():
            text = str(own)
            yield text, True, on_field("lapsed-confirmation", name, sides=((name, text),))
    for history in seen.histories if "*" in names else [one for one in seen.histories if one in names]:
        for at, record in enumerate(seen.records(history)):
            whole = all(type(day := getattr(record, name)) is date and not is_filler(day) for name in record.dated)
            for part, value in record:
                if value is not None:
                    found = on_record("lapsed-confirmation", history, record, at, part, sides=(side(history, record, at, part),))
                    yield str(value), whole, found


def _of_the_number(seen: Seen) -> set[str]:
    """Return what the number says, as findings write it: that is always delivered."""
    parts = seen.number
    month = set() if parts.month is None else {f"{parts.year}-{parts.month:02d}", f"{parts.year}-{parts.month:02d}-01"}
    return {str(parts.birth_date), str(Sex.L if parts.sex == 1 else Sex.P), "PPPK" if parts.is_pppk else "PNS", *month}
