"""Filters: what is asked of each record of a history, said in a few words."""

from __future__ import annotations

from typing import assert_never

from asnpolicy.decisions import names, texts, words
from asnpolicy.decisions.reasons import Part, Reason, because, either, series
from asnpolicy.language.nodes import Kind, Literal
from asnpolicy.language.rules import (
    Branch,
    ConditionTree,
    Leaf,
    Observation,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    YearLeaf,
)
from asnpolicy.people import HISTORIES


def said(tree: ConditionTree) -> Part:
    """Say what is asked of a record: `passed`, `hours at least 10`."""
    match tree:
        case Leaf(_, observation):
            return _tested(observation)
        case Branch():
            return _joined(tree)
        case RuleLeaf() | YearLeaf() | TargetLeaf() | SilentLeaf():  # nothing that is asked of a record
            return Reason("filter.other")
        case _:
            assert_never(tree)


def _joined(branch: Branch) -> Part:
    parts = [said(part) for part in branch.parts]
    match branch.word:
        case "all":
            return series(parts)
        case "any":
            return either(parts)
        case "some":
            return because("filter.some", count=branch.least, parts=series(parts))
        case "not":
            return because("filter.not", part=parts[0])
        case _:
            assert_never(branch.word)


def _tested(observation: Observation) -> Part:
    """Say one test: what is either so or not by itself, all else by what is required of it."""
    history, _, name = observation.fact.partition(".")
    known = [one.value for one in observation.required if isinstance(one, Literal)]
    if observation.type.kind is Kind.TRUTH and observation.word == "is" and known and isinstance(known[0], bool):
        code = f"flag.{name}.{'yes' if known[0] else 'no'}"
        if texts.known(code):
            return Reason(code)
    field: Part = names.record_field(history, name) if history in HISTORIES and name else observation.label
    if len(known) < len(observation.required):
        return because("filter.laid_down", field=field)
    return because("filter.field", field=field, required=words.required(observation, known))
