"""What no register can hold: a record of what is past, of a day after the one on which the register was known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from asnpolicy.people.days import PartialDay, first_of, last_of
from asnpolicy.people.findings.day import FAR_FUTURE, OWN_YEARS, is_filler
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Stand, on_field, on_record, side
from asnpolicy.people.status import DEAD
from asnpolicy.text import Text

DAY = timedelta(days=1)
PAST = {
    "educations": ("graduated_on", "recognised_on"),
    "appraisals": ("decided_on",),
    "credits": ("granted_on",),
    "trainings": ("completed_on",),
    "exams": ("taken_on",),
    "competencies": ("assessed_on",),
    "awards": ("granted_on",),
    "service_targets": ("decided_on",),
    "assessments": ("assessed_on",),
    "letters": ("dated_on",),
    "absences": ("since",),
    "statuses": ("since",),
}
"""Days of records that stand on a register only once they have been; of statuses it is so of a death alone.

A rank, a post, a sanction, a leave and a contract are not among them: their letter is written before they begin.
"""


def _after_known_on(seen: Seen) -> Iterator[DataFinding]:
    known, person = seen.person.register_day, seen.person
    if known is None:
        return
    against = Stand(("known_on", str(known)))
    recruited = person.recruitment_year
    if type(recruited) is int and known.year < recruited < FAR_FUTURE:
        own = (("recruitment_year", str(recruited)),)
        yield on_field("after-known-on", "recruitment_year", sides=own, stands=(against,))
    if seen.span.whole and seen.span.last <= known and "service_targets" not in seen.histories:
        return
    for history in PAST:
        for at, record in enumerate(seen.records(history)):
            late = dict.fromkeys(_late(history, record, known))
            if late and record not in person.assumed:
                touched = tuple(late)
                sides = (side(history, record, at, touched[0]), against)
                yield on_record("after-known-on", history, record, at, *touched, sides=sides)


def _late(history: str, record: Any, known: date) -> Iterator[str]:
    """Give what of a record can't have been known on a day: a year, or days, with what follows from them."""
    year = getattr(record, "year", None)
    judged = history == "appraisals" or getattr(record, "reached", None) is not None  # a target may be set ahead
    if year is not None and judged and known.year < year < FAR_FUTURE:
        yield from OWN_YEARS[history]
    if history == "appraisals" and _is_late(record.period_start, known):
        yield from OWN_YEARS[history][1:]
    if history == "statuses" and record.status not in DEAD:
        return
    for name in PAST[history]:
        day = getattr(record, name)
        if _is_late(day, known) and not (history == "appraisals" and _follows(record)):
            yield name


def _is_late(day: Any, known: date) -> bool:
    return isinstance(day, (date, PartialDay)) and first_of(day) > known and not is_filler(day)


def _follows(record: Any) -> bool:
    """Whether the day of decision is no later than the one that is taken where none is delivered."""
    return bool(first_of(record.decided_on) <= last_of(record.period_end) + DAY)


KINDS = (
    FindingKind(
        "after-known-on", ("known_on", "recruitment_year", *PAST), "unknown",
        Text("Hal yang sudah lewat, bertanggal sesudah hari register diketahui",
             "Something that is past, of a day after the registers were known"),
        Text("Penilaian, pelatihan, ujian, atau penghargaan baru tercatat sesudah terjadi; yang akan datang adalah anggapan",
             "An appraisal, a training, an exam or an award is on record once it has been; what is to come is an assumption"),
        _after_known_on,
    ),
)  # fmt: skip
