"""Groups: each compared with a reference, at both ends of what is not determined, and told in one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log

from asnpolicy.fairness.by_group.outcomes import NOT_DELIVERED, PersonOutcome, tallied
from asnpolicy.fairness.by_group.standard import Standard
from asnpolicy.fairness.by_group.statistics import (
    Counts,
    ExactTest,
    Stratified,
    difference_interval,
    exact_test,
    holm,
    power,
    ratio_interval,
    shortfall,
    stratified,
)
from asnpolicy.text import Text


class Signal(StrEnum):
    """What a comparison comes to: whether the ratio is low, whether chance is unlikely, and whether there are enough people."""

    REFERENCE = "reference"
    NO_SIGNAL = "no signal"
    RATIO_ONLY = "ratio only"
    TEST_ONLY = "test only"
    BOTH = "both"
    TOO_SMALL = "too small"

    @property
    def text(self) -> Text:
        """The signal as people read it."""
        return Text(_SIGNALS[self], str(self))


_SIGNALS = {
    Signal.REFERENCE: "pembanding",
    Signal.NO_SIGNAL: "tidak ada tanda",
    Signal.RATIO_ONLY: "hanya rasio",
    Signal.TEST_ONLY: "hanya uji",
    Signal.BOTH: "rasio dan uji",
    Signal.TOO_SMALL: "terlalu sedikit",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How a group came out: how many people, of how many the outcome is favourable, and of how many it is undetermined."""

    people: int
    favourable: int
    undetermined: int

    @property
    def least(self) -> Counts:
        """The group if nobody undetermined were found eligible."""
        return Counts(self.favourable, self.people)

    @property
    def most(self) -> Counts:
        """The group if everybody undetermined were found eligible."""
        return Counts(self.favourable + self.undetermined, self.people)

    @property
    def cells(self) -> tuple[int, int, int]:
        """Its outcomes apart."""
        return self.favourable, self.people - self.favourable - self.undetermined, self.undetermined


@dataclass(frozen=True, slots=True)
class Parting:
    """What one criterion adds to how two groups part."""

    criterion: str
    smallest: int
    """The fewest of either group who fail it, or do not; nobody counts as none."""
    rate: float
    reference_rate: float
    """The shares that do not fail it, of those who failed none before."""
    adds: float | None
    """The logarithm of the ratio of the two; all of them add up to that of the whole. None where nobody is left."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group beside its reference. Of what is suppressed, counts and all that would tell them are None."""

    attribute: str
    name: str
    signal: Signal
    people: int | None = None
    tally: Tally | None = None
    ratio: tuple[float, float] | None = None
    """Between which the ratio of rates lies, by how what is undetermined would turn out."""
    difference: tuple[float, float] | None = None
    interval: tuple[float, float] | None = None
    """Of the ratio, 95 %, of what is determined."""
    difference_interval: tuple[float, float] | None = None
    fisher: float | None = None
    mid_p: float | None = None
    """The less significant of both ends."""
    adjusted: float | None = None
    """The probability of the standard's test, for several groups (Holm)."""
    shortfall: int | None = None
    power: float | None = None
    """About how likely these people would show a ratio at the standard's limit."""
    strata: Stratified | None = None
    parts_at: str | None = None
    """The first criterion at which the group and its reference part, by the standard."""
    partings: tuple[Parting, ...] = ()
    suppressed: bool = False


def compared(
    attribute: str, found: Sequence[PersonOutcome], at: int | tuple[int, ...], standard: Standard, criteria: Sequence[str],
    stratum: int | None = None, reference: str | None = None,
) -> list[GroupResult]:  # fmt: skip
    """Return the groups of one attribute, or of several taken together, each beside the reference."""
    grouped = tallied(found, lambda one: _name(one, at))
    tallies = {name: tally(members) for name, members in grouped.items()}
    total = sum(each.people for each in tallies.values())
    chosen = reference if reference is not None and reference in tallies else _reference(tallies, standard, total)
    made = [
        _beside(attribute, name, grouped, tallies, chosen, standard, total, criteria, stratum)
        for name in sorted(tallies, key=lambda name: (name != chosen, name))
    ]
    return _adjusted(made, standard)


def _name(outcome: PersonOutcome, at: int | tuple[int, ...]) -> str:
    return outcome.groups[at] if isinstance(at, int) else " × ".join(outcome.groups[each] for each in at)


def tally(members: Sequence[PersonOutcome]) -> Tally:
    """Count how a group came out."""
    return Tally(
        len(members),
        sum(one.favourable is True for one in members),
        sum(one.favourable is None for one in members),
    )


def _reference(tallies: Mapping[str, Tally], standard: Standard, total: int) -> str:
    """Return the group with the highest rate of those that are large enough, else the largest."""
    known = {name: each for name, each in tallies.items() if NOT_DELIVERED not in name.split(" × ")} or dict(tallies)
    large = {name: each for name, each in known.items() if _enough(each, standard, total)}
    if not large:
        return max(known, key=lambda name: (known[name].people, name))
    return max(large, key=lambda name: (large[name].least.rate, large[name].people, name))


def _enough(each: Tally, standard: Standard, total: int) -> bool:
    return each.people >= standard.least_people and each.people >= standard.least_share * total


def _beside(
    attribute: str, name: str, grouped: Mapping[str, list[PersonOutcome]], tallies: Mapping[str, Tally], chosen: str,
    standard: Standard, total: int, criteria: Sequence[str], stratum: int | None,
) -> GroupResult:  # fmt: skip
    own, other = tallies[name], tallies[chosen]
    if name == chosen:
        return GroupResult(attribute, name, Signal.REFERENCE, own.people, own)
    worst, best = (own.least, other.most), (own.most, other.least)
    test = _surest(worst, best)
    parted = _partings(grouped[name], grouped[chosen], criteria)
    strata = None if stratum is None else _strata(grouped[name], grouped[chosen], stratum)
    made = GroupResult(
        attribute, name, Signal.NO_SIGNAL, own.people, own,
        ratio=(_ratio(*worst), _ratio(*best)),
        difference=(worst[0].rate - worst[1].rate, best[0].rate - best[1].rate),
        interval=ratio_interval(own.least, other.least),
        difference_interval=difference_interval(own.least, other.least),
        fisher=test.fisher,
        mid_p=test.mid_p,
        shortfall=shortfall(own.most, other.least),
        power=power(own.people, other.least, standard.ratio, standard.alpha),
        strata=strata, partings=parted,
        parts_at=_parts_at(grouped[name], grouped[chosen], criteria, standard),
    )  # fmt: skip
    enough = _enough(own, standard, total) and _enough(other, standard, total)
    return made if enough else replace(made, signal=Signal.TOO_SMALL)


def _surest(*ends: tuple[Counts, Counts]) -> ExactTest:
    """Return the test at the end where chance is likelier; where the group might be ahead or behind, nothing is told."""
    ratios = [_ratio(*pair) for pair in ends]
    if min(ratios) <= 1 <= max(ratios):
        return ExactTest(1.0, 1.0) if len(set(ends)) > 1 else exact_test(*ends[0])
    tests = [exact_test(*pair) for pair in ends]
    return ExactTest(max(test.fisher for test in tests), max(test.mid_p for test in tests))


def _ratio(one: Counts, other: Counts) -> float:
    return one.rate / other.rate if other.favourable else 1.0


def _adjusted(groups: list[GroupResult], standard: Standard) -> list[GroupResult]:
    """Adjust for the number of groups, and say what each comes to: a signal must hold at both ends."""
    asked = [at for at, one in enumerate(groups) if one.ratio is not None]
    own = [(groups[at].mid_p if standard.test == "mid-p" else groups[at].fisher) or 0.0 for at in asked]
    for at, p in zip(asked, holm(own), strict=True):
        one = replace(groups[at], adjusted=p)
        groups[at] = one if one.signal is Signal.TOO_SMALL else replace(one, signal=_signal(one, p, standard))
    return groups


def _signal(one: GroupResult, p: float, standard: Standard) -> Signal:
    low, high = one.ratio or (1.0, 1.0)
    below = high < standard.ratio
    unlikely = p < standard.alpha and (high < 1 or low > 1)
    if below:
        return Signal.BOTH if unlikely else Signal.RATIO_ONLY
    return Signal.TEST_ONLY if unlikely else Signal.NO_SIGNAL


def _strata(own: Sequence[PersonOutcome], other: Sequence[PersonOutcome], at: int) -> Stratified:
    mine, theirs = (tallied(some, lambda one: one.groups[at]) for some in (own, other))
    pairs = [(tally(mine[name]).least, tally(theirs[name]).least) for name in sorted(mine) if name in theirs]
    return stratified(pairs)


# Criterion by criterion


def _partings(
    own: Sequence[PersonOutcome], other: Sequence[PersonOutcome], criteria: Sequence[str]
) -> tuple[Parting, ...]:
    """Follow both groups through the criteria: of those who failed none so far, how many do not fail the next."""
    found = []
    mine, theirs = list(own), list(other)
    for at, name in enumerate(criteria):
        kept, others = ([one for one in some if not one.failed[at]] for some in (mine, theirs))
        rate, reference = (len(left) / len(some) if some else 0.0 for left, some in ((kept, mine), (others, theirs)))
        adds = log(rate / reference) if rate and reference else None
        cells = (len(kept), len(mine) - len(kept), len(others), len(theirs) - len(others))
        found.append(Parting(name, min((cell for cell in cells if cell), default=0), rate, reference, adds))
        mine, theirs = kept, others
    return tuple(found)


def _parts_at(
    own: Sequence[PersonOutcome], other: Sequence[PersonOutcome], criteria: Sequence[str], standard: Standard
) -> str | None:
    """Name the first criterion after which the ratio is below the standard's, and chance unlikely."""
    left = [[True] * len(own), [True] * len(other)]
    for at, name in enumerate(criteria):
        for kept, some in zip(left, (own, other), strict=True):
            for place, one in enumerate(some):
                kept[place] = kept[place] and not one.failed[at]
        mine, theirs = Counts(sum(left[0]), len(own)), Counts(sum(left[1]), len(other))
        test = exact_test(mine, theirs)
        p = test.mid_p if standard.test == "mid-p" else test.fisher
        if _ratio(mine, theirs) < standard.ratio and p < standard.alpha:
            return name
    return None
