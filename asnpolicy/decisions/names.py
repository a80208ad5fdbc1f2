"""Names: what the registers call `appraisals[2024]` is for people the performance appraisal of 2024."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from asnpolicy.decisions import reading, texts
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.words import label, plain
from asnpolicy.language.numbers import UNPUBLISHED
from asnpolicy.people import HISTORIES, Candidacy, Label, Opening, PartialDay
from asnpolicy.people.findings import CATALOGUE, DataFinding
from asnpolicy.people.ranks import Rank
from asnpolicy.text import Text
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions.decision import Decision

_WRITTEN = re.compile(r"(?:(?P<who>mentor|mentee)\.)?(?P<name>[a-z_]+)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<rest>.+))?")
_OUTSIDE = ("opening", "pair", "agency")


def all_missing(found: Iterable[str]) -> tuple[Reason, ...]:
    """Name all that is missing, each once."""
    return tuple(dict.fromkeys(missing(name) for name in reading.distinct(found)))


@lru_cache(maxsize=4096)
def missing(name: str) -> Reason:
    """Name what is missing, as the definition writes it.

    >>> missing("appraisals[2024]").to("id"), missing("mentor.service_status").to("id")
    ('penilaian kinerja tahun 2024', 'mentor: kedudukan pegawai')
    """
    if name == UNPUBLISHED:
        return Reason("missing.holidays")
    found = _WRITTEN.fullmatch(name)
    if found is None:
        return because("text", text=name)
    who, name, key, rest = found["who"], found["name"], found["key"], found["rest"]
    what = _outside(name, rest) if name in _OUTSIDE else _own(name, key, rest)
    return because("missing.of", what=what, who=Reason(f"scope.{who}")) if who else what


def _outside(name: str, rest: str | None) -> Reason:
    return _known(f"{name}.{rest}", rest or name)


def _own(name: str, key: str | None, rest: str | None) -> Reason:
    if name not in HISTORIES:
        return field(rest if name == "protected" and rest else name)
    if key is None:
        return because("missing.since_when", history=Reason(f"history.{name}"))
    if rest is None:
        return because("missing.year", history=Reason(f"history.{name}"), year=key)
    inner = rest.partition("[")[0].partition(".")[0]
    if inner in (*_OUTSIDE, "mentor", "mentee", "protected", *HISTORIES):
        return missing(rest)
    own = record_field(name, rest)
    if name == "appraisals":
        return because("missing.field.year", field=own, record=Reason(f"record.{name}"), year=key[:4])
    return because("missing.field", field=own, record=Reason(f"record.{name}"), day=_day(key))


@lru_cache(maxsize=512)
def field(name: str) -> Reason:
    """Name a field of a person or of a record."""
    return _known(f"field.{name}", name)


def record_field(history: str, name: str) -> Reason:
    """Name a field of the records of a history."""
    code = f"field.{history}.{name}"
    return Reason(code) if texts.known(code) else field(name)


def _known(code: str, otherwise: str) -> Reason:
    return Reason(code) if texts.known(code) else because("text", text=otherwise.replace("_", " "))


def coded(kind: str, code: str) -> Reason:
    """Name an examination, a training or a competency by its code: as the law writes it where that is known."""
    known = f"code.{kind}.{code}"
    return Reason(known) if texts.known(known) else because("text", text=plain(code))


def approver(by: str) -> Part:
    """Name who may waive a criterion, as far as the library knows the office."""
    return Reason(f"approver.{by}") if texts.known(f"approver.{by}") else by


def _day(key: str) -> Part:
    if key.startswith("#"):
        return Reason("day.unknown.of")
    try:
        return date.fromisoformat(key)
    except ValueError:
        return PartialDay.of(key)


def finding(found: DataFinding) -> Reason:
    """Tell a finding in the data; no value of a person is repeated."""
    sentence = CATALOGUE[found.code].sentence
    what = Text(inside(sentence.id), inside(sentence.en))
    about = _WRITTEN.fullmatch(found.about)
    if about is None or about["key"] is None:
        if found.about == "nip":  # the sentence says that it is about the number
            return because("text", text=what)
        return because("finding.field", field=missing(found.about), what=what)
    year = about["name"] == "appraisals" and about["key"][:4].isdigit()
    day: Part = about["key"][:4] if year else _day(about["key"])
    code = "finding.year" if year else "finding.record"
    return because(code, record=Reason(f"record.{about['name']}"), day=day, what=what)


def inside(sentence: str) -> str:
    """Write a sentence inside another one: an abbreviation at its beginning stays as it is."""
    first = sentence.partition(" ")[0]
    return sentence if first.isupper() and len(first) > 1 else sentence[:1].lower() + sentence[1:]


def vacancy(opening: Opening) -> Part:
    """Name an opening as its agency does; by its kind, and at last its id, where it has no title."""
    return opening.title or post(opening) or opening.id


def led_to(decision: Decision) -> Part | None:
    """Name what a decision leads to: a rank, a level or a post; None where it leads to nothing yet."""
    if decision.rule.into_post:
        return post(decision.question.opening)
    return None if decision.to is None else target(decision.to)


def target(to: str) -> Part:
    """Name a rank that something leads to as people read it; a level stays as it is."""
    return label(Rank.texts()[to]) if to in Rank.texts() else to


def held_post(title: str | None, like: Candidacy | Opening) -> Part | None:
    """Name a post that is held by its title, with its level unless the title has it; by its kind where it has no title."""
    if title is None:
        return post(like)
    level = label(like.jenjang) if isinstance(like.jenjang, Label) else None
    known = level is None or (isinstance(level, str) and level.casefold() in title.casefold())
    return title if known or level is None else because("notice.post.level", title=title, level=level)


def post(opening: Candidacy | Opening) -> Reason | None:
    """Name a vacant post by its kind, with its level or its echelon when it has one; None when its kind is not known."""
    if opening.kind is None:
        return None
    kind = label(opening.kind)
    if isinstance(opening.jenjang, Label):
        return because("post.level", kind=kind, level=label(opening.jenjang))
    if isinstance(opening.echelon, Label):
        return because("post.echelon", kind=kind, echelon=label(opening.echelon))
    return because("post.kind", kind=kind)


def by_policy(region: str, policy: str) -> Reason:
    """Say by which policy something was worked out, in which version, by which library."""
    return because("line.policy", region=region.replace("-", " ").title(), policy=policy[:12], library=VERSION)
