"""Source: where the tables of a workforce lie, a folder or a database, read whole or in buckets of people by their NIP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from asnpolicy.arguments import is_address
from asnpolicy.workforce.workforce import Workforce


class Part(Protocol):
    """Some of the people, from one NIP up to another, with their records."""

    @property
    def number(self) -> int:
        """The place of the part among all."""

    def read(self) -> Workforce:
        """Read the people of the part."""


class Source(Protocol):
    """Where the tables of a workforce lie."""

    def whole(self) -> Workforce:
        """Read all of it."""

    def rows(self) -> int:
        """Return how many rows the table of people has."""

    def buckets(self, size: int) -> Iterator[Part]:
        """Part the people by their NIP into buckets of about so many."""

    def state(self) -> dict[str, Any]:
        """Return what changes when the tables may have: an answer to the same state is taken up again."""


@contextmanager
def opened(place: str | Path | Source) -> Iterator[Source]:
    """Open a folder, or a database by its address, and close it again; raises PolicyError where there are no tables."""
    if is_address(place):
        from asnpolicy.workforce.database import Database  # noqa: PLC0415  # needs an extra

        with Database.of(str(place)) as database:
            yield database
    elif isinstance(place, (str, Path)):
        from asnpolicy.workforce.folder import Folder  # noqa: PLC0415  # folders give workforces

        yield Folder.of(place)
    else:
        yield place
