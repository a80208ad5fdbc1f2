"""Context: where a condition stands, and so what its words mean there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from asnpolicy.language.nodes import DATE, YES, Expr, RecordField, Scope, Type
from asnpolicy.language.reading import spec
from asnpolicy.language.rules import ConditionTree, SilentLeaf
from asnpolicy.problems import Place, Problems

if TYPE_CHECKING:
    from asnpolicy.policy.dated import Span
    from asnpolicy.policy.merged import Merged
    from asnpolicy.policy.surface.conditions import Condition
    from asnpolicy.policy.surface.names import Name, RawValue


HOLDS = SilentLeaf(YES)
"""What stands for a condition that could not be read."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value in core, with what it is."""

    expr: Expr
    type: Type


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
    period: tuple[Expr, Expr] | None = None
    allows: frozenset[str] = frozenset()
    """Protected attributes that the rule has stated a legal basis for."""
    each: RawValue | None = None
    """Inside `each`: the item of the list that the words speak of."""
    open: tuple[str, ...] = ()
    """The shared conditions and figures being built: to find circles."""
    turns: set[date] = field(default_factory=set)
    """The days on which something that was asked for begins or ends: between them the same would be built."""

    def in_force(self, span: Span) -> bool:
        """Tell whether a span holds on the day. Only this may look at the day: it notes when the answer turns."""
        self.turns.update((span.since, span.until))
        return span.holds(self.day)

    def within(self, history: str | None) -> Context:
        """Stand inside a fold over a history; None: outside of any."""
        return replace(self, history=history)

    def record_day(self) -> Expr | None:
        """Return the date of the record that the words speak of."""
        return RecordField(spec(self.history).placed_by, DATE) if self.history else None

    @contextmanager
    def entering(self, name: str, place: Place) -> Iterator[Context | None]:
        """Build something shared by its name; None, with a problem, when that goes in a circle."""
        if name in self.open:
            circle = " → ".join([*self.open[self.open.index(name) :], name])
            self.problems.add("circle", f"{name} uses itself: {circle}", place, "break the circle")
            yield None
        else:
            yield replace(self, open=(*self.open, name))
