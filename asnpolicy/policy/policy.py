"""Policy: all that a region's documents say, for every day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from asnpolicy.arguments import a_day
from asnpolicy.language.rules import Program, Rule, Text
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.problems import PolicyError, Problem, Problems
from asnpolicy.text import phrase

if TYPE_CHECKING:  # a policy is named wherever one decides; what reads its files is loaded with the first of them
    from asnpolicy.policy.merged import Merged
    from asnpolicy.policy.promises import Promises


@dataclass(frozen=True, eq=False)
class Lawful:
    """The rules of a program with everything taken away that has no basis in law: what a decision's standing is told by.

    Criteria, exemptions and rules without one are left out; a region's values and cells fall back to the base's, and where
    the base has none with a basis either, what they come to is not known.
    """

    merged: Merged
    of: Program

    @cached_property
    def program(self) -> Program:
        """Return what is left, as a program."""
        from asnpolicy.policy.elaborate.rules import Elaboration  # noqa: PLC0415  # wanted with the first explanation
        from asnpolicy.policy.merged import Merged  # noqa: PLC0415  # likewise

        merged = Merged(self.merged.chain, Problems(), lawful=True)
        return replace(self.of, rules=tuple(Elaboration(merged, merged.problems).rules(self.of.since)))

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Return the rules by their ids; they are not bound to a day."""
        return self.program.by_id

    @cached_property
    def whole(self) -> bool:
        """Whether every value and cell that the rules read is there: what is not known in itself the definition alone reads."""
        from asnpolicy.policy.elaborate.context import is_unsaid  # noqa: PLC0415  # wanted with the first explanation

        read = (node for rule in self.program.rules for node in rule.nodes())
        return not any(is_unsaid(node) for node in read)


@dataclass(frozen=True)
class Policy:
    """All that a region's documents say, for every day."""

    region: str
    title: Text
    programs: tuple[Program, ...]
    merged: Merged
    paths: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        return f"Policy({self.region}, {len(self.rules)} rules, {len(self.programs)} versions)"

    @property
    def source(self) -> str | Path:
        """Where it can be loaded again: the name of a shipped one, which lies elsewhere on another machine, or its folder."""
        from asnpolicy.policy.library import shipped  # noqa: PLC0415  # wanted where it is pickled

        folder = self.paths[0]
        return self.region if folder == shipped() / self.region else folder.absolute()

    @cached_property
    def digest(self) -> str:
        """Return one number for what the policy means; it is worked out when it is first asked for."""
        from asnpolicy.policy.surface.digest import digest  # noqa: PLC0415  # comes with what reads files

        return digest(self.merged.chain)

    @property
    def promises(self) -> Promises:
        """Return what the policy promises of its own fairness, with what its bases promise."""
        from asnpolicy.policy.promises import promises_of  # noqa: PLC0415  # wanted by proofs

        return promises_of(self.merged)

    def program(self, day: date) -> Program:
        """Return the rules in force on a day; raises PolicyError before the first version."""
        a_day(day, "as_of")
        for program in reversed(self.programs):  # most ask for a late day
            if program.since <= day < program.until:
                return program
        first = self.programs[0].since if self.programs else BEGINNING
        message, help = (
            phrase(
                en="`{region}` has no rules for {day}",
                id="`{region}` tidak punya aturan untuk {day}",
                region=self.region,
                day=day,
            ),
            phrase(
                en="the earliest rules are of {first}: ask for that day or a later one",
                id="aturan yang paling awal berlaku sejak {first}: tanyakan hari itu atau sesudahnya",
                first=first,
            ),
        )
        if self.programs and day >= first:
            last = self.programs[-1].until
            help = phrase(
                en="the last rules end before {last}: ask for an earlier day",
                id="aturan yang terakhir berakhir sebelum {last}: tanyakan hari yang lebih awal",
                last=last,
            )
        raise PolicyError([Problem("before-policy", message, help=help)])

    def lawful(self, program: Program) -> Lawful:
        """Return what is left of the rules of a program when everything without a basis in law is taken away."""
        return Lawful(self.merged, program)

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """Return the names of all rules that were ever in force."""
        return tuple(sorted({rule.id for program in self.programs for rule in program.rules}))
