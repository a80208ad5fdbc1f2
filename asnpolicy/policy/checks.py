"""Checks of a whole policy: that names mean one thing, that rules build on what is there, that permissions ask something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from asnpolicy.language.facts import FACTS
from asnpolicy.language.rules import Program, RuleId
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.criteria import citation
from asnpolicy.policy.elaborate.rules import Elaboration
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.promises import check_promises
from asnpolicy.policy.surface import walk as written
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.conditions import ABOUT, CLAUSES
from asnpolicy.policy.surface.documents import Declared
from asnpolicy.policy.surface.rules import PERMISSIONS, RULE_SECTIONS, AdditionForm, AwardForm, PromotionForm
from asnpolicy.problems import Problems
from asnpolicy.text import Message, Text, phrase

Check = Callable[[Policy, Problems], None]
RESERVED = frozenset({*FACTS, *HISTORIES, *CLAUSES, *ABOUT, "target"})
"""Words of the language: a figure that had such a name would be asked in place of it, in the base's rules too."""


# Rules that build on each other


def no_circles_among_rules(policy: Policy, problems: Problems) -> None:
    """Rules that build on each other must not go in a circle."""
    for program in policy.programs:
        asked = {rule.id: rule.builds_on for rule in program.rules}
        for rule in program.rules:
            circle = _circle(rule.id, asked, ())
            if circle:
                message = phrase(
                    en="rules build on each other: {circle}",
                    id="aturan saling bergantung: {circle}",
                    circle=" → ".join(circle),
                )
                help = phrase(
                    en="take `{next}` out of `{first}`, or name another rule there",
                    id="hapus `{next}` dari `{first}`, atau sebut aturan lain di sana",
                    first=circle[0],
                    next=circle[1],
                )
                problems.add("circle", message, rule.place, help)
                return


def _circle(rule: str, asked: Mapping[str, tuple[str, ...]], path: tuple[str, ...]) -> tuple[str, ...]:
    if rule in path:
        return (*path[path.index(rule) :], rule)
    for other in asked.get(rule, ()):
        found = _circle(other, asked, (*path, rule))
        if found:
            return found
    return ()


def asked_rules_are_in_force(policy: Policy, problems: Problems) -> None:
    """A rule that another builds on must be in force on the same days."""
    gaps: dict[tuple[str, str], list[Program]] = {}
    rules = {rule.id: rule for program in reversed(policy.programs) for rule in program.rules}
    for program in policy.programs:
        there = {rule.id for rule in program.rules}
        for rule in program.rules:
            for asked in rule.builds_on:
                if asked not in there:
                    gaps.setdefault((rule.id, asked), []).append(program)
    for (name, asked), without in gaps.items():
        message = phrase(
            en="`{what}` builds on `{asked}`, which is not in force on {since}",
            id="`{what}` bertumpu pada `{asked}`, yang tidak berlaku pada {since}",
            what=name,
            asked=asked,
            since=without[0].since,
        )
        problems.add("not-covered", message, rules[name].place, _together(policy, name, asked, without))


def _together(policy: Policy, name: str, asked: str, without: list[Program]) -> Message:
    """Return the way out of a rule that is in force without one that it builds on: the day it should begin or end."""
    if RuleId.of(asked).part == "previous":
        return phrase(
            en="only a duty with `every:` has a previous period",
            id="hanya kewajiban dengan `every:` yang punya periode sebelumnya",
        )
    with_both = [one for one in policy.programs if {name, asked} <= {rule.id for rule in one.rules}]
    if with_both and without[-1].since < with_both[0].since:
        return phrase(
            en="let `{what}` begin later: `from: {day}`", id="mulai `{what}` lebih kemudian: `from: {day}`",
            what=name, day=with_both[0].since,
        )  # fmt: skip
    if with_both and with_both[-1].since < without[0].since:
        return phrase(
            en="let `{what}` end with it: `until: {day}`", id="akhiri `{what}` bersamanya: `until: {day}`",
            what=name, day=without[0].since,
        )  # fmt: skip
    return phrase(en="let both begin and end on the same days", id="samakan hari mulai dan hari berakhir keduanya")


# What is declared


def everything_declared_is_read(policy: Policy, problems: Problems) -> None:
    """Values, tables, shared conditions and figures are checked whether a rule uses them or not."""
    merged = policy.merged
    for name in merged.names("values"):
        merged.value_versions(name)
    for name in merged.names("tables"):
        merged.table(name)
    if policy.programs:
        Elaboration(merged, problems).check_shared(policy.programs[-1].since)


def every_basis_names_a_source(policy: Policy, problems: Problems) -> None:
    """Of values, tables, figures and holidays too."""
    for documents in policy.merged.chain:
        for holidays in documents.holidays.values():
            citation(policy.merged, holidays.basis, problems)
        for section in ("values", "tables", "figures"):
            for declared in documents.sections[section].values():
                for part in written.walk(declared.form):
                    if isinstance(part, Basis):
                        citation(policy.merged, part, problems)


def names_are_words(policy: Policy, problems: Problems) -> None:
    """Names must be words in small letters, since they are cited in decisions."""
    for documents in policy.merged.chain:
        for declared in documents.sections.values():
            for name, one in declared.items():
                if not all(c.islower() or c.isdigit() or c in "-_" for c in name):
                    message, help = (
                        phrase(en="`{name}` is not a name", id="`{name}` bukan nama yang sah", name=name),
                        phrase(en="use small letters, digits, `-` and `_`", id="pakai huruf kecil, angka, `-`, dan `_`"),
                    )
                    problems.add("name", message, one.place, help)


def names_mean_one_thing(policy: Policy, problems: Problems) -> None:
    """No two rules share a name, no figure hides a fact, no region declares anew what its base declares."""
    merged = policy.merged
    _rules_share_no_name(merged, problems)
    for name in sorted(merged.names("figures") & RESERVED):
        for declared in merged.layers("figures", name):
            message = phrase(
                en="`{name}` is a word of the language", id="`{name}` adalah kata dalam bahasa kebijakan", name=name
            )
            problems.add(
                "reserved-name",
                message,
                declared.place,
                phrase(en="give the figure another name", id="beri angka itu nama lain"),
            )
    for section, what in (("conditions", Text("syarat bersama", "shared condition")), ("figures", "figure")):
        for name in sorted(merged.names(section)):
            for declared in merged.layers(section, name)[1:]:
                message = phrase(
                    en="`{name}` is a {what} of the base, which a region can't replace",
                    id="`{name}` adalah {what} milik aturan dasar, yang tidak dapat diganti daerah",
                    name=name,
                    what=what,
                )
                problems.add(
                    "replaces-base",
                    message,
                    declared.place,
                    phrase(en="give the region's own another name", id="beri nama lain pada milik daerah sendiri"),
                )


def _rules_share_no_name(merged: Merged, problems: Problems) -> None:
    seen: dict[str, Declared[object]] = {}
    for section in RULE_SECTIONS:
        for name in sorted(merged.names(section)):
            declared = merged.layers(section, name)[0]
            other = seen.setdefault(name, declared)
            if other is not declared:
                message = phrase(
                    en="`{name}` is already the name of another rule, in {other}",
                    id="`{name}` sudah menjadi nama aturan lain, di {other}",
                    name=name,
                    other=other.place,
                )
                problems.add(
                    "declared-twice",
                    message,
                    declared.place,
                    phrase(en="give one of them another name", id="beri salah satunya nama lain"),
                )


def only_the_base_says_who_leaves(policy: Policy, problems: Problems) -> None:
    """An event of leaving ends all rules, the base's too: a region that has a base adds none."""
    own, *bases = policy.merged.chain
    for declared in own.leaving.values() if bases else ():
        if not isinstance(declared.form, AdditionForm):
            message = phrase(
                en="`{name}` would end the rules of the base, which a region can't",
                id="`{name}` akan mengakhiri aturan dasar, padahal daerah tidak berwenang",
                name=declared.name,
            )
            problems.add(
                "replaces-base",
                message,
                declared.place,
                phrase(
                    en="leave it out: only the base says by which events one leaves",
                    id="hapus: hanya aturan dasar yang menyebut peristiwa berhenti",
                ),
            )


def events_are_known(policy: Policy, problems: Problems) -> None:
    """What a rule follows is an event of leaving."""
    known = policy.merged.names("leaving")
    for documents in policy.merged.chain:
        for section in PERMISSIONS:
            for declared in documents.rules(section).values():
                for name in getattr(declared.form, "follows", ()):
                    if name.text not in known:
                        problems.unknown(
                            "unknown-event",
                            name.text,
                            Text("peristiwa berhenti", "event of leaving"),
                            name.place,
                            known,
                        )


# Permissions


def regions_stay_within_the_base(policy: Policy, problems: Problems) -> None:
    """A region adds a permission only within one of the base's, or where the base says that regions may add."""
    own, *bases = policy.merged.chain
    may = {word for documents in bases for word in documents.regions_may_add}
    for section in PERMISSIONS if bases else ():
        for name, declared in own.rules(section).items():
            form = declared.form
            lies_within = isinstance(form, (PromotionForm, AwardForm)) and form.within is not None
            if section in may or form is None or isinstance(form, AdditionForm) or lies_within:
                continue
            problems.add(
                "not-within",
                phrase(
                    en="`{name}` is a permission that the base does not know",
                    id="`{name}` adalah kesempatan yang tidak dikenal aturan dasar",
                    name=name,
                ),
                declared.place,
                phrase(
                    en="the base must say `regions_may_add: [mentoring]`",
                    id="aturan dasar harus memuat `regions_may_add: [mentoring]`",
                )
                if section == "mentoring"
                else phrase(
                    en="name the rule of the base that it lies within, such as `within: {nearest}`",
                    id="sebut aturan dasar yang menaunginya, misalnya `within: {nearest}`",
                    nearest=_nearest(name, [other for base in bases for other in base.rules(section)]),
                ),
            )


def _nearest(name: str, others: Sequence[str]) -> str:
    """Return the name that is most like another, by its words first; of a base without any, the name itself."""
    words = frozenset(name.split("-"))
    most = max((len(words & {*other.split("-")}) for other in others), default=0)
    alike = [other for other in others if len(words & {*other.split("-")}) == most]
    return next(iter(get_close_matches(name, alike, 1, 0.0)), name)


def permissions_ask_something(policy: Policy, problems: Problems) -> None:
    """A promotion or an award has a criterion on each day that it is in force: else everybody would pass."""
    told: set[str] = set()
    for program in policy.programs:
        for rule in program.rules:
            if rule.criteria or rule.id in told:
                continue
            told.add(rule.id)
            if any(_has_criteria(policy.merged, section, rule.id) for section in ("promotions", "awards")):
                message = phrase(
                    en="`{what}` has no criterion that is in force on {since}",
                    id="`{what}` tidak punya syarat yang berlaku pada {since}",
                    what=rule.id,
                    since=program.since,
                )
                help = phrase(
                    en="give it a criterion from that day on, or let the rule begin later",
                    id="beri syarat sejak hari itu, atau mulai aturannya lebih kemudian",
                )
                problems.add("not-covered", message, rule.place, help)


def _has_criteria(merged: Merged, section: str, name: str) -> bool:
    """Tell whether any are written: that there are none at all is told where the rule is read."""
    declared = merged.declared(section, name)
    form = declared.form if declared else None
    return isinstance(form, (PromotionForm, AwardForm)) and bool(form.require)


def promises_are_about_what_is_there(policy: Policy, problems: Problems) -> None:
    """Promises of fairness name attributes, merits, rules and a base that are there, and every exemption has a basis."""
    check_promises(policy.merged, tuple(sorted(policy.merged.rule_names())), problems)


CHECKS: tuple[Check, ...] = (
    no_circles_among_rules,
    asked_rules_are_in_force,
    everything_declared_is_read,
    every_basis_names_a_source,
    names_are_words,
    regions_stay_within_the_base,
    names_mean_one_thing,
    permissions_ask_something,
    promises_are_about_what_is_there,
    only_the_base_says_who_leaves,
    events_are_known,
)
"""Every check of a whole policy, in one visible list."""
