"""Card: the page of a career card, as Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.decisions.card import CardSection, CareerCard, objection
from asnpolicy.decisions.explanation import person
from asnpolicy.decisions.reasons import Reason
from asnpolicy.decisions.telling import Line
from asnpolicy.report.letter import Block, Entry, Heading, Items, Letter, Letterhead, Paragraph, Title


def letter(
    card: CareerCard, *, agency: str | None = None, objection_to: str | None = None, channel: str | None = None,
    whole_nip: bool = False,
) -> Letter:  # fmt: skip
    """Return the page of a card; where an objection goes is left open where it is not given."""
    head: tuple[Block, ...] = () if agency is None else (Letterhead(agency),)
    who = Paragraph(person(card.employee, whole=whole_nip), "strong")
    body = [block for one in card.sections for block in _section(one)]
    end = (Heading(Reason("card.objection")), Paragraph(objection(objection_to, channel)))
    told = (Paragraph(said) for said in card.head)
    return Letter(Reason("card.title"), (*head, Title(Reason("card.title")), who, *told, *body, *end))


def _section(one: CardSection) -> Iterator[Block]:
    yield Heading(one.heading)
    if one.told:
        yield Items(tuple(Entry(entry.said, tuple(Line(0, said) for said in entry.inside)) for entry in one.told))
    else:
        yield Paragraph(one.otherwise)
