"""Actions: what a person or an agency can do about a criterion that fails; never the past, an age, or what is protected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from typing import Literal as Choice

from pydantic import ValidationError

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.names import approver, coded
from asnpolicy.decisions.path.records import Wanted, wanted
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Asks, Field, Fold, Node, children
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN, Branch, ConditionTree, Criterion, Leaf, RuleLeaf, Text
from asnpolicy.people import HISTORIES, Agency, Employee, Opening, Record
from asnpolicy.people.agency import Course, measured_gaps
from asnpolicy.people.records import CompetencyRecord

Kind = Choice["training", "exam", "education", "credit", "competency", "vacancy", "waiver"]
OF_HISTORY: dict[str, Kind] = {
    "trainings": "training",
    "exams": "exam",
    "educations": "education",
    "credits": "credit",
}
"""What a person can add to, by what is done for it."""


@dataclass(frozen=True)
class Situation:
    """Somebody before an opening, with what was waived: what actions change."""

    employee: Employee
    opening: Opening | None
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Action:
    """One thing that can be done, and the criteria that it is done for."""

    kind: Kind
    said: Reason
    criteria: tuple[str, ...]
    basis: str = ""
    courses: tuple[Course, ...] = ()
    """Courses of the agency's catalogue that are for it."""
    records: tuple[tuple[str, Record], ...] = field(default=(), repr=False)
    vacancies: int | None = None
    waiver: Waiver | None = None
    one_of_more: bool = False
    """Whether there are more ways to do it than are looked at."""
    exemption: Text | None = None
    """The exemption from a criterion that it is for."""
    part: int = 0
    """For which of the things that the exemption asks for together it is done: what is done for the same is an alternative."""

    def taken(self, one: Situation) -> Situation:
        """Return the situation when it is done."""
        more: dict[str, list[Record]] = {}
        for history, record in self.records:
            more.setdefault(history, []).append(record)
        employee = one.employee.with_assumed(more) if more else one.employee
        opening = one.opening
        if self.vacancies is not None and opening is not None:
            opening = opening.model_copy(update={"vacancies": self.vacancies})
        waivers = one.waivers if self.waiver is None else (*one.waivers, self.waiver)
        return Situation(employee, opening, waivers)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "kind": self.kind,
            "criteria": list(self.criteria),
            "basis": self.basis,
            "courses": [one.code for one in self.courses],
            "id": self.said.to("id"),
            "en": self.said.to("en"),
        }


def actions(decision: Decision, opening: Opening | None, agency: Agency) -> tuple[Action, ...]:
    """Return what can be done about the criteria that fail or are not known, each thing once."""
    found: dict[Any, Action] = {}
    looking = _Looking(decision, opening, agency)
    for finding in decision.outcome.findings:
        if finding.status in (FAILED, UNKNOWN):
            for one in looking.about(finding, finding.criterion.id):
                key = one.kind, one.records, one.vacancies, one.waiver
                known = found.get(key)
                criteria = one.criteria if known is None else tuple(dict.fromkeys((*known.criteria, *one.criteria)))
                found[key] = replace(one, criteria=criteria)
    return tuple(found.values())


@dataclass(frozen=True)
class _Looking:
    decision: Decision
    opening: Opening | None
    agency: Agency

    @property
    def _meaning(self) -> Meaning:
        return self.decision._defined[0]

    def about(self, finding: Finding, criterion: str) -> Iterator[Action]:
        """Return what can be done about a finding, and about those of rules that it asks."""
        own = finding.criterion
        yield from self._within(own.tree, criterion, own.basis)
        for exempt in own.exempt:
            for at, part in enumerate(_together(exempt.tree)):
                those = self._within(part, criterion, own.basis)
                yield from (replace(one, exemption=exempt.title, part=at) for one in those)
        if own.waivable_by and own.id == criterion:
            yield self._waived(own, own.waivable_by)

    def _within(self, tree: ConditionTree, criterion: str, basis: str) -> Iterator[Action]:
        for part in _parts(tree):
            if isinstance(part, RuleLeaf):
                yield from self._asked(part.truth, criterion)
            elif self._meaning.truth(part.truth).status != HELD:
                yield from self._leaf(part, criterion, basis)

    def _asked(self, asks: Asks, criterion: str) -> Iterator[Action]:
        rule = self._meaning.rules.get(asks.rule)
        if rule is not None and rule.kind != "service":
            for finding in self._meaning.outcome(rule).findings:
                if finding.status in (FAILED, UNKNOWN):
                    yield from self.about(finding, criterion)

    def _waived(self, own: Criterion, by: str) -> Action:
        one, day = self.decision, self.decision.as_of
        waiver = Waiver(
            nip=one.employee.nip, rule=one.rule.id, criterion=own.id, approver=by, letter="-", basis="-", since=day
        )
        said = because("action.waiver", by=approver(by), title=own.title)
        return Action("waiver", said, (own.id,), waiver=waiver)

    def _leaf(self, leaf: Leaf, criterion: str, basis: str) -> Iterator[Action]:
        seen = leaf.observation.seen
        if isinstance(seen, Field) and seen.scope == "opening":
            yield from self._of_opening(seen.name, criterion, basis)
            return
        for fold in _folds(seen):
            if fold.scope == "employee" and fold.history in OF_HISTORY:
                for one in wanted(fold, leaf.observation, self._meaning):
                    record = _record(one, self.decision)
                    if record is not None and self._meaning.truth(fold.where, record).status != FAILED:
                        or_more = leaf.observation.word == "at_least"
                        yield self._recorded(one, record, criterion, basis, or_more=or_more)

    def _of_opening(self, name: str, criterion: str, basis: str) -> Iterator[Action]:
        if self.opening is None:
            return
        if name == "vacancies" and self.opening.vacancies is not None:
            yield Action("vacancy", Reason("action.vacancy"), (criterion,), basis, vacancies=1)
        elif name == "competency_gaps" and self.opening.competencies:
            yield from self._gaps(criterion, basis)

    def _gaps(self, criterion: str, basis: str) -> Iterator[Action]:
        day, standard = self.decision.as_of, self.opening.competencies if self.opening is not None else None
        open_ = measured_gaps(self.decision.question.employee, standard, day)
        records = tuple(
            ("competencies", CompetencyRecord(code=one.code, level=one.required, assessed_on=day)) for one in open_
        )
        gaps: tuple[Part, ...] = tuple(
            because("action.gap", name=coded("competency", one.code), level=one.required) for one in open_
        )
        closing = tuple(
            course
            for course in self.agency.courses
            if any(end.code == one.code and end.level >= one.required for end in course.closes or () for one in open_)
        )
        if records:
            yield Action("competency", because("action.competency", gaps=gaps), (criterion,), basis, closing, records)

    def _recorded(self, one: Wanted, record: Record, criterion: str, basis: str, *, or_more: bool) -> Action:
        kind, code = OF_HISTORY[one.history], getattr(record, "code", None)
        offered = tuple(course for course in self.agency.courses if kind == "training" and _fits(course, record))
        said = _said(kind, record, code, or_more=or_more)
        vague = kind == "education" and getattr(record, "level", None) is None  # which diploma it is can't be tried out
        more = one.one_of_more or vague
        return Action(kind, said, (criterion,), basis, offered, ((one.history, record),), one_of_more=more)


def _parts(tree: ConditionTree) -> Iterator[Leaf | RuleLeaf]:
    """Return the comparisons and the rules asked, but for what is forbidden: nobody can take back what happened."""
    if isinstance(tree, (Leaf, RuleLeaf)):
        yield tree
    elif isinstance(tree, Branch) and tree.word != "not":
        for part in tree.parts:
            yield from _parts(part)


def _together(tree: ConditionTree) -> tuple[ConditionTree, ...]:
    """Return what a condition asks for together."""
    return tree.parts if isinstance(tree, Branch) and tree.word == "all" else (tree,)


def _folds(node: Node) -> Iterator[Fold]:
    """Return what is folded, but not what a filter inside asks of: that decides which records count, and how many not."""
    if isinstance(node, Fold):
        yield node
        return
    for part in children(node):
        yield from _folds(part)


def _record(one: Wanted, decision: Decision) -> Record | None:
    """Return a record of today that is as wanted; None where what is wanted can't be."""
    kind, day = HISTORIES[one.history], decision.as_of
    known: dict[str, Any] = {kind.placed_by: day, "passed": True, "recognised_on": day, "code": "pelatihan"}
    fields = {name: value for name, value in known.items() if name in kind.model_fields}
    try:
        return kind.model_validate({**fields, **dict(one.fields)})
    except ValidationError:
        return None


def _fits(course: Course, record: Any) -> bool:
    if course.code == record.code:
        return True
    asked = [(getattr(course, name), getattr(record, name)) for name in ("kind", "field")]
    named = [(own, wanted) for own, wanted in asked if wanted is not None]
    return record.code == "pelatihan" and bool(named) and all(own == wanted for own, wanted in named)


def _said(kind: Kind, record: Any, code: str | None, *, or_more: bool) -> Reason:
    match kind:
        case "training" if code == "pelatihan":
            return because("action.training.any", training=_training(record))
        case "exam" if record.jenjang is not None and code is not None:
            return because("action.exam.level", name=coded("exam", code), level=str(record.jenjang))
        case "credit":
            return because("action.credit", amount=record.amount.normalize())
        case "education" if record.level is None:
            return Reason("action.education.any")
        case "education":
            return because("action.education.or_more" if or_more else "action.education", level=str(record.level))
        case _:
            return because(f"action.{kind}", name=coded(kind, code or ""))


def _training(record: Any) -> Reason:
    """Say what a training must be like, as far as a criterion asks for it."""
    if record.hours:
        return because("action.hours", hours=record.hours)
    if record.field is not None:
        return because("action.field", field=coded("field", str(record.field)))
    if record.kind is not None:
        return because("action.kind", kind=coded("kind", str(record.kind)))
    return Reason("action.some")


def combined(those: Iterable[Action], one: Situation) -> Situation:
    """Return the situation when several things are done."""
    for action in those:
        one = action.taken(one)
    return one
