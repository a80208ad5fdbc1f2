"""Refusals: what the models refuse, each field told once, in words for people."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import ValidationError

Steps: TypeAlias = tuple[int | str, ...]
SHOWN = 40


def refusals(error: ValidationError, whole: str) -> dict[Steps, str]:
    """Give a sentence for each field that is amiss, by the steps to it; `whole` names what was read as one thing.

    >>> from asnpolicy.people import Employee
    >>> try:
    ...     Employee.model_validate({"nip": "199001012015031001", "supervisor_rank": "III/z"})
    ... except ValidationError as error:
    ...     refusals(error, "the line")
    {('supervisor_rank',): '`supervisor_rank`: unknown `III/z`; did you mean `III/d`?'}
    """
    told: dict[Steps, tuple[int, str]] = {}
    for one in error.errors():
        steps = tuple(part for part in one["loc"] if not _is_type(part))
        found = _rank(one["type"]), reason(one, whole)
        told[steps] = min(told.get(steps, found), found, key=lambda pair: pair[0])
    return {steps: sentence for steps, (_, sentence) in told.items()}


def reason(one: Any, whole: str = "the line") -> str:
    """Tell one finding of the validator in a sentence."""
    path = ".".join(str(part) for part in one["loc"] if not _is_type(part))
    given = one.get("input")
    shown = f" `{given}`" if isinstance(given, (str, int, float, bool)) and len(str(given)) <= SHOWN else ""
    match one["type"]:
        case "json_invalid":
            return f"{whole} is not valid JSON"
        case "extra_forbidden":
            return f"unknown key `{path}`"
        case "missing":
            return f"`{path}` is missing"
        case "value_error":
            sentence: str = one["msg"].removeprefix("Value error, ")
            return f"`{path}`: {sentence}" if path else sentence
        case "literal_error":
            return f"`{path}`{shown} is not one of {one['ctx']['expected']}"
        case kind if kind.startswith("model") or kind.endswith(("_type", "_of", "_parsing")):
            return f"`{path}`{shown} is not what is expected there" if path else f"{whole} is not one employee"
        case _:
            return f"`{path}`{shown}: {one['msg'][0].lower()}{one['msg'][1:]}"


def _rank(kind: str) -> int:
    """Rank what is told of one field by how much it helps: that a value is of no known kind helps least."""
    if kind.endswith(("_type", "_of")):
        return 2
    return 1 if kind == "literal_error" else 0


def _is_type(part: Any) -> bool:
    """Tell a step that the validator adds for a choice of kinds, which nobody wrote."""
    return isinstance(part, str) and ("[" in part or part in ("none", "literal"))
