"""Notice: the letter that tells one person one decision: a refusal, a request for data, a reminder, or what else it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asnpolicy.decisions import Decision, DutyState, Verdict, names, reading
from asnpolicy.decisions.explanation import (
    day_before,
    founded_on,
    judgements,
    needed,
    notes,
    person,
    provided,
    result,
    warnings,
)
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.telling import Line, Telling, titled
from asnpolicy.language.nodes import NO
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import FAILED, UNKNOWN
from asnpolicy.people.ranks import Rank
from asnpolicy.report.letter import (
    Block,
    Entry,
    Heading,
    Items,
    Letter,
    Letterhead,
    Paragraph,
    Rows,
    Signature,
    Title,
)


class NoticeKind(StrEnum):
    """What a notice is; only one kind refuses."""

    REFUSAL = "refusal"
    CONSIDERATION = "consideration"
    REQUEST = "request"
    PROPOSAL = "proposal"
    RESULT = "result"
    REMINDER = "reminder"
    ADVICE = "advice"
    FULFILLED = "fulfilled"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who writes the letter, and where an objection goes; what is not given is left open in the text."""

    agency: str | None = None
    official: str | None = None
    post: str | None = None
    nip: str | None = None
    number: str | None = None
    place: str | None = None
    day: date | None = None
    objection_to: str | None = None
    channel: str | None = None
    deadline: date | str | None = None

    def part(self, name: str) -> Part:
        """Give what was given under a name, or the words that leave it open."""
        given: Part | None = getattr(self, name)
        return Reason(f"notice.blank.{name}") if given is None else given


NOBODY = Issuer()


def kind_of(decision: Decision) -> NoticeKind:
    """Say what a notice of this decision is: grounds without a basis in law never refuse."""
    match decision.verdict:
        case Verdict.NOT_APPLICABLE:
            return NoticeKind.STATEMENT
        case Verdict.UNDETERMINED:
            return NoticeKind.REQUEST
        case Verdict.ELIGIBLE:
            return _kind_of_positive(decision)
        case _:
            return _kind_of_negative(decision)


def _kind_of_positive(decision: Decision) -> NoticeKind:
    if decision.rule.kind == "duty":
        return NoticeKind.FULFILLED
    return NoticeKind.PROPOSAL if decision.rule.kind in ("promotion", "award") else NoticeKind.RESULT


def _kind_of_negative(decision: Decision) -> NoticeKind:
    if decision.rule.kind == "duty" and decision.rule.strength == "dianjurkan":
        return NoticeKind.ADVICE
    if not decision.refuses:
        return NoticeKind.CONSIDERATION
    return NoticeKind.REMINDER if decision.rule.kind == "duty" else NoticeKind.REFUSAL


def notice(decision: Decision, issuer: Issuer = NOBODY, *, whole_nip: bool = False) -> Letter:
    """Write the letter of a decision; the number of the person is masked unless the whole is asked for."""
    kind = kind_of(decision)
    title = Reason(f"notice.title.{kind}")
    told = _Told(decision, issuer, kind, Telling.of(decision), whole_nip)
    return Letter(because("notice.subject", title=title, rule=titled(decision.rule)), tuple(told.blocks()))


@dataclass(frozen=True, slots=True)
class _Told:
    """One letter in the making."""

    decision: Decision
    issuer: Issuer
    kind: NoticeKind
    telling: Telling
    whole_nip: bool

    @property
    def weak(self) -> bool:
        """Tell whether the result rests on grounds without a basis in law alone."""
        return self.decision.verdict is Verdict.INELIGIBLE and self.decision.standing == "illustrative"

    def blocks(self) -> Iterator[Block]:
        yield from self._opening()
        yield from self._asked()
        yield from self._result()
        yield from self._why()
        yield from self._to_be_met()
        yield from self._not_decided()
        yield from self._missing()
        yield from self._warnings()
        yield from self._objection()
        yield from self._closing()

    # The head and the foot

    def _opening(self) -> Iterator[Block]:
        issuer, rule = self.issuer, self.decision.rule
        title = Reason(f"notice.title.{self.kind}")
        yield Letterhead(issuer.part("agency"))
        yield Paragraph(because("notice.place_and_day", place=issuer.part("place"), day=issuer.part("day")), "right")
        subject = because("notice.subject", title=title, rule=titled(rule))
        yield Rows(
            (
                (Reason("notice.label.number"), issuer.part("number")),
                (Reason("notice.label.subject"), subject),
            )
        )
        yield Title(title)
        if self.weak:
            yield Paragraph(Reason("notice.illustrative"), "strong")
        yield Paragraph(because("notice.to", who=self._who()))
        yield Paragraph(because(f"notice.open.{self._opens()}", result=result(self.decision)))

    def _who(self) -> Reason:
        return person(self.decision.employee, whole=self.whole_nip)

    def _opens(self) -> str:
        if self.kind is NoticeKind.REMINDER:
            return "overdue" if self.decision.state is DutyState.OVERDUE else "owed"
        if self.kind is NoticeKind.REFUSAL and self.decision.rule.kind not in ("promotion", "award"):
            return NoticeKind.RESULT
        return self.kind

    def _closing(self) -> Iterator[Block]:
        issuer = self.issuer
        yield Paragraph(Reason("notice.close"))
        signed = [issuer.part("post"), Reason("notice.sign.blank"), issuer.part("official")]
        if issuer.nip is not None:
            signed.append(because("notice.sign.nip", nip=issuer.nip))
        yield Signature(tuple(signed))
        yield Heading(Reason("notice.record"))
        for said in notes(self.decision):
            yield Paragraph(said if said.code != "line.policy" else self._policy(), "small")

    def _policy(self) -> Reason:
        decision = self.decision
        region = decision.region.replace("-", " ").title()
        return because("notice.policy", region=region, policy=decision.policy, library=decision.library)

    # What was asked, and what came out

    def _asked(self) -> Iterator[Block]:
        yield Heading(Reason("notice.asked"))
        yield Rows(tuple((Reason(f"notice.label.{name}"), part) for name, part in self._asked_rows()))

    def _asked_rows(self) -> Iterator[tuple[str, Part]]:
        decision = self.decision
        yield "rule", titled(decision.rule)
        if decision.rule.basis:
            yield "basis", decision.rule.basis
        yield "person", self._who()
        if decision.rule.kind == "pair":
            yield "mentor", person(decision.question.mentor, whole=self.whole_nip)
        yield "as_of", decision.as_of
        if decision.verdict is not Verdict.NOT_APPLICABLE:
            yield from self._leads_to()
            yield from self._times()

    def _leads_to(self) -> Iterator[tuple[str, Part]]:
        decision = self.decision
        if decision.rule.into_post:
            post = names.post(decision.question.opening)
            if post is not None:
                yield "post", post
        elif decision.to is not None:
            type_ = decision.rule.target_type
            yield ("rank" if type_ is not None and type_.labels is Rank else "level"), decision.to

    def _times(self) -> Iterator[tuple[str, Part]]:
        decision = self.decision
        if (period := decision.period) is not None:
            yield "period", because("notice.span", since=period[0], until=day_before(period[1]))
        if decision.rule.kind == "duty" and (due := decision.due) is not None:
            yield "due", day_before(due)
        if decision.verdict is Verdict.ELIGIBLE and (day := decision.takes_effect) is not None:
            yield "takes_effect", day

    def _result(self) -> Iterator[Block]:
        yield Heading(Reason("notice.decided"))
        yield Paragraph(because("notice.result", result=provided(self.decision)))
        if self.decision.rule.reading is not None:
            yield Paragraph(because("line.reading", reading=self.decision.rule.reading))

    # Why

    def _why(self) -> Iterator[Block]:
        decision = self.decision
        if self.kind is NoticeKind.STATEMENT or decision.rule.kind == "mentoring":
            yield from self._whom()
            return
        findings = decision.outcome.findings
        deciding = [f for f in findings if f.status == self._deciding()]
        other = [f for f in findings if f.status != self._deciding()]
        if not deciding and self.kind is NoticeKind.REQUEST:
            yield from self._whom()
        positive = decision.verdict is Verdict.ELIGIBLE
        yield from self._criteria("notice.met" if positive else "notice.why", findings if positive else deciding)
        if not positive:
            yield from self._criteria("notice.other", other)

    def _deciding(self) -> int:
        return UNKNOWN if self.kind is NoticeKind.REQUEST else FAILED

    def _whom(self) -> Iterator[Block]:
        rule = self.decision.outcome.rule
        told = tuple(self.telling.whom(rule, 0)) if rule.applies_to != NO else (Line(0, Reason("line.nobody_then")),)
        if told:
            yield Heading(Reason("notice.whom"))
            yield Items((Entry(titled(self.decision.rule), told),))

    def _criteria(self, heading: str, findings: list[Finding] | tuple[Finding, ...]) -> Iterator[Block]:
        if findings:
            yield Heading(Reason(heading))
            yield Items(tuple(self._entry(finding) for finding in findings))

    def _entry(self, finding: Finding) -> Entry:
        grounds = (Line(0, said) for said in founded_on(self.telling, finding))
        return Entry(self.telling.heading(finding), (*self.telling.criterion(finding), *grounds))

    # What would have to be true

    def _to_be_met(self) -> Iterator[Block]:
        if self.decision.verdict is not Verdict.INELIGIBLE or self._over:
            return
        failed = [f for f in self.decision.outcome.findings if f.status == FAILED]
        days = [self.telling.possible_from(finding) for finding in failed]
        yield Heading(Reason("notice.to_be_met"))
        yield Items(tuple(Entry(self._need(f, day)) for f, day in zip(failed, days, strict=True)))
        known = [day for day in days if day is not None]
        if known and len(known) == len(days):
            yield from self._all_from(max(known))

    @property
    def _over(self) -> bool:
        """Tell whether the period is over, so that nothing can be made up for in it."""
        period = self.decision.period
        return period is not None and period[1] <= self.decision.as_of

    def _need(self, finding: Finding, day: date | None) -> Reason:
        title = self.telling.title(finding.criterion)
        return because("notice.need", title=title) if day is None else because("notice.need.from", title=title, day=day)

    def _all_from(self, day: date) -> Iterator[Block]:
        yield Paragraph(because("notice.all_from", day=day))
        period = reading.takes_effect(self.decision.rule, day)
        if period is not None:
            yield Paragraph(because("notice.next_period", day=period))

    def _not_decided(self) -> Iterator[Block]:
        """List what only an official judges; a positive result says it itself."""
        left = judgements(self.decision)
        if left and self.decision.verdict is not Verdict.ELIGIBLE:
            yield Heading(Reason("notice.not_decided"))
            yield Items(tuple(Entry(said) for said in left))

    def _missing(self) -> Iterator[Block]:
        if missing := needed(self.decision):
            yield Heading(Reason("notice.missing"))
            yield Items(tuple(Entry(said) for said in missing))
            yield Paragraph(because("notice.reply.text", **self._where()))

    def _warnings(self) -> Iterator[Block]:
        if warned := tuple(warnings(self.decision)):
            yield Heading(Reason("notice.warnings"))
            yield Items(tuple(Entry(said) for said in warned))

    def _objection(self) -> Iterator[Block]:
        if self.kind is NoticeKind.REFUSAL:
            yield Heading(Reason("notice.objection"))
            yield Paragraph(because("notice.objection.text", **self._where()))

    def _where(self) -> dict[str, Part]:
        issuer = self.issuer
        return {
            "to": issuer.part("objection_to"),
            "channel": issuer.part("channel"),
            "deadline": issuer.part("deadline"),
        }
