"""Reason: a code with parameters, which machines read as it is and people read as a text of their language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from asnpolicy.decisions.texts import TEXTS, pattern
from asnpolicy.language.dates import OPEN
from asnpolicy.language.rules import Text
from asnpolicy.people import COMPLETE, PartialDay
from asnpolicy.text import Citation

Part: TypeAlias = "str | int | Decimal | date | PartialDay | Text | Reason | tuple[Part, ...]"
"""What a parameter may be: a text of the data or the policy, a number, a date, another reason, several of them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What an explanation is made of before it is written: the code of a text, and its parameters by name.

    >>> because("unit.years", years=4).to("id"), because("unit.years", years=4).to("en")
    ('4 tahun', '4 years')
    """

    code: str
    values: tuple[tuple[str, Part], ...] = ()

    def to(self, lang: str) -> str:
        """Write it in `id` or `en`."""
        text = TEXTS["en" if lang == "en" else "id"][self.code]
        if not self.values:
            return text
        return text.format(**{n: p if type(p) is str else written(p, lang) for n, p in self.values})

    def part(self, name: str) -> Part | None:
        """Give a parameter by its name; None when it has none of that name."""
        return next((part for known, part in self.values if known == name), None)

    def as_data(self) -> dict[str, Any]:
        """Give it for machines."""
        return {"code": self.code, "values": {name: _plain(part) for name, part in self.values}}


def because(code: str, **values: Part) -> Reason:
    """Make a reason from its code and its parameters."""
    return Reason(code, tuple(values.items()))


class LateText(Text):
    """A text that is written from its parts when it is read, once in each language."""

    __slots__ = ("_en", "_id", "_whole", "part")
    part: Part
    _id: str
    _en: str
    _whole: Text

    def __init__(self, part: Part) -> None:
        object.__setattr__(self, "part", part)

    @property
    def id(self) -> str:
        """Give the text in Indonesian."""
        try:
            return self._id
        except AttributeError:
            object.__setattr__(self, "_id", written(self.part, "id"))
            return self._id

    @property
    def en(self) -> str:
        """Give the text in English."""
        try:
            return self._en
        except AttributeError:
            object.__setattr__(self, "_en", written(self.part, "en"))
            return self._en

    @property
    def whole(self) -> Text:
        """Give the text written out: many that share it say the same."""
        try:
            return self._whole
        except AttributeError:
            object.__setattr__(self, "_whole", Text(self.id, self.en))
            return self._whole

    def to(self, lang: str) -> str:
        """Give the text in `id` or `en`."""
        return self.en if lang == "en" else self.id

    def __repr__(self) -> str:
        return f"LateText({self.part!r})"

    def __reduce__(self) -> tuple[type[LateText], tuple[Part]]:
        return LateText, (self.part,)


def reason_of(text: Text) -> Reason:
    """Give the reason that a text is written from; one around it, when it is a plain value or a text of the policy."""
    part: Part = text.part if isinstance(text, LateText) else text
    return part if isinstance(part, Reason) else because("text", text=part)


def either(parts: Iterable[Part]) -> Part:
    """Join alternatives: one of these."""
    found = tuple(parts)
    if len(found) < 2:
        return found[0] if found else Reason("value.none")
    code = "either.two" if len(found) == 2 else "either.more"
    return because(code, first=found[:-1], last=found[-1])


def series(parts: Iterable[Part]) -> Part:
    """Join what stands together, with semicolons: each may have commas inside."""
    found = tuple(parts)
    if len(found) < 2:
        return found[0] if found else Reason("value.none")
    return because("series", first=found[0], rest=series(found[1:]))


def clauses(parts: Iterable[Part]) -> Part:
    """Join alternatives that are sentences of their own, with commas inside."""
    found = tuple(parts)
    if len(found) < 2:
        return found[0] if found else Reason("value.none")
    code = "either.last" if len(found) == 2 else "either.clause"
    return because(code, first=found[0], rest=clauses(found[1:]))


def written(part: Part, lang: str) -> str:
    """Write a parameter in a language."""
    if isinstance(part, (Reason, Text, Citation)):
        return part.to(lang)
    if isinstance(part, str):
        return part
    if isinstance(part, date):
        return _day(part, lang)
    if isinstance(part, PartialDay):
        return _partial(part, lang)
    if isinstance(part, tuple):
        return ", ".join([written(one, lang) for one in part])
    shown = f"{part:f}" if isinstance(part, Decimal) else str(part)
    return shown.replace(".", pattern("sign.decimal", lang))


def sentence(text: str) -> str:
    """Begin with a capital letter.

    >>> sentence("riwayat jabatan")
    'Riwayat jabatan'
    """
    return text[:1].upper() + text[1:]


def _day(day: date, lang: str) -> str:
    if day == OPEN:
        return pattern("day.ongoing", lang)
    if day == COMPLETE:
        return pattern("day.beginning", lang)
    return f"{day.day} {pattern(_MONTHS[day.month], lang)} {day.year}"


def _partial(day: PartialDay, lang: str) -> str:
    shown = str(day)
    if len(shown) == len("2022"):
        return shown
    if len(shown) == len("2022-10"):
        month, year = pattern(_MONTHS[day.first.month], lang), day.first.year
        return pattern("day.month", lang).format(month=month, year=year)
    return pattern("day.between", lang).format(first=_day(day.first, lang), last=_day(day.last, lang))


_MONTHS = ("", *(f"month.{number}" for number in range(1, 13)))


def _plain(part: Part) -> Any:
    if isinstance(part, Reason):
        return part.as_data()
    if isinstance(part, LateText):
        return _plain(part.part)
    if isinstance(part, Text):
        return {"id": part.id, "en": part.en}
    if isinstance(part, tuple):
        return [_plain(one) for one in part]
    if isinstance(part, date):
        return part.isoformat()
    return part if isinstance(part, (int, str)) else str(part)
