"""Case text: somebody who showed something, written as a case that stands in a policy."""

from __future__ import annotations

from datetime import date
from typing import Any

from asnpolicy.fairness.answer import Exhibit
from asnpolicy.people import HISTORIES, OPEN, Employee, Record

FIELDS = tuple(
    name for name in Employee.model_fields if name not in (*HISTORIES, "nip", "name", "confirmed", "protected")
)


def case_text(shown: Exhibit, name: str) -> str:
    """Return a case on one line, for the `cases:` of the policy: like somebody typical, but for what differs.

    The verdict is that of the first rule that was told; without somebody typical, everything is written out.
    """
    rule, verdict = shown.verdicts[0]
    differs = _but(shown.typical, shown.employee)
    parts = [f"as_of: {shown.as_of}", f"rule: {rule.rpartition('#')[2]}", f"verdict: {verdict}"]
    like = [f"like: {shown.like}"] if shown.like else []
    but = [f"but: {_written(differs)}"] if differs else []
    return f"  {_key(name)}: {{{', '.join([*like, *but, *parts])}}}"


def _but(typical: Employee | None, person: Employee) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in (*FIELDS, *HISTORIES):
        value = getattr(person, name)
        if (typical is None or getattr(typical, name) != value) and value not in (None, ()):
            found[name] = [_record(one) for one in value.records] if name in HISTORIES else value
    return found


def _record(record: Record) -> dict[str, Any]:
    given = {name: getattr(record, name) for name in type(record).model_fields}
    return {name: value for name, value in given.items() if value is not None}


def _written(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_written(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
        case bool():
            return str(value).lower()
        case date():
            return "ongoing" if value == OPEN else str(value)
        case _:
            return _key(str(value))


def _key(text: str) -> str:
    plain = all(letter.isalnum() or letter in " -/.()" for letter in text) and text and not text[0].isdigit()
    return text if plain or text.replace(".", "").isdigit() else f'"{text}"'
