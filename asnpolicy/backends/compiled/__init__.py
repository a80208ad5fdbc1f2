"""The compiled back end: each rule becomes one Python function over a typed employee, and each target and due day another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import is_not
from threading import RLock
from typing import Any, TypeAlias, TypeVar
from typing import Literal as Choice

from asnpolicy.backends.compiled import runtime
from asnpolicy.backends.compiled.rules import DayWriter, RuleWriter
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.language.atoms import WHOM, atoms, condition
from asnpolicy.language.nodes import Fold, Node, Scope, Truth, Value, walk
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program, Rule

K = TypeVar("K")
M = TypeVar("M")
RuleFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Statuses]
ConditionsFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], tuple[int, ...]]
ValueFunction: TypeAlias = Callable[[Question, tuple[Any, ...]], Value | None]
Ordered: TypeAlias = frozenset[tuple[Scope, str]]
"""Histories, each of somebody, in which the order of records decides."""
DAYS = 512
"""So many days are remembered."""
IN_ORDER = ("latest", "held_since")
PEOPLE: tuple[Scope, ...] = ("employee", "mentor", "mentee")


class Compiled(BackEnd):
    """Runs the rules of a program as Python functions; what depends on the day alone is a parameter of them.

    There are two functions a rule: one for the plain case (whole days, each thing once, each record on a day of its own
    where their order decides), and a careful one for everybody else. Each is compiled when somebody needs it, with the rules
    that it builds on: most questions are about one rule, and a policy has many.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._days = Days()
        self._plain = Functions(program, self._days, careful=False)
        self._careful = Functions(program, self._days, careful=True)
        self._needs: Lazy[str, Ordered] = Lazy(lambda rule: _ordered(program, program.rule(rule)))
        self._seen: tuple[Question | None, Ordered | None] = (None, None)

    def _for(self, rule: str, question: Question) -> Functions:
        seen = self._seen  # another thread may set another one meanwhile
        if seen[0] is not question:  # many rules are asked of one question
            seen = self._seen = question, out_of_order(question)
        return self._careful if seen[1] is None or not seen[1].isdisjoint(self._needs[rule]) else self._plain

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        function = self._for(rule, question).rules[rule]
        return function(question, self._days.bound(question.as_of))

    def decide_each(self, rule: str, questions: Sequence[Question]) -> list[Statuses]:
        """Decide one rule for several questions: of people who stay the same, the function is looked for once."""
        found: list[Statuses] = []
        people: tuple[Any, ...] = ()
        for one in questions:
            asked = one.employee, one.mentor, one.mentee, one.opening, one.pair
            if len(people) != len(asked) or any(map(is_not, asked, people)):
                function, people = self._for(rule, one).rules[rule], asked
            found.append(function(one, self._days.bound(one.as_of)))
        return found

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to."""
        function = self._for(rule, question).targets[rule]
        return function(question, self._days.bound(question.as_of))

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue."""
        function = self._for(rule, question).dues[rule]
        return function(question, self._days.bound(question.as_of))

    def function(self, rule: str, day: date) -> Callable[[Question], Statuses]:
        """Return a rule bound to a day, for many people."""

        def decide(question: Question) -> Statuses:
            function = self._for(rule, question).rules[rule]
            return function(question, self._days.bound(day))

        return decide

    def applies(self, rule: str, question: Question) -> int:
        """Tell whom a rule is for, and nothing else of it: a status."""
        function = self._for(rule, question).whom[rule]
        return function(question, self._days.bound(question.as_of))[0]

    def conditions(self, rule: str, at: int, question: Question) -> tuple[int, ...]:
        """Return the status of each atom of a numbered criterion of a rule, or of whom it is for."""
        function = self._for(rule, question).atoms[rule, at]
        return function(question, self._days.bound(question.as_of))


class Lazy(dict[K, M]):
    """What is made for a rule when it is first asked for; KeyError for a rule that is not there."""

    def __init__(self, make: Callable[[K], M]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> M:
        return self.setdefault(key, self._make(key))


class Days:
    """What hangs on the day alone, for all rules of a program: the parameters of their functions, and their values on a day."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.parameters: dict[Node, int] = {}
        self._written: list[Callable[[date], tuple[Any, ...]]] = []
        self._count = 0
        self.bound: Callable[[date], tuple[Any, ...]] = lambda _: ()

    def extend(self) -> None:
        """Compile what functions that were just written ask of the day, beside what others asked."""
        added = list(self.parameters)[self._count :]
        if added:
            constants: dict[str, Any] = dict(runtime.NAMES)
            source = DayWriter({}, {}, constants).source(added)
            exec(compile(source, "<days>", "exec"), constants)  # noqa: S102  # written by this module from rules that were checked
            self._written.append(constants["of_day"])
            self._count += len(added)
            written = tuple(self._written)
            self.bound = lru_cache(maxsize=DAYS)(lambda day: tuple(value for one in written for value in one(day)))


class Functions:
    """The functions of the rules of a program, for the plain case or the careful one, each made when it is asked for."""

    def __init__(self, program: Program, days: Days, *, careful: bool) -> None:
        self._program, self._days, self._careful = program, days, careful
        self._constants: dict[str, Any] = dict(runtime.NAMES)
        self._names = {rule.id: f"rule_{at}" for at, rule in enumerate(program.rules)}
        self.rules: Lazy[str, RuleFunction] = Lazy(self._rule)
        self.targets: Lazy[str, ValueFunction] = Lazy(lambda rule: self._value(program.rule(rule), "target"))
        self.dues: Lazy[str, ValueFunction] = Lazy(lambda rule: self._value(program.rule(rule), "due"))
        self.whom: Lazy[str, ConditionsFunction] = Lazy(self._whom)
        self.atoms: Lazy[tuple[str, int], ConditionsFunction] = Lazy(self._atoms)

    def _rule(self, id: str) -> RuleFunction:
        rule, name = self._program.rule(id), self._names[id]
        with self._days.lock:
            if name not in self._constants:
                self._with_others(rule)
                self._define(self._writer(rule).source())
                self._constants[f"{name}_once"] = runtime.once(self._constants[name])
            function: RuleFunction = self._constants[name]
        return function

    def _whom(self, id: str) -> ConditionsFunction:
        return self._conditions(f"{self._names[id]}_whom", id, (self._program.rule(id).applies_to,))

    def _atoms(self, criterion: tuple[str, int]) -> ConditionsFunction:
        id, at = criterion
        name = f"{self._names[id]}_atoms" if at == WHOM else f"{self._names[id]}_atoms_{at}"
        return self._conditions(name, id, atoms(condition(self._program.rule(id), at)))

    def _conditions(self, name: str, id: str, asked: tuple[Truth, ...]) -> ConditionsFunction:
        made: ConditionsFunction = self._made(name, id, lambda writer: writer.conditions_source(name, asked))
        return made

    def _value(self, rule: Rule, which: Choice["target", "due"]) -> ValueFunction:
        node = rule.target if which == "target" else rule.due
        if node is None:
            return _no_value
        name = f"{self._names[rule.id]}_{which}"
        made: ValueFunction = self._made(name, rule.id, lambda writer: writer.value_source(name, node))
        return made

    def _made(self, name: str, id: str, source: Callable[[RuleWriter], str]) -> Any:
        """Return a function of a rule by its name, made when nobody has made it yet."""
        rule = self._program.rule(id)
        with self._days.lock:
            if name not in self._constants:
                self._with_others(rule)
                self._define(source(self._writer(rule)))
            return self._constants[name]

    def _with_others(self, rule: Rule) -> None:
        """Make the rules that a rule asks first: it calls them by their names."""
        for other in rule.builds_on:
            self.rules[other]

    def _writer(self, rule: Rule) -> RuleWriter:
        return RuleWriter(rule, self._names, self._days.parameters, self._constants, careful=self._careful)

    def _define(self, source: str) -> None:
        """Compile one function; texts of authors enter its source only as constants."""
        self._days.extend()
        where = f"<{self._program.region} {self._program.since}>"
        exec(compile(source, where, "exec"), self._constants)  # noqa: S102  # written by this module from rules that were checked


def is_plain(question: Question, needs: Ordered) -> bool:
    """Tell whether a question is a plain case for what needs the records of some histories in one order."""
    unsure = out_of_order(question)
    return unsure is not None and unsure.isdisjoint(needs)


def out_of_order(question: Question) -> Ordered | None:
    """Return the histories of which records share a day; None for a question that is no plain case whatever is asked."""
    if not question.plain:
        return None
    people = {scope: getattr(question, scope) for scope in PEOPLE}
    return frozenset(
        (scope, name)
        for scope, person in people.items()
        for name in person.delivered
        if not getattr(person, name).strict
    )


def ordered(roots: Iterable[Node]) -> Ordered:
    """Return the histories in which the order of records decides what nodes come to."""
    nodes = [part for root in roots for part in walk(root)]
    return frozenset((part.scope, part.history) for part in nodes if isinstance(part, Fold) and part.op in IN_ORDER)


def _ordered(program: Program, rule: Rule) -> Ordered:
    """Return those of a rule, and of all that it builds on."""
    return ordered(rule.roots).union(*(_ordered(program, program.rule(name)) for name in rule.builds_on))


def _no_value(question: Question, parameters: tuple[Any, ...]) -> None:
    del question, parameters
