"""Explanation: a decision as people read it, in Indonesian and English, and as data for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from asnpolicy.decisions import names
from asnpolicy.decisions.lines import SIGNS, Line, once
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reasons import LateText, Reason, because, reason_of, sentence, series
from asnpolicy.decisions.standing import cited
from asnpolicy.decisions.telling import Telling
from asnpolicy.decisions.trees import fixed, titled
from asnpolicy.language.dates import OPEN
from asnpolicy.language.nodes import NO
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import HELD, UNKNOWN, Criterion, Text
from asnpolicy.people import Employee
from asnpolicy.people.nip import masked
from asnpolicy.people.ranks import Rank
from asnpolicy.visible import visible

if TYPE_CHECKING:
    from asnpolicy.decisions.criteria import CriterionResult, SeenFact
    from asnpolicy.decisions.decision import Decision
    from asnpolicy.decisions.makeup import SeenComponent


def headline(decision: Decision) -> Text:
    """Give the verdict or the state as a phrase."""
    return LateText(result(decision))


def result(decision: Decision) -> Reason:
    """Give the verdict of a permission or the state of a duty."""
    state = decision.state
    if state is None:
        return Reason(f"verdict.{decision.rule.kind}.{decision.verdict.value}")
    if state.value == "undetermined" and decision.verdict.value == "ineligible":
        return Reason("owed.unknown")
    if state.value == "owed" and decision.due is None and decision.rule.strength == "wajib":
        return Reason("owed.undated")  # it is never late
    advised = decision.rule.strength == "dianjurkan" and state.value in ("fulfilled", "owed")
    return Reason(f"advised.{state.value}" if advised else f"state.{state.value}")


def provided(decision: Decision) -> Reason:
    """Give the verdict or the state; a positive one with what an official still judges."""
    conditions = judgements(decision)
    if not conditions or decision.verdict.value != "eligible":
        return result(decision)
    return because("result.provided", result=result(decision), conditions=series(conditions))


Cite: TypeAlias = Callable[[str], str]
"""How a legal basis is written."""


def as_cited(basis: str) -> str:
    """Write a legal basis as the policy cites it."""
    return basis


def judgements(decision: Decision, cite: Cite = as_cited) -> tuple[Reason, ...]:
    """Give the conditions that only an official judges, each with the article that asks for it."""
    return tuple(because("line.judgement", condition=one.text, basis=cite(one.basis)) for one in decision.not_decided)


def explain(decision: Decision, lang: str) -> str:
    """Write a decision for people."""
    return "\n".join(_written(line, lang) for line in lines(decision)) + "\n"


def meant(decision: Decision, lang: str) -> list[str]:
    """Write whom the rule is for and what was seen of it, where the person is not known to be meant."""
    return [_written(line, lang) for line in _whom(decision, Telling.of(decision)) if line is not None]


def _written(line: Line | None, lang: str) -> str:
    return "" if line is None else f"{'  ' * line.depth}{line.sign}{visible(sentence(line.said.to(lang)))}"


def lines(decision: Decision) -> Iterator[Line | None]:
    """Give the lines of an explanation; None is an empty one."""
    telling, verdict = Telling.of(decision), decision.verdict.value
    yield from _head(decision)
    yield None
    weak = verdict != "not_applicable" and decision.standing == "illustrative"
    if weak and verdict == "ineligible":
        yield from (Line(0, Reason("line.illustrative")), None)
    yield Line(0, because("line.result", result=provided(decision)))
    for said in facts(decision, verdict):
        yield Line(0, said)
    if weak and verdict != "ineligible" and decision.rule.standing == "in_force":
        yield Line(0, Reason("line.partly"))
    yield from _whom(decision, telling)
    if verdict != "not_applicable" and decision.outcome.findings:
        yield None
        for finding in decision.outcome.findings:
            yield from criterion_lines(telling, finding)
    yield from _rest(decision)


def _head(decision: Decision) -> Iterator[Line]:
    yield Line(0, because("text", text=titled(decision.rule)))
    yield Line(0, person(decision.employee))
    if decision.rule.kind == "pair":
        yield Line(0, because("line.mentor", who=person(decision.question.mentor)))
    yield Line(0, because("line.as_of", day=decision.as_of))
    if (event := decision.event) is not None:
        code = "line.event" if event.sure else "line.event.unsure"
        yield Line(0, because(code, title=event.title, day=event.day, asked=event.asked_on))


def person(employee: Employee, *, whole: bool = False) -> Reason:
    """Name a person; the number is masked unless the whole is asked for."""
    nip = employee.nip if whole else masked(employee.nip)
    return because("line.person", name=employee.name, nip=nip) if employee.name else because("line.nip", nip=nip)


def facts(decision: Decision, verdict: str) -> Iterator[Reason]:
    """Say what a decision leads to, when, and on what basis the rule stands."""
    if verdict != "not_applicable":
        yield from _leads_to(decision)
        yield from _times(decision, verdict)
        yield from owed_by(decision)
    if decision.rule.basis:
        weak = decision.rule.standing == "illustrative"
        yield because("line.basis.illustrative" if weak else "line.basis", basis=decision.rule.basis)
    if decision.rule.reading is not None:
        yield because("line.reading", reading=decision.rule.reading)


def owed_by(decision: Decision) -> tuple[Reason, ...]:
    """Say who owes a duty, where that is not the person."""
    return () if decision.rule.owed_by == "pegawai" else (Reason(f"line.owed_by.{decision.rule.owed_by}"),)


def footing(decision: Decision) -> Iterator[Reason]:
    """Cite the basis of a rule, and say what has none in law: the rule itself, or something that the result rests on."""
    rule = decision.rule
    weak = rule.standing == "illustrative"
    if rule.basis:
        yield because("line.basis.illustrative" if weak else "line.basis", basis=rule.basis)
    elif weak:
        yield Reason("line.illustrative.short")
    if not weak and decision.verdict.value != "not_applicable" and decision.standing == "illustrative":
        yield Reason("line.partly")


def _leads_to(decision: Decision) -> Iterator[Reason]:
    post = names.post(decision.question.opening) if decision.rule.into_post else None
    if post is not None:
        yield because("line.to.post", to=post)
    elif not decision.rule.into_post and (to := decision.to) is not None:
        type_ = decision.rule.target_type
        rank = type_ is not None and type_.labels is Rank
        yield because("line.to.rank", to=Rank.of(to).written) if rank else because("line.to.level", to=to)


def _times(decision: Decision, verdict: str) -> Iterator[Reason]:
    if verdict == "eligible" and (day := decision.takes_effect) is not None:
        yield because("line.takes_effect", day=day)
    if (period := decision.period) is not None:
        if period[1] == OPEN:
            yield because("line.period.open", since=period[0])
        else:
            yield because("line.period", since=period[0], until=day_before(period[1]))
    if decision.rule.kind == "duty" and (due := decision.due) is not None:
        yield because("line.due", day=day_before(due))


def day_before(day: date) -> date:
    """Give the last day before one that ends a stretch; an open end stays open."""
    return day if day in (OPEN, date.min) else day - timedelta(days=1)


def _whom(decision: Decision, telling: Telling) -> Iterator[Line | None]:
    if decision.statuses.applies == HELD and decision.rule.kind != "mentoring":
        return
    if decision.outcome.rule.applies_to == NO:  # as for the year before a duty began
        yield None
        yield Line(0, Reason("line.nobody_then"))
        return
    told = list(telling.whom(decision.outcome.rule, 1))
    if told:
        yield None
        yield Line(0, Reason("line.meant"))
        yield from told


def criterion_lines(telling: Telling, finding: Finding) -> list[Line]:
    """Tell a criterion: its status, what was seen and required, from when, what could settle it, its basis."""
    told = [Line(0, telling.heading(finding), SIGNS[finding.status])]
    looked = telling.criterion(finding)
    told += [Line(2 + line.depth, line.said, line.sign) for line in (once(looked) if len(looked) > 2 else looked)]
    return [*told, *(Line(2, said) for said in founded_on(telling, finding))]


def founded_on(telling: Telling, finding: Finding, cite: Cite | None = None) -> Iterator[Reason | Text]:
    """Cite the basis of a criterion and of the values that it reads, and say which reading is taken; `cite` writes a basis otherwise."""
    criterion = finding.criterion
    basis = basis_of(criterion) if cite is None else _based(criterion, cite)
    if basis is not None:
        yield basis
    yield from dict.fromkeys(_of_values(telling, finding, cite or as_cited))
    if criterion.reading is not None:
        yield because("line.reading", reading=criterion.reading)


def _of_values(telling: Telling, finding: Finding, cite: Cite) -> Iterator[Reason]:
    """Cite what the values and cells stand on that a criterion reads, where it is not its own basis."""
    for one in cited(telling.observed(finding), telling.meaning):
        weak = one.standing == "illustrative"
        if one.basis and (weak or one.basis != finding.criterion.basis):
            yield because("line.basis.value.illustrative" if weak else "line.basis.value", basis=cite(one.basis))
        elif weak:
            yield Reason("line.value.illustrative")


@Memo
def basis_of(criterion: Criterion) -> Text | None:
    """Cite the basis of a criterion; one that has none in law says so."""
    return _based(criterion, as_cited)


def _based(criterion: Criterion, cite: Cite) -> Text | None:
    weak = criterion.standing == "illustrative"
    if criterion.basis:
        return fixed(because("line.basis.illustrative" if weak else "line.basis", basis=cite(criterion.basis)))
    return fixed(Reason("line.illustrative.short")) if weak else None


def _rest(decision: Decision) -> Iterator[Line | None]:
    if missing := needed(decision):
        yield None
        yield Line(0, because("line.needed", missing=missing))
    if warned := list(warnings(decision)):
        yield None
        yield Line(0, Reason("line.warnings"))
        yield from (Line(1, said, "! ") for said in warned)
    for said in conditions(decision):
        yield None
        yield Line(0, said)
    if decision.verdict.value != "eligible" and (left := judgements(decision)):
        yield None
        yield Line(0, Reason("line.not_decided"))
        yield from (Line(1, said, "– ") for said in left)
    yield None
    yield from (Line(0, said) for said in notes(decision))


def needed(decision: Decision) -> tuple[Reason, ...]:
    """Name the data that could still settle an undetermined decision."""
    return names.all_missing(decision.missing)


def warnings(decision: Decision) -> Iterator[Reason]:
    """Give the warnings that fire, and those that could not be checked."""
    if decision.verdict.value == "not_applicable":
        return
    for finding in decision.outcome.warnings:
        criterion = finding.criterion
        if finding.status == UNKNOWN:
            yield because("line.warning.unchecked", title=criterion.title)
        elif finding.status == HELD and criterion.basis:
            yield because("line.warning", title=criterion.title, basis=criterion.basis)
        elif finding.status == HELD:
            yield because("line.warning.plain", title=criterion.title)


def conditions(decision: Decision) -> Iterator[Reason]:
    """Give the waivers that a decision rests on."""
    for waiver in decision.conditional_on if decision.waivers else ():
        yield because("line.conditional", letter=waiver.letter, approver=waiver.approver, basis=waiver.basis)


def notes(decision: Decision) -> Iterator[Reason]:
    """Give what an officer should know of the data, and by which policy it was decided."""
    for code, found in (("line.findings", decision.contradictions), ("line.unusual", decision.unusual)):
        if found:
            yield because(code, findings=tuple(dict.fromkeys(map(names.finding, found))))
    if assumed := decision.assumes:
        yield because("line.assumes", fields=tuple(names.field(name.removeprefix("protected.")) for name in assumed))
    region = decision.region.replace("-", " ").title()
    yield because("line.policy", region=region, policy=decision.policy[:12], library=decision.library)


# For machines


def as_data(decision: Decision) -> dict[str, Any]:
    """Give a decision as plain data, in a fixed order: codes and parameters, not texts of a language."""
    period = decision.period
    return {
        "region": decision.region,
        "rule": decision.rule.id,
        "opening": decision.opening,
        "nip": decision.employee.nip,
        "as_of": decision.as_of.isoformat(),
        "asked_on": decision.asked_on.isoformat(),
        "follows": None if decision.event is None else {"event": decision.event.id, "sure": decision.event.sure},
        "verdict": decision.verdict.value,
        "state": decision.state.value if decision.state else None,
        "to": decision.to,
        "takes_effect": decision.takes_effect.isoformat() if decision.takes_effect else None,
        "period": [day.isoformat() for day in period] if period else None,
        "due": decision.due.isoformat() if decision.due else None,
        "standing": decision.standing,
        "basis": list(decision.basis),
        "not_decided": [{"id": one.text.id, "en": one.text.en, "basis": one.basis} for one in decision.not_decided],
        "reading": [{"id": text.id, "en": text.en} for text in decision.reading],
        "criteria": _criteria_data(decision),
        "warnings": [_criterion_data(c) for c in decision.warnings],
        "missing": list(decision.missing),
        "assumes": list(decision.assumes),
        "conditional_on": [w.model_dump(mode="json") for w in decision.conditional_on],
        "data_findings": [{"code": f.code, "about": f.about} for f in decision.data_findings],
        "policy": decision.policy,
        "library": decision.library,
        "digest": decision.digest,
    }


def _criteria_data(decision: Decision) -> list[dict[str, Any]]:
    telling = Telling.of(decision)
    found = zip(decision.criteria, decision.outcome.findings, strict=True)
    return [{**_criterion_data(c), "possible_from": _iso(telling.possible_from(f))} for c, f in found]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _criterion_data(criterion: CriterionResult) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": {"id": criterion.title.id, "en": criterion.title.en},
        "status": criterion.status,
        "basis": criterion.basis,
        "standing": criterion.standing,
        "cites": [{"name": one.name, "basis": one.basis, "standing": one.standing} for one in criterion.cites],
        "place": criterion.place,
        "missing": list(criterion.missing),
        "seen": [_seen_data(o) for o in criterion.observations],
    }


def _seen_data(observation: SeenFact) -> dict[str, Any]:
    said = {
        "fact": observation.fact,
        "seen": reason_of(observation.seen).as_data(),
        "required": reason_of(observation.required).as_data(),
    }
    makeup = {"components": observation.components, "required_components": observation.required_components}
    parts = {name: [_part_data(one) for one in found] for name, found in makeup.items()}
    return said | {name: found for name, found in parts.items() if found}


def _part_data(one: SeenComponent) -> dict[str, Any]:
    about = {"depth": one.depth, "how": one.how, "of": one.of, "value": one.value}
    return {**about, **reason_of(one.told).as_data()}
