"""Words for values: what was seen and what was required, as people write them in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from asnpolicy.language import dates
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.rules import Observation, Text
from asnpolicy.people import COMPLETE, OPEN, Absent

MONTHS_ID = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NONE = Text("tidak ada", "none")
NOT_KNOWN = Text("tidak diketahui", "not known")
OPERATORS = {
    "is": Text("{0}", "{0}"),
    "not": Text("bukan {0}", "not {0}"),
    "not_in": Text("bukan {0}", "none of {0}"),
    "in": Text("salah satu dari {0}", "one of {0}"),
    "has": Text("mencakup {0}", "includes {0}"),
    "within": Text("di dalam {0}", "within {0}"),
    "at_least": Text("paling sedikit {0}", "at least {0}"),
    "at_most": Text("paling banyak {0}", "at most {0}"),
    "below": Text("kurang dari {0}", "less than {0}"),
    "above": Text("lebih dari {0}", "more than {0}"),
}
ORDINAL = {
    "at_least": Text("paling rendah {0}", "{0} or higher"),
    "at_most": Text("paling tinggi {0}", "{0} or lower"),
    "below": Text("di bawah {0}", "below {0}"),
    "above": Text("di atas {0}", "above {0}"),
}
DATED = {
    "at_least": Text("paling awal {0}", "{0} or later"),
    "at_most": Text("paling lambat {0}", "{0} or earlier"),
    "below": Text("sebelum {0}", "before {0}"),
    "above": Text("sesudah {0}", "after {0}"),
}


def day(value: date) -> Text:
    """Write a date in words."""
    if value == OPEN:
        return Text("seterusnya", "ongoing")
    if value == COMPLETE:
        return Text("semula", "the beginning")
    return Text(
        f"{value.day} {MONTHS_ID[value.month - 1]} {value.year}",
        f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}",
    )


def months(count: int) -> Text:
    """Write a number of months as years and months."""
    years, rest = divmod(count, 12)
    id_ = [f"{years} tahun"] * (years > 0) + [f"{rest} bulan"] * (rest > 0 or years == 0)
    en = [_plural(years, "year")] * (years > 0) + [_plural(rest, "month")] * (rest > 0 or years == 0)
    return Text(" ".join(id_), " ".join(en))


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}{'s' if count != 1 else ''}"


def number(value: int, places: int) -> Text:
    """Write a scaled number: a decimal comma in Indonesian, a point in English."""
    if not places:
        return Text(str(value), str(value))
    whole, rest = divmod(abs(value), 10**places)
    text = f"{'-' if value < 0 else ''}{whole}.{rest:0{places}d}"
    text = text.rstrip("0").rstrip(".")
    return Text(text.replace(".", ","), text)


def listed(parts: Iterable[Text]) -> Text:
    """Join texts with a semicolon."""
    found = list(parts)
    return Text("; ".join(p.id for p in found), "; ".join(p.en for p in found))


def value(type_: Type, known: Any, unit: str = "") -> Text:
    """Write a known value of a type."""
    if isinstance(known, Absent):
        return NONE
    if isinstance(known, bool):
        return Text("ya" if known else "tidak", "yes" if known else "no")
    if isinstance(known, frozenset):
        text = ", ".join(sorted(known)) or "-"
        return Text(text, text)
    if isinstance(known, date):
        return day(known)
    if type_.kind is Kind.NUMBER and isinstance(known, int):
        written = number(known, type_.places)
        return Text(f"{written.id} {unit}".strip(), f"{written.en} {unit}".strip())
    return Text(str(known), str(known))


def seen(observation: Observation, known: Any, as_of: date) -> Text:
    """Write what was seen; a time since a date with the date, added-up time in years and months."""
    if isinstance(known, Bounds):
        return _bounds(observation, known)
    if isinstance(known, Absent):
        return NONE
    if observation.type.kind is Kind.DURATION and isinstance(known, date):
        lasted = months(max(0, dates.months_between(known, as_of)))
        since = day(known)
        return Text(f"{lasted.id} (sejak {since.id})", f"{lasted.en} (since {since.en})")
    if observation.type.kind is Kind.SPAN:
        return months(known // dates.MONTH)
    return value(observation.type, known, observation.unit)


def _bounds(observation: Observation, known: Bounds) -> Text:
    if observation.type.kind in (Kind.DURATION, Kind.DATE) or (known.low is None and known.high is None):
        return NOT_KNOWN
    if observation.type.kind is Kind.SPAN:

        def write(end: Any) -> Text:
            return months(end // dates.MONTH)
    elif observation.type.labels is not None:
        members = {int(member): member for member in observation.type.labels}

        def write(end: Any) -> Text:
            label = str(members.get(int(end), end))
            return Text(label, label)
    else:

        def write(end: Any) -> Text:
            return value(observation.type, end, observation.unit)

    return _ends(known, write)


def _ends(known: Bounds, write: Callable[[Any], Text]) -> Text:
    if known.high is None:
        low = write(known.low)
        return Text(
            f"sekurang-kurangnya {low.id}, selebihnya tidak diketahui", f"at least {low.en}, the rest not known"
        )
    high = write(known.high)
    if known.low is None:
        return Text(
            f"setinggi-tingginya {high.id}, selebihnya tidak diketahui", f"at most {high.en}, the rest not known"
        )
    low = write(known.low)
    return Text(f"antara {low.id} dan {high.id}", f"between {low.en} and {high.en}")


def required(observation: Observation, wanted: list[Any]) -> Text:
    """Write what was required."""
    type_, word = observation.type, observation.words
    parts = [_operand(type_, one, observation.unit) for one in wanted]
    joined = Text(" atau ".join(p.id for p in parts), " or ".join(p.en for p in parts))
    pattern = _pattern(type_, word)
    return Text(pattern.id.format(joined.id), pattern.en.format(joined.en))


def _pattern(type_: Type, word: str) -> Text:
    if type_.labels is not None and word in ORDINAL:
        return ORDINAL[word]
    return DATED[word] if type_.kind is Kind.DATE and word in DATED else OPERATORS.get(word, OPERATORS["is"])


def _operand(type_: Type, one: Any, unit: str) -> Text:
    if isinstance(one, Bounds):
        return NOT_KNOWN
    if type_.kind in (Kind.DURATION, Kind.SPAN) and isinstance(one, int):
        return months(one)
    return value(type_, one, unit)
