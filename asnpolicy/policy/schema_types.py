"""Types in the schema: what a fact of each type is compared with, and the tests that a condition may ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.rules import TestWord
from asnpolicy.policy.surface.conditions import UNCOUNTED
from asnpolicy.policy.surface.names import NONE
from asnpolicy.policy.surface.operands import BESIDE_WORDS, OFFSETS, OPERANDS
from asnpolicy.policy.surface.requirements import TESTS

Schema = dict[str, Any]

ANYTHING: Schema = {}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DURATION: Schema = {
    "pattern": r"^((\d{1,4} years?)?( ?\d{1,4} months?)?|\d{1,3} (working )?days?)$",
    "examples": ["1 year", "4 years", "6 months", "14 days"],
}


def tests_of_type(type_: Type, windows: Iterable[str] = ()) -> Schema:
    """Refer to the tests of a type: they are written out once."""
    what = type_.labels.__name__ if type_.labels else type_.kind.value
    beside = "uncounted" if UNCOUNTED in windows else "windowed" if windows else "plain"
    return {"$ref": f"#/definitions/{what}-{beside}"}


def compared(type_: Type) -> Schema:
    """Refer to what facts of a type are compared with."""
    what = type_.labels.__name__ if type_.labels else type_.kind.value
    return {"$ref": f"#/definitions/{what}-operand"}


def written_tests(type_: Type, one: Schema, windows: Iterable[str]) -> Schema:
    """A bare value, a list of values, or tests."""
    made: Schema = {
        "type": [*_BARE[type_.kind], "array", "object"],
        "properties": {word: _test(word, one) for word in TESTS} | {word: window(word) for word in windows},
        "additionalProperties": False,
    }
    return made | _choices(type_)


def _test(word: TestWord, one: Schema) -> Schema:
    match word:
        case "is" | "not" | "at_least" | "at_most" | "below" | "above":
            return one
        case "in" | "not_in":
            return {"type": "array", "items": one}
        case "has" | "within":
            return ANYTHING
        case _:
            assert_never(word)


def window(word: str) -> Schema:
    """Return what stands under a window."""
    match word:
        case "in_last":
            return compared(Type(Kind.DURATION))
        case "since":
            return compared(Type(Kind.DATE))
        case "during":
            return {"enum": ["period"]}
        case _:
            return ANYTHING


_BARE: dict[Kind, tuple[str, ...]] = {
    Kind.TRUTH: ("boolean", "string"),
    Kind.NUMBER: ("number", "string"),
    Kind.DATE: ("string",),
    Kind.LABEL: ("string",),
    Kind.TEXT: ("string", "number"),
    Kind.TEXTS: ("string", "number"),
    Kind.DURATION: ("string",),
    Kind.SPAN: ("string",),
}
"""What a bare value of each kind is to YAML; `none` is a text beside each."""


def _choices(type_: Type) -> Schema:
    """What a text must say, where one is written; and what an editor offers."""
    if type_.labels is not None:
        known = [*(m.label for m in type_.labels), *type_.labels.aliases(), NONE]
        return {"if": {"type": "string"}, "then": {"enum": known}, "examples": [m.label for m in type_.labels]}
    match type_.kind:
        case Kind.DURATION | Kind.SPAN:
            form = {key: value for key, value in DURATION.items() if key != "examples"}
            return {"if": {"type": "string"}, "then": form, "examples": DURATION["examples"]}
        case Kind.DATE:
            return {"if": {"type": "string"}, "then": {"pattern": f"{DATE['pattern']}|^{NONE}$"}}
        case Kind.TRUTH | Kind.NUMBER:
            return {"if": {"type": "string"}, "then": {"enum": [NONE]}}
        case _:
            return {}


def operand(type_: Type) -> Schema:
    """A written value, or a mapping that names one; the form that editors complete."""
    return {"$ref": f"#/definitions/{named_by(type_)}"} | _choices(type_)


def named_by(type_: Type) -> str:
    """Name what all types have in common whose bare values are alike, and that are moved alike."""
    return "-".join(("moved" if type_.kind in _MOVED else "named", *_BARE[type_.kind]))


_MOVED = (Kind.NUMBER, Kind.DATE, Kind.DURATION, Kind.SPAN)


def named_values(type_: Type) -> Schema:
    """Return a mapping that names what is compared with, beside bare values of a type."""
    words = (*OPERANDS, *BESIDE_WORDS, *(OFFSETS if type_.kind in _MOVED else ()))
    return {
        "type": [*_BARE[type_.kind], "object"],
        "properties": {word: {"$ref": f"#/definitions/term/properties/{word}"} for word in words},
        "additionalProperties": False,
    }
