"""Memo: what is worked out of a thing once, and as long as the thing lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, TypeVar
from weakref import ReferenceType, ref

K = TypeVar("K")
V = TypeVar("V")


class Memo(Generic[K, V]):
    """Works something out of a thing, once; it is forgotten with the thing."""

    def __init__(self, work: Callable[[K], V]) -> None:
        self._work = work
        self._known: dict[ReferenceType[K], V] = {}
        update_wrapper(self, work)

    def __call__(self, thing: K) -> V:
        """Return what was worked out, or work it out."""
        try:
            return self._known[ref(thing)]
        except KeyError:
            found = self._known[ref(thing, self._forget)] = self._work(thing)
            return found

    def _forget(self, gone: ReferenceType[K]) -> None:
        self._known.pop(gone, None)
