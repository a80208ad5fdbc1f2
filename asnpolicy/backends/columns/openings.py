"""Openings: the people of a piece before a vacant post; what asks nothing of the post is worked out once, for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from asnpolicy.backends.columns.piece import ALL, Piece
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.questions import column
from asnpolicy.backends.columns.reduce import number_of
from asnpolicy.backends.columns.tables import Mask, Records
from asnpolicy.backends.columns.values import Truths, Value, pick, possible, sure, unknown
from asnpolicy.language.nodes import Asks, Expr, Field, Node, Truth, children
from asnpolicy.language.reading import fields_of
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import Opening
from asnpolicy.people.agency import CompetencyStandard

COMPETENCIES = "competencies"
GAPS = "competency_gaps"


class Asking:
    """Which parts of a plan ask something of a vacant post."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._nodes: dict[Node, bool] = {}
        self._parts: dict[int, tuple[Rule | Criterion, bool]] = {}
        """Rules and criteria by their identity, kept so that no other comes to have it."""

    def node(self, node: Node) -> bool:
        """Tell whether a node does, with all that it builds on."""
        known = self._nodes.get(node)
        if known is None:
            if isinstance(node, Asks):
                known = self.rule(self.plan.rules[node.rule])
            else:
                known = (isinstance(node, Field) and node.scope == "opening") or any(map(self.node, children(node)))
            self._nodes[node] = known
        return known

    def criterion(self, one: Criterion) -> bool:
        """Tell whether a criterion does."""
        return self._any(one, one.conditions)

    def rule(self, rule: Rule) -> bool:
        """Tell whether a rule does."""
        return self._any(rule, rule.roots)

    def _any(self, part: Rule | Criterion, nodes: Iterable[Node]) -> bool:
        known = self._parts.get(id(part))
        if known is None:
            known = self._parts[id(part)] = part, any(map(self.node, nodes))
        return known[1]


class BeforeOpening(Piece):
    """The people of a piece before a vacant post."""

    def __init__(self, alone: Piece, opening: Opening, asking: Asking, as_of: date) -> None:
        fields = alone.tables.fields | _fields(alone, opening, as_of)
        super().__init__(alone.plan, replace(alone.tables, fields=fields), alone.agency)
        self.beyond = alone.beyond  # whom one piece can't follow, the other can't
        self._alone, self._asking = alone, asking

    def outcome(self, rule: Rule) -> tuple[Truths, Truths]:
        """Work out whether a rule applies, and whether all of its criteria hold."""
        return super().outcome(rule) if self._asking.rule(rule) else self._alone.outcome(rule)

    def criterion(self, criterion: Criterion) -> tuple[Truths, Truths | None]:
        """Work out whether a criterion holds, and for whom it does not count."""
        asks = self._asking.criterion(criterion)
        return super().criterion(criterion) if asks else self._alone.criterion(criterion)

    def truth(self, node: Truth, history: str = "") -> Truths:
        """Work out a condition."""
        return super().truth(node, history) if self._asking.node(node) else self._alone.truth(node, history)

    def value(self, node: Expr, history: str = "") -> Value:
        """Work out a value."""
        return super().value(node, history) if self._asking.node(node) else self._alone.value(node, history)


def _fields(piece: Piece, opening: Opening, as_of: date) -> dict[str, pl.Series]:
    """Return what stands in the fields of a vacant post, the same for all but for what each lacks of its standard."""
    size = piece.tables.size
    found = {
        f"opening.{name}": column(type_, [getattr(opening, name)]).new_from_index(0, size)
        for name, type_ in fields_of("opening").items()
        if name != GAPS
    }
    if opening.competencies is not None and COMPETENCIES in piece.tables.histories:
        found[f"opening.{GAPS}"] = _gaps(piece, opening.competencies, as_of.toordinal())
    return found


def _gaps(piece: Piece, standard: Iterable[CompetencyStandard], as_of: int) -> pl.Series:
    """Count the competencies of a standard that each has not been found to have; null where it can't be known."""
    size, records = piece.tables.size, piece.tables.histories[COMPETENCIES]
    whole = sure(piece.tables.complete[COMPETENCIES] == ALL).to_numpy()
    count, open_ = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    for asked in standard:
        has, may = _has(records, asked, as_of, size)
        count += ~has
        open_ |= ~has & (may | ~whole)
    return pick(pl.Series(~open_), pl.Series(count), None)


def _has(records: Records, asked: CompetencyStandard, as_of: int, size: int) -> tuple[Mask, Mask]:
    """Tell who was found to have a competency at the level asked for by a day, and who may have been."""
    code, level, day = (records.columns[name] for name in ("code", "level", "assessed_on"))
    reaches = level >= asked.level
    measured = sure(code == asked.code) & sure(reaches) & sure(day <= as_of)
    may = (unknown(code) | (code == asked.code)) & possible(reaches) & possible(day <= as_of)
    return _any_of(records, measured, size), _any_of(records, may, size)


def _any_of(records: Records, which: pl.Series, size: int) -> Mask:
    """Tell who has any of some records."""
    found: Mask = (number_of(records.of[which.to_numpy()], size) > 0).to_numpy()
    return found
