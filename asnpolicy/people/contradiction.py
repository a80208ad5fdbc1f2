"""Contradiction: fields of one record that can't both be right, and a field that only the whole record shows to be a slip."""

from __future__ import annotations


class ContradictionError(ValueError):
    """A record whose fields contradict each other: which of them is wrong can't be told.

    A strict reader refuses it; a lenient one leaves the fields unknown.
    """

    def __init__(self, message: str, *fields: str) -> None:
        super().__init__(message)
        self.fields = fields


class SlipError(ContradictionError):
    """A field that is almost something known, so that nobody knows which is meant."""
