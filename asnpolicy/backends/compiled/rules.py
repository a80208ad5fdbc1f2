"""Rules and days as Python functions: the statuses of a rule, one of its values, and all that hangs on the day alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from asnpolicy.backends.compiled.code import Code, folds_in, listed
from asnpolicy.backends.compiled.folds import SCOPES
from asnpolicy.backends.compiled.writer import NodeWriter
from asnpolicy.language.nodes import AnyOf, Expr, Fold, Node, Truth
from asnpolicy.language.rules import Criterion, Rule


class RuleWriter(NodeWriter):
    """Writes one rule."""

    def __init__(
        self, rule: Rule, names: Mapping[str, str], parameters: dict[Node, int], constants: dict[str, Any],
        *, careful: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(names, parameters, constants, careful=careful)
        self.rule = rule

    def source(self) -> str:
        """Give the source of the function."""
        for node in self._shared():
            self.value(node)
        applies = self.truth(self.rule.applies_to)
        criteria = [self.criterion(one) for one in self.rule.criteria]
        warnings = [self.criterion(one) for one in self.rule.warnings]
        result = f"new(S, ({applies}, ({listed(criteria)}), ({listed(warnings)})))"
        return self._function(self.names[self.rule.id], result)

    def conditions_source(self, name: str, conditions: Iterable[Truth]) -> str:
        """Return the source of the function of some conditions: the status of each."""
        found = [self.truth(one) for one in conditions]
        return self._function(name, f"({listed(found)})")

    def value_source(self, name: str, node: Expr) -> str:
        """Return the source of the function of one value, such as the target: None unless it is known exactly."""
        return self._function(name, self.exact(node).low)

    def _function(self, name: str, result: str) -> str:
        heads = [f"    {SCOPES[scope]} = q.{scope}" for scope in sorted(self.scopes)]
        return "\n".join([f"def {name}(q, p):", *heads, *self.lines, f"    return {result}"])

    def _shared(self) -> list[Fold]:
        """Give the folds that occur more than once: they are computed first."""
        seen: Counter[Fold] = Counter()
        for root in self.rule.conditions:
            seen.update(folds_in(root))
        return [fold for fold, times in seen.items() if times > 1]

    # Criteria

    def criterion(self, one: Criterion) -> str:
        """Write a criterion: not applicable, else the best of itself and its exemptions."""
        status = self.name("c")
        if one.when is None:
            self.write(f"{status} = {self._best(one)}")
            return status
        when = self.truth(one.when)
        with self.block(f"if {when} == 0:"):
            self.write(f"{status} = 4")
        with self.block("else:"):
            best = self._best(one)
            self.write(f"{status} = {best} if {when} == 2 or {best} == 2 else 1")
        return status

    def _best(self, one: Criterion) -> str:
        return self.truth(AnyOf((one.holds, *(a.holds for a in one.exempt))) if one.exempt else one.holds)


class DayWriter(NodeWriter):
    """Writes what hangs on the day alone, as one function of it."""

    def source(self, parameters: Iterable[Node]) -> str:
        """Return the source of the function: one value for each parameter, in their order."""
        values = [self._parameter(node) for node in parameters]
        return "\n".join(["def of_day(day):", *self.lines, f"    return ({listed(values)})"])

    def _parameter(self, node: Node) -> str:
        if isinstance(node, get_args(Expr)):
            return self.value(node).low
        return self.set(f"{self.truth(node)} == 2")  # type: ignore[arg-type]  # every other node is a condition

    def hangs_on_day_alone(self, node: Node) -> bool:
        """Nothing is a parameter here: each is written out."""
        del node
        return False

    def day(self) -> Code:
        """The day that is given."""
        return Code("day", unknown=False, absent=False)
