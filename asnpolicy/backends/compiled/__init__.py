"""The compiled back end: each rule becomes one Python function over a typed employee, and each target and due day another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from asnpolicy.backends.compiled import runtime
from asnpolicy.backends.compiled.rules import DayWriter, RuleWriter
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.language.nodes import Asks, Expr, Fold, Node, Scope, Value, walk
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program, Rule

RuleFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Statuses]
ValueFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Value | None]
Ordered: TypeAlias = frozenset[tuple[Scope, str]]
"""Histories, each of somebody, in which the order of records decides."""
DAYS = 512
"""So many days are remembered."""
IN_ORDER = ("latest", "held_since")


class Compiled(BackEnd):
    """Runs the rules of a program as Python functions; what depends on the day alone is a parameter of them.

    There are two functions a rule: one for the plain case (whole days, each thing once, each record on a day of its own
    where their order decides), and a careful one for everybody else, which is compiled when somebody needs it.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._parameters: dict[Node, int] = {}
        self._plain = _Functions(program, self._parameters, careful=False)
        self._needs = {rule.id: _ordered(program, rule) for rule in program.rules}
        self._bound = lru_cache(maxsize=DAYS)(self._of_day())

    @property
    def source(self) -> str:
        """The source of the functions of the plain case."""
        return self._plain.source

    @cached_property
    def _careful(self) -> _Functions:
        functions = _Functions(self._program, self._parameters, careful=True)
        self._bound = lru_cache(maxsize=DAYS)(self._of_day())  # they may have brought parameters of their own
        return functions

    def _for(self, rule: str, question: Question) -> _Functions:
        return self._plain if is_plain(question, self._needs[rule]) else self._careful

    def _of_day(self) -> Callable[[date], tuple[Any, ...]]:
        """Compile what hangs on the day alone."""
        constants: dict[str, Any] = dict(runtime.NAMES)
        source = DayWriter({}, self._parameters, constants).source()
        exec(compile(source, f"<{self._program.region} {self._program.since} days>", "exec"), constants)  # noqa: S102  # written by this module from rules that were checked
        function: Callable[[date], tuple[Any, ...]] = constants["of_day"]
        return function

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        function = self._for(rule, question).rules[rule]
        return function(question, self._bound(question.as_of))

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to."""
        function = self._for(rule, question).targets[rule]
        return function(question, self._bound(question.as_of))

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue."""
        function = self._for(rule, question).dues[rule]
        return function(question, self._bound(question.as_of))

    def function(self, rule: str, day: date) -> Callable[[Question], Statuses]:
        """Return a rule bound to a day, for many people."""

        def decide(question: Question) -> Statuses:
            function = self._for(rule, question).rules[rule]
            return function(question, self._bound(day))

        return decide


class _Functions:
    """The functions of all rules of a program, for the plain case or the careful one."""

    def __init__(self, program: Program, parameters: dict[Node, int], *, careful: bool) -> None:
        constants: dict[str, Any] = dict(runtime.NAMES)
        names = {rule.id: f"rule_{at}" for at, rule in enumerate(program.rules)}
        values = {node: rule for rule in program.rules for node in (rule.target, rule.due) if node is not None}
        named = {node: f"value_{at}" for at, node in enumerate(values)}

        def writer(rule: Rule) -> RuleWriter:
            return RuleWriter(rule, names, parameters, constants, careful=careful)

        parts = [writer(rule).source() for rule in program.rules]
        parts += [writer(rule).value_source(named[node], node) for node, rule in values.items()]
        self.source = "\n\n".join(parts)
        exec(compile(self.source, f"<{program.region} {program.since}>", "exec"), constants)  # noqa: S102  # written by this module from rules that were checked
        # The source is written by the writer alone: texts of authors enter it only as constants.

        def function_of(node: Expr | None) -> ValueFunction:
            return _no_value if node is None else constants[named[node]]

        self.rules: Mapping[str, RuleFunction] = {id: constants[name] for id, name in names.items()}
        self.targets = {rule.id: function_of(rule.target) for rule in program.rules}
        self.dues = {rule.id: function_of(rule.due) for rule in program.rules}


def is_plain(question: Question, needs: Ordered) -> bool:
    """Tell whether a question is a plain case for what needs the records of some histories in one order."""
    if not question.plain:
        return False
    for scope, history in needs:  # noqa: SIM110  # asked for each decision: without a generator in half the time
        if not getattr(getattr(question, scope), history).strict:
            return False
    return True


def ordered(roots: Iterable[Node]) -> Ordered:
    """Return the histories in which the order of records decides what nodes come to."""
    nodes = [part for root in roots for part in walk(root)]
    return frozenset((part.scope, part.history) for part in nodes if isinstance(part, Fold) and part.op in IN_ORDER)


def _ordered(program: Program, rule: Rule) -> Ordered:
    """Return those of a rule, and of all that it builds on."""
    asked = {part.rule for root in rule.roots for part in walk(root) if isinstance(part, Asks)}
    return ordered(rule.roots).union(*(_ordered(program, program.rule(name)) for name in asked))


def _no_value(question: Question, parameters: tuple[Any, ...]) -> None:
    del question, parameters
