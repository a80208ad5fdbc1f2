"""Addressee: to whom a letter goes: the person with number, rank and post, or the one who owes a duty to that person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asnpolicy.decisions import Decision, names
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.language.dates import OPEN
from asnpolicy.people import Employee, PostRecord
from asnpolicy.people.agency import Agency, Candidacy
from asnpolicy.people.nip import masked

NAME, RANK, POST = (Reason(f"notice.blank.{name}") for name in ("name", "rank", "to_post"))


def addressee(decision: Decision, *, mask: bool) -> tuple[Part, ...]:
    """Return the lines of the address: the person's, or those of whoever owes the duty."""
    person = decision.question.employee
    match decision.rule.owed_by:
        case "instansi":
            return (Reason("notice.to.instansi"),)
        case "atasan-langsung":
            named = because("notice.to.atasan-langsung", name=person.name or NAME)
            return because("notice.to", name=NAME), named
        case "pejabat-penilai":
            named = because("notice.to.pejabat-penilai", name=person.name or NAME)
            return because("notice.to", name=NAME), named
        case "pegawai":
            return (
                *to_person(person.name, person.nip, mask=mask),
                *rank_of(person, decision.as_of),
                post_of(person, decision.as_of, decision.question.agency),
            )


def to_person(name: str | None, nip: str, *, mask: bool) -> tuple[Part, ...]:
    """Return the first lines of an address: the name and the number, whole unless it is to be masked."""
    return because("notice.to", name=name or NAME), because("notice.to.nip", nip=masked(nip) if mask else nip)


def rank_of(person: Employee, day: date) -> Iterator[Part]:
    """Give the rank of somebody on a day, a PPPK's grade, or a blank where it is not known; nothing where there can be none."""
    ranks, grades = person.ranks.at(day).records, person.pppk_grades.at(day).records
    if ranks and ranks[-1].rank is not None and isinstance(ranks[-1].since, date):
        yield ranks[-1].rank.label
    elif grades and grades[-1].grade is not None and isinstance(grades[-1].since, date):
        yield because("notice.grade", grade=grades[-1].grade.label)
    elif not str(person.employment).startswith("PPPK"):
        yield RANK


def post_of(person: Employee, day: date, agency: Agency) -> Part:
    """Return the post that somebody holds on a day, with the unit as the agency names it; a blank where it is not known."""
    held = [one for one in person.posts.records if one.definitive is not False and _runs(one, day)]
    post = _named(held[0]) if len(held) == 1 else None
    if post is None:
        return POST
    unit = next((one.name for one in agency.units or () if one.code == (held[0].unit or person.unit)), None)
    return post if unit is None else because("notice.post.unit", post=post, unit=unit)


def _runs(post: PostRecord, day: date) -> bool:
    """Tell whether a post is surely held on a day."""
    begun = isinstance(post.since, date) and post.since <= day
    return begun and isinstance(post.until, date) and (post.until == OPEN or post.until > day)


def _named(post: PostRecord) -> Part | None:
    return names.held_post(post.title, Candidacy(post.kind, jenjang=post.jenjang, echelon=post.echelon))
