"""Lack: what could still settle an undecided rule, asked of the definition for the undecided conditions alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.decisions import reading
from asnpolicy.language.atoms import WHOM, atoms, condition, undecided
from asnpolicy.language.bounds import NOTHING, Missing
from asnpolicy.language.kleene import union
from asnpolicy.language.nodes import Asks, Field, Fold, Truth, Within, walk
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, UNKNOWN

MOST = 256
"""So many answers are kept for one condition."""
OFTEN = 32
"""What is asked so often is worth a function of its own."""
DAYS = 64
"""Of so many days answers are kept."""

Numbered: TypeAlias = tuple[str, int]
"""A criterion of a rule by its number, or whom the rule is for."""


@dataclass(slots=True, eq=False)
class Condition:
    """A criterion as one condition, with the atoms in it: which of them are open hangs on the status of each."""

    truth: Truth
    atoms: tuple[Truth, ...]
    asked: int = 0
    open: dict[tuple[int, ...], tuple[Truth, ...]] = field(default_factory=dict)

    def open_by(self, statuses: tuple[int, ...]) -> tuple[Truth, ...]:
        """Return the atoms of which something is missing."""
        found = self.open.get(statuses)
        if found is None:
            found = undecided(self.truth, dict(zip(self.atoms, statuses, strict=True)))
            if len(self.open) < MOST:
                self.open[statuses] = found
        return found


@dataclass(slots=True, eq=False)
class Atom:
    """An atom on a day.

    One that reads plain fields alone, as whether the vacant post is of a kind, lacks the same for all people in whom they
    are the same: `read` gives them, and `answers` is what was said.
    """

    truth: Truth
    read: Callable[[Question], Any] | None
    answers: dict[Any, Missing] = field(default_factory=dict)


class Lack:
    """What the rules of a program lack that a back end could not decide.

    The back end tells which atoms are open, once a criterion was asked for often, and the definition is asked for those.
    """

    def __init__(self, definition: Definition, backend: BackEnd, *, often: int = OFTEN) -> None:
        self._definition, self._backend, self._often = definition, backend, often
        self._conditions: dict[Numbered, Condition] = {}
        self._atoms: Callable[[date], dict[Truth, Atom]] = lru_cache(maxsize=DAYS)(lambda _: {})

    def missing(self, rule: str, statuses: Statuses, question: Question) -> tuple[str, ...]:
        """Return what a rule that came to these statuses could still be settled by."""
        return reading.distinct(self._of_rule(rule, statuses, question))

    def _of_rule(self, rule: str, statuses: Statuses, question: Question) -> Missing:
        if statuses.applies == FAILED:
            return NOTHING
        whom = [WHOM] if statuses.applies == UNKNOWN else []
        open_ = [at for at, one in enumerate(statuses.criteria) if one == UNKNOWN] if statuses.holds == UNKNOWN else []
        return union([self._of(rule, at, question) for at in whom + open_])

    def _of(self, rule: str, at: int, question: Question) -> Missing:
        found = self._conditions.get((rule, at))
        if found is None:
            truth = condition(self._definition.program.rule(rule), at)
            found = self._conditions.setdefault((rule, at), Condition(truth, atoms(truth)))
        found.asked += 1
        if found.asked < self._often or not isinstance(self._backend, Compiled):
            bound = self._definition.bound(question.as_of)
            return self._definition.meaning(question).truth(condition(bound[rule], at)).missing
        statuses = self._backend.conditions(rule, at, question)
        return union([self._of_atom(one, question) for one in found.open_by(statuses)])

    def _of_atom(self, truth: Truth, question: Question) -> Missing:
        if isinstance(truth, Asks):
            return self._of_rule(truth.rule, self._backend.decide(truth.rule, question), question)
        known = self._atoms(question.as_of)
        one = known.get(truth)
        if one is None:
            one = known[truth] = Atom(self._definition.bound(question.as_of).bind(truth), _reader(truth))
        if one.read is None:
            return self._definition.meaning(question).truth(one.truth).missing
        seen = one.read(question)
        found = one.answers.get(seen)
        if found is None:
            found = self._definition.meaning(question).truth(one.truth).missing
            if len(one.answers) < MOST:
                one.answers[seen] = found
        return found


def _reader(truth: Truth) -> Callable[[Question], Any] | None:
    """Return what reads the fields of a condition; None when it reads more than plain fields."""
    nodes = list(walk(truth))
    names = sorted({f"{node.scope}.{node.name}" for node in nodes if isinstance(node, Field)})
    plain = names and not any(isinstance(node, (Fold, Asks, Within)) for node in nodes)
    return attrgetter(*names) if plain else None
