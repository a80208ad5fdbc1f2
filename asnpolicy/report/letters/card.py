"""Card: the page of a career card, as Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.decisions.card import CardSection, CareerCard, objection
from asnpolicy.decisions.explanation import person
from asnpolicy.decisions.lines import Line
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.report.letters.issuer import NOBODY, Issuer
from asnpolicy.report.letters.letter import Block, Entry, Heading, Items, Letter, Letterhead, Paragraph


def letter(card: CareerCard, issuer: Issuer = NOBODY, *, whole_nip: bool = False) -> Letter:
    """Return the page of a card; where an objection goes is left open where the office does not say it."""
    under = tuple(line for line in (issuer.address, issuer.contact) if line is not None)
    head = () if issuer.agency is None else (Letterhead(issuer.government, issuer.agency, under),)
    who = Paragraph(person(card.employee, whole=whole_nip), "strong")
    body = [block for one in card.sections for block in _section(one)]
    end = (
        Heading(Reason("card.objection")),
        Paragraph(objection(issuer.objection_to, issuer.channel)),
    )
    foot = (Paragraph(said, "small") for said in card.foot)
    told = (Paragraph(said) for said in card.head)
    return Letter(Reason("card.title"), (*head, Heading(Reason("card.title")), who, *told, *body, *end, *foot))


def _section(one: CardSection) -> Iterator[Block]:
    yield Heading(one.heading)
    if one.told:
        yield Items(tuple(Entry(entry.said, tuple(map(_line, entry.inside))) for entry in one.told))
    else:
        yield Paragraph(one.otherwise)


def _line(said: Reason) -> Line:
    """Return a line of an entry: a way to change a no stands under what it changes, where text has a dash."""
    way = said.part("what") if said.code == "card.way" else None
    return Line(0, said) if way is None else Line(1, because("text", text=way))
