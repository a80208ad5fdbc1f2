"""Notice: the letter that tells one decision, to the person or to whoever owes a duty: a refusal, a request, a reminder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from asnpolicy.decisions import Decision, DutyState, Verdict, names, reading
from asnpolicy.decisions.explanation import (
    conditions,
    day_before,
    founded_on,
    judgements,
    needed,
    notes,
    person,
    result,
    warnings,
)
from asnpolicy.decisions.lines import Line, once
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.telling import Telling
from asnpolicy.decisions.trees import titled
from asnpolicy.language.dates import OPEN
from asnpolicy.language.nodes import NO, Asks
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import FAILED, NOT_APPLICABLE, UNKNOWN
from asnpolicy.people.ranks import Rank
from asnpolicy.report.letters.addressee import addressee, post_of, rank_of
from asnpolicy.report.letters.citation import in_full
from asnpolicy.report.letters.issuer import NOBODY, Issuer
from asnpolicy.report.letters.letter import Address, Annex, Block, Entry, Heading, Items, Letter, Paragraph, Rows
from asnpolicy.report.letters.notice_kind import NoticeKind, checked_kind, is_of_office
from asnpolicy.report.letters.stationery import foot, head


def notice(decision: Decision, issuer: Issuer = NOBODY, *, kind: str | None = None, mask: bool = False) -> Letter:
    """Write the letter of a decision.

    `kind` follows from the decision; one that contradicts it raises PolicyError. The number of the person is whole,
    and masked with `mask`, for copies that others get.
    """
    writing = _Notice(decision, issuer, checked_kind(decision, kind), Telling.of(decision), mask)
    return Letter(writing.subject, tuple(writing.blocks()))


@dataclass(frozen=True, slots=True)
class _Notice:
    """One letter in the making."""

    decision: Decision
    issuer: Issuer
    kind: NoticeKind
    telling: Telling
    mask: bool

    @property
    def subject(self) -> Reason:
        if self.kind is NoticeKind.PENSION:
            return Reason("notice.title.pension" if self.positive else "notice.title.pension.before")
        of_office = self.kind is NoticeKind.OFFICE_DUTY
        title = Reason(f"notice.title.{self.decision.rule.owed_by if of_office else self.kind}")
        if self.kind is NoticeKind.ADVICE and is_of_office(self.decision):
            title = Reason("notice.title.advice.other")
        return because("notice.subject", title=title, rule=titled(self.decision.rule))

    @property
    def weak(self) -> bool:
        """Tell whether the result rests on grounds without a basis in law alone."""
        return self.decision.verdict is Verdict.INELIGIBLE and self.decision.standing == "illustrative"

    @property
    def positive(self) -> bool:
        return self.decision.verdict is Verdict.ELIGIBLE

    def blocks(self) -> Iterator[Block]:
        yield from head(self.issuer, self.subject, annex=True)
        yield Address(addressee(self.decision, mask=self.mask))
        yield from self._opening()
        yield from self._rows()
        yield from self._why()
        yield from self._from_when()
        yield from self._missing()
        yield from self._not_decided()
        yield from self._warnings()
        yield from self._objection()
        yield from foot(self.issuer)
        yield from self._annex()

    # What is told

    def _opening(self) -> Iterator[Block]:
        if self.weak:
            refusing = self.kind is not NoticeKind.ADVICE
            yield Paragraph(Reason("notice.illustrative" if refusing else "notice.illustrative.advice"), "strong")
        decision, left = self.decision, judgements(self.decision, in_full) if self.positive else ()
        provided = bool(left) and self.kind is NoticeKind.PROPOSAL
        yield Paragraph(because(f"notice.open.{self._opens()}{'.provided' if provided else ''}", **self._said()))
        if left:
            if not provided:
                yield Paragraph(Reason("notice.provided"))
            yield Items(tuple(Entry(said) for said in left))
        yield from (Paragraph(said) for said in conditions(decision))
        if self.kind is NoticeKind.PROPOSAL:
            yield Paragraph(Reason("notice.no_right"))
        if self.kind is NoticeKind.PENSION and self.positive:
            yield Paragraph(Reason("notice.pension.decree"))

    def _opens(self) -> str:
        kind = self.kind
        if kind in (NoticeKind.REMINDER, NoticeKind.OFFICE_DUTY):
            code = self._pressing()
        elif kind is NoticeKind.PENSION and not self.positive:
            return "pension.before"
        elif kind is NoticeKind.REFUSAL and self.decision.rule.kind not in ("promotion", "award"):
            code = NoticeKind.RESULT.value
        else:
            code = kind.value
        return f"{code}.other" if is_of_office(self.decision) and kind is not NoticeKind.RESULT else code

    def _pressing(self) -> str:
        """Say how a duty stands: overdue, still in its time, without a day, or with a day that is not known."""
        match self.decision.state:
            case DutyState.OVERDUE:
                return "overdue"
            case DutyState.UNDETERMINED:
                return "unsure"
            case _:
                return "owed" if self.decision.due is not None else "undated"

    def _said(self) -> dict[str, Part]:
        """Give what an opening may name."""
        decision, rule = self.decision, self.decision.rule
        cited: Reason = because("notice.rule", rule=titled(rule))
        if rule.basis and rule.standing == "in_force":
            cited = because("notice.rule.cited", rule=titled(rule), basis=in_full(rule.basis))
        bearer: Part = Reason(f"notice.bearer.{rule.owed_by}") if is_of_office(decision) else ""
        return {
            "rule": cited,
            "day": decision.as_of,
            "result": result(decision),
            "known": decision.employee.known_on or decision.as_of,
            "effect": decision.takes_effect or Reason("notice.blank.day"),
            "bearer": bearer,
        }

    def _rows(self) -> Iterator[Block]:
        rows = tuple((Reason(f"notice.label.{name}"), part) for name, part in self._row_parts())
        if rows:
            yield Rows(rows)

    def _row_parts(self) -> Iterator[tuple[str, Part]]:
        decision = self.decision
        if is_of_office(decision):
            yield from self._employee()
        if decision.rule.kind == "pair":
            yield "mentor", person(decision.question.mentor, whole=not self.mask)
        if decision.verdict is not Verdict.NOT_APPLICABLE:
            yield from self._leads_to()
            yield from self._times()

    def _employee(self) -> Iterator[tuple[str, Part]]:
        asked, day = self.decision.question, self.decision.as_of
        yield "person", person(asked.employee, whole=not self.mask)
        yield from (("person.rank", one) for one in rank_of(asked.employee, day))
        yield "person.post", post_of(asked.employee, day, asked.agency)

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
            since, until = period
            ends = because("notice.span", since=since, until=day_before(until))
            yield "period", because("notice.since", since=since) if until == OPEN else ends
        if decision.rule.kind == "duty" and (due := decision.due) is not None:
            yield "due", day_before(due)
        if self.positive and self.kind is not NoticeKind.PENSION and (day := decision.takes_effect) is not None:
            yield "takes_effect", day

    # Why

    def _why(self) -> Iterator[Block]:
        """Lead with the data that decided, and what they are held against; all else stands in the annex."""
        if self.kind is NoticeKind.STATEMENT or self.decision.rule.kind == "mentoring":
            yield from self._whom()
            return
        deciding = self._deciding()
        if not deciding and self.kind is NoticeKind.REQUEST:
            yield from self._whom()
        if deciding:
            yield Paragraph(Reason(self._lead()))
            yield self._items(deciding)

    def _lead(self) -> str:
        if self.positive:
            return "notice.met"
        if self.kind is NoticeKind.REQUEST:
            return "notice.why.request"
        if self.kind is NoticeKind.ADVICE and not is_of_office(self.decision):
            return "notice.why.advice"
        return "notice.why.duty" if self.decision.rule.kind == "duty" else "notice.why"

    def _deciding(self) -> list[Finding]:
        spoken = [one for one in self.decision.outcome.findings if one.status != NOT_APPLICABLE]
        if self.positive:
            return spoken
        return [one for one in spoken if one.status == (UNKNOWN if self.kind is NoticeKind.REQUEST else FAILED)]

    def _whom(self) -> Iterator[Block]:
        rule = self.decision.outcome.rule
        told = tuple(self.telling.whom(rule, 0)) if rule.applies_to != NO else (Line(0, Reason("line.nobody_then")),)
        if told:
            yield Paragraph(Reason("notice.whom"))
            yield Items((Entry(titled(self.decision.rule), told),))

    def _items(self, findings: Iterable[Finding]) -> Items:
        return Items(tuple(self._entry(finding) for finding in findings))

    def _entry(self, finding: Finding) -> Entry:
        """Tell a criterion: what was seen and required, and each basis once; the data that are lacking are asked for below."""
        lines = (_cited(line) for line in self.telling.criterion(finding) if not _asks_for_data(line))
        grounds = (Line(0, said) for one in self._carrying(finding) for said in founded_on(self.telling, one, in_full))
        return Entry(self.telling.heading(finding), tuple(once((*lines, *grounds))))

    def _carrying(self, finding: Finding) -> Iterator[Finding]:
        """Give a finding, and those of the rule that it lies within which carry it: their law is the one that decides."""
        yield finding
        asked, meaning = finding.criterion.holds, self.telling.meaning
        if isinstance(asked, Asks) and asked.rule in meaning.rules and finding.status in (FAILED, UNKNOWN):
            inner = meaning.outcome(meaning.rules[asked.rule]).findings
            yield from (one for one in inner if one.status == finding.status)

    # What follows

    def _from_when(self) -> Iterator[Block]:
        """Say from which day all would be met, where that is sure."""
        if self.decision.verdict is not Verdict.INELIGIBLE or self._over:
            return
        days = [self.telling.possible_from(one) for one in self.decision.outcome.findings if one.status == FAILED]
        known = [day for day in days if day is not None]
        if known and len(known) == len(days):
            yield from self._all_from(max(known))

    @property
    def _over(self) -> bool:
        """Tell whether the period is over, so that nothing can be made up for in it."""
        period = self.decision.period
        return period is not None and period[1] <= self.decision.as_of

    def _all_from(self, day: date) -> Iterator[Block]:
        pension = ".pension" if self.kind is NoticeKind.PENSION else ""
        yield Paragraph(because(f"notice.all_from{pension}", day=day))
        period = reading.takes_effect(self.decision.rule, day)
        if period is not None:
            yield Paragraph(because(f"notice.next_period{pension}", day=period))

    def _missing(self) -> Iterator[Block]:
        if missing := needed(self.decision):
            yield Paragraph(Reason("notice.missing"))
            yield Items(tuple(Entry(said) for said in missing))
            yield Paragraph(because("notice.reply.text", **self.issuer.where()))

    def _not_decided(self) -> Iterator[Block]:
        """List what only an official judges; a positive letter has said it with its result."""
        left = judgements(self.decision, in_full)
        if left and not self.positive:
            yield Paragraph(Reason("notice.not_decided"))
            yield Items(tuple(Entry(said) for said in left))

    def _warnings(self) -> Iterator[Block]:
        if warned := tuple(warnings(self.decision)):
            yield Paragraph(Reason("notice.warnings"))
            yield Items(tuple(Entry(said) for said in warned))

    def _objection(self) -> Iterator[Block]:
        if self.kind is NoticeKind.REFUSAL:
            yield Paragraph(because("notice.objection.text", **self.issuer.where()))

    # The annex

    def _annex(self) -> Iterator[Block]:
        decision, rule = self.decision, self.decision.rule
        yield Annex(Reason("notice.annex"))
        rows: list[tuple[str, Part]] = [("rule", titled(rule))]
        rows += [("basis", in_full(rule.basis))] if rule.basis else []
        rows += [("person", person(decision.employee, whole=not self.mask)), ("as_of", decision.as_of)]
        yield Rows(tuple((Reason(f"notice.label.{name}"), part) for name, part in rows))
        yield from self._others()
        yield Heading(Reason("notice.record"))
        if rule.reading is not None:
            yield Paragraph(because("line.reading", reading=rule.reading))
        for said in notes(decision):
            yield Paragraph(said if said.code != "line.policy" else self._policy(), "small")

    def _others(self) -> Iterator[Block]:
        if self.kind is NoticeKind.STATEMENT or self.decision.rule.kind == "mentoring":
            return
        told = [id(one) for one in self._deciding()]
        other = [f for f in self.decision.outcome.findings if f.status != NOT_APPLICABLE and id(f) not in told]
        if other:
            yield Heading(Reason("notice.other"))
            yield self._items(other)

    def _policy(self) -> Reason:
        decision = self.decision
        region = decision.region.replace("-", " ").title()
        return because("notice.policy", region=region, policy=decision.policy, library=decision.library)


def _cited(line: Line) -> Line:
    """Cite in full the law by which a criterion may be waived."""
    said = line.said
    if not isinstance(said, Reason) or said.code != "line.waivable":
        return line
    return replace(line, said=because(said.code, by=said.part("by") or "", basis=in_full(_basis(said))))


def _basis(said: Reason) -> str:
    basis = said.part("basis")
    return basis if isinstance(basis, str) else ""


def _asks_for_data(line: Line) -> bool:
    return isinstance(line.said, Reason) and line.said.code == "line.needed"
