"""Strong Kleene logic over answers: the least, the greatest and the opposite, with what could settle them."""

from __future__ import annotations

from collections.abc import Iterable

from asnpolicy.language.bounds import Bounds, Missing
from asnpolicy.language.nodes import Value
from asnpolicy.language.outcome import Answer
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN

DECIDED = {FAILED: Answer(FAILED), HELD: Answer(HELD)}


def answer(status: int, *seen: Value | Bounds) -> Answer:
    """Give an answer about some values; only an undecided one misses anything."""
    return DECIDED.get(status) or Answer(UNKNOWN, missing(seen))


def least(answers: list[Answer]) -> Answer:
    """Join answers of which all must hold."""
    return joined(min((a.status for a in answers), default=HELD), answers)


def greatest(answers: list[Answer]) -> Answer:
    """Join answers of which one is enough."""
    return joined(max((a.status for a in answers), default=FAILED), answers)


def joined(status: int, answers: list[Answer]) -> Answer:
    """Give a status with what could settle the undecided ones among its parts."""
    return DECIDED.get(status) or Answer(UNKNOWN, union(a.missing for a in answers if a.status == UNKNOWN))


def opposite(given: Answer) -> Answer:
    """Give the answer to the opposite question."""
    return Answer(HELD - given.status, given.missing)


def union(parts: Iterable[Missing]) -> Missing:
    """Give all that is missing."""
    return frozenset().union(*parts)


def missing(seen: Iterable[Value | Bounds]) -> Missing:
    """Give what could make some values known."""
    return union(value.missing for value in seen if isinstance(value, Bounds))
