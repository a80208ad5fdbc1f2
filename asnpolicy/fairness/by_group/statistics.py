"""Statistics of two groups: exact tests, intervals of a difference and of a ratio, strata, and several tests at once.

Small enough to own, and held against SciPy and statsmodels' published values by tests. Rates are of counts; nothing here
knows what the counts are of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import erfc, exp, inf, lgamma, log, sqrt
from statistics import NormalDist

_SLACK = 1 + 1e-7
"""Two tables are as likely as each other within this: sums of logarithms are not exact to the last digit."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a group there are, and of how many the outcome is favourable."""

    favourable: int
    people: int

    @property
    def rate(self) -> float:
        """The share whose outcome is favourable."""
        return self.favourable / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class ExactTest:
    """Two-sided probabilities that two groups part as far by chance: Fisher's, and the mid-p, which is less cautious.

    >>> exact_test(Counts(1, 10), Counts(11, 14)).fisher < 0.003
    True
    """

    fisher: float
    mid_p: float


def exact_test(one: Counts, other: Counts) -> ExactTest:
    """Return the exact test of two groups (Fisher 1935; mid-p: Lancaster 1961)."""
    chosen = one.favourable + other.favourable
    low, high = max(0, chosen - other.people), min(one.people, chosen)
    if low == high:
        return ExactTest(1.0, 1.0)
    logs = list(_logarithms(one.people, other.people, chosen, low, high))
    at = logs[one.favourable - low]
    extreme = [each for each in logs if each <= at + log(_SLACK)]
    fisher = min(1.0, sum(map(exp, extreme)))
    same = sum(exp(each) for each in extreme if each >= at - log(_SLACK))
    return ExactTest(fisher, max(0.0, min(1.0, fisher - same / 2)))


def _logarithms(one: int, other: int, chosen: int, low: int, high: int) -> Iterable[float]:
    """Return the logarithms of the hypergeometric probabilities of every table with these margins."""
    whole = _choices(one + other, chosen)
    yield from (_choices(one, k) + _choices(other, chosen - k) - whole for k in range(low, high + 1))


def _choices(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


# Intervals


def ratio_interval(one: Counts, other: Counts, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of the ratio of two rates (Katz et al. 1978); open where a rate is nothing."""
    a, b = one.favourable, other.favourable
    if not a or not b:
        return 0.0, inf
    spread = _z(confidence) * sqrt(1 / a - 1 / one.people + 1 / b - 1 / other.people)
    middle = log(one.rate / other.rate)
    return exp(middle - spread), exp(middle + spread)


def difference_interval(one: Counts, other: Counts, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of the difference of two rates (Newcombe 1998, method 10)."""
    (low_a, high_a), (low_b, high_b) = rate_interval(one, confidence), rate_interval(other, confidence)
    a, b = one.rate, other.rate
    down, up = sqrt((a - low_a) ** 2 + (high_b - b) ** 2), sqrt((high_a - a) ** 2 + (b - low_b) ** 2)
    return a - b - down, a - b + up


def rate_interval(counts: Counts, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of a rate (Wilson 1927)."""
    if not counts.people:
        return 0.0, 1.0
    n, rate, z = counts.people, counts.rate, _z(confidence)
    middle, spread = rate + z * z / (2 * n), z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)


# Power, strata, several tests


def power(one: int, other: Counts, ratio: float, alpha: float) -> float:
    """Return about how likely so many people would show it, were their rate the other's times a ratio (normal approximation)."""
    base = other.rate
    rate = base * ratio
    if not one or not other.people or not 0 < base < 1:
        return 0.0
    pooled = (rate * one + base * other.people) / (one + other.people)
    null = sqrt(pooled * (1 - pooled) * (1 / one + 1 / other.people))
    true = sqrt(rate * (1 - rate) / one + base * (1 - base) / other.people)
    reached = (abs(base - rate) - _z(1 - alpha) * null) / true if true else inf
    return NormalDist().cdf(reached)


@dataclass(frozen=True, slots=True)
class Stratified:
    """Two groups compared within strata: the common odds ratio (Mantel and Haenszel 1959), and how likely by chance."""

    odds_ratio: float | None
    """None where it has no bound."""
    p: float
    strata: int
    against: int
    """In how many strata the first group has the lower rate."""


def stratified(tables: Sequence[tuple[Counts, Counts]]) -> Stratified:
    """Return what groups come to within strata; those in which only one group is, or all or none passed, tell nothing."""
    telling = [
        (a, b) for a, b in tables if a.people and b.people and 0 < a.favourable + b.favourable < a.people + b.people
    ]
    up = down = seen = expected = variance = 0.0
    for a, b in telling:
        n, m = a.people + b.people, a.favourable + b.favourable
        up += a.favourable * (b.people - b.favourable) / n
        down += b.favourable * (a.people - a.favourable) / n
        seen += a.favourable
        expected += a.people * m / n
        variance += a.people * b.people * m * (n - m) / (n * n * (n - 1))
    against = sum(a.rate < b.rate for a, b in telling)
    p = erfc(sqrt((seen - expected) ** 2 / variance / 2)) if variance else 1.0
    return Stratified(up / down if down else None, p, len(telling), against)


def holm(probabilities: Sequence[float]) -> list[float]:
    """Return probabilities adjusted for their number (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(probabilities)), key=lambda at: probabilities[at])
    adjusted, least = [0.0] * len(probabilities), 0.0
    for rank, at in enumerate(order):
        least = max(least, min(1.0, (len(probabilities) - rank) * probabilities[at]))
        adjusted[at] = least
    return adjusted


def shortfall(one: Counts, other: Counts) -> int:
    """Return how many more of a group would pass at the other's rate."""
    return max(0, round(other.rate * one.people) - one.favourable)
