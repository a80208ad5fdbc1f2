"""Assumptions: what is taken to happen in days to come, as ordinary records in a copy of the person, and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Literal as Choice

from asnpolicy.people import Employee
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.days import first_of, last_of
from asnpolicy.people.findings.standing import retired_by
from asnpolicy.people.records import AppraisalRecord, Record, TrainingRecord
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import Message, phrase

HOW = phrase(
    en="write `rating=Baik`, `rating=last`, or `training=pkp@2027-03-01` (more: `training=pkp@2027-03-01,hours=40,kind=teknis`)",
    id="tulis `rating=Baik`, `rating=last`, atau `training=pkp@2027-03-01` (lebih lengkap: `training=pkp@2027-03-01,hours=40,kind=teknis`)",
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A predicate for each coming year, the last one again, or a training on a day.

    >>> Assumption.of("rating=Baik").rating
    <Rating.BAIK: 4>
    """

    kind: Choice["rating", "training"]
    rating: Rating | None = None
    """The predicate of each coming year; None is the last one on record again."""
    training: TrainingRecord | None = None

    @classmethod
    def of(cls, text: str) -> Assumption:
        """Read an assumption as it is written on the command line; raises PolicyError."""
        kind, _, rest = text.partition("=")
        if kind == "rating" and rest:
            return cls("rating", None if rest == "last" else _rating(rest))
        if kind == "training" and "@" in rest:
            return cls("training", training=_training(rest))
        raise _wrong(phrase(en="`{text}` is no assumption", id="`{text}` bukan pengandaian yang dikenal", text=text), HOW)

    def fits(self, person: Employee) -> bool:
        """Tell whether it can be assumed of somebody: the last predicate again, only of whoever has one."""
        return self.kind != "rating" or self.rating is not None or _last_of(person) is not None


@dataclass(frozen=True, slots=True)
class Assumed:
    """A record that is taken to come: it is on no register."""

    history: Choice["appraisals", "trainings"]
    record: Record

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"history": self.history, "record": self.record.model_dump(mode="json", exclude_none=True)}


def with_assumed(
    person: Employee, assumptions: Iterable[Assumption], since: date, until: date
) -> tuple[Employee, tuple[Assumed, ...]]:
    """Return a person with what is assumed between two days, and that alone.

    Raises PolicyError for what contradicts a record, or is of a day on which the registers were known already.
    """
    given = tuple(assumptions)
    if not given:
        return person, ()
    if sum(one.kind == "rating" for one in given) > 1:
        raise _wrong(
            phrase(
                en="the predicate of coming years is assumed more than once",
                id="predikat tahun-tahun yang akan datang diandaikan lebih dari sekali",
            ),
            phrase(en="leave one of them", id="sisakan satu saja"),
        )
    known = _known(person, since)
    assumed = tuple(one for each in given for one in _assumed(person, each, known, until))
    more: dict[str, list[Record]] = {}
    for one in assumed:
        more.setdefault(one.history, []).append(one.record)
    return person.with_assumed(more), assumed


def _known(person: Employee, since: date) -> date:
    """The day from which on it may be assumed: when the registers were known, else the first day that is asked for."""
    if person.known_on is not None:
        return person.known_on
    latest = max((record.year for record in person.appraisals.records if record.year is not None), default=None)
    trained = [last_of(one.completed_on) for one in person.trainings.records if one.completed_on is not None]
    if (latest is not None and latest >= since.year + 1) or any(day > since for day in trained):
        message = phrase(
            en="the person has records after {since}, so it can't be told from when on to assume",
            id="orang ini punya catatan sesudah {since}, sehingga tidak jelas sejak kapan harus diandaikan",
            since=since,
        )
        raise _wrong(
            message,
            phrase(
                en="give `known_on`, the day on which the registers were known, or ask from a later day on",
                id="beri `known_on`, hari data register diketahui, atau tanyakan sejak hari yang lebih kemudian",
            ),
        )
    return since


def _assumed(person: Employee, one: Assumption, known: date, until: date) -> Iterator[Assumed]:
    if one.kind == "rating":
        yield from _rated(person, one.rating or _last_rating(person), known, until)
        return
    training = one.training
    assert training is not None  # noqa: S101  # of() and the constructor of a training assumption give it
    if training.completed_on is None or first_of(training.completed_on) <= known:
        message = phrase(
            en="the training `{code}` can't be assumed for {completed_on}",
            id="pelatihan `{code}` tidak dapat diandaikan diikuti pada {completed_on}",
            code=training.code,
            completed_on=training.completed_on,
        )
        raise _wrong(
            message,
            phrase(
                en="the registers were known on {known}: assume a later day",
                id="data register diketahui pada {known}: andaikan hari yang lebih kemudian",
                known=known,
            ),
        )
    yield Assumed("trainings", training)


def _rated(person: Employee, rating: Rating, known: date, until: date) -> Iterator[Assumed]:
    """A predicate for each year that has none, decided on the first day of the next; none after the last in the service."""
    there = {record.year for record in person.appraisals.records}
    for year in range(known.year, min(until, retired_by(person)).year):
        if year not in there:
            record = AppraisalRecord(
                year=year,
                period_start=date(year, 1, 1),
                period_end=date(year, 12, 31),
                rating=rating,
                decided_on=date(year + 1, 1, 1),
            )
            yield Assumed("appraisals", record)


def _last_of(person: Employee) -> Rating | None:
    rated = [record for record in person.appraisals.records if record.year is not None]
    last = max(rated, key=lambda record: (record.year or 0, first_of(record.period_end)), default=None)
    return None if last is None else last.rating


def _last_rating(person: Employee) -> Rating:
    last = _last_of(person)
    if last is None:
        message = phrase(
            en="the last predicate is not on record, so it can't be assumed again",
            id="predikat terakhir tidak tercatat, sehingga tidak dapat diandaikan berulang",
        )
        raise _wrong(message, phrase(en="name one: `rating=Baik`", id="sebut salah satu: `rating=Baik`"))
    return last


def _rating(text: str) -> Rating:
    try:
        return Rating.of(text)
    except ValueError:
        raise _wrong(
            phrase(en="`{text}` is no predicate", id="`{text}` bukan predikat", text=text),
            meant(text, map(str, Rating)),
        ) from None


def _training(text: str) -> TrainingRecord:
    code, _, rest = text.partition("@")
    day, *more = rest.split(",")
    fields = dict(part.partition("=")[::2] for part in more)
    unknown = sorted(set(fields) - {"hours", "kind", "field"})
    if unknown or not code:
        raise _wrong(
            phrase(
                en="`training={text}` is no assumption", id="`training={text}` bukan pengandaian yang dikenal", text=text
            ),
            HOW,
        )
    try:
        when = date.fromisoformat(day)
        hours = int(fields["hours"]) if "hours" in fields else None
        return TrainingRecord(
            code=code, kind=fields.get("kind"), field=fields.get("field"), hours=hours, completed_on=when, passed=True
        )
    except ValueError:
        raise _wrong(
            phrase(
                en="`training={text}` is no assumption", id="`training={text}` bukan pengandaian yang dikenal", text=text
            ),
            HOW,
        ) from None


def _wrong(message: Message, help_: Message) -> PolicyError:
    return PolicyError([Problem("wrong-assumption", message, help=help_)])
