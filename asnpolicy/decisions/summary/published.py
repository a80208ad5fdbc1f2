"""Published: a summary as it may leave the unit, with small counts kept back, and what they would follow from.

A group of fewer than five people is not told of at all. Of a group and a rule either every result is told or none. Of what a
rule came to in all, a small result is kept back, and another one with it; where that is how many it leaves undetermined, so
is what is missing for it. Two groups at least are kept back together, since everybody may be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asnpolicy.decisions.privacy import OPEN, SMALLEST, WHOLE, hidden, kept_back
from asnpolicy.decisions.summary.counts import UNDETERMINED
from asnpolicy.decisions.summary.summary import (
    Breakdown,
    GroupSummary,
    MissingData,
    ResultCount,
    RuleSummary,
    Summary,
)


def published(summary: Summary) -> Summary:
    """Return a whole summary as it may leave the unit; one that is published already is as it is."""
    if summary.is_published:
        return summary
    if _few(summary.people):
        return replace(
            summary, people=None, rules=(), breakdowns=(), missing=(), together=frozenset(), is_published=True
        )
    kept, left_out = _apart(summary)
    rules, missing = _missing(replace(summary, rules=tuple(map(_told, summary.rules))))
    return replace(
        summary, rules=rules, missing=missing, left_out=left_out, together=frozenset(), is_published=True,
        breakdowns=tuple(map(_breakdown, kept)),
    )  # fmt: skip


def _few(count: int | None) -> bool:
    return count is None or count < SMALLEST


def _without(results: Iterable[ResultCount]) -> tuple[ResultCount, ...]:
    return tuple(replace(one, people=None) for one in results)


# Groups


def _breakdown(breakdown: Breakdown) -> Breakdown:
    """Keep small groups back, and of each rule the groups that have a small result."""
    groups = breakdown.groups
    sizes = [one.people or 0 for one in groups]
    few = kept_back(sizes, [()] * len(groups), [range(len(groups))])
    given = {place: level for place, level in enumerate(few) if level != OPEN}
    levels = [_levels(cells, sizes, given) for cells in zip(*(one.results for one in groups), strict=True)]
    made = [
        GroupSummary(
            one.name,
            None if few[place] == WHOLE else one.people,
            tuple(
                one.results[at] if level[place] == OPEN else _without(one.results[at])
                for at, level in enumerate(levels)
            ),
        )
        for place, one in enumerate(groups)
    ]
    return replace(breakdown, groups=tuple(made))


def _levels(results: Iterable[Sequence[ResultCount]], sizes: Sequence[int], given: dict[int, int]) -> list[int]:
    """Return what is kept back of each group for one rule."""
    cells = [[one.people or 0 for one in own] for own in results]
    return kept_back(sizes, cells, [range(len(sizes))], given=given)


def _apart(summary: Summary) -> tuple[tuple[Breakdown, ...], tuple[str, ...]]:
    """Return the breakdowns that may be told together, and the facts of the others.

    Two facts whose groups part people into the same pieces (units and the agencies that they belong to) tell of each
    other: the people of an agency are those of its units. The first that was asked for is told.
    """
    kept: list[Breakdown] = []
    for one in summary.breakdowns:
        if all(_is_one_piece(summary, one, other) for other in kept):
            kept.append(one)
    return tuple(kept), tuple(one.fact for one in summary.breakdowns if one not in kept)


def _is_one_piece(summary: Summary, one: Breakdown, other: Breakdown) -> bool:
    """Tell whether the groups of two facts hang together, so that no sum over some of one is a sum over some of the other."""
    facts = {one.fact, other.fact}
    beside: dict[tuple[str, str | None], set[tuple[str, str | None]]] = {}
    for left, right in summary.together:
        if {left[0], right[0]} == facts:
            beside.setdefault(left, set()).add(right)
            beside.setdefault(right, set()).add(left)
    waiting, seen = [next(iter(beside))], set[tuple[str, str | None]]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += beside[name]
    return len(seen) == len(beside)


# Rules, and what is missing


def _told(rule: RuleSummary) -> RuleSummary:
    """Keep back what fewer than five people came to, and another result with it; that nobody came to one is told."""
    some = [at for at, one in enumerate(rule.results) if one.people]
    back = {
        at for at, is_back in zip(some, hidden([rule.results[at].people or 0 for at in some]), strict=True) if is_back
    }
    results = tuple(replace(one, people=None) if at in back else one for at, one in enumerate(rule.results))
    return replace(rule, results=results)


def _missing(summary: Summary) -> tuple[tuple[RuleSummary, ...], tuple[MissingData, ...]]:
    """Keep back small counts of what is missing: the decisions in all are the sum of those of the rules."""
    kept: set[tuple[str, str]] = set()
    overall: list[MissingData] = []
    for one in summary.missing:
        whose = [(rule, own.people or 0) for rule in summary.rules for own in rule.missing if own.name == one.name]
        forced = {at: WHOLE for at, (rule, _) in enumerate(whose) if rule.people(UNDETERMINED) is None}
        backs = hidden([people for _, people in whose], given=forced)
        kept |= {(rule.id, one.name) for (rule, _), is_back in zip(whose, backs, strict=True) if is_back}
        lost = _few(one.people) or (len(whose) == 1 and backs[0])
        overall.append(replace(one, decisions=None, people=None) if lost else one)
    return tuple(_rule(rule, kept) for rule in summary.rules), tuple(overall)


def _rule(rule: RuleSummary, kept: set[tuple[str, str]]) -> RuleSummary:
    back = rule.people(UNDETERMINED) is None
    unclear = tuple(replace(one, people=None) if back or _few(one.people) else one for one in rule.unclear)
    missing = tuple(
        replace(one, decisions=None, people=None) if (rule.id, one.name) in kept else one for one in rule.missing
    )
    return replace(rule, unclear=unclear, missing=missing)
