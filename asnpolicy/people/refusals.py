"""Refusals: what the models refuse, each field told once, in words for people."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from asnpolicy.people.masking import discreet, is_personal
from asnpolicy.problems import Problem, WrongDataError

Steps: TypeAlias = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)
SHOWN = 40
LEAVE_OUT = "leave out what is not known: it counts as not delivered"
_EXPECTED = {
    "string_type": "is not a text: write it in quotes",
    "string_too_short": "is empty: leave it out, or write `null`",
    "bool_type": "is not `true` or `false`",
    "int_type": "is not a whole number, such as 20",
    "int_from_float": "is not a whole number, such as 20",
    "decimal_type": "is not a number, such as 12.5",
    "decimal_parsing": "is not a number, such as 12.5",
    "finite_number": "is not a number, such as 12.5",
    "tuple_type": "is not a list",
}
"""What is told of a value that is not of the kind that a field takes."""
_BOUNDS = {
    "greater_than_equal": ("ge", "is less than {}"),
    "less_than_equal": ("le", "is more than {}"),
    "string_too_long": ("max_length", "has more than {:,} characters"),
    "too_long": ("max_length", "has more than {:,} entries"),
    "decimal_max_places": ("decimal_places", "has more than {} decimal places"),
}
"""What is told of a value that is out of bounds, and which part of the finding of the validator is the bound."""


def checked(model: type[M], data: Any) -> M:
    """Return a model of the data; raises ValidationError, for a reader that tells in its own way where each value stands."""
    made: M = model.__pydantic_validator__.validate_python(data)
    return made


def wrong_data(error: ValidationError, whole: str) -> WrongDataError:
    """Return the error for data that a model refuses: a sentence for each field, with nothing personal in it."""
    told = discreet_refusals(error, whole).values()
    return WrongDataError([Problem("wrong-data", sentence, help=LEAVE_OUT) for sentence in told])


def discreet_refusals(error: ValidationError, whole: str) -> dict[Steps, str]:
    """Return a sentence for each field that is amiss, by the steps to it, in which nothing personal is shown."""
    given = {str(one["input"]) for one in error.errors() if is_personal(one["loc"])}
    told = refusals(error, whole)
    return {steps: discreet(text, given if is_personal(steps) else set()) for steps, text in told.items()}


def refusals(error: ValidationError, whole: str) -> dict[Steps, str]:
    """Return a sentence for each field that is amiss, by the steps to it; `whole` names what was read as one thing.

    >>> from asnpolicy.people import Employee
    >>> try:
    ...     checked(Employee, {"nip": "199001012015031001", "supervisor_rank": "III/B"})
    ... except ValidationError as error:
    ...     refusals(error, "the line")
    {('supervisor_rank',): '`supervisor_rank`: unknown rank `III/B`; did you mean `III/b`?'}
    """
    told: dict[Steps, str] = {}
    for one in error.errors():
        told.setdefault(one["loc"], reason(one, whole))
    return told


def path_of(steps: Steps) -> str:
    """Return the way to a value as it is written in a message: `ranks[0].since`; records are counted from 0, as in JSON.

    >>> path_of(("ranks", "records", 0, "since")), path_of(("protected", "sex"))
    ('ranks[0].since', 'protected.sex')
    """
    shown = ""
    for at, step in enumerate(steps):
        if isinstance(step, int):
            shown += f"[{step}]"
        elif not (step == "records" and at == 1):
            shown += f".{step}" if shown else step
    return shown


def reason(one: Any, whole: str) -> str:
    """Return one finding of the validator as a sentence."""
    path, kind, given = path_of(one["loc"]), one["type"], one.get("input")
    shown = _shown(given)
    if kind == "json_invalid":
        return f"{whole} is not valid JSON: {one['ctx']['error']}"
    if kind == "extra_forbidden":
        return f"unknown key `{path}`"
    if kind == "missing":
        return f"`{path}` is missing"
    if kind in ("value_error", "assertion_error"):
        sentence = str(one["ctx"]["error"])
        return f"`{path}`: {sentence}" if path else sentence
    if not path:
        return f"{whole} is not one employee"
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"`{path}`{shown} {words.format(one['ctx'][bound])}"
    return f"`{path}`{shown} {_EXPECTED.get(kind, 'is not what is expected there')}"


def _shown(given: object) -> str:
    """Return a value that is short enough, as JSON writes it."""
    if not isinstance(given, (str, int, float)) or len(str(given)) > SHOWN:
        return ""
    return f" `{str(given).lower() if isinstance(given, bool) else given}`"
