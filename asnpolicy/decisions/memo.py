"""Memo: what is worked out of a thing once, and as long as the thing lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K")
V = TypeVar("V")


class Memo(Generic[K, V]):
    """Works something out of a thing, once; it is forgotten with the thing."""

    def __init__(self, work: Callable[[K], V]) -> None:
        self._work = work
        self._known: WeakKeyDictionary[K, V] = WeakKeyDictionary()
        update_wrapper(self, work)

    def __call__(self, thing: K) -> V:
        """Return what was worked out, or work it out."""
        try:
            return self._known[thing]
        except KeyError:
            found = self._known[thing] = self._work(thing)
            return found
