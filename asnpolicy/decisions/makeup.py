"""Make-up: what a figure is worked out from, part by part and record by record, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as Choice

from asnpolicy.decisions import filters, grounds, words
from asnpolicy.decisions.lines import SIGNS
from asnpolicy.decisions.observations import label_of, record
from asnpolicy.decisions.reasons import LateText, Part, Reason, because
from asnpolicy.decisions.values import plain
from asnpolicy.language.nodes import Field, Figure, Fold, Literal
from asnpolicy.language.rules import FAILED, HELD, Chosen, ConditionTree, MadeOf, Observation, Text
from asnpolicy.people import ABSENT, AppraisalRecord, Record

if TYPE_CHECKING:
    from asnpolicy.decisions.trees import TreeTelling

How: TypeAlias = Choice["plus", "minus", "times", "divide", "record", "taken", "decided", "test", "against"]
"""How a part enters a figure; or that it is one of two and was taken, what decided that, or what it is compared with."""


@dataclass(frozen=True, slots=True)
class SeenComponent:
    """One part of a figure, or one record of a part, with its value, and how far it is indented."""

    depth: int
    how: How
    of: str
    """What it is in the policy or in the data: a figure, a field, a history, or one of its records; empty for a fixed number."""
    value: str
    """Its value as machines read it; of what decides, its status."""
    told: Text


@dataclass(frozen=True, slots=True)
class MakeUp:
    """Tells what figures are worked out from, for one person and day."""

    tell: TreeTelling

    def compared(self, figures: Iterable[Observation]) -> Iterator[SeenComponent]:
        """Tell the figures that something is compared with, each with what it is worked out from."""
        for one in figures:
            yield self._whole("against", one, 0)
            yield from self.made_of(one.components, 1)

    def made_of(self, parts: Iterable[MadeOf], depth: int = 0) -> Iterator[SeenComponent]:
        """Tell each part of a figure with its value, and each record that is added up; or which of two is taken, and why."""
        for one in parts:
            if isinstance(one, Chosen):
                yield from self._chosen(one, depth)
                continue
            value = self.tell.meaning.value(one.part.seen)
            if value in NOTHING and one.how in ("plus", "minus"):
                continue  # what adds nothing is not told
            seen = words.seen(one.part, value, self.tell.as_of)
            told = LateText(because(f"component.{one.how}", label=label_of(one.part), value=seen))
            yield SeenComponent(depth, one.how, _source(one.part), plain(value, one.part.type), told)
            yield from self._inside(one.part, depth + 1)

    def _whole(self, how: How, part: Observation, depth: int) -> SeenComponent:
        """Tell a part by itself: the one that is taken, or that something is compared with."""
        told = LateText(because(f"component.{how}", part=self._part(part)))
        return SeenComponent(depth, how, _source(part), plain(self.tell.meaning.value(part.seen), part.type), told)

    def _inside(self, part: Observation, depth: int) -> Iterator[SeenComponent]:
        if isinstance(part.seen, Fold):
            yield from self._added_up(part, part.seen, depth)
        yield from self.made_of(part.components, depth)

    def _chosen(self, chosen: Chosen, depth: int) -> Iterator[SeenComponent]:
        """Tell which part is taken, and by what; where that is not known, both."""
        status = self.tell.meaning.truth(chosen.test.truth).status
        taken = {HELD: chosen.then, FAILED: chosen.otherwise}.get(status)
        if taken is None:
            heading = because("component.open", first=self._part(chosen.then), second=self._part(chosen.otherwise))
        else:
            yield self._whole("taken", taken, depth)
            yield from self._inside(taken, depth + 1)
            heading = Reason(f"component.{_DECIDED[status]}")
        told = list(replace(self.tell, unmet=False).tree(chosen.test, 0, marked=True))  # all of it, whether it holds or not
        if told:
            yield SeenComponent(depth, "decided", "", _DECIDED[status], LateText(heading))
        for one in told:
            sign, value = one.sign.strip(), _DECIDED[SIGNS.index(one.sign)] if one.sign else ""
            said = LateText(because("component.test", sign=sign, test=one.said) if sign else one.said)
            yield SeenComponent(depth + 1 + one.depth, "test", "", value, said)

    def _part(self, part: Observation) -> Part:
        """Name a part with its value; a fixed number or a word says itself."""
        seen = words.seen(part, self.tell.meaning.value(part.seen), self.tell.as_of)
        return seen if isinstance(part.seen, Literal) else because("component.plus", label=label_of(part), value=seen)

    def _added_up(self, part: Observation, fold: Fold, depth: int) -> Iterator[SeenComponent]:
        if fold.value is None or fold.op != "sum":
            return
        for one in grounds.counted(self.tell.meaning, fold):
            value = self.tell.meaning.value(fold.value, one)
            if value in NOTHING:
                continue
            seen = words.seen(part, value, self.tell.as_of)
            told = because("component.record", record=_rated(one) or record(fold.history, one), value=seen)
            if part.each is not None:
                told = self._by(part.each, one, told)
            yield SeenComponent(depth, "record", _entry(fold.history, one), plain(value, part.type), LateText(told))

    def _by(self, test: ConditionTree, one: Record, told: Reason) -> Reason:
        """Say by what the value of a record was chosen."""
        status = self.tell.meaning.truth(test.truth, one).status
        if status not in (HELD, FAILED):
            return told
        return because(f"component.record.{_DECIDED[status]}", record=told, test=filters.said(test))


_DECIDED = ("failed", "unknown", "held", "waived", "not_applicable")


def _source(part: Observation) -> str:
    """Name what a part is read from."""
    match part.seen:
        case Figure(name) | Field(name=name):
            return name
        case Fold(history=history):
            return history
        case _:
            return ""


def _entry(history: str, one: Record) -> str:
    """Name a record as the registers do: an appraisal by its year, all others by their day."""
    key = one.year if isinstance(one, AppraisalRecord) else one.placed
    return f"{history}[{'' if key is None else key}]"


NOTHING = (0, ABSENT)
"""What adds nothing to a figure: not told."""


def _rated(one: Record) -> Reason | None:
    """Name an appraisal by what its credit is worked out from: its year, its predicate, its months."""
    if not isinstance(one, AppraisalRecord) or one.rating is None or one.year is None or one.months is None:
        return None
    return because("component.appraisal", year=one.year, rating=str(one.rating), months=one.months)
