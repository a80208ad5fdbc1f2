"""Exact arithmetic on whole numbers, with the rounding that a policy writes."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import assert_never

from asnpolicy.language.nodes import Rounding

ARITHMETIC: dict[str, Callable[[int, int], int]] = {"plus": operator.add, "minus": operator.sub, "times": operator.mul}


def divide(value: int, by: int, rounding: Rounding) -> int:
    """Divide exactly and round as written; `by` is positive, and halves go away from zero with `half_up`.

    >>> divide(9375, 10, "half_up"), divide(-5, 10, "half_up"), divide(9375, 10, "down")
    (938, -1, 937)
    """
    size, rest = divmod(abs(value), by)
    match rounding:
        case "half_up":
            size += 2 * rest >= by
        case "half_even":
            size += 2 * rest > by or (2 * rest == by and size % 2)
        case "up":
            size += rest > 0
        case "down":
            pass
        case _:
            assert_never(rounding)
    return size if value >= 0 else -size
