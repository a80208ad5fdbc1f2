"""Field: one field read by its type, as the models write it or as offices do; what can't be read is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from asnpolicy.people import HISTORIES, Label, PartialDay
from asnpolicy.people.codes import CODES, code_meant
from asnpolicy.people.days import COMPLETE, OPEN
from asnpolicy.people.nip import DIGITS, normal
from asnpolicy.people.placeholders import EMPTY
from asnpolicy.people.spelling import variants
from asnpolicy.people.spelling.days import FILLER, OTHERWISE, read_day
from asnpolicy.visible import visible

UNREADABLE, HOLED, MISSPELT = "unreadable-field", "wrong-encoding", "misspelt-code"
TWICE, DIFFERENTLY = "said-twice", "said-differently"
SHOWN = 60
"""So much of a value is shown."""
_HISTORY: dict[type, str] = {record: name for name, record in HISTORIES.items()}
_LONGEST = 400
"""No value of a field has more characters; a longer one is no variant of anything."""
_EXPONENT = re.compile(r"\s*\d[.,]?\d*E\+?\d+\s*", re.IGNORECASE)


class Read(NamedTuple):
    """A value that was read, and the code of what is told of it; None where nothing is."""

    value: Any
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Doubled:
    """What an object says more than once under one key."""

    values: tuple[Any, ...]

    @classmethod
    def of(cls, values: Iterable[Any]) -> Doubled:
        """Return what is said under several keys that mean one field, each of which may be there more than once."""
        return cls(tuple(one for value in values for one in (value.values if isinstance(value, cls) else (value,))))

    @property
    def alike(self) -> bool:
        """Whether it says the same each time."""
        return all(type(one) is type(self.values[0]) and one == self.values[0] for one in self.values)


@dataclass(frozen=True)
class Form:
    """How one field is read."""

    name: str
    """`rank`, or `nip`."""
    adapter: TypeAdapter[Any]
    kind: type
    """What it holds: a Label, date, bool, Decimal, int, str, tuple."""
    numbered: bool = False
    """Whether it is the number of a person."""
    ends: bool = False
    """Whether it may be open."""
    promises: bool = False
    """Whether it says since when a history is complete."""
    history: str = ""
    """The history whose records it is a field of."""

    def read(self, value: Any, *, month_first: bool = False) -> Read:
        """Return what a value means; unknown, with the code of why, where it means nothing for sure."""
        if value is None:
            return Read(None)
        if isinstance(value, Doubled):
            return self._doubled(value, month_first=month_first)
        plain = self._coded(value) or self._checked(value)
        if plain is not None and not _holed(value):
            return plain
        if isinstance(value, str) and len(value) <= _LONGEST and value.strip().casefold() in EMPTY:
            return Read(None, OTHERWISE)
        found = None if _holed(value) else self._otherwise(value, month_first=month_first)
        if found is None:
            return Read(None, HOLED if _holed(value) else UNREADABLE)
        if found.value is None:
            return found
        again = self._checked(found.value)
        return Read(again.value, found.code) if again else Read(None, UNREADABLE)

    def _coded(self, value: Any) -> Read | None:
        """Return a code as it is meant, where the value is one that is told."""
        if (self.history, self.name) not in CODES or not isinstance(value, str):
            return None
        text = value.strip()
        meant = code_meant(self.history, self.name, text)
        if meant.slip_of:
            return Read(None, MISSPELT)
        return Read(meant.text, OTHERWISE) if meant.known and meant.text != text else None

    def _checked(self, value: Any) -> Read | None:
        if type(value) is Decimal and self.kind is str:  # pydantic would not, and a number of a person is none
            return None
        try:
            return Read(self.adapter.validate_python(value))
        except ValidationError:
            return None

    def _doubled(self, value: Doubled, *, month_first: bool) -> Read:
        read = [self.read(one, month_first=month_first).value for one in value.values]
        same = all(one == read[0] for one in read)
        return Read(read[0], TWICE) if same and read[0] is not None else Read(None, DIFFERENTLY)

    def _otherwise(self, value: Any, *, month_first: bool) -> Read | None:
        if isinstance(value, (list, dict)) or (isinstance(value, str) and len(value) > _LONGEST):
            return None
        text = clean(str(value))
        found = self._meant(value, text, month_first=month_first)
        if found is None or isinstance(found, Read):
            return found
        return Read(found, OTHERWISE)

    def _meant(self, value: Any, text: str, *, month_first: bool) -> Any:
        if self.numbered:
            return number(value)
        if self.kind is date:
            return self._day(value, text, month_first=month_first)
        if self.kind is bool:
            return variants.truth(
                self.name, str(int(value)) if isinstance(value, Decimal) and value in (0, 1) else text
            )
        if self.kind is Decimal:
            return _decimal(text)
        if self.kind is int:
            return _integer(text)
        if issubclass(self.kind, Label):
            return variants.meant(self.kind, text)
        return text if isinstance(value, (str, int)) and not isinstance(value, bool) and self.kind is str else None

    def _day(self, value: Any, text: str, *, month_first: bool) -> Any:
        word = text.casefold()
        if self.ends and word in variants.ONGOING:
            return OPEN
        if self.promises and word in variants.COMPLETE:
            return COMPLETE
        if self.promises and re.fullmatch(r"\d{4}(-\d{2})?", text, re.ASCII):
            try:
                return PartialDay.of(text).last
            except ValueError:
                return None
        if not isinstance(value, str):
            return None
        found = read_day(text, month_first=month_first)
        if found is None or found.day is None:
            return None if found is None else Read(None, FILLER)
        day = found.day.last if self.promises and isinstance(found.day, PartialDay) else found.day
        return Read(day, found.code)


def clean(text: str) -> str:
    r"""Return a text without what can't be seen, and with single spaces.

    >>> clean("199001012015031001\N{ZERO WIDTH SPACE}"), clean(" III\N{NO-BREAK SPACE}/a ")
    ('199001012015031001', 'III /a')
    """
    return " ".join(visible(text, hole="").split())


def number(value: Any) -> str | None:
    """Return the number of a person without what offices and spreadsheets put around it; None when it is not whole.

    >>> number("'19900101 201503 1 001"), number("NIP. 19900101.201503.1.001"), number("1.99001E+17")
    ('199001012015031001', '199001012015031001', None)
    """
    if isinstance(value, (bool, float, Decimal)):
        return None
    text = clean(str(value))
    text = re.sub(r"^(NI\s*PPPK|NIPPPK|NIP|NI)\b[\s.:=]*", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"[\d\s'`’‘\"=.,_/:;-]+", text, re.ASCII) is None or _EXPONENT.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", text)
    try:
        return normal(digits) if len(digits) == DIGITS else None
    except ValueError:
        return None


def is_destroyed(value: Any) -> bool:
    """Tell a number that a spreadsheet has rounded: `1.98E+17`, or one that ends with zeros where digits were."""
    if isinstance(value, (float, Decimal)):
        return True
    text = clean(str(value))
    return bool(_EXPONENT.fullmatch(text)) or (len(text) == DIGITS and text.isdigit() and text.endswith("000"))


def _decimal(text: str) -> Decimal | None:
    """Read a number with a decimal comma; one comma before three digits may part thousands, so it is none."""
    plain = _without_unit(text)
    if re.fullmatch(r"\d+,\d+", plain, re.ASCII) and re.fullmatch(r"\d+,\d{3}", plain, re.ASCII) is None:
        plain = plain.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", plain, re.ASCII):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+", plain, re.ASCII):
        plain = plain.replace(",", "")
    if re.fullmatch(r"\d+(\.\d*)?", plain, re.ASCII) is None:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _integer(text: str) -> int | None:
    plain = _without_unit(text)
    found = re.fullmatch(r"(\d{1,12})([.,]0{1,2})?", plain, re.ASCII)
    return int(found[1]) if found else None


def _without_unit(text: str) -> str:
    plain = text.casefold().strip()
    for unit in sorted(variants.UNITS, key=len, reverse=True):
        plain = re.sub(rf"^{unit}\b\.?\s*|\s*\b{unit}\.?$|(?<=\d)\s*{unit}$", "", plain)
    return plain.strip(" .'").removeprefix("+")


def _holed(value: Any) -> bool:
    """Whether bytes that are no text of the file's encoding stand in it."""
    return isinstance(value, str) and "\N{REPLACEMENT CHARACTER}" in value


@cache
def form(model: type[BaseModel], name: str) -> Form:
    """Return how a field of a model is read."""
    field = model.model_fields[name]
    annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    parts = list(_parts(annotation))
    kind = _kind(parts)
    day = kind is date
    return Form(
        name, adapter, kind, history=_HISTORY.get(model, ""),
        numbered=name in ("nip", "supervisor"), ends=day and _takes(adapter, "ongoing"), promises=day and _takes(adapter, "all"),
    )  # fmt: skip


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _kind(parts: list[Any]) -> type:
    if any(getattr(part, "__origin__", None) is tuple for part in parts):
        return tuple
    kinds = [part for part in parts if isinstance(part, type)]
    labels = [part for part in kinds if issubclass(part, Label)]
    return next(iter([*labels, *(one for one in (date, bool, Decimal, int) if one in kinds)]), str)


def _takes(adapter: TypeAdapter[Any], word: str) -> bool:
    try:
        adapter.validate_python(word)
    except ValidationError:
        return False
    return True
