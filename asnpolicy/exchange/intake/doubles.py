"""Doubles: one person who stands in a file more than once; what it says alike counts once, what it says differently is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asnpolicy.exchange.intake.person import PLAIN, shown
from asnpolicy.people import COMPLETE, HISTORIES, DataFinding, Employee, History, Protected
from asnpolicy.people.histories import in_order
from asnpolicy.people.spelling.field import DIFFERENTLY, TWICE


def together(people: Sequence[tuple[Employee, int]]) -> Employee:
    """Return what several texts say of one person, each with the line on which it begins.

    What only some of them say holds, since the others say nothing about it; unless one says something that can't be read.
    """
    first = people[0][0]
    found: list[DataFinding] = []
    update: dict[str, Any] = {}
    for name in PLAIN:
        update[name] = _value(name, [(getattr(one, name), line) for one, line in people], _unread(people), found)
    update["protected"] = Protected(**{
        part: _value(f"protected.{part}", [(getattr(one.protected, part), line) for one, line in people], _unread(people), found)
        for part in Protected.model_fields
    })  # fmt: skip
    for name in HISTORIES:
        accounts = [(getattr(one, name), line) for one, line in people]
        update[name] = _history(name, accounts, _unread(people), found)
    update["confirmed"] = tuple(dict.fromkeys(each for one, _ in people for each in one.confirmed))
    told = [] if found else [DataFinding(TWICE, "nip", line=people[1][1])]
    notes = [note for one, _ in people for note in one.intake]
    return first.model_copy(update=update).with_intake((*notes, *told, *found))


def _unread(people: Sequence[tuple[Employee, int]]) -> set[str]:
    return {name for one, _ in people for note in one.intake for name in note.unknown}


def _value(name: str, given: Sequence[tuple[Any, int]], unread: set[str], found: list[DataFinding]) -> Any:
    values = list(dict.fromkeys(value for value, _ in given if value is not None))
    if len(values) > 1:
        sides = tuple((name, shown(name.split("."), value)) for value in values)
        line = next(line for value, line in given if value == values[1])
        found.append(DataFinding(DIFFERENTLY, name, (name,), sides, line=line))
    return values[0] if len(values) == 1 and name not in unread else None


def _history(
    name: str, given: Sequence[tuple[History[Any], int]], unread: set[str], found: list[DataFinding]
) -> History[Any]:
    """Of several accounts of a history only what all say is kept, and that nothing lacks is promised by none.

    What one of them says and nobody can read may be anything, so that nothing is kept.
    """
    empty = type(given[0][0])()
    if name in unread:
        return empty
    accounts = [(history, line) for history, line in given if history != empty]
    if not accounts:
        return empty
    first, _ = accounts[0]
    other = next(((history, line) for history, line in accounts if history != first), None)
    if other is None:
        return first
    common = [record for record in first.records if all(record in history.records for history, _ in accounts)]
    sides = tuple((name, _in_short(one)) for one in (first, other[0]))
    found.append(DataFinding(DIFFERENTLY, name, (name,), sides, line=other[1]))
    return first.model_copy(update={"records": in_order(common), "complete_since": None})


def _in_short(history: History[Any]) -> str:
    since = "all" if history.complete_since == COMPLETE else history.complete_since or "null"
    return f"{len(history.records)} records, complete_since: {since}"
