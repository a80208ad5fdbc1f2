"""Literals: values as they are written, read as what they are compared with."""

from __future__ import annotations

import re
from typing import assert_never

from asnpolicy.language.nodes import Kind, Type, Value
from asnpolicy.policy.source.scalars import as_date, as_decimal, as_duration, as_text, as_truth, as_whole, compared
from asnpolicy.policy.source.tree import Node
from asnpolicy.problems import Problems, suggest

NONE = "none"


def literal(node: Node, type_: Type, problems: Problems) -> Value | None:
    """Read a written value of a type; None, with a problem, when it is not one."""
    match type_.kind:
        case Kind.TRUTH:
            return as_truth(node, problems)
        case Kind.NUMBER:
            return as_decimal(node, problems, type_.places) if type_.places else as_whole(node, problems)
        case Kind.DATE:
            return as_date(node, problems)
        case Kind.DURATION | Kind.SPAN:
            return as_duration(node, problems)
        case Kind.LABEL:
            return _label(node, type_, problems)
        case Kind.TEXT | Kind.TEXTS:
            return as_text(node, problems)
        case _:
            assert_never(type_.kind)


def _label(node: Node, type_: Type, problems: Problems) -> Value | None:
    text = as_text(node, problems)
    if text is None or type_.labels is None:
        return None
    try:
        return type_.labels.of(text)
    except ValueError:
        known = [member.label for member in type_.labels]
        close = _numbered(text, known) or suggest(text, known)
        help_ = f"did you mean `{close}`?" if close else f"it is one of: {', '.join(known)}"
        help_ = compared(node) or _several(text, known) or help_
        problems.add("unknown-value", f"unknown value `{text}`", node.place, help_)
        return None


_BETWEEN = re.compile(r"\s*(?:[,;/&+|]|\b(?:atau|or|dan|and)\b)\s*")


def _several(text: str, known: list[str]) -> str | None:
    """Help for `PNS atau PPPK`: several values are a list."""
    parts = _BETWEEN.split(text)
    return f"write several values as a list: `[{', '.join(parts)}]`" if all(part in known for part in parts) else None


def _numbered(text: str, known: list[str]) -> str | None:
    """Give the rank or echelon that is meant by `3/a` or `3a`."""
    match = re.fullmatch(r"([1-5])[/. ]*([a-e])", text.lower())
    meant = [f"{('I', 'II', 'III', 'IV', 'V')[int(match[1]) - 1]}{mark}{match[2]}" for mark in "/."] if match else []
    return next((one for one in meant if one in known), None)
