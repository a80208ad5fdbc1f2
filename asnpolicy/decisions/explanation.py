"""Explanation: a decision as people read it, in Indonesian and English, and as data for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asnpolicy.decisions import words
from asnpolicy.language.rules import Text
from asnpolicy.people.nip import masked

if TYPE_CHECKING:
    from asnpolicy.decisions.decision import CriterionResult, Decision

VERDICTS = {
    "eligible": Text("memenuhi syarat untuk diusulkan", "meets the requirements to be proposed"),
    "ineligible": Text("belum memenuhi syarat", "does not yet meet the requirements"),
    "undetermined": Text("belum dapat ditentukan, data belum lengkap", "can't be determined yet, data are missing"),
    "not_applicable": Text("bukan sasaran aturan ini", "the rule is not for this person"),
}
STATES = {
    "fulfilled": Text("kewajiban terpenuhi", "the duty is fulfilled"),
    "owed": Text("kewajiban belum terpenuhi, masih dalam jangka waktu", "the duty is owed, still in time"),
    "overdue": Text("kewajiban menunggak", "the duty is overdue"),
    "undetermined": VERDICTS["undetermined"],
    "not_applicable": VERDICTS["not_applicable"],
}
MENTORING = {
    "eligible": Text("memerlukan mentor", "needs a mentor"),
    "not_applicable": Text("tidak memerlukan mentor menurut aturan ini", "needs no mentor by this rule"),
}
MENTOR = {
    "eligible": Text("dapat menjadi mentor", "may be a mentor"),
    "ineligible": Text("belum dapat menjadi mentor", "may not be a mentor yet"),
}
PAIR = {
    "eligible": Text("pasangan dapat ditawarkan", "the pair may be offered"),
    "ineligible": Text("pasangan tidak dapat ditawarkan", "the pair may not be offered"),
    "undetermined": Text(
        "pasangan belum dapat ditawarkan, data belum lengkap", "the pair can't be offered yet, data are missing"
    ),
}
BY_KIND = {"mentoring": MENTORING, "mentor": MENTOR, "pair": PAIR}
SIGNS = {"failed": "✗", "unknown": "?", "held": "✓", "waived": "≈", "not_applicable": "–"}
STATUS = {
    "failed": Text("tidak terpenuhi", "not met"),
    "unknown": Text("belum diketahui", "not known"),
    "held": Text("terpenuhi", "met"),
    "waived": Text("dikecualikan dengan surat", "waived by letter"),
    "not_applicable": Text("tidak berlaku", "does not apply"),
}
ILLUSTRATIVE = Text(
    "Belum berdasar hukum, bahan pertimbangan: keputusan ini bertumpu pada syarat yang dasar hukumnya belum ditemukan.",
    "Not founded in law, for consideration: this decision rests on criteria for which no legal basis was found.",
)
LABELS = {
    "as_of": Text("Per tanggal", "As of"),
    "result": Text("Hasil", "Result"),
    "to": Text("Tujuan", "Leads to"),
    "takes_effect": Text("Berlaku paling cepat", "Takes effect at the earliest"),
    "due": Text("Batas waktu", "Due before"),
    "period": Text("Periode", "Period"),
    "basis": Text("Dasar", "Basis"),
    "seen": Text("tercatat", "on record"),
    "required": Text("dituntut", "required"),
    "missing": Text("Data yang dapat menentukan", "Data that could settle it"),
    "warnings": Text("Peringatan", "Warnings"),
    "unchecked": Text("tidak dapat diperiksa", "could not be checked"),
    "exempt": Text("dibebaskan karena", "exempt because"),
    "illustrative": Text("bahan pertimbangan, belum berdasar hukum", "for consideration, not founded in law"),
    "why_not": Text("Sasaran aturan", "Whom the rule is for"),
    "assumes": Text("Dianggap masih sama pada tanggal itu", "Taken to be the same on that day"),
    "conditional": Text("Bergantung pada pengecualian", "Rests on a waiver"),
    "policy": Text("Kebijakan", "Policy"),
    "findings": Text("Data bertentangan", "Contradictory data"),
}


def headline(decision: Decision) -> Text:
    """Give the verdict or the state as a phrase."""
    if decision.state is not None:
        return STATES[decision.state.value]
    return BY_KIND.get(decision.rule.kind, VERDICTS).get(decision.verdict.value, VERDICTS[decision.verdict.value])


def explain(decision: Decision, lang: str) -> str:
    """Write a decision for people."""

    def say(word: str) -> str:
        return LABELS[word].to(lang)

    employee = decision.employee
    who = f"{employee.name} ({masked(employee.nip)})" if employee.name else masked(employee.nip)
    lines = [decision.rule.title.to(lang), f"{who}", f"{say('as_of')} {words.day(decision.as_of).to(lang)}", ""]
    if decision.standing == "illustrative" and decision.verdict.value == "ineligible":
        lines += [ILLUSTRATIVE.to(lang), ""]
    lines.append(f"{say('result')}: {headline(decision).to(lang)}")
    lines += _facts(decision, lang)
    lines += _applies(decision, lang)
    if decision.verdict.value != "not_applicable" and decision.criteria:
        lines.append("")
        for criterion in decision.criteria:
            lines += _criterion(criterion, lang)
    lines += _rest(decision, lang)
    return "\n".join(lines) + "\n"


def _facts(decision: Decision, lang: str) -> list[str]:
    lines = []
    eligible = decision.verdict.value == "eligible"
    if decision.to and decision.verdict.value != "not_applicable":
        lines.append(f"{LABELS['to'].to(lang)}: {decision.to}")
    if eligible and decision.takes_effect:
        lines.append(f"{LABELS['takes_effect'].to(lang)}: {words.day(decision.takes_effect).to(lang)}")
    if decision.rule.kind == "duty" and decision.due and decision.verdict.value != "not_applicable":
        lines.append(f"{LABELS['due'].to(lang)}: {words.day(decision.due).to(lang)}")
    if decision.rule.basis:
        lines.append(f"{LABELS['basis'].to(lang)}: {decision.rule.basis}")
    return lines


def _applies(decision: Decision, lang: str) -> list[str]:
    if decision.statuses.applies == 2 and decision.rule.kind != "mentoring":
        return []
    lines = ["", f"{LABELS['why_not'].to(lang)}:"]
    for observation in decision.outcome.rule.applies_observations:
        seen = decision.seen(observation)
        lines.append(_seen_line(seen.label, seen.seen, seen.required, lang, "  • "))
    return lines if len(lines) > 2 else []


def _seen_line(label: Text, seen: Text, required: Text, lang: str, indent: str) -> str:
    on_record, wanted = LABELS["seen"].to(lang), LABELS["required"].to(lang)
    return f"{indent}{label.to(lang)}: {on_record} {seen.to(lang)}; {wanted} {required.to(lang)}"


def _criterion(criterion: CriterionResult, lang: str) -> list[str]:
    mark = SIGNS[criterion.status]
    lines = [f"{mark} {criterion.title.to(lang)}: {STATUS[criterion.status].to(lang)}"]
    if criterion.exempt_by is not None and criterion.status == "held":
        lines[0] += f" ({LABELS['exempt'].to(lang)}: {criterion.exempt_by.to(lang)})"
    if criterion.status != "not_applicable":
        lines += [_seen_line(o.label, o.seen, o.required, lang, "    ") for o in criterion.observations]
    if criterion.status == "unknown" and criterion.missing:
        lines.append(f"    {LABELS['missing'].to(lang)}: {', '.join(criterion.missing)}")
    basis = criterion.basis
    if criterion.standing == "illustrative":
        basis = f"{basis} ({LABELS['illustrative'].to(lang)})" if basis else LABELS["illustrative"].to(lang)
    if basis:
        lines.append(f"    {LABELS['basis'].to(lang)}: {basis}")
    return lines


def _rest(decision: Decision, lang: str) -> list[str]:
    lines: list[str] = []
    if decision.missing:
        lines += ["", f"{LABELS['missing'].to(lang)}: {', '.join(decision.missing)}"]
    if decision.warnings and decision.verdict.value != "not_applicable":
        lines += ["", f"{LABELS['warnings'].to(lang)}:"]
        for warning in decision.warnings:
            unchecked = f" ({LABELS['unchecked'].to(lang)})" if warning.status == "unknown" else ""
            lines.append(f"  ! {warning.title.to(lang)}{unchecked} [{warning.basis}]")
    for waiver in decision.conditional_on:
        lines += ["", f"{LABELS['conditional'].to(lang)}: {waiver.letter}, {waiver.approver} ({waiver.basis})"]
    if decision.employee.data_findings:
        found = ", ".join(f"{f.code} ({f.about})" for f in decision.employee.data_findings)
        lines += ["", f"{LABELS['findings'].to(lang)}: {found}"]
    if decision.assumes:
        lines += ["", f"{LABELS['assumes'].to(lang)}: {', '.join(decision.assumes)}"]
    lines.append(f"{LABELS['policy'].to(lang)}: {decision.region} {decision.policy[:12]}, asnpolicy {decision.library}")
    return lines


def as_data(decision: Decision) -> dict[str, Any]:
    """Give a decision as plain data, in a fixed order."""
    period = decision.period
    return {
        "region": decision.region,
        "rule": decision.rule.id,
        "nip": decision.employee.nip,
        "as_of": decision.as_of.isoformat(),
        "verdict": decision.verdict.value,
        "state": decision.state.value if decision.state else None,
        "to": decision.to,
        "takes_effect": decision.takes_effect.isoformat() if decision.takes_effect else None,
        "period": [day.isoformat() for day in period] if period else None,
        "due": decision.due.isoformat() if decision.due else None,
        "standing": decision.standing,
        "criteria": [_criterion_data(c) for c in decision.criteria],
        "warnings": [_criterion_data(c) for c in decision.warnings],
        "missing": list(decision.missing),
        "assumes": list(decision.assumes),
        "conditional_on": [w.model_dump(mode="json") for w in decision.conditional_on],
        "data_findings": [{"code": f.code, "about": f.about} for f in decision.employee.data_findings],
        "policy": decision.policy,
        "library": decision.library,
        "digest": decision.digest,
    }


def _criterion_data(criterion: CriterionResult) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": {"id": criterion.title.id, "en": criterion.title.en},
        "status": criterion.status,
        "basis": criterion.basis,
        "standing": criterion.standing,
        "place": criterion.place,
        "missing": list(criterion.missing),
        "seen": [_seen_data(o) for o in criterion.observations],
    }


def _seen_data(observation: Any) -> dict[str, Any]:
    seen, required = observation.seen, observation.required
    return {
        "fact": observation.fact,
        "seen": {"id": seen.id, "en": seen.en},
        "required": {"id": required.id, "en": required.en},
    }
