"""When a promotion takes effect, as it is written: at once, on days of the year, or by an event that it follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from asnpolicy.policy.source.tree import Mapping, RawNode
from asnpolicy.policy.surface.names import Name, name_of
from asnpolicy.policy.surface.operands import one_of
from asnpolicy.problems import Problems, write
from asnpolicy.text import Text, phrase


@dataclass(frozen=True, slots=True, eq=False)
class EffectForm:
    """When a promotion takes effect: on days of the year that a value names; at once without one."""

    value: Name | None
    after: bool = False
    """Strictly after the as-of date."""
    month_of: Name | None = None
    """An event that it follows: by it the promotion takes effect on the first of the month, by others on the day itself."""


def effect(node: RawNode, followed: Iterable[Name], problems: Problems) -> EffectForm | None:
    """Read when it takes effect: `as_of`, a value with days of the year, `{after: <value>}`, or `{month_of: <event>}`."""
    word = None
    if isinstance(node, Mapping):
        if (word := one_of(node, ("after", "month_of"), _WHAT, problems)) is None:
            return None
        node = node.entries[word].value
    name = name_of(node, problems)
    if name is None:
        return None
    if word == "month_of":
        _follows(name, followed, problems)
        return EffectForm(None, month_of=name)
    return EffectForm(None if name.text == "as_of" else name, after=word == "after")


_WHAT = Text("`takes_effect`", "`takes_effect`")


def _follows(event: Name, followed: Iterable[Name], problems: Problems) -> None:
    """Tell an event by which it never takes effect, since the rule does not follow it."""
    if event.text not in {one.text for one in followed}:
        message = phrase(
            en="the rule does not follow `{event}`, so it never takes effect by it",
            id="aturan ini tidak mengikuti `{event}`, jadi tidak pernah berlaku karenanya",
            event=event.text,
        )
        problems.add("wrong-value", message, event.place, write(f"follows: [{event.text}]"))
