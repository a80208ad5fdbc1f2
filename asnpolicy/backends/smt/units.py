"""The tree of units that symbolic people work in: the agency's where one is given, else any tree that can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from typing import Any

import z3

from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.people import ABSENT, Agency, Unit


class Units:
    """Which unit stands in which; the same texts are the same units, whoever asks."""

    def __init__(self, texts: Sequence[str], agency: Agency | None = None) -> None:
        self.texts, self._given = tuple(texts), agency
        self._codes: list[str] = []
        self._worked_in: list[Any] = []
        self.rules: list[Any] = []
        """What every possible tree obeys, and that units in question are of it."""

    def stands_in(self, unit: Any, code: str) -> Any:
        """Say that a unit (a text's number) is the one of this code, or below it."""
        if code not in self._codes:
            self._add(code)
        self._worked_in.append(unit)
        if self._given is not None:
            told = [at for at, text in enumerate(self.texts) if self._given.within(text, code) is not None]
            self.rules.append(any_of([unit == at for at in told]))
        return any_of([all_of(unit == at, self._within(text, code)) for at, text in enumerate(self.texts)])

    def _within(self, unit: str, code: str) -> Any:
        if self._given is not None:
            return z3.BoolVal(self._given.within(unit, code) is True)
        return z3.Bool(f"{unit} is in {code}")

    def _add(self, code: str) -> None:
        self._codes.append(code)
        if self._given is not None:
            return
        self.rules.append(self._within(code, code))
        for one, other in permutations(self._codes, 2):
            self.rules.append(negated(all_of(self._within(one, other), self._within(other, one))))
            self.rules += [
                z3.Implies(all_of(self._within(text, one), self._within(one, other)), self._within(text, other))
                for text in self.texts
            ]
        for one, other in combinations(self._codes, 2):
            nested = any_of(self._within(one, other), self._within(other, one))
            self.rules += [
                z3.Implies(all_of(self._within(text, one), self._within(text, other)), nested) for text in self.texts
            ]

    def agency(self, model: Any) -> Agency:
        """Give the agency that a model describes: the units that rules name, and those that people work in."""
        if self._given is not None:
            return self._given
        at_work = {self.texts[model.eval(unit, model_completion=True).as_long()] for unit in self._worked_in}
        codes = dict.fromkeys([*self._codes, *sorted(at_work)])
        return Agency(units=tuple(Unit(code=code, part_of=self._above(model, code) or ABSENT) for code in codes))

    def _above(self, model: Any, unit: str) -> str | None:
        """Give the unit directly above one: of those that it stands in, the one that stands in all the others."""

        def within(one: str, other: str) -> bool:
            return bool(z3.is_true(model.eval(self._within(one, other), model_completion=True)))

        above = [code for code in self._codes if code != unit and within(unit, code)]
        return next((code for code in above if all(within(code, other) for other in above)), None)
