"""JSON Lines: one employee a line; a bad line is reported with its number, and the rest is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from asnpolicy.people import Employee

LONGEST = 1_000_000
"""A line with more characters is not one employee."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no employee, and why."""

    number: int
    reason: str


def read(lines: Iterable[bytes]) -> Iterator[Employee | BadLine]:
    """Read employees line by line; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if text.strip():
            yield _employee(number, text)


def _employee(number: int, text: bytes) -> Employee | BadLine:
    if len(text) > LONGEST:
        return BadLine(number, f"the line has {len(text):,} bytes: a file has one employee a line")
    try:
        return Employee.model_validate_json(text)
    except ValidationError as error:
        return BadLine(number, "; ".join(reason(one) for one in error.errors()[:3]))
    except RecursionError:
        return BadLine(number, "brackets are nested too deeply")


def reason(one: Any) -> str:
    """Tell one finding of the validator in a sentence."""
    path = ".".join(str(part) for part in one["loc"] if not _is_type(part))
    given = one.get("input")
    shown = f" `{given}`" if isinstance(given, (str, int, float, bool)) and len(str(given)) <= 40 else ""
    match one["type"]:
        case "json_invalid":
            return "the line is not valid JSON"
        case "extra_forbidden":
            return f"unknown key `{path}`"
        case "missing":
            return f"`{path}` is missing"
        case "value_error":
            return (
                f"`{path}`: {one['msg'].removeprefix('Value error, ')}"
                if path
                else one["msg"].removeprefix("Value error, ")
            )
        case "literal_error":
            return f"`{path}`{shown} is not one of {one['ctx']['expected']}"
        case kind if kind.startswith("model") or kind.endswith("_type"):
            return f"`{path}`{shown} is not what is expected there" if path else "the line is not one employee"
        case _:
            return f"`{path}`{shown}: {one['msg'][0].lower()}{one['msg'][1:]}"


def _is_type(part: Any) -> bool:
    """Tell a step that pydantic adds for a union, which authors did not write."""
    return isinstance(part, str) and ("[" in part or part in ("none", "literal"))
