"""Literals: values as they are written, read as what they are compared with."""

from __future__ import annotations

from typing import assert_never

from asnpolicy.language.nodes import Kind, Type, Value
from asnpolicy.policy.source import Node, as_date, as_decimal, as_duration, as_text, as_truth, as_whole
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
        close = suggest(text, known)
        help_ = f"did you mean `{close}`?" if close else f"it is one of: {', '.join(known)}"
        problems.add("unknown-value", f"unknown value `{text}`", node.place, help_)
        return None
