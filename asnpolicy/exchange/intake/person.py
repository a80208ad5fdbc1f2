"""Person: one employee read leniently: what can't be read is unknown, and told with the line, the field and what stood there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from asnpolicy.people import HISTORIES, DataFinding, Employee, History, Protected, Record
from asnpolicy.people.codes import CODES, spellings, written_otherwise
from asnpolicy.people.confirmation import Confirmation
from asnpolicy.people.findings import CATALOGUE
from asnpolicy.people.findings.finding import Side, name_of
from asnpolicy.people.histories import MOST, in_order
from asnpolicy.people.masking import discreet, is_misplaced_day, is_personal, shape
from asnpolicy.people.records import PostRecord
from asnpolicy.people.refusals import checked
from asnpolicy.people.spelling.days import OTHERWISE
from asnpolicy.people.spelling.field import DIFFERENTLY, SHOWN, TWICE, UNREADABLE, Doubled, Read, form
from asnpolicy.people.spelling.record import CONTRADICTING, consistent
from asnpolicy.people.spelling.variants import way_of_acting
from asnpolicy.visible import visible

RECORD, KEY = "unreadable-record", "unknown-key"
PLAIN = tuple(name for name in Employee.model_fields if name not in (*HISTORIES, "nip", "protected", "confirmed"))
"""The fields of a person that hold one value."""


class Note(NamedTuple):
    """What is told of one record, before it has a name: of which fields, and what stood there."""

    code: str
    fields: tuple[str, ...]
    given: tuple[Any, ...]


@dataclass
class PersonReader:
    """Reads the parts of one person, and collects what is told of them."""

    line: int
    month_first: frozenset[str]
    """The fields that are written month first somewhere in the file, such as `ranks.since`."""
    found: list[DataFinding] = field(default_factory=list)

    def read(self, nip: Read, data: Mapping[str, Any]) -> Employee:
        """Return the person, with what is told of how it was written."""
        known = self._keys(Employee, data, "")
        if nip.code:
            self._tell(nip.code, "nip", known.get("nip"))
        values: dict[str, Any] = {"nip": nip.value}
        for name in PLAIN:
            if name in known:
                values[name] = self._value(Employee, name, known[name], name)
        if known.get("protected") is not None:
            values["protected"] = self._protected(known["protected"])
        values["confirmed"] = tuple(self._confirmed(known.get("confirmed")))
        for name in HISTORIES:
            if known.get(name) is not None:
                values[name] = self._history(name, known[name])
        return checked(Employee, values).with_intake(self.found)

    # Fields of a person

    def _keys(self, model: type[BaseModel], data: Mapping[str, Any], where: str) -> dict[str, Any]:
        """Return what stands under the names that a model has; a name in other case, or with spaces, is read."""
        known, strange = by_field(model, data)
        for key in strange:
            self._tell(KEY, where or "nip", key, discreet(visible(key))[:SHOWN])
        return known

    def _value(self, model: type[BaseModel], name: str, value: Any, where: str) -> Any:
        read = form(model, name).read(value, month_first=where in self.month_first)
        if read.code:
            self._tell(read.code, where, value)
        return read.value

    def _protected(self, value: Any) -> Protected:
        if not isinstance(value, dict):
            self._tell(UNREADABLE, "protected", value)
            return Protected()
        known = self._keys(Protected, value, "protected")
        return Protected(**{name: self._value(Protected, name, known[name], f"protected.{name}") for name in known})

    def _confirmed(self, value: Any) -> Iterator[Confirmation]:
        for one in value if isinstance(value, list) else () if value is None else (value,):
            try:
                yield checked(Confirmation, one)
            except ValidationError:
                self._tell(UNREADABLE, "confirmed", one)

    # Histories

    def _history(self, name: str, value: Any) -> History[Any]:
        kind: type[History[Any]] = _kind_of(name)
        if isinstance(value, Doubled) and value.alike:
            self._tell(TWICE, name, value.values[0])
            value = value.values[0]
        try:
            found = checked(kind, value)
            if written_otherwise({name: listed(value)}) is None:
                return found
        except ValidationError:
            pass
        parts = (
            value
            if isinstance(value, dict) and not value.keys() & HISTORIES[name].model_fields.keys()
            else {"records": value}
        )
        known, strange = by_field(kind, parts)
        for key in strange:  # what it holds may be records, so that nothing is promised of the others
            self._tell(UNREADABLE, name, key, discreet(visible(key))[:SHOWN])
        records, since = known.get("records"), known.get("complete_since") if not strange else None
        promised = form(kind, "complete_since").read(since, month_first=f"{name}.complete_since" in self.month_first)
        if promised.code:
            self._tell(promised.code, name, since)
        if isinstance(records, dict):
            self._tell(OTHERWISE, name, records)
            records = [records]
        if records is None and promised.value is not None:  # whoever lost them would have none
            self._tell(UNREADABLE, name, value)
            return kind()
        if not isinstance(records, (list, type(None))) or len(records or ()) > MOST:
            self._tell(DIFFERENTLY if isinstance(records, Doubled) else UNREADABLE, name, records)
            return kind()
        return kind(records=self._records(name, records or ()), complete_since=promised.value)

    def _records(self, history: str, given: Iterable[Any]) -> tuple[Record, ...]:
        read = _in_one_spelling(history, [self._record(history, one) for one in given])
        ordered = in_order([record for record, _ in read])
        places = {id(record): at for at, record in enumerate(ordered)}
        for record, notes in read:
            name = name_of(history, record, places[id(record)])
            for note in notes:
                self._tell_record(history, name, note)
        return ordered

    def _record(self, history: str, value: Any) -> tuple[Record, list[Note]]:
        model = HISTORIES[history]
        try:
            found = checked(model, value)
            if written_otherwise({history: (value,)}) is None:
                return found, []
        except ValidationError:
            pass
        if not isinstance(value, dict):
            return model(), [Note(RECORD, tuple(model.model_fields), (value,))]
        known, strange = by_field(model, value)
        notes, values = [Note(KEY, (), (key,)) for key in strange], {}
        for plain, one in known.items():
            read = form(model, plain).read(one, month_first=f"{history}.{plain}" in self.month_first)
            values[plain] = read.value
            if read.code:
                notes.append(Note(read.code, (plain,), (one,)))
        if model is PostRecord:
            _as_what(known.get("acting"), values, notes)
        given = dict(values)
        made, apart = consistent(model, values)
        return made, [*notes, *(Note(one.code, one.fields, tuple(given[name] for name in one.fields)) for one in apart)]

    # Telling

    def _tell_record(self, history: str, name: str, note: Note) -> None:
        if note.code in (RECORD, KEY):
            unknown = tuple(f"{name}.{part}" for part in note.fields)
            self.found.append(
                DataFinding(note.code, name, unknown, ((name, shown((history,), note.given[0])),), line=self.line)
            )
            return
        names = tuple(f"{name}.{part}" for part in note.fields)
        sides = tuple(
            (one, shown((history, part), given))
            for one, part, given in zip(names, note.fields, note.given, strict=True)
        )
        self._add(note.code, names[0] if len(names) == 1 else name, names, sides)

    def _tell(self, code: str, name: str, value: Any, text: str | None = None) -> None:
        text = shown(name.split("."), value) if text is None else text
        self._add(code, name, (name,), ((name, text),))

    def _add(self, code: str, about: str, names: tuple[str, ...], sides: tuple[Side, ...]) -> None:
        unknown = names if CATALOGUE[code].effect == "unknown" else ()
        self.found.append(DataFinding(code, about, unknown, sides, line=self.line))


def _in_one_spelling(history: str, read: list[tuple[Record, list[Note]]]) -> list[tuple[Record, list[Note]]]:
    """Return records of which no code stands there in two spellings, which would count twice."""
    for name in (one for other, one in CODES if other == history):
        texts = (getattr(record, name) for record, _ in read)
        meant = spellings(text for text in texts if text is not None)
        if meant:
            for at, (record, notes) in enumerate(read):
                text = getattr(record, name)
                if text in meant:
                    other = record.model_copy(update={name: meant[text]})
                    read[at] = other, [*notes, Note(OTHERWISE, (name,), (text,))]
    return read


def by_field(model: type[BaseModel], data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what stands under the names that a model has, and the keys that are none.

    A name is read in any case, and with spaces; what stands under two keys of one name is said twice.
    """
    said: dict[str, list[Any]] = {}
    strange: list[str] = []
    for key, value in data.items():
        plain = key if key in model.model_fields else key.strip().casefold().replace(" ", "_").replace("-", "_")
        if plain in model.model_fields:
            said.setdefault(plain, []).append(value)
        else:
            strange.append(key)
    return {name: values[0] if len(values) == 1 else Doubled.of(values) for name, values in said.items()}, strange


def listed(value: Any) -> Any:
    """Return the records of a history as it was delivered: a list, or with what is promised of it."""
    return value.get("records") if type(value) is dict else value


def _as_what(acting: Any, values: dict[str, Any], notes: list[Note]) -> None:
    """Keep as what somebody acts, where that stands in the field that asks whether they do; what differs is unknown."""
    way = way_of_acting(acting)
    if way is not None and values.get("acting_as") not in (None, way):
        notes.append(Note(CONTRADICTING, ("acting_as",), (values["acting_as"],)))
        values["acting_as"] = None
    elif way is not None:
        values["acting_as"] = way


def _kind_of(history: str) -> type[History[Any]]:
    found: type[History[Any]] = type(Employee.model_fields[history].get_default(call_default_factory=True))
    return found


def shown(steps: Iterable[str], value: Any) -> str:
    """Return how a value may be shown: whole where it is short, and by its shape alone where it is personal.

    >>> shown(("ranks", "rank"), "IIIz"), shown(("birth_date",), "31-12-1990")
    ('IIIz', '**-**-****')
    """
    if isinstance(value, Doubled):
        return " | ".join(dict.fromkeys(shown(steps, one) for one in value.values))
    if isinstance(value, (list, tuple, dict)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = visible(str(value).lower() if isinstance(value, bool) else str(value))
    steps = tuple(steps)
    text = shape(text) if is_personal(steps) or is_misplaced_day(steps, text) else discreet(text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
