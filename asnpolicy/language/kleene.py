"""Strong Kleene logic over answers: the least, the greatest and the opposite, with what could settle them."""

from __future__ import annotations

from collections.abc import Iterable

from asnpolicy.language.bounds import Bounds, Missing
from asnpolicy.language.nodes import Value
from asnpolicy.language.outcome import TruthStatus
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN

DECIDED = {FAILED: TruthStatus(FAILED), HELD: TruthStatus(HELD)}


def answer(status: int, *seen: Value | Bounds) -> TruthStatus:
    """Give an answer about some values; only an undecided one misses anything."""
    return DECIDED.get(status) or TruthStatus(UNKNOWN, missing(seen))


def least(answers: list[TruthStatus]) -> TruthStatus:
    """Join answers of which all must hold."""
    return joined(min((a.status for a in answers), default=HELD), answers)


def greatest(answers: list[TruthStatus]) -> TruthStatus:
    """Join answers of which one is enough."""
    return joined(max((a.status for a in answers), default=FAILED), answers)


def joined(status: int, answers: list[TruthStatus]) -> TruthStatus:
    """Give a status with what could settle the undecided ones among its parts."""
    return DECIDED.get(status) or TruthStatus(UNKNOWN, union(a.missing for a in answers if a.status == UNKNOWN))


def opposite(given: TruthStatus) -> TruthStatus:
    """Give the answer to the opposite question."""
    return TruthStatus(HELD - given.status, given.missing)


def union(parts: Iterable[Missing]) -> Missing:
    """Give all that is missing."""
    return frozenset().union(*parts)


def missing(seen: Iterable[Value | Bounds]) -> Missing:
    """Give what could make some values known."""
    return union(value.missing for value in seen if isinstance(value, Bounds))
