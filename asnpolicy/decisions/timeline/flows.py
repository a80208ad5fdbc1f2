"""Flows: comparisons of time that is added up over records; between two days on which anything else turns, each is halved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from asnpolicy.backends.compiled import Compiled
from asnpolicy.language.nodes import YES, Compare
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Criterion, Program, Rule, Text
from asnpolicy.problems import Place

DAY = timedelta(days=1)
NAME = "flows"


class Flows:
    """Some comparisons as one rule: what is added up, and its bounds, never fall while nothing else turns."""

    def __init__(self, program: Program, comparisons: tuple[Compare, ...]) -> None:
        self._program, self._comparisons = program, comparisons

    def __reduce__(self) -> tuple[type[Flows], tuple[Program, tuple[Compare, ...]]]:
        return Flows, (self._program, self._comparisons)

    @cached_property
    def _compiled(self) -> Compiled:
        nothing, nowhere = Text("", ""), Place("", 0, 0)
        criteria = tuple(
            Criterion(str(at), nothing, "", "in_force", nowhere, one) for at, one in enumerate(self._comparisons)
        )
        rule = Rule(
            name=NAME, kind="award", title=nothing, basis="", standing="in_force", applies_to=YES, criteria=criteria,
            place=nowhere,
        )  # fmt: skip
        return Compiled(replace(self._program, rules=(rule,)))

    def turns(self, ask: Callable[[date], Question], start: date, end: date) -> Iterator[date]:
        """Return the days of `start < day < end` on which the status of a comparison changes, none of which falls."""
        if end - start > DAY:
            known = self._on(ask, start)
            last = self._on(ask, end - DAY)
            while known != last:
                day = self._first_other(ask, known, start, end - DAY)
                yield day
                start, known = day, self._on(ask, day)

    def _first_other(self, ask: Callable[[date], Question], known: tuple[int, ...], low: date, high: date) -> date:
        """Return the first day with other statuses than those of `low`, which `high` has."""
        while high - low > DAY:
            middle = low + (high - low) // 2
            if self._on(ask, middle) == known:
                low = middle
            else:
                high = middle
        return high

    def _on(self, ask: Callable[[date], Question], day: date) -> tuple[int, ...]:
        return tuple(self._compiled.decide(NAME, ask(day)).criteria)
