"""What is delivered twice: the same thing once more, or something that may be the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Stand, Touch, name_of
from asnpolicy.people.histories import History, is_one
from asnpolicy.people.records import Record
from asnpolicy.text import Text


class Once(NamedTuple):
    """A history in which each thing stands once, and what was told of it."""

    history: History[Any]
    findings: tuple[DataFinding, ...]


def once(name: str, history: History[Any]) -> Once:
    """Return a history with records that are surely the same thing joined into one."""
    if not history.alike:
        return Once(history, ())
    kept: list[tuple[Record, list[Record]]] = []
    for record in history.records:
        same = next((others for one, others in kept if is_one(one, record)), None)
        if same is None:
            kept.append((record, [record]))
        else:
            same.append(record)
    if len(kept) == len(history.records):
        return Once(history, ())
    joined = [_joined(name, at, records) for at, (_, records) in enumerate(kept)]
    findings = tuple(finding for _, some in joined for finding in some)
    return Once(history.with_records([record for record, _ in joined]), findings)


def _joined(name: str, at: int, records: list[Record]) -> tuple[Record, list[DataFinding]]:
    """Join records of one thing: what only some of them say holds; what they say differently is not known."""
    first = records[0]
    if len(records) == 1:
        return first, []
    where, update, odd = name_of(name, first, at), {}, []
    for field in type(first).model_fields:
        values = [value for value in (getattr(record, field) for record in records) if value is not None]
        if values and any(value != values[0] for value in values):
            odd.append((field, values))
        update[field] = None if not values or any(value != values[0] for value in values) else values[0]
    findings = [DataFinding("double-record", where)]
    for field, values in odd:
        about, touch = f"{where}.{field}", Touch(field, name, at)
        stands = tuple(
            Stand((about, text), gives=Touch(field, name, at, value))
            for text, value in {str(value): value for value in values}.items()
        )
        sides = tuple(one.side for one in stands)
        findings.append(DataFinding("doubles-differ", about, (about,), sides, (touch,), stands))
    return first.model_copy(update=update), findings


def _may_be_double(seen: Seen) -> Iterator[DataFinding]:
    for history in seen.histories:
        records = seen.records(history)
        for group in getattr(seen.person, history).alike:
            yield DataFinding("may-be-double", name_of(history, records[group[-1]], group[-1]))


def _none(seen: Seen) -> Iterator[DataFinding]:
    """What `once` tells when it joins records."""
    del seen
    yield from ()


TOLD_BY_JOINING = (
    FindingKind(
        "double-record",
        ("*",),
        "told",
        Text(
            "Hal yang sama diserahkan dua kali; dihitung satu kali", "The same thing is delivered twice; it counts once"
        ),
        Text("Lazim bila data datang dari dua sumber", "Usual where data come from two sources"),
        _none,
    ),
    FindingKind(
        "doubles-differ",
        ("*",),
        "unknown",
        Text(
            "Hal yang sama diserahkan dua kali dengan isi yang berbeda",
            "The same thing is delivered twice, with different contents",
        ),
        Text("Mana yang benar tidak dapat diketahui dari datanya", "The data do not tell which is right"),
        _none,
    ),
)
KINDS = (
    *TOLD_BY_JOINING,
    FindingKind(
        "may-be-double", ("*",), "told",
        Text("Mungkin hal yang sama, diserahkan dua kali", "It may be the same thing, delivered twice"),
        Text("Yang membedakannya tidak diserahkan; dihitung sekali sampai sebanyak catatannya",
             "What tells them apart was not delivered; it counts once, up to as often as it stands there"),
        _may_be_double, strict=True,
    ),
)  # fmt: skip
