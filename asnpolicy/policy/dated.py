"""Dated things: versions with `from` and `until`, half open, and which one is active on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from asnpolicy.people import OPEN
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Message, phrase

if TYPE_CHECKING:
    from asnpolicy.policy.surface.values import Transition

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
        """Return what it has in common with another, or None."""
        since, until = max(self.since, other.since), min(self.until, other.until)
        return Span(since, until) if since < until else None


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """What holds during a span, with its place in the file."""

    span: Span
    what: T
    place: Place
    unless: Transition | None = None
    """For whom an older version goes on."""


def no_overlap(name: str, versions: Sequence[Version[T]], problems: Problems) -> None:
    """Report two versions that are active on one day, with both places."""
    ordered = sorted(versions, key=lambda v: v.span.since)
    for before, after in pairwise(ordered):
        if before.span.until > after.span.since:
            problems.add(
                "two-versions",
                phrase(
                    en="two versions of `{name}` are active on {since}, this one and the one in line {line}",
                    id="dua versi `{name}` berlaku pada {since}: yang ini dan yang di baris {line}",
                    name=name,
                    since=after.span.since,
                    line=before.place.line,
                ),
                after.place,
                _apart(before.span, after.span),
            )


def _apart(before: Span, after: Span) -> Message:
    """Return the way out where two versions meet; of two that begin on one day neither is the older one."""
    if before.since == after.since:
        return phrase(
            en="let one of them begin on another day, or leave one out",
            id="mulai salah satunya pada hari lain, atau hapus salah satunya",
        )
    return phrase(
        en="end the older one with `until: {since}`", id="akhiri yang lama dengan `until: {since}`", since=after.since
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
    """Return the version that holds on a day."""
    return next((version for version in versions if version.span.holds(day)), None)
