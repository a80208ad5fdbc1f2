"""Decision: a verdict with the status of each criterion; reasons are worked out when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from typing import Literal as Choice

from asnpolicy.backends.protocol import Statuses, worked_out
from asnpolicy.decisions import reading
from asnpolicy.decisions.criteria import (
    STATUS_NAMES,
    CriterionResult,
    cited_by,
    enough_of,
    observed,
    place_of,
    told_by,
    told_of,
)
from asnpolicy.decisions.standing import (
    ComesTo,
    InLaw,
    by_criteria,
    for_the_same,
    judgements,
    loosely_founded,
    partly_illustrative,
    readings,
    those_picked,
)
from asnpolicy.decisions.verdict import FULFILLED, UNFULFILLED, DutyState, Verdict, verdict_of
from asnpolicy.decisions.waivers import Waiver, waiving
from asnpolicy.decisions.workings import Workings
from asnpolicy.language.bounds import Bounds, compare
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Value
from asnpolicy.language.outcome import Finding, Outcome
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    NOT_APPLICABLE,
    UNKNOWN,
    WAIVED,
    Criterion,
    Judgement,
    Leaf,
    Rule,
    Standing,
    Text,
)
from asnpolicy.people import Absent, Confirmation, DataFinding, Employee
from asnpolicy.people.model import remembered
from asnpolicy.people.nip import masked
from asnpolicy.people.service import UNDATED, evidence_for

if TYPE_CHECKING:
    from asnpolicy.decisions.certificate import Certificate
    from asnpolicy.decisions.following import Event
    from asnpolicy.decisions.trace import Trace


_DECIDING = {Verdict.INELIGIBLE: FAILED, Verdict.UNDETERMINED: UNKNOWN, Verdict.ELIGIBLE: HELD}


@dataclass(frozen=True, repr=False, eq=False, init=False)
class Decision:
    """What one rule comes to for one person on one day.

    `verdict`, `state`, `because`, `to`, `due` and `standing` are there at once; everything that explains them is worked
    out by the definition when it is first asked for.
    """

    rule: Rule
    question: Question
    statuses: Statuses
    region: str
    policy: str
    """The content hash of the policy that decided."""
    library: str
    workings: Workings
    """What it was decided with."""
    employee: Employee
    """The person as given; contradictory data are unknown in `question`."""
    waivers: tuple[Waiver, ...] = ()
    opening: str | None = None
    """The id of the vacant post that was asked about."""
    event: Event | None = None
    """The event that the rule follows: it is decided as of its day, whenever it was asked for."""

    def __init__(
        self, rule: Rule, question: Question, statuses: Statuses, region: str, policy: str, library: str,
        workings: Workings, employee: Employee,
        waivers: tuple[Waiver, ...] = (), opening: str | None = None, event: Event | None = None,
    ) -> None:  # fmt: skip
        self.__dict__.update(  # all at once: one by one, as a frozen class has them set, takes half as long as to decide
            rule=rule, question=question, statuses=statuses, region=region, policy=policy, library=library,
            workings=workings, employee=employee,
            waivers=waivers, opening=opening, event=event,
        )  # fmt: skip

    def __repr__(self) -> str:
        asked = f"{self.rule.id}, {masked(self.employee.nip)}, {self.as_of}"
        return f"Decision({asked}: {(self.state or self.verdict).value})"

    @property
    def _identity(self) -> tuple[object, ...]:
        """What two decisions share that are the same: what was asked, of whom, by which policy, and what came of it."""
        asked = self.question
        return (
            self.region, self.policy, self.library, self.rule.id, self.asked_on, self.employee, asked.opening, asked.mentor,
            asked.agency, self.waivers, self.statuses, self.as_of,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return self._identity == other._identity if isinstance(other, Decision) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.policy, self.rule.id, self.as_of, self.employee.nip))

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: what was given, and nothing that was worked out since."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def as_of(self) -> date:
        """The day as of which it is decided: that which was asked for, or that of the event which the rule follows."""
        return self.question.as_of

    @property
    def asked_on(self) -> date:
        """The day that was asked for."""
        return self.as_of if self.event is None else self.event.asked_on

    @remembered
    def verdict(self) -> Verdict:
        """Give the verdict: `applies_to` first, then the least of the criteria."""
        return verdict_of(self.statuses)

    @property
    def state(self) -> DutyState | None:
        """Give the state of a duty; None for other rules."""
        if self.rule.kind != "duty":
            return None
        verdict = self.verdict
        return UNFULFILLED[self._past_due] if verdict is Verdict.INELIGIBLE else FULFILLED[verdict]

    @cached_property
    def _past_due(self) -> int:
        """Whether the due day of a duty that is not fulfilled has come, as a status: it may not be known."""
        if self.rule.strength != "wajib" or self.rule.due is None:
            return FAILED
        due = self._leads_to("due")
        return compare("at_most", due if due is not None else self._value(self._bound.due), self.as_of)

    @cached_property
    def _defined(self) -> tuple[Meaning, Outcome]:
        waives = waiving(self.waivers, self.employee.nip, self.as_of) if self.waivers else None
        meaning = self.workings.definition.meaning(self.question, waives)
        return meaning, meaning.outcome(self._bound)

    @property
    def meaning(self) -> Meaning:
        """Return the definition at work on the question, with all that it remembers."""
        return self._defined[0]

    @property
    def outcome(self) -> Outcome:
        """Give what the definition found: the source of all reasons."""
        return self._defined[1]

    def _value(self, expr: Any) -> Any:
        return None if expr is None else self._defined[0].value(expr)

    @property
    def due(self) -> date | None:
        """Give the day from which an unfulfilled duty is overdue."""
        value = self._leads_to("due")
        return value if isinstance(value, date) else None

    def _leads_to(self, of: Choice["target", "due"]) -> Value | None:
        if getattr(self.rule, of) is None:
            return None
        if self.waivers:  # back ends know of none
            return worked_out(self._defined[0], getattr(self._bound, of))
        value: Value | None = getattr(self.workings.backend, of)(self.rule.id, self.question)
        return value

    @property
    def period(self) -> tuple[date, date] | None:
        """Give the period of a duty, half open; the rank or the post that is held has an open end."""
        start, end = (self._value(day) for day in self._bound.period or (None, None))
        return (start, end) if isinstance(start, date) and isinstance(end, date) else None

    @property
    def _bound(self) -> Rule:
        return self.workings.definition.bound(self.as_of)[self.rule.id]

    @property
    def to(self) -> str | None:
        """Give what a promotion leads to: a rank, a level or a kind of post; None when it is not known."""
        value = self._leads_to("target")
        return None if value is None or isinstance(value, Absent) else str(value)

    @property
    def takes_effect(self) -> date | None:
        """The first promotion period on or after the as-of date; None for what follows an event of which the day is not known."""
        if self.event is not None and not self.event.sure:
            return None
        effect = self.rule.takes_effect
        if effect is not None and self.event is not None and self.event.id == effect.month_of:
            return self.as_of.replace(day=1)
        return reading.takes_effect(self.rule, self.as_of)

    @cached_property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """Give each criterion with its reason."""
        return tuple(self._result(finding) for finding in self.outcome.findings)

    @cached_property
    def warnings(self) -> tuple[CriterionResult, ...]:
        """Give the warnings that fire, and those that could not be checked."""
        shown = [f for f in self.outcome.warnings if f.status in (HELD, UNKNOWN)]
        return tuple(self._result(finding) for finding in shown)

    @property
    def because(self) -> tuple[str, ...]:
        """Name the criteria that carry the verdict: the failed ones, or the unknown ones, or all that held."""
        deciding = _DECIDING.get(self.verdict)
        return tuple([one.id for one, status in self._with_status if status == deciding])

    @property
    def deciding(self) -> tuple[CriterionResult, ...]:
        """Give the criteria that carry the verdict, each with its reason."""
        names = self.because
        return tuple(c for c in self.criteria if c.id in names)

    @property
    def _with_status(self) -> Iterator[tuple[Criterion, int]]:
        return zip(self.rule.criteria, self.statuses.criteria, strict=True)

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what could still settle an undetermined decision or state; empty when it is decided.

        What a finding leaves unknown is named as the finding names it: that is what is to be mended. Of what is on record
        without a date, what would date it is named.
        """
        return self._to_deliver(self._missing)

    def _to_deliver(self, names: Iterable[str]) -> tuple[str, ...]:
        if not names:  # as of most
            return ()
        found = self.contradictions
        return reading.distinct([
            each for name in names for each in (self._mended(name) if found or name.endswith(UNDATED) else (name,))
        ])  # fmt: skip

    def _mended(self, name: str) -> tuple[str, ...]:
        found = next((one.about for one in self.contradictions if name in one.leaves), None)
        if found is not None:
            return (found,)
        whose, dot, what = name.rpartition(".")
        person = getattr(self.question, whose, None) if dot else self.employee
        told = evidence_for(person, what, self.as_of) if isinstance(person, Employee) else (what,)
        return tuple(f"{whose}{dot}{one}" for one in told)

    @property
    def _missing(self) -> tuple[str, ...]:
        if self.verdict is Verdict.INELIGIBLE:
            return self._missing_of_due if self.state is DutyState.UNDETERMINED else ()
        return (*self._missing_of_verdict, *self._missing_of_due) if self.verdict is Verdict.UNDETERMINED else ()

    @property
    def _missing_of_verdict(self) -> tuple[str, ...]:
        if self.event is not None and not self.event.sure:
            own = self.workings.lack.missing(self.rule.id, self.statuses, self.question)
            return (*self.event.missing, *own)  # its day, and what is lacking whatever its day is
        if self.waivers or "_defined" in self.__dict__:
            return tuple(self.outcome.missing)
        return self.workings.lack.missing(self.rule.id, self.statuses, self.question)

    @property
    def _missing_of_due(self) -> tuple[str, ...]:
        if self._bound.due is None or self._leads_to("due") is not None:
            return ()
        due = self.workings.definition.meaning(self.question).value(self._bound.due)
        return tuple(due.missing) if isinstance(due, Bounds) else ()

    @property
    def standing(self) -> Standing:
        """Give how the decision stands in law: in force when it stays the same with all taken away that has no basis there."""
        if self.rule.standing == "illustrative":
            return "illustrative"
        if self.loose:
            if self.statuses.applies != HELD and self.rule.id in for_the_same(self.workings.lawful):
                return "in_force"
            return "in_force" if self._in_law.result(self.rule.id) == self._comes_to else "illustrative"
        if not partly_illustrative(self.rule):
            return "in_force"
        return by_criteria(self.rule, self.statuses.applies, self.statuses.criteria)

    @remembered
    def loose(self) -> bool:
        """Whether more without a basis in law bears on the rule than its own criteria."""
        return self.rule.id in loosely_founded(self.workings.definition.program)

    @cached_property
    def _in_law(self) -> InLaw:
        by = self.workings
        return InLaw(by.lawful, self.question, self.waivers, at_once=by.backend is not by.definition)

    @property
    def _comes_to(self) -> ComesTo:
        applies, holds = self.statuses.applies, self.statuses.holds
        if applies != HELD:
            return applies, UNKNOWN, None, None
        return applies, holds, self._leads_to("target") if holds == HELD else None, self._leads_to("due")

    @cached_property
    def basis(self) -> tuple[str, ...]:
        """Give the basis of what carries the verdict: of its criteria, and of the values and cells that they read."""
        carrying = self.deciding
        found = [basis for one in carrying for basis in (one.basis, *(cited.basis for cited in one.cites))]
        return tuple(dict.fromkeys(filter(None, found or [self.rule.basis])))

    @property
    def not_decided(self) -> tuple[Judgement, ...]:
        """Give the conditions of the law that only an official judges: they stand beside every verdict."""
        if not self.rule.not_decided and not any(one.kind == "within" for one in self.rule.criteria):
            return ()
        return judgements(reading.lies_within(self._bound, self.workings.definition.bound(self.as_of)))

    @property
    def reading(self) -> tuple[Text, ...]:
        """Give which readings of ambiguous texts the decision rests on."""
        return readings(self.rule, self.statuses.criteria)

    @property
    def refuses(self) -> bool:
        """Whether this is a refusal in law: illustrative grounds alone never refuse, nor what is only not yet on record."""
        return self.verdict is Verdict.INELIGIBLE and self.standing == "in_force" and not self.not_yet

    @property
    def projected(self) -> bool:
        """Whether it is about a day after the one on which the registers were known: as things stood then."""
        known_on = self.employee.known_on
        return known_on is not None and self.as_of > known_on

    @cached_property
    def not_yet(self) -> bool:
        """Whether it is only for want of a record after the registers were known that this is no."""
        if not self.projected or self.verdict is not Verdict.INELIGIBLE:
            return False
        meaning = self.workings.definition.meaning(self.question, as_registered=True)
        outcome = meaning.outcome(self._bound)
        return outcome.applies != FAILED and outcome.holds == UNKNOWN

    @property
    def conditional_on(self) -> tuple[Waiver, ...]:
        """Give the waivers that the decision rests on, those of rules that it builds on too."""
        if not self.waivers:
            return ()
        waived = [
            (rule.id, finding.criterion.id)
            for rule in self.built_on
            for finding in self._defined[0].outcome(rule).findings
            if finding.status == WAIVED
        ]
        nip = self.employee.nip
        return tuple(w for w in self.waivers if any(w.covers(nip, *one, self.as_of) for one in waived))

    @cached_property
    def built_on(self) -> tuple[Rule, ...]:
        """Return the rule and all that it builds on, however far down, bound to the day."""
        return reading.built_on(self._bound, self._defined[0].rules)

    @property
    def assumes(self) -> tuple[str, ...]:
        """Name the fields without a date that were taken to be on that day as they were when the registers were known."""
        person, fields = self.question.employee, self.rule.assumes
        if not fields or person.known_on == self.as_of:
            return ()
        if person.known_on is not None:
            return tuple(name for name in fields if name not in ("employment", "service_status"))
        dated = {"employment": person.employment_is_dated, "service_status": person.status_is_dated}
        return tuple(name for name in fields if name not in dated or not dated[name](self.as_of))

    @cached_property
    def data_findings(self) -> tuple[DataFinding, ...]:
        """What the data show that the decision rests on, as far as they were known by the as-of date."""
        found = self.employee.findings(self.as_of)
        if not found:
            return ()
        read = reading.data_of(self.rule, self.workings.definition.bound(self.as_of))
        return tuple(one for one in found if one.data & read or one.about == "known_on")  # every decision rests on that day

    @property
    def contradictions(self) -> tuple[DataFinding, ...]:
        """The findings that leave something unknown."""
        return tuple(one for one in self.data_findings if one.unknown)

    @property
    def unusual(self) -> tuple[DataFinding, ...]:
        """The findings of what is kept and told."""
        return tuple(one for one in self.data_findings if not one.unknown)

    @property
    def confirmed(self) -> tuple[Confirmation, ...]:
        """The confirmations by officers that settle findings of the data."""
        return self.employee.settled_by(self.as_of)

    @property
    def digest(self) -> str:
        """Give a digest of all that the rule may read, and of what is to be mended of it: to know when to decide again."""
        asked = self.question
        people = {name: getattr(asked, name).at(self.as_of) for name in ("employee", "mentor", "mentee")}
        read = reading.read_set(self.built_on, replace(asked, **people))
        read["to_mend"] = sorted((one.about, *sorted(one.leaves)) for one in self.contradictions)
        return sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()

    def _result(self, finding: Finding) -> CriterionResult:
        return self.result_of(self.rule.id, finding)

    def result_of(self, rule: str, finding: Finding) -> CriterionResult:
        """Give a criterion of the rule, or of one that it builds on, with its reason."""
        criterion, meaning = finding.criterion, self._defined[0]
        parts, cites = told_by(criterion), cited_by(criterion)
        if finding.by is not None:
            more = told_of(finding.by.tree)
            parts = (*parts, *more)
            cites = (*cites, *(each for one in more if isinstance(one, Leaf) for each in one.observation.cites))
        return CriterionResult(
            criterion.id,
            criterion.title,
            STATUS_NAMES[finding.status],
            criterion.basis,
            self.standing_of(finding, rule),
            place_of(criterion),
            self._to_deliver(finding.missing),
            finding.by.title if finding.by else None,
            tuple(observed(parts, meaning, self.as_of, self.workings.sights)),
            those_picked(cites, meaning) if cites and finding.status != NOT_APPLICABLE else (),
            criterion.reading,
            enough_of(criterion) if finding.by is None else None,
        )

    def standing_of(self, finding: Finding, rule: str | None = None) -> Standing:
        """Give how a criterion stands in law for this person: in force when the law alone leaves its status as it is."""
        criterion = finding.criterion
        if criterion.standing == "illustrative" or not self.loose:
            return criterion.standing
        in_law = self._in_law.finding(rule or self.rule.id, criterion.id)
        return "in_force" if in_law is not None and in_law.status == finding.status else "illustrative"

    def explain(self, lang: str = "id") -> str:
        """Give the decision as text for people, in Indonesian (`id`) or English (`en`)."""
        from asnpolicy.decisions.explanation import explain  # noqa: PLC0415  # the text is wanted by few

        return explain(self, lang)

    def trace(self) -> Trace:
        """Return by which steps the answer follows from the data by forward chaining, whatever back end decided.

        Raises MissingExtraError where the extra `rete` is not installed, DisagreementError where chaining comes to another
        answer than the definition.
        """
        from asnpolicy.decisions.trace import trace_of  # noqa: PLC0415  # needs an extra

        return trace_of(self)

    def certificate(self) -> Certificate:
        """Write the decision down for good: typed, complete, sealed; `Engine.verify` decides it again from that alone."""
        from asnpolicy.decisions.certificate import certificate  # noqa: PLC0415  # wanted by few

        return certificate(self)

    def model_dump(self) -> Mapping[str, Any]:
        """Give the decision as plain data."""
        from asnpolicy.decisions.explanation import as_data  # noqa: PLC0415

        return as_data(self)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Give the decision as JSON: the same bytes for the same policy, person and day."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)
