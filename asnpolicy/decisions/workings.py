"""Workings: what the rules of a program are decided with, and asked what they lack."""

from __future__ import annotations

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import BackEnd
from asnpolicy.decisions.criteria import Sights
from asnpolicy.decisions.lack import Lack
from asnpolicy.policy.policy import Lawful


class Workings:
    """The definition of a program, the back end that runs it, and what is left of it without what has no basis in law.

    When it is pickled the definition stands in for the back end, which is code, and says the same.
    """

    def __init__(self, definition: Definition, backend: BackEnd, lawful: Lawful) -> None:
        self.definition, self.backend, self.lawful = definition, backend, lawful
        self.lack = Lack(definition, backend)
        self.sights = Sights()

    def __reduce__(self) -> tuple[type[Workings], tuple[Definition, Definition, Lawful]]:
        return Workings, (self.definition, self.definition, self.lawful)
