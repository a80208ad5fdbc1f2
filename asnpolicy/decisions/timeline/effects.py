"""Effects: when what is granted on each day takes effect, as steps from one promotion period to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from asnpolicy.decisions.reading import HORIZON, takes_effect
from asnpolicy.language.rules import Effect, Rule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EffectSpan:
    """Days of `since <= day < until` on which what is granted takes effect on the same day."""

    since: date
    until: date
    takes_effect: date | None
    """None: on the day itself on which it is granted."""


def effects(rule: Rule, since: date, until: date) -> Iterator[EffectSpan]:
    """Return when what a rule grants between two days takes effect; of days without an effect nothing."""
    effect = rule.takes_effect
    if effect is None:
        return
    if not effect.periods:
        yield EffectSpan(since, until, None)
        return
    begins = [since, *sorted(day for day in _turns(effect, since, until) if since < day < until)]
    last: EffectSpan | None = None
    for day, end in zip(begins, [*begins[1:], until], strict=True):
        granted = takes_effect(rule, day)
        if last is not None and last.takes_effect == granted:
            last = EffectSpan(last.since, end, granted)
            continue
        if last is not None and last.takes_effect is not None:
            yield last
        last = EffectSpan(day, end, granted)
    if last is not None and last.takes_effect is not None:
        yield last


def _turns(effect: Effect, since: date, until: date) -> set[date]:
    """Return the days on which the effect may be another: a period is over, or comes into sight."""
    over = timedelta(days=not effect.after)
    found: set[date] = set()
    for year in range(since.year, until.year + 4):
        for period in effect.periods:
            for month, day in period.days:
                one = date(year, month, day)
                if period.since <= one < period.until:
                    found |= {one + over, one - timedelta(days=HORIZON - 1)}
    return found
