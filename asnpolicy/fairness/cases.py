"""Case text: somebody who showed something, written as a case that stands in a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from asnpolicy.fairness.answer import Exhibit
from asnpolicy.people import COMPLETE, HISTORIES, OPEN, Agency, Employee, Opening, Record
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.policy.surface.people import in_full

FIELDS = tuple(name for name in Employee.model_fields if name not in (*HISTORIES, "nip", "name", "confirmed"))
Expected: TypeAlias = tuple[tuple[str, Any], ...]
"""What is expected, each under its word."""


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A person, a day and a rule, to be written as a case: like somebody typical, but for what differs.

    Without somebody typical, everything is written out.
    """

    employee: Employee
    as_of: date
    rule: str
    expected: Expected
    like: str | None = None
    typical: Employee | None = None
    opening: Opening | None = None
    mentor: Employee | None = None
    agency: Agency = NO_AGENCY

    @property
    def off(self) -> int:
        """Return in how many facts the person differs from the typical one; each record that is other counts as one."""
        found = _but(self.typical, self.employee)
        return sum(max(len(value), 1) if isinstance(value, list) else 1 for value in found.values())

    def text(self, name: str) -> str:
        """Return the case on one line, for the `cases:` of a policy."""
        parts = list(self.who())
        if self.mentor is not None:
            parts.append(f"mentor: {{{', '.join(self._who(self.mentor))}}}")
        if self.opening is not None:
            given = self.opening.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
            parts.append(f"opening: {_written(given)}")
        if self.agency.units:
            parts.append(f"units: {_written({unit.code: unit.part_of for unit in self.agency.units})}")
        parts += [f"as_of: {self.as_of}", f"rule: {self.rule}"]
        parts += [f"{word}: {_written(value)}" for word, value in self.expected]
        return f"  {_key(name)}: {{{', '.join(parts)}}}"

    def who(self) -> Iterator[str]:
        """Return the person, part by part: like whom, and what differs."""
        return self._who(self.employee)

    def _who(self, person: Employee) -> Iterator[str]:
        differs = _but(self.typical, person)
        if self.like:
            yield f"like: {self.like}"
        if differs:
            yield f"but: {_written(differs)}"


def person_text(person: Employee, typical: Mapping[str, Employee]) -> str:
    """Return somebody as a case writes them: like whom of some typical people they are nearest to, and what differs."""
    alone = WrittenCase(person, date.max, "", ())
    written = [replace(alone, like=name, typical=one) for name, one in typical.items()] or [alone]
    return f"{{{', '.join(min(written, key=lambda case: case.off).who())}}}"


def case_text(shown: Exhibit, name: str) -> str:
    """Return somebody who was shown as a case on one line, for the `cases:` of the policy.

    The verdict is that of the first rule that was told.
    """
    rule, verdict = shown.verdicts[0]
    expected = (("verdict", verdict),)
    return WrittenCase(
        shown.employee, shown.as_of, rule.rpartition("#")[2], expected, shown.like, shown.typical, shown.opening,
        shown.mentor, shown.agency,
    ).text(name)  # fmt: skip


def _but(typical: Employee | None, person: Employee) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(person, name)
        if value != (None if typical is None else getattr(typical, name)):
            found[name] = _protected(person) if name == "protected" else value
    complete: dict[str, Any] = {}
    for name in HISTORIES:
        mine, its = getattr(person, name), None if typical is None else getattr(typical, name)
        if mine.records != (() if its is None else its.records):
            found[name] = [_record(one, name) for one in mine.records]
        if mine.complete_since != (None if its is None else its.complete_since):
            complete[name] = "all" if mine.complete_since == COMPLETE else mine.complete_since
    if complete:
        found["complete"] = "all" if all(complete.get(name) == "all" for name in HISTORIES) else complete
    return found


def _protected(person: Employee) -> dict[str, Any]:
    given = {name: getattr(person.protected, name) for name in type(person.protected).model_fields}
    return {name: value for name, value in given.items() if value is not None}


def _record(record: Record, kind: str) -> dict[str, Any]:
    """Return what is known of a record, but for what the format says by itself."""
    given = {name: getattr(record, name) for name in type(record).model_fields}
    plain = {name: value for name, value in given.items() if value is not None}
    implied = in_full(kind, {name: plain[name] for name in ("year",) if name in plain})
    return {name: value for name, value in plain.items() if name == "year" or str(value) != str(implied.get(name))}


def _written(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_written(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
        case None:
            return "unknown"
        case bool():
            return str(value).lower()
        case date():
            return "ongoing" if value == OPEN else str(value)
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    plain = all(letter.isalnum() or letter in " -/.()_@" for letter in text) and text and not text[0].isdigit()
    return text if plain or text.replace(".", "").isdigit() else f'"{text}"'


def _key(text: str) -> str:
    """Return a name as the format has names: plain, without what would end it or begin something else."""
    kept = " ".join("".join(letter for letter in text if letter not in "`{}[]:\"'#&*!|>%").split())
    return kept.lstrip("-?,@ ") or "kasus"
