"""Promises: what a policy says of its own fairness, its own and its bases' together, checked against what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from asnpolicy.language.fairness import DESCENDANTS, MERITS, PROTECTED
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import Program, Rule
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.criteria import citation
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.documents import Documents
from asnpolicy.policy.surface.fairness import Exemption, FairnessForm
from asnpolicy.policy.surface.names import Name
from asnpolicy.problems import BASE, RULE, Problems
from asnpolicy.text import Text, phrase

EXEMPT_FROM = (*PROTECTED, *MERITS)


@dataclass(frozen=True, slots=True)
class Promises:
    """What a policy promises: to what it is blind, which merits never hurt, what it is at least as strict as."""

    blind_to: tuple[str, ...] = ()
    descendants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(DESCENDANTS))
    exempt: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The legal basis on which a rule need not keep a promise, by the rule and the attribute or merit."""
    merit_never_hurts: tuple[str, ...] = ()
    at_least_as_strict_as: str | None = None

    @property
    def any(self) -> bool:
        """Whether anything is promised."""
        return bool(self.blind_to or self.merit_never_hurts or self.at_least_as_strict_as)

    def exemption(self, program: Program, rule: Rule, what: str) -> str | None:
        """Return the basis on which a rule need not be blind to an attribute, or may be hurt by a merit; None: it must keep it.

        A rule that states the basis for reading an attribute is exempt by that, and so is what builds on an exempt rule.
        """
        named = self.exempt.get((rule.name, what))
        if named is not None:
            return named
        stated = (part.partition(": ") for part in (rule.reads_protected or "").split("; "))
        own = next((basis for name, _, basis in stated if name == what), None)
        if own is not None:
            return own
        built_on = [program.by_id[name] for name in rule.builds_on if name in program.by_id]
        if rule.kind != "service":  # that one is still in the service is asked by every rule
            built_on = [one for one in built_on if one.kind != "service"]
        return next(filter(None, (self.exemption(program, one, what) for one in built_on)), None)


def promises_of(merged: Merged) -> Promises:
    """Return the promises of a policy, its bases' first."""
    forms = [form for documents in reversed(merged.chain) for form in documents.fairness]
    descendants = dict(DESCENDANTS)
    for form in forms:
        for attribute, names in form.descendants:
            own = tuple(name.text for name in names)
            descendants[attribute.text] = tuple(dict.fromkeys((*descendants.get(attribute.text, ()), *own)))
    exempt = {(one.rule.text, one.what.text): merged.citation(one.basis) for form in forms for one in form.exempt}
    strict = [f.at_least_as_strict_as.text for d in merged.chain[:1] for f in d.fairness if f.at_least_as_strict_as]
    return Promises(
        _together(form.blind_to for form in forms), descendants, exempt,
        _together(form.merit_never_hurts for form in forms), strict[0] if strict else None,
    )  # fmt: skip


def _together(named: Iterable[tuple[Name, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.text for names in named for name in names))


# What they name


def check_promises(merged: Merged, rules: tuple[str, ...], problems: Problems) -> None:
    """Tell every promise about what is not there, and every exemption that a region may not give."""
    for at, documents in enumerate(merged.chain):
        bases = merged.chain[at + 1 :]
        for form in documents.fairness:
            for name in form.blind_to:
                _known(name, PROTECTED, "unknown-attribute", Text("ciri terlindung", "protected attribute"), problems)
            for name in form.merit_never_hurts:
                _known(name, MERITS, "unknown-merit", Text("prestasi", "merit"), problems)
            _descendants(form, problems)
            for one in form.exempt:
                _exemption(one, merged, bases, rules, problems)
            if form.at_least_as_strict_as is not None:
                names = [base.region for base in bases]
                _known(form.at_least_as_strict_as, names, "unknown-region", BASE, problems)


def _known(name: Name, known: Iterable[str], code: str, what: Text, problems: Problems) -> None:
    if name.text not in known:
        problems.unknown(code, name.text, what, name.place, known)


def _descendants(form: FairnessForm, problems: Problems) -> None:
    for attribute, names in form.descendants:
        _known(attribute, PROTECTED, "unknown-attribute", Text("ciri terlindung", "protected attribute"), problems)
        for name in names:
            about, _, kind = name.text.partition(":")
            if kind and (about not in HISTORIES or "kind" not in record_fields(about)):
                message = phrase(
                    en="`{about}` has no records of kinds",
                    id="`{about}` tidak punya catatan menurut jenis",
                    about=about,
                )
                help = phrase(
                    en="write a history with kinds, as in `leaves:cuti-melahirkan`",
                    id="tulis riwayat yang berjenis, seperti `leaves:cuti-melahirkan`",
                )
                problems.add("unknown-descendant", message, name.place, help)
            elif not kind:
                _known(
                    name,
                    (*fields_of("employee"), *HISTORIES),
                    "unknown-descendant",
                    Text("isian atau riwayat", "field or history"),
                    problems,
                )


def _exemption(
    one: Exemption, merged: Merged, bases: tuple[Documents, ...], rules: tuple[str, ...], problems: Problems
) -> None:
    _known(one.rule, rules, "unknown-rule", RULE, problems)
    _known(one.what, EXEMPT_FROM, "unknown-attribute", Text("ciri atau prestasi", "attribute or merit"), problems)
    citation(merged, one.basis, problems)
    if one.rule.text in set(_declared(bases)):
        message = phrase(
            en="`{rule}` is a rule of the base, which a region can't exempt from a promise",
            id="`{rule}` adalah aturan dasar, yang tidak dapat dikecualikan daerah dari suatu janji",
            rule=one.rule.text,
        )
        problems.add(
            "replaces-base",
            message,
            one.rule.place,
            phrase(
                en="leave it out: only the base may, with a legal basis", id="hapus: hanya aturan dasar yang dapat, dengan dasar hukum"
            ),
        )


def _declared(bases: tuple[Documents, ...]) -> Iterator[str]:
    for documents in bases:
        for section in ("promotions", "awards", "duties", "mentoring"):
            yield from documents.sections[section]
