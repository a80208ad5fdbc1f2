"""Missing: who shows that a part of a rule matters, where it does so only for those of whom a fact was not delivered.

Of everybody of whom all is known another part may come to the same. It is not dead for that: of somebody whose day of
appointment was not delivered, `employment: CPNS` decides what a count since that day leaves open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from asnpolicy.backends.smt.search import Smt
from asnpolicy.backends.smt.witness import Witness, contradicted
from asnpolicy.language.nodes import Field, Node, Truth, rebuild, walk
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.people import Employee
from asnpolicy.text import Text


@dataclass(frozen=True, slots=True)
class Lack:
    """Somebody of whom facts were not delivered, for whom a part decides what is open without it."""

    facts: tuple[str, ...]
    person: Witness

    def text(self, what: Text) -> Text:
        """Return it in words, with what is seen on them."""
        facts = "`, `".join(self.facts)
        return Text(
            f"{what.id}: hanya bagi orang yang data `{facts}`-nya belum diserahkan",
            f"{what.en}: only for people of whom `{facts}` was not delivered",
        )


def may_lack(held: Sequence[Truth], others: Sequence[Truth]) -> Iterator[tuple[str, ...]]:
    """Return what somebody may lack for whom a part decides: each fact that only what stands beside it looks at, then all."""
    own = _looked_at(held)
    names = [name for name in _looked_at(others) if name not in own]
    yield from ((name,) for name in names)
    if len(names) > 1:
        yield tuple(names)


def with_others(condition: Truth, facts: Sequence[str]) -> Truth:
    """Return a condition that looks at facts of which nothing else is known."""

    def change(part: Node) -> Node:
        if isinstance(part, Field) and part.scope == "employee" and part.name in facts:
            return replace(part, name=f"{part.name}, not delivered")
        return rebuild(part, change)

    changed: Truth = change(condition)  # type: ignore[assignment]  # a condition stays one
    return changed


def decides(smt: Smt, rule: str, person: Witness, held: Sequence[Truth], others: Sequence[Truth]) -> bool:
    """Tell whether a part holds for somebody for whom what stands beside it is open."""
    meaning = smt.definition.meaning(person.question)
    rest = [meaning.truth(one).status for one in others]
    whole = all(meaning.truth(one).status == HELD for one in held) and HELD not in rest and set(rest) != {FAILED}
    return whole and not contradicted(person) and smt.definition.decide(rule, person.question).applies == HELD


def without(person: Witness, facts: Sequence[str]) -> Witness:
    """Return somebody of whom some facts were not delivered."""
    data = json.loads(person.employee.model_dump_json())
    return replace(person, employee=Employee.model_validate({**data, **dict.fromkeys(facts)}))


def _looked_at(conditions: Sequence[Truth]) -> tuple[str, ...]:
    nodes = [node for condition in conditions for node in walk(condition)]
    fields = {node.name for node in nodes if isinstance(node, Field) and node.scope == "employee"}
    return tuple(sorted(fields & {*Employee.model_fields}))
