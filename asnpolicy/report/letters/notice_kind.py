"""Kinds of notices: what the letter of a decision is; it follows from the decision, and only one kind refuses."""

from __future__ import annotations

from enum import StrEnum

from asnpolicy.decisions import Decision, Verdict
from asnpolicy.problems import PolicyError, Problem, suggest
from asnpolicy.text import alternatives, phrase


class NoticeKind(StrEnum):
    """What a notice is; only one kind refuses."""

    REFUSAL = "refusal"
    CONSIDERATION = "consideration"
    REQUEST = "request"
    NOT_YET = "not_yet"
    PROPOSAL = "proposal"
    RESULT = "result"
    PENSION = "pension"
    REMINDER = "reminder"
    OFFICE_DUTY = "office_duty"
    ADVICE = "advice"
    FULFILLED = "fulfilled"
    STATEMENT = "statement"


ASKED = ("promotion", "award", "mentor", "pair")
"""What somebody may be refused: nobody asks for an event, and who needs no mentor is refused nothing."""


def kind_of(decision: Decision) -> NoticeKind:
    """Return what the letter of a decision is, unless another kind is asked for that says no more."""
    return kinds_of(decision)[0]


def kinds_of(decision: Decision) -> tuple[NoticeKind, ...]:
    """Return the kinds that a letter of a decision may be, the usual one first."""
    match decision.verdict:
        case Verdict.NOT_APPLICABLE:
            return (NoticeKind.STATEMENT,)
        case Verdict.UNDETERMINED:
            return (NoticeKind.REQUEST,)
        case Verdict.ELIGIBLE:
            return _kinds_of_positive(decision)
        case Verdict.INELIGIBLE:
            return (_kind_of_negative(decision),)


def _kinds_of_positive(decision: Decision) -> tuple[NoticeKind, ...]:
    if is_pension(decision):
        return (NoticeKind.PENSION,)
    if decision.rule.kind == "duty":
        return NoticeKind.FULFILLED, NoticeKind.RESULT
    granted = decision.rule.kind in ("promotion", "award")
    return (NoticeKind.PROPOSAL, NoticeKind.RESULT) if granted else (NoticeKind.RESULT,)


def _kind_of_negative(decision: Decision) -> NoticeKind:
    """Return the kind of a no: grounds without a basis in law never refuse, nor does what is not yet on record."""
    if is_pension(decision):
        return NoticeKind.PENSION
    if decision.rule.kind == "duty" and decision.rule.strength == "dianjurkan":
        return NoticeKind.ADVICE
    if decision.not_yet:
        return NoticeKind.NOT_YET
    if not decision.refuses:
        return NoticeKind.CONSIDERATION
    if decision.rule.kind == "duty":
        return NoticeKind.OFFICE_DUTY if is_of_office(decision) else NoticeKind.REMINDER
    return NoticeKind.REFUSAL if decision.rule.kind in ASKED else NoticeKind.RESULT


def is_pension(decision: Decision) -> bool:
    """Tell whether a rule is about retirement by age: it follows leaving, reads the birth date, and leads to no rank."""
    rule = decision.rule
    by_age = ("employee", "birth_date") in rule.reads
    return rule.kind == "promotion" and bool(rule.follows) and rule.target is None and by_age


def is_of_office(decision: Decision) -> bool:
    """Tell whether it is a duty of the agency or the appraiser, who is written to, and not the person."""
    return decision.rule.kind == "duty" and decision.rule.owed_by != "pegawai"


def checked_kind(decision: Decision, asked: str | None) -> NoticeKind:
    """Return the kind that is asked for, or the usual one; raises PolicyError for one that contradicts the decision."""
    if asked is None:
        return kind_of(decision)
    known = [kind.value for kind in NoticeKind]
    if asked not in known:
        close = suggest(asked, known)
        help_ = (
            phrase(en="did you mean `{close}`?", id="apakah maksud Anda `{close}`?", close=close)
            if close
            else phrase(en="choose {one}", id="pilih {one}", one=alternatives(known))
        )
        raise PolicyError([
            Problem("wrong-use", phrase(en="unknown kind of letter `{asked}`", id="jenis surat `{asked}` tidak dikenal", asked=asked[:40]), help=help_)
        ])  # fmt: skip
    allowed = kinds_of(decision)
    if asked not in allowed:
        raise PolicyError([
            Problem(
                "wrong-use",
                phrase(
                    en="a letter of kind `{asked}` contradicts the decision, which is {result}",
                    id="surat jenis `{asked}` bertentangan dengan keputusannya, yaitu {result}",
                    asked=asked, result=decision.state or decision.verdict,
                ),
                help=phrase(en="choose {one}", id="pilih {one}", one=alternatives(kind.value for kind in allowed)),
            )
        ])  # fmt: skip
    return NoticeKind(asked)
