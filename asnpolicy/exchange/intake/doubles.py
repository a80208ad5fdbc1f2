"""Doubles: one person who stands in a file more than once; what it says alike counts once, what it says differently is unknown."""

from __future__ import annotations

from typing import Any

from asnpolicy.exchange.intake.person import PLAIN, shown
from asnpolicy.exchange.intake.values import DIFFERENTLY, TWICE
from asnpolicy.people import COMPLETE, HISTORIES, DataFinding, Employee, History, Protected
from asnpolicy.people.histories import in_order


def together(one: Employee, other: Employee, line: int) -> Employee:
    """Return what two texts say of one person; of the second, this is the line.

    What only one of them says holds, since the other says nothing about it.
    """
    found: list[DataFinding] = []
    update: dict[str, Any] = {}
    for name in (*PLAIN, "protected", *HISTORIES):
        a, b = getattr(one, name), getattr(other, name)
        if a != b:
            update[name] = _joined(name, a, b, found, line)
    confirmed = tuple(dict.fromkeys((*one.confirmed, *other.confirmed)))
    told = () if found else (DataFinding(TWICE, "nip", line=line),)
    person = one.model_copy(update={**update, "confirmed": confirmed})
    return person.with_intake((*one.intake, *other.intake, *told, *found))


def _joined(name: str, a: Any, b: Any, found: list[DataFinding], line: int) -> Any:
    if isinstance(a, History):
        return _history(name, a, b, found, line)
    if isinstance(a, Protected):
        return Protected(**{
            part: _value(f"protected.{part}", getattr(a, part), getattr(b, part), found, line)
            for part in Protected.model_fields
        })  # fmt: skip
    return _value(name, a, b, found, line)


def _value(name: str, a: Any, b: Any, found: list[DataFinding], line: int) -> Any:
    if a is None or b is None or a == b:
        return b if a is None else a
    sides = tuple((name, shown(name.split("."), value)) for value in (a, b))
    found.append(DataFinding(DIFFERENTLY, name, (name,), sides, line=line))
    return None


def _history(name: str, a: History[Any], b: History[Any], found: list[DataFinding], line: int) -> History[Any]:
    """Of two accounts of a history only what both say is kept, and that nothing lacks is promised by neither."""
    empty = type(a)()
    if empty in (a, b):
        return b if a == empty else a
    common = tuple(record for record in a.records if record in b.records)
    sides = tuple((name, _in_short(one)) for one in (a, b))
    found.append(DataFinding(DIFFERENTLY, name, (name,), sides, line=line))
    return a.model_copy(update={"records": in_order(common), "complete_since": None})


def _in_short(history: History[Any]) -> str:
    since = "all" if history.complete_since == COMPLETE else history.complete_since or "null"
    return f"{len(history.records)} records, complete_since: {since}"
