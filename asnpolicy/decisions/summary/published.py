"""Published: a summary as it may leave the unit, with small counts kept back, and what they would follow from.

Of a group and a rule either every result is told or none. A group of fewer than five people is not told of at all. What a
rule came to in all is kept back where one result is that of fewer than five, and with it what it leaves undetermined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asnpolicy.decisions.privacy import COUNTS, OPEN, SMALLEST, WHOLE, hidden, kept_back
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
    back = {one.id: _is_small(one.results) for one in summary.rules}
    rules, missing = _missing(summary, back)
    return replace(
        summary, rules=rules, missing=missing, left_out=left_out, together=frozenset(), is_published=True,
        breakdowns=tuple(_breakdown(one, summary, back) for one in kept),
    )  # fmt: skip


def _few(count: int | None) -> bool:
    return count is None or count < SMALLEST


def _is_small(results: Iterable[ResultCount]) -> bool:
    return any(0 < (one.people or 0) < SMALLEST for one in results)


def _without(results: Iterable[ResultCount]) -> tuple[ResultCount, ...]:
    return tuple(replace(one, people=None) for one in results)


# Groups


def _breakdown(breakdown: Breakdown, summary: Summary, back: dict[str, bool]) -> Breakdown:
    """Keep small groups back, and of each rule the groups that have a small result; all people are a row of each table."""
    groups = breakdown.groups
    sizes = [one.people or 0 for one in groups]
    few = kept_back(sizes, [()] * len(groups), [range(len(groups))])
    levels = [
        _levels(groups, at, sizes, few, summary.people or 0, hides=back[rule.id])
        for at, rule in enumerate(summary.rules)
    ]
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


def _levels(
    groups: Sequence[GroupSummary], at: int, sizes: Sequence[int], few: Sequence[int], people: int, *, hides: bool
) -> list[int]:
    """Return what is kept back of each group for one rule; the last row is everybody."""
    cells = [[count.people or 0 for count in one.results[at]] for one in groups]
    given = {place: level for place, level in enumerate(few) if level != OPEN} | (
        {len(groups): COUNTS} if hides else {}
    )
    return kept_back([*sizes, people], [*cells, ()], [range(len(groups) + 1)], given=given)


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


# What is missing


def _missing(summary: Summary, back: dict[str, bool]) -> tuple[tuple[RuleSummary, ...], tuple[MissingData, ...]]:
    """Keep back small counts of what is missing: the decisions in all are the sum of those of the rules."""
    of_rules = {
        (rule.id, one.name): one.people or 0 for rule in summary.rules for one in rule.missing
    }  # a rule is one decision a person
    kept: set[tuple[str, str]] = set()
    overall: list[MissingData] = []
    for one in summary.missing:
        names = [key for key in of_rules if key[1] == one.name]
        forced = {at: WHOLE for at, (rule, _) in enumerate(names) if back[rule]}
        backs = hidden([of_rules[key] for key in names], given=forced)
        kept |= {key for key, is_back in zip(names, backs, strict=True) if is_back}
        lost = _few(one.people) or (len(names) == 1 and backs[0])
        overall.append(replace(one, decisions=None, people=None) if lost else one)
    return tuple(_rule(rule, kept, back=back[rule.id]) for rule in summary.rules), tuple(overall)


def _rule(rule: RuleSummary, kept: set[tuple[str, str]], *, back: bool) -> RuleSummary:
    unclear = tuple(replace(one, people=None) if back or _few(one.people) else one for one in rule.unclear)
    missing = tuple(
        replace(one, decisions=None, people=None) if (rule.id, one.name) in kept else one for one in rule.missing
    )
    return replace(rule, results=_without(rule.results) if back else rule.results, unclear=unclear, missing=missing)
