"""Hunts: what is looked for to answer a question on one stretch of days: who would refute it, or who would prove it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import z3

from asnpolicy.backends.protocol import Statuses
from asnpolicy.backends.smt import careers
from asnpolicy.backends.smt.likeness import Likeness, Other
from asnpolicy.backends.smt.records import RecordLimit, records_for
from asnpolicy.backends.smt.rules import Translation
from asnpolicy.backends.smt.search import Claims, Discovery, Extent, Smt
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.backends.smt.witness import Witness
from asnpolicy.fairness.missing import Lack
from asnpolicy.fairness.service import besides_service, stays
from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Compare, Field, Fold, Kind, Literal, Node, RecordField, Truth, walk
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import FAILED, HELD, Rule
from asnpolicy.language.windows import EVER
from asnpolicy.people import HISTORIES
from asnpolicy.problems import FACT, meant, refused, unknown
from asnpolicy.text import Text, phrase

Terms = Callable[..., list[Any]]
"""What is claimed of one person or of two, over their translations."""


@dataclass(frozen=True)
class Hunt:
    """Who is looked for: claims over a person (and a twin), and what the definition must say of them."""

    smt: Smt
    conditions: Sequence[Node]
    terms: Terms
    replay: Callable[..., bool]
    what: Text
    """What is seen on whoever is found."""
    wanted: bool = False
    """Whether somebody found proves the claim, and nobody refutes it."""
    rules: tuple[tuple[str, Smt, str], ...] = ()
    """The rules that are told of whoever is found: the label, by which program, and the id."""
    likeness: Likeness | None = None
    beside: Smt | None = None
    """The other program that the same person is asked about."""
    carriers: Callable[[Translation], list[tuple[str, Any]]] | None = None
    """The criteria that may carry a proof, each with its term; then `terms` claims only the rest."""
    by_case: bool = False
    """Whether one of the cases of the rule may show them: then nobody is searched, nor made minimal."""
    among: Hunt | None = None
    """More people than those who are looked for, of whom so many records are enough: nobody there is nobody here."""

    lacking: Callable[[], Lack | None] | None = None
    """Where there is nobody of whom all is known: looks for somebody who lacks a fact."""
    first: Callable[[], Hunt] | None = None
    """The same on the first day alone, which is the easier question: whoever is found there is found."""

    def run(self) -> Discovery:
        """Look for them."""
        wider = self.among
        nobody = None if wider is None else self.smt.nobody(wider.conditions, wider.records, wider.claims)
        if nobody is None and self.first is not None:
            found = self.first().run()
            if found.people:
                return found
        return nobody or self.smt.find(self.conditions, self.records, self.claims, self._replayed, doubted=not self.wanted)

    @property
    def records(self) -> tuple[RecordLimit, ...]:
        """How many records of each history they may have."""
        alike = self.likeness or Likeness()
        needed = records_for(self.conditions, alike.fields, alike.histories)
        return tuple(needed[history] for history in sorted(needed))

    def claims(self, extent: Extent) -> Claims:
        """Return who is looked for among some people."""
        people, terms = self._people(extent)
        carried = [term for _, term in self.carriers(people[0])] if self.carriers else []
        alike = self.likeness.terms(people[0].person, people[1].person) if self.likeness else []
        return Claims(people, (*terms, *carried, *alike))

    def _people(self, extent: Extent) -> tuple[tuple[Translation, ...], list[Any]]:
        kinds = [kind for some in self.likeness.kinds.values() for kind in some] if self.likeness else []
        one = self.smt.translation(self.conditions, extent=extent, texts=kinds)
        self._spell_out(one)
        careers.spell_out(one.person)
        if self.likeness is not None:
            twin = self.smt.translation(self.conditions, suffix=" of the twin", extent=extent, texts=kinds)
            self._spell_out(twin)
            careers.spell_out(twin.person)
            return (one, twin), self.terms(one, twin)
        if self.beside is not None:
            there = Translation(self.beside.rules, one.person, one.units, whatever=extent.records is None)
            return (one,), self.terms(one, there)
        return (one,), self.terms(one)

    def _spell_out(self, person: Translation) -> None:
        """Let a person have all that the rules look at: whoever is shown is wholly known."""
        for _, smt, rule in self.rules:
            if smt is self.smt:
                person.verdict(rule, "eligible")

    def _replayed(self, people: tuple[Witness, ...]) -> bool:
        return self.replay(*(person.question for person in people))

    def carried_by(self) -> tuple[str, ...]:
        """Return the criteria without which the proof would not be one: among any people, else among those with so many records."""
        if self.carriers is None:
            return ()
        return self._carried_by(Extent(None)) or self._carried_by(Extent(self.records))

    def _carried_by(self, extent: Extent) -> tuple[str, ...]:
        people, terms = self._people(extent)
        solver = self.smt.solver(Claims(people, tuple(terms)))
        marks = {f"criterion {name}": (name, term) for name, term in (self.carriers or _nothing)(people[0])}
        for mark, (_, term) in marks.items():
            solver.add(z3.Implies(z3.Bool(mark), term))
        needed = list(marks)
        if solver.check(*map(z3.Bool, needed)) != z3.unsat:
            return ()
        for mark in list(needed):
            solver.set("timeout", self.smt.milliseconds)
            rest = [one for one in needed if one != mark]
            if solver.check(*map(z3.Bool, rest)) == z3.unsat:
                needed = rest
        return tuple(marks[mark][0] for mark in needed)


def _nothing(_: Translation) -> list[tuple[str, Any]]:
    return []


# What the definition says


def verdict_of(statuses: Statuses) -> str:
    """Return the verdict of a rule."""
    if statuses.applies != HELD:
        return "not_applicable" if statuses.applies == FAILED else "undetermined"
    return ("ineligible", "undetermined", "eligible")[statuses.holds]


def decided(smt: Smt, rule: str, question: Any) -> str:
    """Return what the definition says of a rule."""
    return verdict_of(smt.definition.decide(rule, question))


# One person


def on_any_day(smt: Smt, make: Callable[[Smt], Hunt]) -> Hunt:
    """Return a hunt for somebody who proves something, tried first on the first day alone."""
    hunt, first = make(smt), smt.on_the_first_day()
    return hunt if first is None else replace(hunt, first=lambda: replace(make(first), among=None))


def comes_to(smt: Smt, rule: str, verdict: str, *, wanted: bool) -> Hunt:
    """Look for somebody who comes to a verdict."""
    what = Text(f"`{rule}`: {verdict}", f"`{rule}`: {verdict}")
    return Hunt(smt, smt.conditions(rule), lambda said: [said.verdict(rule, verdict)], lambda q: decided(smt, rule, q) == verdict, what, wanted, ((rule, smt, rule),))


def comes_to_another(smt: Smt, rule: str, verdict: str) -> Iterator[Hunt]:
    """Look for those who come to another verdict than one."""
    others = {"eligible": ["ineligible"], "ineligible": ["eligible"]}.get(verdict, ["eligible", "ineligible"])
    yield from (comes_to(smt, rule, other, wanted=False) for other in others)


# Two people


def told_apart(smt: Smt, rule: str, attribute: str, follows: tuple[str, ...]) -> Hunt | None:
    """Look for two people who differ in an attribute and what follows from it, and come to different things.

    None where the rule looks at neither.
    """
    fields, kinds = _free(attribute, follows)
    target = smt.rules[rule].target
    conditions = [*smt.conditions(rule), *([target] if target is not None else [])]
    own = [*(root for each in besides_service(smt.rules, rule) for root in each.conditions), *conditions[-1:]]
    if not any(_looks_at(node, fields, kinds) for condition in own for node in walk(condition)):
        return None
    service = stays(smt.rules, rule)

    def terms(one: Translation, other: Translation) -> list[Any]:
        here, there = one.verdict(rule, "eligible"), other.verdict(rule, "eligible")
        apart = [all_of(here, negated(there)), all_of(one.applies(rule), negated(other.applies(rule)))]
        if target is not None:
            apart.append(all_of(here, there, _differ(one, other, target)))
        return [any_of(apart), *(said.verdict(stays, "eligible") for said in (one, other) for stays in service)]

    def replay(one: Any, other: Any) -> bool:
        mine, its = (_outcome(smt, rule, each) for each in (one, other))
        return mine != its and "undetermined" not in (mine[0], its[0])

    what = Text(
        f"berbeda hanya dalam {', '.join((attribute, *follows))}",
        f"they differ in {', '.join((attribute, *follows))} alone",
    )
    return Hunt(smt, conditions, terms, replay, what, False, ((rule, smt, rule),), Likeness(fields, kinds))


def _looks_at(node: Node, fields: Container[Other], histories: Container[str]) -> bool:
    if isinstance(node, Field):
        return (node.scope if node.scope != "mentee" else "employee", node.name) in fields
    return isinstance(node, Fold) and node.history in histories


def _differ(one: Translation, other: Translation, node: Any) -> Any:
    a, b = one.value(node), other.value(node)
    return any_of(a.absent != b.absent, all_of(negated(a.absent), a.value != b.value))


def _outcome(smt: Smt, rule: str, question: Any) -> tuple[str, Any]:
    verdict = decided(smt, rule, question)
    return verdict, smt.definition.target(rule, question) if verdict == "eligible" else None


def _free(attribute: str, follows: tuple[str, ...]) -> tuple[frozenset[Other], dict[str, tuple[str, ...]]]:
    known = fields_of("employee")
    fields = {attribute if attribute in known else f"protected.{attribute}"}
    kinds: dict[str, tuple[str, ...]] = {}
    for name in follows:
        history, _, kind = name.partition(":")
        if history in HISTORIES and (not kind or "kind" in record_fields(history)):
            kinds[history] = (*kinds.get(history, ()), *((kind,) if kind else ()))
        elif name in known:
            fields.add(name)
        else:
            help_ = meant(history, [*known, *HISTORIES])
            raise refused(
                "unknown-descendant",
                phrase(en="nothing on record is called `{name}`", id="tidak ada isian bernama `{name}`", name=name),
                help_,
            )
    return frozenset(("employee", name) for name in fields), kinds


def hurt(smt: Smt, rule: str, merit: tuple[str, str]) -> Hunt | None:
    """Look for two people who differ in that the second has more of a merit, and only the first passes.

    None where the rule does not look at it.
    """
    history, field = merit
    nodes = (node for condition in smt.conditions(rule) for node in walk(condition))
    folds = [node for node in nodes if isinstance(node, Fold) and node.history == history]
    if not any(isinstance(part, RecordField) and part.name == field for fold in folds for part in walk(fold)):
        return None

    def lost(said: Translation) -> Any:
        return said.verdict(rule, "ineligible") if _is_duty(smt.rules[rule]) else negated(said.verdict(rule, "eligible"))

    def replay(one: Any, other: Any) -> bool:
        after = decided(smt, rule, other)
        bad = ("ineligible",) if _is_duty(smt.rules[rule]) else ("ineligible", "not_applicable")
        return decided(smt, rule, one) == "eligible" and after in bad

    name = ".".join(merit)
    return Hunt(
        smt, smt.conditions(rule), lambda one, other: [one.verdict(rule, "eligible"), lost(other)], replay,
        Text(f"yang kedua memiliki {name} lebih tinggi", f"the second has more {name}"), False, ((rule, smt, rule),),
        Likeness(more=merit),
    )  # fmt: skip


def _is_duty(rule: Rule) -> bool:
    return rule.kind == "duty"


# Two policies


def weaker(here: Smt, rule: str, there: Smt, base_rule: str, label: str, own: str | None = None) -> Hunt:
    """Look for somebody who passes here and not there: a witness that the first is not as strict.

    `label`: what the other policy is called; `own`: what the first one is, where it is not the one that is asked about.
    """
    duty = _is_duty(here.rules[rule])
    good = ("eligible", "not_applicable") if duty else ("eligible",)

    def carriers(said: Translation) -> list[tuple[str, Any]]:
        if duty:
            return [(rule, said.clear(rule))]
        return [(one.id, said.criterion(one)) for one in here.rules[rule].criteria]

    def terms(mine: Translation, its: Translation) -> list[Any]:
        passes = its.clear(base_rule) if duty else its.verdict(base_rule, "eligible")
        return [*([] if duty else [mine.applies(rule)]), negated(passes)]

    def replay(question: Any) -> bool:
        after = decided(there, base_rule, question)
        return decided(here, rule, question) in good and after not in good and after != "undetermined"

    return Hunt(
        here, [*here.conditions(rule), *there.conditions(base_rule)], terms, replay,
        Text(f"lolos di sini, tetapi tidak menurut `{label}`", f"passes here, but not by `{label}`"), False,
        ((_named(own, rule), here, rule), (_named(label, base_rule), there, base_rule)), None, there, carriers,
    )  # fmt: skip


def _named(policy: str | None, rule: str) -> str:
    return f"{policy}#{rule}" if policy else rule


def later(here: Smt, rule: str, there: Smt, base_rule: str, label: str) -> Hunt | None:
    """Look for somebody who owes a duty by both, and here only by a later day."""
    mine, its = here.rules[rule].due, there.rules[base_rule].due
    if mine is None or its is None or mine == its:
        return None

    def terms(one: Translation, other: Translation) -> list[Any]:
        a, b = one.value(mine), other.value(its)
        owed = [one.verdict(rule, "ineligible"), other.verdict(base_rule, "ineligible")]
        return [*owed, negated(a.absent), negated(b.absent), a.value > b.value]

    def replay(question: Any) -> bool:
        a, b = here.definition.due(rule, question), there.definition.due(base_rule, question)
        return a is not None and b is not None and a > b  # type: ignore[operator]  # two days

    conditions = [*here.conditions(rule), *there.conditions(base_rule), mine, its]
    what = Text(f"jatuh tempo lebih lambat daripada menurut `{label}`", f"due later than by `{label}`")
    rules = ((rule, here, rule), (f"{label}#{base_rule}", there, base_rule))
    return Hunt(here, conditions, terms, replay, what, False, rules, None, there)


def higher(
    here: Smt, rule: str, there: Smt, base_rule: str, label: str, own: str | None = None
) -> Hunt | None:
    """Look for somebody who is eligible by both, and here for more: a rank or a level above the one of the other policy."""
    mine, its = here.rules[rule], there.rules[base_rule]
    labels = mine.target_type.labels if mine.target_type is not None else None
    if mine.target == its.target or mine.target_type != its.target_type or labels is None or not labels.ordered():
        return None
    leads: Any = (mine.target, its.target)

    def terms(one: Translation, other: Translation) -> list[Any]:
        a, b = one.value(leads[0]), other.value(leads[1])
        both = [one.verdict(rule, "eligible"), other.verdict(base_rule, "eligible")]
        return [*both, negated(a.absent), negated(b.absent), a.value > b.value]

    def replay(question: Any) -> bool:
        a, b = here.definition.target(rule, question), there.definition.target(base_rule, question)
        both = {decided(here, rule, question), decided(there, base_rule, question)} == {"eligible"}
        return both and a is not None and b is not None and a > b  # type: ignore[operator]  # two labels that have an order

    conditions = [*here.conditions(rule), *there.conditions(base_rule), *leads]
    what = Text(f"naik lebih tinggi daripada menurut `{label}`", f"rises higher than by `{label}`")
    rules = ((_named(own, rule), here, rule), (_named(label, base_rule), there, base_rule))
    return Hunt(here, conditions, terms, replay, what, False, rules, None, there)


def differs(here: Smt, rule: str, there: Smt, other: str, label: str) -> Hunt:
    """Look for somebody who comes to one thing by a rule, and to another by another: a verdict, or what it leads to."""
    leads: list[Any] = [here.rules[rule].target, there.rules[other].target]
    led = None not in leads and leads[0] != leads[1]

    def apart(one: Translation, two: Translation) -> list[Any]:
        a, b = one.verdict(rule, "eligible"), two.verdict(other, "eligible")
        ways = [a != b, one.applies(rule) != two.applies(other)]
        if led:
            mine, its = one.value(leads[0]), two.value(leads[1])
            ways.append(all_of(a, b, any_of(mine.absent != its.absent, mine.value != its.value)))
        return [any_of(ways)]

    def replay(question: Any) -> bool:
        mine, its = _outcome(here, rule, question), _outcome(there, other, question)
        said = {mine[0], its[0]}
        return (len(said) > 1 and "undetermined" not in said) or (led and said == {"eligible"} and mine != its)

    conditions = [*here.conditions(rule), *there.conditions(other), *(leads if led else [])]
    rules = ((rule, here, rule), (f"{label}#{other}", there, other))
    what = Text("putusannya berbeda", "the two do not come to the same")
    return Hunt(here, conditions, apart, replay, what, False, rules, None, there)


# Several rules


def in_no_scope(smt: Smt, rules: tuple[str, ...], among: tuple[tuple[str, str], ...]) -> Hunt:
    """Look for somebody of a group to whom none of some rules applies."""
    group = [fact_is(name, value) for name, value in among]

    def terms(said: Translation) -> list[Any]:
        return [*(said.truth(one) for one in group), *(negated(said.applies(rule)) for rule in rules)]

    def replay(question: Any) -> bool:
        meaning = smt.definition.meaning(question)
        held = all(meaning.truth(one).status == HELD for one in group)
        return held and all(decided(smt, rule, question) == "not_applicable" for rule in rules)

    conditions = [*smt.conditions(*rules), *group]
    what = Text("tidak satu pun berlaku", "none of them applies")
    return Hunt(smt, conditions, terms, replay, what, False, tuple((rule, smt, rule) for rule in rules))


def fact_is(name: str, value: str) -> Truth:
    """Return the condition that a fact has a value, as it is written in a policy."""
    fact = FACTS.get(name)
    if fact is None:
        raise refused("unknown-fact", unknown(FACT, name), meant(name, FACTS))
    known: list[str] = []
    match fact.type.kind:
        case Kind.LABEL:
            known = [str(label) for label in fact.type.labels or ()]
            worth: Any = next((label for label in fact.type.labels or () if str(label) == value), None)
        case Kind.TRUTH:
            known = ["true", "false"]
            worth = {"true": True, "false": False}.get(value)
        case Kind.TEXT:
            worth = value
        case _:
            worth = None
    if worth is None:
        help_ = (
            meant(value, known)
            if known
            else phrase(
                en="describe a group by words, such as `employment` or `post_kind`",
                id="gambarkan kelompok dengan kata, misalnya `employment` atau `post_kind`",
            )
        )
        message = phrase(
            en="`{name}` can't be `{value}`", id="`{name}` tidak dapat bernilai `{value}`", name=name, value=value
        )
        raise refused("unknown-value", message, help_)
    return Compare("is", fact.value(EVER), Literal(worth))


def at_odds(smt: Smt, rules: tuple[str, ...]) -> Iterator[Hunt]:
    """Look for somebody who is eligible by two rules for two different things of one kind."""
    for one, other in combinations(rules, 2):
        mine, its = smt.rules[one], smt.rules[other]
        if (
            mine.target is None
            or its.target is None
            or mine.target_type != its.target_type
            or mine.target == its.target
        ):
            continue
        yield _at_odds(smt, mine, its)


def _at_odds(smt: Smt, one: Rule, other: Rule) -> Hunt:
    targets: Any = (one.target, other.target)

    def terms(said: Translation) -> list[Any]:
        a, b = said.value(targets[0]), said.value(targets[1])
        both = [said.verdict(one.id, "eligible"), said.verdict(other.id, "eligible")]
        return [*both, negated(a.absent), negated(b.absent), a.value != b.value]

    def replay(question: Any) -> bool:
        leads = [smt.definition.target(rule.id, question) for rule in (one, other)]
        eligible = all(decided(smt, rule.id, question) == "eligible" for rule in (one, other))
        return eligible and None not in leads and leads[0] != leads[1]

    what = Text("dua tujuan yang berbeda sekaligus", "two different targets at once")
    rules = ((one.id, smt, one.id), (other.id, smt, other.id))
    return Hunt(smt, [*smt.conditions(one.id, other.id), *targets], terms, replay, what, False, rules)
