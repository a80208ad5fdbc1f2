"""The compiled back end: each rule becomes one Python function over a typed employee, and each target and due day another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from asnpolicy.backends import runtime
from asnpolicy.backends.codegen import RuleWriter
from asnpolicy.backends.statuses import Statuses
from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import Expr, Literal, Node, Value
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program

RuleFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Statuses]
ValueFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Value | None]


class Compiled:
    """Runs the rules of a program as Python functions; what depends on the day alone is a parameter of them."""

    def __init__(self, program: Program) -> None:
        self._parameters: dict[Node, int] = {}
        constants: dict[str, Any] = dict(runtime.NAMES)
        names = {rule.id: f"rule_{at}" for at, rule in enumerate(program.rules)}
        values = {node: rule for rule in program.rules for node in (rule.target, rule.due) if node is not None}
        named = {node: f"value_{at}" for at, node in enumerate(values)}
        parts = [RuleWriter(rule, names, self._parameters, constants).source() for rule in program.rules]
        for node, rule in values.items():
            parts.append(RuleWriter(rule, names, self._parameters, constants).value_source(named[node], node))
        self.source = "\n\n".join(parts)
        exec(compile(self.source, f"<{program.region} {program.since}>", "exec"), constants)  # noqa: S102
        # The source is written by `codegen` alone: texts of authors enter it only as constants.
        self._functions: Mapping[str, RuleFunction] = {id: constants[name] for id, name in names.items()}

        def function_of(node: Expr | None) -> ValueFunction:
            return _no_value if node is None else constants[named[node]]

        self._targets = {rule.id: function_of(rule.target) for rule in program.rules}
        self._dues = {rule.id: function_of(rule.due) for rule in program.rules}
        self._bound = lru_cache(maxsize=512)(self._bind)

    def _bind(self, day: date) -> tuple[Any, ...]:
        binder = Binder(day)
        return tuple(_constant(binder.node(node)) for node in self._parameters)

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        return self._functions[rule](question, self._bound(question.as_of))

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to."""
        return self._targets[rule](question, self._bound(question.as_of))

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue."""
        return self._dues[rule](question, self._bound(question.as_of))

    def function(self, rule: str, day: date) -> Callable[[Question], Statuses]:
        """Give a rule bound to a day, for many people."""
        function, parameters = self._functions[rule], self._bound(day)
        return lambda question: function(question, parameters)


def _no_value(question: Question, parameters: tuple[Any, ...]) -> None:
    del question, parameters


def _constant(node: Node) -> Any:
    assert isinstance(node, Literal)  # noqa: S101  # INVARIANT: a parameter depends on the day alone
    return node.value
