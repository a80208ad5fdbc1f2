"""The compiled back end: each rule becomes one Python function over a typed employee."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from asnpolicy.backends import runtime
from asnpolicy.backends.codegen import RuleWriter
from asnpolicy.backends.statuses import Statuses
from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import Literal, Node
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program

RuleFunction = Callable[[Question, tuple[Any, ...]], Statuses]


class Compiled:
    """Runs the rules of a program as Python functions; what depends on the day alone is a parameter of them."""

    def __init__(self, program: Program) -> None:
        self._parameters: dict[Node, int] = {}
        constants: dict[str, Any] = dict(runtime.NAMES)
        names = {rule.id: f"rule_{at}" for at, rule in enumerate(program.rules)}
        parts = [RuleWriter(rule, names, self._parameters, constants).source() for rule in program.rules]
        self.source = "\n\n".join(parts)
        exec(compile(self.source, f"<{program.region} {program.since}>", "exec"), constants)  # noqa: S102
        # The source is written by `codegen` alone: texts of authors enter it only as constants.
        self._functions: Mapping[str, RuleFunction] = {id: constants[name] for id, name in names.items()}
        self._bound = lru_cache(maxsize=512)(self._bind)

    def _bind(self, day: date) -> tuple[Any, ...]:
        binder = Binder(day)
        return tuple(_constant(binder.node(node)) for node in self._parameters)

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        return self._functions[rule](question, self._bound(question.as_of))

    def function(self, rule: str, day: date) -> Callable[[Question], Statuses]:
        """Give a rule bound to a day, for many people."""
        function, parameters = self._functions[rule], self._bound(day)
        return lambda question: function(question, parameters)


def _constant(node: Node) -> Any:
    assert isinstance(node, Literal)  # noqa: S101  # INVARIANT: a parameter depends on the day alone
    return node.value
