"""Stationery: what all letters of an office have: the head, the number and the subject, the signature, the copies."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.texts import known
from asnpolicy.report.letters.issuer import Issuer, Signer
from asnpolicy.report.letters.letter import Block, Entry, Items, Letterhead, Paragraph, Rows, Signature


def head(issuer: Issuer, subject: Reason, *, annex: bool = False) -> Iterator[Block]:
    """Give the head, place and day, and what stands before the addressee; an annex is what is enclosed, unless more is named."""
    under = (issuer.part("address"), *((issuer.contact,) if issuer.contact is not None else ()))
    yield Letterhead(issuer.government, issuer.part("agency"), under)
    yield Paragraph(because("notice.place_and_day", place=issuer.part("place"), day=issuer.part("day")), "right")
    own = annex and issuer.enclosures is None
    labels: tuple[tuple[str, Part], ...] = (
        ("number", issuer.part("number")),
        ("nature", _nature(issuer)),
        ("enclosures", Reason("notice.annexed") if own else issuer.part("enclosures")),
        ("subject", subject),
    )
    yield Rows(tuple((Reason(f"notice.label.{name}"), part) for name, part in labels))


def _nature(issuer: Issuer) -> Part:
    """Name the nature of a letter: the five that offices write, in the language of the letter too."""
    code = f"nature.{'-'.join(issuer.nature.casefold().split())}" if issuer.nature is not None else ""
    return Reason(code) if known(code) else issuer.part("nature")


def foot(issuer: Issuer) -> Iterator[Block]:
    """Give the closing sentence, who signs, and who gets a copy."""
    yield Paragraph(Reason("notice.close"), "close")
    yield _signature(issuer.signer)
    copies = (Reason("notice.blank.copies"),) if issuer.copies is None else issuer.copies
    if copies:
        yield Paragraph(Reason("notice.copies"), "copies")
        yield Items(tuple(Entry(one) for one in copies))


def _signature(signer: Signer) -> Signature:
    post = because("notice.sign.post", post=signer.post or Reason("notice.blank.post"))
    rank: Part = Reason("notice.blank.rank") if signer.rank is None else signer.rank.label
    under = (
        signer.name or Reason("notice.blank.official"),
        rank,
        because("notice.to.nip", nip=signer.nip or Reason("notice.blank.nip")),
    )
    return Signature((post,) if signer.on_behalf is None else (signer.on_behalf, post), under)
