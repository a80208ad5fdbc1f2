"""Letters of assignment: the mentor is appointed, the mentee is told of the mentor, or that there is none yet, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from asnpolicy.decisions.lines import Line
from asnpolicy.decisions.mentoring import AssignedPair, Assignment, UnassignedMentee
from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.people.nip import masked
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.report.letters.addressee import to_person
from asnpolicy.report.letters.citation import in_full
from asnpolicy.report.letters.issuer import NOBODY, Issuer
from asnpolicy.report.letters.letter import Address, Block, Entry, Heading, Items, Letter, Paragraph, Rows
from asnpolicy.report.letters.stationery import foot, head
from asnpolicy.text import phrase

Label: TypeAlias = tuple[Reason, Part]
"""A label, and what stands behind it."""


def mentor_letter(made: Assignment, nip: str, issuer: Issuer = NOBODY, *, whole_nip: bool = False) -> Letter:
    """Return the letter that appoints somebody as mentor; `whole_nip` shows the numbers of others whole. Raises PolicyError for somebody who mentors nobody."""
    pairs = made.mentees_of(nip)
    if not pairs:
        raise _not_assigned(nip)
    writing = _Writing(made, issuer, whole_nip)
    body, number = writing.mentees(pairs), writing.number(pairs)
    return writing.letter("mentor.letter.title", "mentor.letter.open", pairs[0].mentor, body, number)


def mentee_letter(made: Assignment, nip: str, issuer: Issuer = NOBODY, *, whole_nip: bool = False) -> Letter:
    """The letter that tells a mentee of the mentor, or that there is none yet; raises PolicyError for anybody else."""
    writing, pair = _Writing(made, issuer, whole_nip), made.mentor_of(nip)
    if pair is not None:
        return writing.letter("mentor.letter.to_mentee", "mentor.letter.open.mentee", pair.mentee, writing.mentor(pair))
    left = next((one for one in made.unassigned if one.mentee.nip == nip), None)
    if left is None:
        raise _not_assigned(nip)
    return writing.letter("mentor.letter.none", "mentor.letter.open.none", left.mentee, writing.nobody(left))


def _not_assigned(nip: str) -> PolicyError:
    help_ = phrase(en="name somebody who is in the assignment", id="sebut seseorang yang ada dalam penugasan ini")
    return PolicyError(
        [
            Problem(
                "not-assigned",
                phrase(
                    en="`{nip}` has no part in the assignment",
                    id="`{nip}` tidak ikut dalam penugasan ini",
                    nip=masked(nip),
                ),
                help=help_,
            )
        ]
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """Letters of one assignment."""

    made: Assignment
    issuer: Issuer
    whole_nip: bool

    def letter(self, title: str, opening: str, to: Participant, body: Iterator[Block], *more: Label) -> Letter:
        """One letter: what it is, to whom, the body, and what all letters have; `more` is said of the assignment."""
        subject = because("notice.subject", title=Reason(title), rule=self.made.title)
        blocks = (*head(self.issuer, subject), *self._to(to, opening, more), *body, *foot(self.issuer), *self._record())
        return Letter(subject, blocks)

    def _to(self, person: Participant, opening: str, more: tuple[Label, ...]) -> Iterator[Block]:
        yield Address(to_person(person.name, person.nip, mask=False))
        if self.made.standing == "illustrative":
            yield Paragraph(Reason("mentor.letter.illustrative"), "strong")
        yield Paragraph(Reason(opening))
        yield Heading(Reason("mentor.letter.assignment"))
        yield Rows((*self._rule(), *more))

    def _rule(self) -> Iterator[Label]:
        yield Reason("notice.label.rule"), self.made.title
        if self.made.basis:
            yield Reason("notice.label.basis"), in_full(self.made.basis)
        yield Reason("notice.label.as_of"), self.made.as_of

    def _who(self, person: Participant) -> Reason:
        nip = person.nip if self.whole_nip else masked(person.nip)
        return because("line.person", name=person.name, nip=nip) if person.name else because("line.nip", nip=nip)

    # Bodies

    def number(self, pairs: tuple[AssignedPair, ...]) -> Label:
        """How many mentees a mentor has, and of how many places."""
        load = next(one for one in self.made.loads if one.mentor == pairs[0].mentor)
        code = "mentor.letter.number.any" if load.places is None else "mentor.letter.number"
        return Reason("mentor.letter.label.number"), because(code, taken=len(pairs), places=load.places or 0)

    def mentees(self, pairs: tuple[AssignedPair, ...]) -> Iterator[Block]:
        """Those whom a mentor is to mentor."""
        yield Heading(Reason("mentor.letter.mentees"))
        yield Items(tuple(self._entry(one.mentee, one.reasons) for one in pairs))
        yield from self._ask()

    def mentor(self, pair: AssignedPair) -> Iterator[Block]:
        """The mentor of a mentee, and why."""
        yield Heading(Reason("mentor.letter.mentor"))
        yield Items((self._entry(pair.mentor, pair.reasons),))
        yield from self._ask()

    def nobody(self, left: UnassignedMentee) -> Iterator[Block]:
        """Why a mentee has no mentor yet."""
        yield Heading(Reason("mentor.letter.why"))
        yield Items(tuple(map(_why, left.reasons)))
        if left.missing:
            yield Paragraph(because("notice.reply.text", **self.issuer.where()))
        elif left.superior is not None:
            yield Paragraph(because("mentor.letter.superior", **self.issuer.where()))

    def _entry(self, person: Participant, reasons: tuple[Reason, ...]) -> Entry:
        name = person.unit_name or person.unit
        unit = [] if name is None else [because("line.unit", unit=name)]
        return Entry(self._who(person), tuple(Line(0, one) for one in (*unit, *reasons)))

    # The foot

    def _ask(self) -> Iterator[Block]:
        yield Heading(Reason("mentor.letter.ask.heading"))
        yield Paragraph(because("mentor.letter.ask", **self.issuer.where()))

    def _record(self) -> Iterator[Block]:
        made = self.made
        yield Heading(Reason("notice.record"))
        yield Paragraph(because("mentor.letter.how", seed=made.seed), "small")
        yield Paragraph(self._blind(), "small")
        region = made.region.replace("-", " ").title()
        yield Paragraph(because("notice.policy", region=region, policy=made.policy, library=made.library), "small")

    def _blind(self) -> Reason:
        reads = self.made.reads_protected
        return Reason("mentor.letter.blind") if reads is None else because("mentor.letter.reads", attributes=reads)


def _why(one: Reason) -> Entry:
    """Tell why a mentee has no mentor; what is missing line by line, for each may have commas inside."""
    missing = one.part("missing") if one.code == "limit.needed" else None
    if not isinstance(missing, tuple):
        return Entry(one)
    return Entry(Reason("limit.needed.head"), tuple(Line(0, because("text", text=each)) for each in missing))
