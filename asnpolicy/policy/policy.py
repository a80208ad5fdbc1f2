"""Policy: all that a region's documents say, for every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asnpolicy.language.rules import Program, Text
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.promises import Promises, promises_of
from asnpolicy.problems import PolicyError, Problem


@dataclass(frozen=True, slots=True)
class Policy:
    """All that a region's documents say, for every day."""

    region: str
    title: Text
    digest: str
    programs: tuple[Program, ...]
    merged: Merged
    paths: tuple[Path, ...] = ()

    @property
    def promises(self) -> Promises:
        """Return what the policy promises of its own fairness, with what its bases promise."""
        return promises_of(self.merged)

    def program(self, day: date) -> Program:
        """Return the rules in force on a day; raises PolicyError before the first version."""
        for program in reversed(self.programs):  # most ask for a late day
            if program.since <= day < program.until:
                return program
        first = self.programs[0].since if self.programs else BEGINNING
        message, help = f"`{self.region}` has no rules for {day}", f"the earliest rules are of {first}"
        raise PolicyError([Problem("before-policy", message, help=f"{help}: ask for that day or a later one")])

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the names of all rules that were ever in force."""
        return tuple(sorted({rule.id for program in self.programs for rule in program.rules}))
