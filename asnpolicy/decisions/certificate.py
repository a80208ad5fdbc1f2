"""Certificate: a decision written down for good, one form for every rule, complete, with a seal over all that it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from typing import Literal as Choice

from asnpolicy.decisions import grounds
from asnpolicy.decisions.criteria import STATUS_NAMES, CriterionResult, SeenFact
from asnpolicy.decisions.makeup import How, SeenComponent
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reading import built_on, distinct
from asnpolicy.decisions.reasons import LateText
from asnpolicy.decisions.sealing import Part, SharedPart, hashes
from asnpolicy.decisions.settled import SettledFact, settled
from asnpolicy.decisions.standing import CitedBasis
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.nodes import Asks, walk
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import FAILED, HELD, Judgement, Rule, RuleKind, Standing, Text
from asnpolicy.people.nip import masked

if TYPE_CHECKING:
    from asnpolicy.decisions.decision import Decision

FORM: Choice[1] = 1
Status = Choice["failed", "unknown", "held", "waived", "not_applicable"]


class CertifiedPart(Part):
    """One part that a figure was worked out from, with its value; those one deeper that follow it are what it is made of."""

    depth: int
    how: How
    of: str
    """The figure, field, history, or record; empty for a fixed number, a table and a condition."""
    value: str
    told: Text


class CertifiedFact(SharedPart):
    """One thing that a criterion looked at: a fact, or another rule; values are texts, whatever their kind."""

    fact: str
    word: str
    value: str
    wanted: tuple[str, ...]
    label: Text
    seen: Text
    required: Text
    parts: tuple[CertifiedPart, ...]
    """What a figure was worked out from: each part and each record that is added up; nothing for other facts."""
    required_parts: tuple[CertifiedPart, ...]
    """What a figure that it was compared with was worked out from."""


class CertifiedCriterion(SharedPart):
    """One criterion: its status, what it saw and required, what it stands on, and what could still settle it."""

    id: str
    status: Status
    exempt_by: str | None
    seen: tuple[CertifiedFact, ...]
    basis: str
    standing: Standing
    cites: tuple[CitedBasis, ...]
    possible_from: date | None
    missing: tuple[str, ...]
    place: str
    title: Text
    reading: Text


class CertifiedRule(Part):
    """A rule that the decision builds on: whether it applies, what its criteria come to, and each of them that carries it."""

    id: str
    applies: Status
    holds: Status
    criteria: tuple[CertifiedCriterion, ...]


class CertifiedFinding(Part):
    """A finding of the data: its kind, what it is about, and what it leaves unknown."""

    code: str
    about: str
    unknown: tuple[str, ...]


class CertifiedEvent(Part):
    """The event of leaving that the rule follows, on whose day it is decided."""

    id: str
    day: date
    asked_on: date
    sure: bool
    before: bool
    title: Text


class Certificate(Part):
    """A decision written down for good: whoever has it, and the policy, can decide it again and hold it to the seal.

    Each key has one type, for every rule; a text that is not there is empty. `seal` is a hash over all but the texts for
    people, which have one of their own, `texts`: a better wording leaves the seal as it is. Both show that a certificate
    is whole and unchanged, not who made it: for that, sign the file that it is kept in.
    """

    form: Choice[1]
    library: str
    region: str
    policy: str
    rule: str
    kind: RuleKind
    opening: str | None
    nip: str
    as_of: date
    event: CertifiedEvent | None
    facts: tuple[SettledFact, ...]
    findings: tuple[CertifiedFinding, ...]
    confirmed: tuple[str, ...]
    """The letters by which officers settled findings."""
    assumes: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    conditional_on: tuple[str, ...]
    """The letters of the waivers that the decision rests on."""
    verdict: Choice["eligible", "ineligible", "undetermined", "not_applicable"]
    state: Choice["fulfilled", "owed", "overdue", "undetermined", "not_applicable"] | None
    because: tuple[str, ...]
    missing: tuple[str, ...]
    standing: Standing
    refuses: bool
    projected: bool
    not_yet: bool
    basis: tuple[str, ...]
    to: str | None
    takes_effect: date | None
    period_since: date | None
    period_until: date | None
    due: date | None
    criteria: tuple[CertifiedCriterion, ...]
    warnings: tuple[CertifiedCriterion, ...]
    built_on: tuple[CertifiedRule, ...]
    not_decided: tuple[Judgement, ...]
    title: Text
    reading: tuple[Text, ...]
    texts: str
    seal: str

    def __repr__(self) -> str:
        return f"Certificate({self.rule}, {masked(self.nip)}, {self.as_of}: {self.state or self.verdict}, {self.seal[:12]})"

    @property
    def whole(self) -> bool:
        """Whether the seal and the hash of the texts are those of what is written: nothing was changed since."""
        return (self.seal, self.texts) == hashes(self)


def certificate(decision: Decision) -> Certificate:
    """Write a decision down."""
    rule, period = decision.rule, decision.period
    written = Certificate(
        form=FORM,
        library=decision.library,
        region=decision.region,
        policy=decision.policy,
        rule=rule.id,
        kind=rule.kind,
        opening=decision.opening,
        nip=decision.employee.nip,
        as_of=decision.as_of,
        event=_event(decision),
        facts=settled(_read_by(decision), decision.question),
        findings=tuple(_finding(one) for one in decision.data_findings),
        confirmed=tuple(one.letter for one in decision.confirmed),
        assumes=decision.assumes,
        waivers=decision.waivers,
        conditional_on=tuple(one.letter for one in decision.conditional_on),
        verdict=decision.verdict.value,
        state=decision.state.value if decision.state else None,
        because=decision.because,
        missing=decision.missing,
        standing=decision.standing,
        refuses=decision.refuses,
        projected=decision.projected,
        not_yet=decision.not_yet,
        basis=decision.basis,
        to=decision.to,
        takes_effect=decision.takes_effect,
        period_since=period[0] if period else None,
        period_until=period[1] if period else None,
        due=decision.due,
        criteria=tuple(map(partial(_criterion, decision), decision.outcome.findings, decision.criteria)),
        warnings=tuple(_criteria(decision, rule.id, decision.outcome.warnings)),
        built_on=tuple(_rules(decision)),
        not_decided=decision.not_decided,
        title=_text(rule.title),
        reading=decision.reading,
        texts="",
        seal="",
    )
    seal, texts = hashes(written)
    return written.model_copy(update={"seal": seal, "texts": texts})


def _read_by(decision: Decision) -> tuple[Rule, ...]:
    """Return the rules whose facts are needed to decide it again, and to tell its standing."""
    in_law = decision.workings.lawful.rules.get(decision.rule.id) if decision.loose else None
    return (*decision.built_on, *(built_on(in_law, decision.workings.lawful.rules) if in_law else ()))


def _rules(decision: Decision) -> Iterator[CertifiedRule]:
    """Return what each rule came to that the decision builds on; its criteria where they carry anything.

    A rule that is asked only whether the decision is for the person at all carries nothing once it is.
    """
    rules = decision.meaning.rules
    asked = {one.id for each in _asked_by_criteria(decision.outcome.rule) for one in built_on(rules[each], rules)}
    for rule in decision.built_on[1:]:
        outcome = decision.meaning.outcome(rule)
        carries = outcome.applies != FAILED and (rule.id in asked or decision.statuses.applies != HELD)
        criteria = tuple(_criteria(decision, rule.id, outcome.findings)) if carries else ()
        yield CertifiedRule(
            id=rule.id, applies=_status(outcome.applies), holds=_status(outcome.holds), criteria=criteria
        )


@Memo
def _asked_by_criteria(rule: Rule) -> tuple[str, ...]:
    """Name the rules that the criteria of a rule ask."""
    conditions = (truth for one in (*rule.criteria, *rule.warnings) for truth in one.conditions)
    nodes = (node for truth in conditions for node in walk(truth))
    return tuple({node.rule for node in nodes if isinstance(node, Asks)})


def _status(status: int) -> Status:
    return STATUS_NAMES[status]  # type: ignore[return-value]  # these are the statuses


def _criteria(decision: Decision, rule: str, findings: Iterable[Finding]) -> Iterator[CertifiedCriterion]:
    return (_criterion(decision, one, decision.result_of(rule, one)) for one in findings)


def _criterion(decision: Decision, finding: Finding, told: CriterionResult) -> CertifiedCriterion:
    """Write a criterion down; one for all of whom the same is said."""
    later = grounds.possible_from(decision.meaning, finding, decision.as_of) if finding.status == FAILED else None
    by = finding.by and finding.by.id
    said = finding.status, by, told.exempt_by, told.standing, told.cites, finding.missing, later
    return decision.workings.sights.criteria.once(
        (finding.criterion, *said, *map(id, told.observations)), told.observations, lambda: _written(finding, told, later)
    )


def _written(finding: Finding, told: CriterionResult, later: date | None) -> CertifiedCriterion:
    return CertifiedCriterion.of_fields(
        id=told.id,
        status=STATUS_NAMES[finding.status].value,
        exempt_by=finding.by.id if finding.by else None,
        seen=tuple([one.certified for one in told.observations]),
        basis=told.basis,
        standing=told.standing,
        cites=told.cites,
        possible_from=later,
        missing=distinct(finding.missing),
        place=told.place,
        title=_text(told.title),
        reading=_text(told.reading),
    )


def certified(one: SeenFact) -> CertifiedFact:
    """Write down what was seen of a fact."""
    return CertifiedFact.of_fields(
        fact=one.fact, word=one.word, value=one.value, wanted=one.wanted,
        label=_text(one.label), seen=_text(one.seen), required=_text(one.required),
        parts=_parts(one.components), required_parts=_parts(one.required_components),
    )  # fmt: skip


def _parts(made_of: tuple[SeenComponent, ...]) -> tuple[CertifiedPart, ...]:
    if not made_of:  # as mostly
        return ()
    return tuple(
        CertifiedPart(depth=one.depth, how=one.how, of=one.of, value=one.value, told=_text(one.told)) for one in made_of
    )


def _text(text: Text | None) -> Text:
    """Write a text out."""
    if type(text) is Text:
        return text
    if isinstance(text, LateText):
        return text.whole
    return _NO_TEXT if text is None else Text(text.id, text.en)


_NO_TEXT = Text("", "")


def _event(decision: Decision) -> CertifiedEvent | None:
    event = decision.event
    if event is None:
        return None
    return CertifiedEvent(
        id=event.id, day=event.day, asked_on=event.asked_on, sure=event.sure, before=event.before,
        title=_text(event.title),
    )  # fmt: skip


def _finding(one: Any) -> CertifiedFinding:
    return CertifiedFinding(code=one.code, about=one.about, unknown=one.unknown)


def certificate_schema() -> dict[str, Any]:
    """Return the JSON Schema of a certificate, as it is written."""
    made = Certificate.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
