"""People as they are written: each word with what stands under it, and the shorthand for records of a history."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Plain
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, assert_never

from asnpolicy.people import HISTORIES, Employee
from asnpolicy.people.posts import Jenjang
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.policy.surface.names import NONE, Name, RawValue, name_of
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Text

UNKNOWN = "unknown"
TYPICAL = (
    "like", *(name for name in Employee.model_fields if name not in ("nip", "protected")),
    "nip", "protected", "complete",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class PersonForm:
    """A person, or what differs from one: what is written under each word."""

    details: tuple[tuple[str, RawValue], ...]
    complete: tuple[tuple[str, Any], ...]
    """Since when each history is complete."""
    place: Place
    like: Name | None = None
    """The typical person that this one is like, but for what is written."""

    def laid_over(self, but: PersonForm | None) -> PersonForm:
        """Return the person with what differs laid over."""
        if but is None:
            return self
        details = dict(self.details) | dict(but.details)
        complete = dict(self.complete) | dict(but.complete)
        return PersonForm(tuple(details.items()), tuple(complete.items()), but.place, self.like)

    def data(self) -> dict[str, Any]:
        """Return the person as plain data, each history with its records."""
        details, complete = dict(self.details), dict(self.complete)
        data: dict[str, Any] = {}
        for word, written in self.details:
            if word not in HISTORIES:
                data[word] = plain(written)
            elif written.text != UNKNOWN:
                records = _records(word, written.node)
                if isinstance(records, list):
                    records = [in_full(word, record) for record in records]
                data[word] = {"records": records, "complete_since": complete.get(word)}
        for history in HISTORIES:
            if history not in details:
                data[history] = {"records": [], "complete_since": complete.get(history)}
        data.setdefault("nip", _nip(data))
        return data

    def place_of(self, steps: tuple[Any, ...]) -> Place | None:
        """Return where something of the person is written, as near as can be told; None when it is not written here."""
        written = dict(self.details).get(steps[0]) if steps else None
        return None if written is None else place_in(written, steps[1:])


def in_full(history: str, record: Any) -> Any:
    """Write out what an author leaves out: a post is held in one's own right, an appraisal is of a whole year."""
    if not isinstance(record, dict):
        return record
    if history == "posts":
        return record if record.get("acting_as", "none") != "none" else {"acting": False, **record}
    year = record.get("year")
    if history != "appraisals" or not isinstance(year, int):
        return record
    period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    end = record.get("period_end", period["period_end"])
    return {**period, "decided_on": _day_after(end), **record}


def _day_after(day: Any) -> Any:
    try:
        return str(date.fromisoformat(str(day)) + timedelta(days=1))
    except ValueError:
        return None


def person(node: RawNode, problems: Problems, *, differs: bool = False) -> PersonForm | None:
    """Read a person, or what `differs` from one."""
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    words = TYPICAL[1:] if differs else TYPICAL
    keys(mapping, words, Text("orang", "a person"), problems)
    details = ((word, e.value) for word, e in mapping.entries.items() if word in words and word not in _BESIDE)
    complete, like = mapping.entries.get("complete"), None if differs else mapping.entries.get("like")
    return PersonForm(
        tuple((word, RawValue(value)) for word, value in details),
        _complete(complete.value, problems) if complete else (),
        mapping.place,
        name_of(like.value, problems) if like else None,
    )


_BESIDE = ("complete", "like")
"""What is written of a person beside the person's own fields."""


def _complete(node: RawNode, problems: Problems) -> tuple[tuple[str, Any], ...]:
    """Read since when histories are complete: `all` for all of them, or history by history."""
    if isinstance(node, Scalar):
        return tuple((history, node.text) for history in HISTORIES)
    mapping = as_mapping(node, problems)
    if mapping is None:
        return ()
    keys(mapping, HISTORIES, "complete", problems)
    return tuple((name, _plain(entry.value)) for name, entry in mapping.entries.items())


# Plain data


def plain(written: RawValue) -> Any:
    """Return what is written as plain data, each text as the JSON value it looks like."""
    return _plain(written.node)


def _plain(node: RawNode) -> Any:
    match node:
        case Mapping():
            return {name: _plain(entry.value) for name, entry in node.entries.items()}
        case Sequence():
            return [_plain(item) for item in node.items]
        case Scalar(text, _, quoted):
            return text if quoted else _scalar(text)
        case _:
            assert_never(node)


def _scalar(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if text == UNKNOWN:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and (text == "0" or text[0] != "0"):
        return int(text)
    return text


def place_in(written: RawValue, steps: tuple[Any, ...]) -> Place:
    """Return where a part of what is written stands; records in shorthand are counted like a list."""
    node = written.node
    for step in steps:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)].value
        elif isinstance(step, int):
            items = node.items if isinstance(node, Sequence) else _values(node)
            node = items[step] if step < len(items) else node
    return node.place


def _values(node: RawNode) -> tuple[RawNode, ...]:
    return tuple(entry.value for entry in node.entries.values()) if isinstance(node, Mapping) else ()


# The shorthand


def _nip(data: Plain[str, Any]) -> str:
    """Make up a number that contradicts nothing."""
    born = str(data.get("birth_date") or "1970-01-01").replace("-", "")
    protected = data.get("protected")
    sex = {"L": "1", "P": "2"}.get(str(protected.get("sex") if isinstance(protected, dict) else None), "1")
    if str(data.get("employment")).startswith("PPPK"):
        return f"{born}202221{sex}001"
    begun = data.get("cpns_on")
    begun = begun if isinstance(begun, str) and begun != NONE else "2000-03-01"
    return f"{born}{begun[:4]}{begun[5:7]}{sex}001"


def _records(history: str, node: RawNode) -> Any:
    if not isinstance(node, Mapping) or history not in _SHORT:
        return _plain(node)
    return [_SHORT[history](name, _plain(entry.value)) for name, entry in node.entries.items()]


def _post(name: str, since: Any) -> dict[str, Any]:
    levels = {member.label for member in Jenjang}
    what = {"kind": "fungsional", "jenjang": name} if name in levels else {"kind": name}
    return {**what, "since": since, "until": "ongoing"}


def _education(level: str, graduated: Any) -> dict[str, Any]:
    return {"level": level, "graduated_on": graduated, "recognised_on": graduated}


_SHORT: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "ranks": lambda rank, since: {"rank": rank, "since": since},
    "pppk_grades": lambda grade, since: {"grade": grade, "since": since},
    "posts": _post,
    "educations": _education,
    "appraisals": lambda year, rating: {"year": _scalar(year), "rating": rating},
    "trainings": lambda day, hours: {"completed_on": day, "hours": hours, "passed": True},
}
"""Histories that may be written as a mapping: rank to date, kind or level of post to date, year to predicate, …"""
