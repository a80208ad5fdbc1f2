"""Context: where a condition stands, and so what its words mean there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.nodes import DATE, YES, Expr, Literal, Lookup, Node, RecordField, Scope, Truth, Type
from asnpolicy.language.reading import spec
from asnpolicy.language.rules import Cited, ConditionTree, MadeOf, SilentLeaf, Standing
from asnpolicy.policy.elaborate.periods import PeriodEnds
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Text, phrase

if TYPE_CHECKING:
    from asnpolicy.policy.dated import Span
    from asnpolicy.policy.merged import Merged
    from asnpolicy.policy.surface.about import Basis
    from asnpolicy.policy.surface.conditions import Condition
    from asnpolicy.policy.surface.names import Name, RawValue


HOLDS = SilentLeaf(YES)
"""What stands for a condition that could not be read."""
TAKEN_AWAY = SilentLeaf(YES)
"""What stands for a condition without a basis in law, where only those with one are asked for; what holds it leaves it out."""
UNSAID: Any = Bounds()
"""What a value or a cell comes to when neither the region nor its base has one with a basis in law: it is not known."""


def is_unsaid(node: Node) -> bool:
    """Tell whether a node is such a value, or a table with such a cell."""
    match node:
        case Literal(value):
            return isinstance(value, Bounds)
        case Lookup(_, rows, otherwise):
            return any(isinstance(value, Bounds) for value in (otherwise, *(value for _, value in rows)))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Typed:
    """A value in core, with what it is; of a figure, also what it is worked out from."""

    expr: Expr
    type: Type
    components: tuple[MadeOf, ...] = ()
    name: str = ""
    """By which name it is looked up in a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a condition stands."""

    day: date
    policy: Merged
    problems: Problems
    scopes: tuple[tuple[str, Scope], ...] = ()
    """Prefixes that may be written, such as `mentee.`, and whom they mean."""
    history: str | None = None
    """Inside a fold: the history whose records the words speak of."""
    figure: Callable[[Context, Name], Typed | None]
    """Builds a figure by its name."""
    condition: Callable[[Context, Condition], ConditionTree]
    """Builds a condition."""
    target: Typed | None = None
    period: PeriodEnds | None = None
    allows: frozenset[str] = frozenset()
    """Protected attributes that the rule has stated a legal basis for."""
    each: RawValue | None = None
    """Inside `each`: the item of the list that the words speak of."""
    open: tuple[Text, ...] = ()
    """The shared conditions and figures being built: to find circles."""
    cited: list[Cited] = field(default_factory=list)
    """The values and cells that are read here."""
    weak: set[str] = field(default_factory=set)
    """What is read without a basis in law, beside the criteria."""
    turns: set[date] = field(default_factory=set)
    """The days on which something that was asked for begins or ends: between them the same would be built."""

    def in_force(self, span: Span) -> bool:
        """Tell whether a span holds on the day. Only this may look at the day: it notes when the answer turns."""
        self.turns.update((span.since, span.until))
        return span.holds(self.day)

    def cite(self, name: str, basis: Basis | None, standing: Standing, picked: Truth) -> None:
        """Note a value or a cell that is read; inside a fold each record may pick another, so that all are noted."""
        if standing == "illustrative":
            self.weak.add(name)
        if basis is not None or standing == "illustrative":
            self.cited.append(Cited(name, self.policy.citation(basis), standing, YES if self.history else picked))

    def within(self, history: str | None) -> Context:
        """Stand inside a fold over a history; None: outside of any."""
        return replace(self, history=history)

    def record_day(self) -> Expr | None:
        """Return the date of the record that the words speak of."""
        return RecordField(spec(self.history).placed_by, DATE) if self.history else None

    @contextmanager
    def entering(self, name: Text, place: Place) -> Iterator[Context | None]:
        """Build something shared by its name; None, with a problem, when that goes in a circle."""
        if name in self.open:
            around = [*self.open[self.open.index(name) :], name]
            circle = Text(" → ".join(one.id for one in around), " → ".join(one.en for one in around))
            self.problems.add(
                "circle",
                phrase(
                    en="{name} uses itself: {circle}",
                    id="{name} memakai dirinya sendiri: {circle}",
                    name=name,
                    circle=circle,
                ),
                place,
                phrase(
                    en="take {next} out of {name}, or name something else there",
                    id="hapus {next} dari {name}, atau sebut yang lain di sana",
                    next=around[1],
                    name=name,
                ),
            )
            yield None
        else:
            yield replace(self, open=(*self.open, name))
