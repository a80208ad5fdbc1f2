"""Dated things: versions with `from` and `until`, half open, and which one is active on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from asnpolicy.people import OPEN
from asnpolicy.policy.source.scalars import as_date
from asnpolicy.policy.source.tree import Mapping, Node
from asnpolicy.problems import Place, Problems

BEGINNING = date(1945, 8, 17)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, half open: `since <= day < until`."""

    since: date = BEGINNING
    until: date = OPEN

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.since <= day < self.until

    def cut(self, other: Span) -> Span | None:
        """Give what it has in common with another, or None."""
        since, until = max(self.since, other.since), min(self.until, other.until)
        return Span(since, until) if since < until else None


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """What holds during a span, with its place in the file."""

    span: Span
    what: T
    place: Place
    unless: Mapping | None = None
    """For whom, as written, an older version goes on: a transition."""


def span_of(node: Node, problems: Problems) -> Span:
    """Read `from` and `until` of a mapping; without them it always holds."""
    if not isinstance(node, Mapping):
        return ALWAYS
    given = {}
    for word in ("from", "until"):
        if word in node.entries:
            day = as_date(node.entries[word].value, problems)
            if day is not None:
                given[word] = day
    span = Span(given.get("from", BEGINNING), given.get("until", OPEN))
    if span.until <= span.since:
        if "until" in node.entries:
            place, message = node.entries["until"].value.place, f"`until` {span.until} is not after `from` {span.since}"
            problems.add("empty-span", message, place, "give a later `until`")
        else:
            place = node.entries["from"].value.place
            problems.add("empty-span", f"nothing begins on {span.since}", place, "give an earlier `from`")
    return span


def no_overlap(name: str, versions: Sequence[Version[T]], problems: Problems) -> None:
    """Report two versions that are active on one day, with both places."""
    ordered = sorted(versions, key=lambda v: v.span.since)
    for before, after in pairwise(ordered):
        if before.span.until > after.span.since:
            problems.add(
                "two-versions",
                f"two versions of `{name}` are active on {after.span.since}, this one and the one in line {before.place.line}",
                after.place,
                f"end the older one with `until: {after.span.since}`",
            )


def successive(versions: Iterable[Version[T]]) -> list[Version[T]]:
    """Let each version end where the next begins, when it does not say so itself."""
    ordered = sorted(versions, key=lambda v: v.span.since)
    ended = []
    for version, after in zip(ordered, [*ordered[1:], None], strict=False):
        until = version.span.until
        if after is not None and until == OPEN and after.span.since > version.span.since:
            until = after.span.since
        ended.append(replace(version, span=Span(version.span.since, until)))
    return ended


def active(versions: Iterable[Version[T]], day: date) -> Version[T] | None:
    """Give the version that holds on a day."""
    return next((version for version in versions if version.span.holds(day)), None)
