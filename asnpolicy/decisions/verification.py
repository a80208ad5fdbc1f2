"""Verification: a certificate decided again from itself alone, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from asnpolicy.decisions.certificate import Certificate, certificate
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.following import Event
from asnpolicy.decisions.settled import question_of
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, UNKNOWN, Text
from asnpolicy.people.model import Model
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

TAKEN_OVER = ("findings", "confirmed", "assumes", "event", "facts")
"""What comes from the person as delivered, of which a certificate has only what was read."""
NOT_COMPARED = ("seal", "texts", "library")


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that comes out otherwise: where in the certificate, what it says, and what comes out now."""

    where: str
    certified: str
    now: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of deciding a certificate again; it is reproduced when nothing differs."""

    certificate: Certificate
    differing: tuple[Differing, ...]
    taken_over: tuple[str, ...]
    """What was not decided again, but taken from the certificate, as far as it says anything."""
    library: str
    """The version that decided now; another one is no difference by itself."""
    texts_differ: bool
    """Whether something is worded otherwise now: in the policy, or in this version of the library."""

    def __repr__(self) -> str:
        came = "reproduced" if self.reproduced else "differs in " + ", ".join(one.where for one in self.differing[:3])
        return f"Verification({self.certificate!r}: {came}{', …' if len(self.differing) > 3 else ''})"

    @property
    def reproduced(self) -> bool:
        """Whether everything came out as it is certified."""
        return not self.differing


@dataclass(frozen=True, slots=True)
class Given:
    """What a certificate gives to decide again."""

    question: Question
    event: Event | None
    applies: int | None
    """Whether the rule applies, where that hung on an event of which the day was not known."""


def again(given: Certificate) -> Given:
    """Make the question of a certificate; raises PolicyError when what it read can't be read again."""
    try:
        question = question_of(given.facts, given.nip, given.as_of)
    except PolicyError as error:
        raise _unread(f": {error.problems[0].message}") from None
    except (ValueError, ValidationError, TypeError, AttributeError):
        raise _unread("") from None
    if given.event is None:
        return Given(question, None, None)
    of = given.event
    event = Event(of.id, of.title, of.day, of.asked_on, of.sure, of.before)
    unsure = of.before or not of.sure
    return Given(question, event, (FAILED if given.verdict == "not_applicable" else UNKNOWN) if unsure else None)


def _unread(why: str) -> PolicyError:
    message = phrase(
        en="the facts of the certificate can't be read{why}",
        id="fakta dalam sertifikat tidak dapat dibaca{why}",
        why=why,
    )
    help = phrase(
        en="the certificate was changed, or was written by a version with other fields",
        id="sertifikat ini diubah, atau ditulis oleh versi dengan isian lain",
    )
    return PolicyError([Problem("bad-certificate", message, help=help)])


def verified(kept: Certificate, decide: Callable[..., Decision]) -> Verification:
    """Decide a certificate again by a policy: `decide` takes the question, the person, waivers, opening and event."""
    given = again(kept)
    now = decide(given.question, given.question.employee, kept.waivers, kept.opening, given.event)
    if given.applies is not None:
        now = replace(now, statuses=now.statuses._replace(applies=given.applies))
    return compared(kept, now)


def compared(given: Certificate, now: Decision) -> Verification:
    """Compare a certificate with what its facts come to now."""
    fresh = certificate(now)
    named = given.findings or (given.event is not None and not given.event.sure)  # as what is missing is named there
    over = (*TAKEN_OVER, "missing") if named else TAKEN_OVER
    pairs = ((name, getattr(given, name), getattr(fresh, name)) for name in Certificate.model_fields)
    found = [
        difference
        for name, before, after in pairs
        if name not in (*over, *NOT_COMPARED)
        for difference in _differing(name, before, after)
    ]
    if not given.whole:
        found.insert(0, Differing("seal", given.seal, "not the seal of what the certificate says: it was changed"))
    taken = tuple(name for name in over if name != "facts" and getattr(given, name))
    return Verification(given, tuple(found), taken, now.library, _worded(given) != _worded(fresh))


def _differing(where: str, before: Any, after: Any) -> Iterator[Differing]:
    """Find what differs, as far inside as it can be named; a wording is no difference."""
    if before == after or isinstance(before, Text) or isinstance(after, Text):
        return
    if isinstance(before, Model) and type(before) is type(after):
        for name, value in before:
            if name != "place":
                yield from _differing(f"{where}.{name}", value, getattr(after, name))
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differing(f"{where}[{getattr(one, 'id', at)}]", one, other)
    else:
        yield Differing(where, _shown(before), _shown(after))


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(getattr(one, "id", one)) for one in value) or "nothing"
    return "nothing" if value is None else str(value)


def _worded(given: Certificate) -> Any:
    return [(one.title, one.reading, [(each.seen, each.required, each.parts, each.required_parts) for each in one.seen]) for one in given.criteria]
