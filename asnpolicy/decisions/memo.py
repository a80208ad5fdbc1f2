"""Memo: what is worked out of a thing once, and as long as the thing lives."""

from __future__ import annotations

from collections.abc import Callable, Hashable
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


class OfParts(Generic[V]):
    """Remembers what is made of parts that are known by themselves, and not by what they say: it keeps them with it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[object, V]] = {}

    def once(self, key: Hashable, parts: object, make: Callable[[], V]) -> V:
        """Return what was made of some parts, whose `id` is in the key, or make it."""
        found = self._known.get(key)
        if found is not None:
            return found[1]
        if len(self._known) >= self._most:
            self._known.clear()
        made = make()
        self._known[key] = parts, made
        return made
