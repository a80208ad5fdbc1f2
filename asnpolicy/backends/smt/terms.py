"""Terms: what is joined, one of several, or not so, written down without asking of each part what it is.

The solver's own `And`, `Or` and `Not` bring every part to one type first, which takes most of the time in which a policy is
put before it. The terms are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import z3


def all_of(*parts: Any) -> Any:
    """Say that all parts hold: several, or one sequence of them."""
    return _joined(z3.Z3_mk_and, parts)


def any_of(*parts: Any) -> Any:
    """Say that at least one part holds: one of several, or of one sequence of them."""
    return _joined(z3.Z3_mk_or, parts)


def negated(part: Any) -> Any:
    """Say that something does not hold."""
    context = part.ctx
    return z3.BoolRef(z3.Z3_mk_not(context.ref(), part.ast), context)


def _joined(join: Callable[..., Any], parts: Sequence[Any]) -> Any:
    given = parts[0] if len(parts) == 1 and isinstance(parts[0], list) else parts
    context = given[0].ctx if given else z3.main_ctx()
    array = (z3.Ast * len(given))(*(part.ast for part in given))
    return z3.BoolRef(join(context.ref(), len(given), array), context)
