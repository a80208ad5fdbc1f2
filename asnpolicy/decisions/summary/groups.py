"""Groups: by which facts people may be counted, and which group of each somebody is in on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.facts import FACTS, Fact
from asnpolicy.language.lower import Binder
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES, Expr, Kind, Type
from asnpolicy.language.rules import Rule, Text
from asnpolicy.people import Absent
from asnpolicy.problems import Place, PolicyError, Problem, meant
from asnpolicy.text import phrase

NONE = "none"
"""The group of those who have none, such as a level of those who hold no functional post."""
FIELDS = tuple(
    name
    for name, fact in FACTS.items()
    if fact.type.kind in (Kind.LABEL, Kind.TEXT) and fact.protected is None and not fact.windowed
)
"""What people may be counted by: every fact of a person that is a word and is not protected."""
USUAL = ("unit", "rank")
RULE = "rule"
"""What counts are always by: asked for alone, there are no groups."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A fact by which people are counted, bound to a day."""

    name: str
    title: Text
    type: Type
    value: Expr

    @classmethod
    def of(cls, fact: Fact, as_of: date) -> Grouping:
        """Bind a fact to a day."""
        return cls(fact.name, fact.label, fact.type, Binder(as_of).node(fact.value()))

    @property
    def rule(self) -> Rule:
        """The fact as what a rule leads to that is for everybody, so that a plan works it out along with the rules."""
        return Rule(
            f"by {self.name}", "award", self.title, "", "in_force", Place("", 1, 1), YES, (), (), self.value, self.type
        )

    def group(self, meaning: Meaning) -> str | None:
        """Return the group of a person: the word of the fact, `none`, or None where that is not known."""
        seen: Any = meaning.value(self.value)
        if isinstance(seen, Bounds):
            return None
        return NONE if isinstance(seen, Absent) else str(seen)

    def in_order(self, groups: Iterable[str | None]) -> list[str | None]:
        """Put groups in the order of the vocabulary, else of the alphabet; those of none and the unknown last."""
        labels = [] if self.type.labels is None else [member.label for member in self.type.labels]
        known = {label: at for at, label in enumerate(labels)}
        return sorted(groups, key=lambda one: (one is None, one == NONE, known.get(one or "", 0), one or ""))


def groupings(names: Iterable[str], as_of: date) -> tuple[Grouping, ...]:
    """Return the facts of some names, each once; raises PolicyError for what people can't be counted by."""
    asked = tuple(dict.fromkeys(name for name in names if name != RULE))
    for name in asked:
        if name not in FIELDS:
            raise _not_counted_by(name)
    return tuple(Grouping.of(FACTS[name], as_of) for name in asked)


def _not_counted_by(name: str) -> PolicyError:
    fact = FACTS.get(name) or FACTS.get(f"protected.{name}")
    if fact is not None and fact.protected is not None:
        message = phrase(
            en="people are not counted by `{name}`, which is protected", name=name,
            id="pegawai tidak dihitung menurut `{name}`, yang dilindungi",
        )  # fmt: skip
        help_ = phrase(
            en="`asnpolicy disparity` tells outcomes by it, with tests and suppression",
            id="`asnpolicy disparity` memberitakan hasil menurut itu, dengan uji dan penyembunyian",
        )
        return PolicyError([Problem("unknown-group", message, help=help_)])
    message = phrase(
        en="people can't be counted by `{name}`", id="pegawai tidak dapat dihitung menurut `{name}`", name=name
    )
    return PolicyError([Problem("unknown-group", message, help=meant(name, (RULE, *FIELDS)))])
