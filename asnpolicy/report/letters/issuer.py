"""Issuer: the office that writes a letter and who signs it; what is not given stays a blank on the page, to be filled in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from asnpolicy.decisions.reasons import Part, Reason
from asnpolicy.people.days import WholeDay
from asnpolicy.people.model import Model
from asnpolicy.people.nip import NipText
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import Text


def _day_or_words(given: Any) -> Any:
    """Read a deadline: a day, or words such as `21 hari kerja`."""
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given


class Signer(Model):
    """Who signs a letter, and for whom (`a.n. Wali Kota`)."""

    on_behalf: Text | None = None
    post: Text | None = None
    name: Text | None = None
    rank: Rank | None = None
    nip: NipText | None = None


class Issuer(Model):
    """Who writes the letter, and where an answer or an objection goes.

    `agency` and what stands around it is the head of the letter; `copies` is a list, empty where there are none.

    >>> Issuer(agency="BKPSDM", deadline="2026-11-02").deadline
    datetime.date(2026, 11, 2)
    """

    government: Text | None = None
    agency: Text | None = None
    address: Text | None = None
    contact: Text | None = None
    number: Text | None = None
    nature: Text | None = None
    """How the letter is to be handled (sifat): biasa, segera, rahasia."""
    enclosures: Text | None = None
    place: Text | None = None
    day: WholeDay | None = None
    signer: Signer = Field(default_factory=Signer)
    copies: Annotated[tuple[Text, ...], Field(max_length=50)] | None = None
    objection_to: Text | None = None
    channel: Text | None = None
    deadline: Annotated[date | Text, BeforeValidator(_day_or_words)] | None = None

    def part(self, name: str) -> Part:
        """Return what was given under a name, or the blank that stands for it."""
        given: Part | None = getattr(self, name)
        return Reason(f"notice.blank.{name}") if given is None else given

    def where(self) -> dict[str, Part]:
        """Return whom an answer goes to, how, and by when."""
        return {"to": self.part("objection_to"), "channel": self.part("channel"), "deadline": self.part("deadline")}


NOBODY = Issuer()
