"""Confirmation: an officer has checked a contradiction against the letter, and says which side is right."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from asnpolicy.people.days import WholeDay
from asnpolicy.people.findings.finding import DataFinding
from asnpolicy.people.model import Model
from asnpolicy.people.records import Text


def _several(value: object) -> object:
    """Return one text, or none, as a list."""
    return () if value is None else (value,) if isinstance(value, str) else value


_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
Others = Annotated[
    tuple[Text, ...], BeforeValidator(_several), Field(max_length=20),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "maxItems": 20}, {"type": "null"}]}),
]  # fmt: skip


class Confirmation(Model):
    """One finding settled: its code, which of the delivered values is right and which it stands against, and by whom.

    `against` is a text, or a list of them where more than two values contradict each other. It never brings a value of its
    own, and lapses when either side is delivered otherwise.
    """

    finding: Text
    value: Text
    against: Others = ()
    by: Text
    on: WholeDay
    letter: Text

    def settles(self, found: DataFinding) -> bool:
        """Tell whether it is about a finding as it stands now: the same two sides."""
        sides = {value for _, value in found.sides}
        return found.code == self.finding and self.value in sides and sides == {self.value, *self.against}
