"""Arguments: what programs hand over, held to what is asked for, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime


def a_day(value: object, name: str) -> None:
    """Raise TypeError for what is no day.

    >>> a_day("2026-10-01", "as_of")
    Traceback (most recent call last):
    TypeError: `as_of` is a date such as `date(2026, 10, 1)`, not the text '2026-10-01': read it with `date.fromisoformat`
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return
    way = ": read it with `date.fromisoformat`" if isinstance(value, str) else ""
    way = ": take its day with `.date()`" if isinstance(value, datetime) else way
    raise TypeError(f"`{name}` is a date such as `date(2026, 10, 1)`, not {_shown(value)}{way}")


def of_kind(value: object, kind: type, name: str, way: str = "") -> None:
    """Raise TypeError for what is not of a kind.

    >>> of_kind(None, str, "rule")
    Traceback (most recent call last):
    TypeError: `rule` is a text, not None
    """
    if not isinstance(value, kind):
        wanted = "a text" if kind is str else f"an `{kind.__name__}`"
        raise TypeError(f"`{name}` is {wanted}, not {_shown(value)}{way}")


def names(value: Iterable[str] | None, name: str) -> tuple[str, ...] | None:
    """Return several names; raises TypeError for a single one, which Python would take letter by letter.

    >>> names("jp-tahunan", "rules")
    Traceback (most recent call last):
    TypeError: `rules` is a list of names, not the text 'jp-tahunan': write `['jp-tahunan']`
    """
    if isinstance(value, str):
        raise TypeError(f"`{name}` is a list of names, not {_shown(value)}: write `[{value!r}]`")
    return None if value is None else tuple(value)


def _shown(value: object) -> str:
    """Name what was given: a short text as it is, anything else by its kind, since it may hold personal data."""
    if value is None:
        return "None"
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) <= 40 else "a long text"
    return f"a `{type(value).__name__}`"


SCHEMES = ("postgresql://", "postgres://")


def is_address(place: object) -> bool:
    """Tell whether this is the address of a database, in which a password may be.

    >>> is_address("postgresql://bkd@localhost/simpeg"), is_address("tables/")
    (True, False)
    """
    return str(place).lower().startswith(SCHEMES)
