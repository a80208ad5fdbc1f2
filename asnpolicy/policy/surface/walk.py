"""Walking through what is written: a form and all that is inside it, by the fields of its class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

_PARTS: dict[type, tuple[str, ...]] = {}
_PLAIN = frozenset({"str", "str | None", "int", "bool", "date", "date | None", "Place", "Place | None", "Text", "Text | None",
                    "Standing | None", "RawNode", "tuple[str, ...]"})  # fmt: skip
"""Types of fields that hold no form."""


def _parts_of(kind: type) -> tuple[str, ...]:
    """Name the fields of a class in which something may be written; none of what is no form."""
    if kind not in _PARTS:
        inside = fields(kind) if is_dataclass(kind) and kind.__module__.startswith("asnpolicy.policy.") else ()
        _PARTS[kind] = tuple(field.name for field in inside if field.type not in _PLAIN)
    return _PARTS[kind]


def walk(form: object) -> Iterator[object]:
    """Return a form and all inside it, outermost first, in the order written."""
    waiting = [form]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += reversed(one)
        elif one is not None:
            yield one
            waiting += [getattr(one, name) for name in reversed(_parts_of(type(one)))]
