"""Rules: what is written under promotions, awards, duties and mentoring becomes rules of one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import (
    DURATION,
    NUMBER,
    YES,
    AllOf,
    Arithmetic,
    Asks,
    Compare,
    Expr,
    Field,
    IsNone,
    Kind,
    Literal,
    Not,
    PlusMonths,
    Scope,
    StartOfYear,
    Truth,
    Type,
    YearOf,
)
from asnpolicy.language.reading import fields_of
from asnpolicy.language.rules import Criterion, Effect, Period, Rule, Standing, Text
from asnpolicy.language.windows import AS_OF
from asnpolicy.people import OPEN
from asnpolicy.people.ranks import Rank
from asnpolicy.policy.conditions import condition
from asnpolicy.policy.context import Built, Context, Typed
from asnpolicy.policy.criteria import basis, basis_of, criterion, shared, standing, title
from asnpolicy.policy.dated import BEGINNING, span_of
from asnpolicy.policy.documents import RULE_SECTIONS, Declared, texts_of
from asnpolicy.policy.figures import figure, record_figure
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.preferences import preferences
from asnpolicy.policy.source import Entry, Mapping, Node, Scalar, Sequence, as_mapping, as_text, keys
from asnpolicy.policy.terms import date_of, fact, one_of, operand
from asnpolicy.problems import Problems

RULE = ("title", "basis", "standing", "from", "until", "applies_to", "protected", "tags")
PROMOTION = (*RULE, "within", "to", "takes_effect", "require", "warn_when")
AWARD = (*RULE, "within", "require", "warn_when")
DUTY = (*RULE, "strength", "every", "due", "fulfilled_when")
MENTORING = (*RULE, "needs_mentor", "may_mentor", "pair_must", "mentee_prefers", "mentor_prefers", "capacity")
_EVERYBODY: tuple[tuple[str, Scope], ...] = (
    ("opening", "opening"), ("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair"),
)  # fmt: skip
_OF_A_RULE = frozenset({"no-target", "no-period", "not-covered"})
"""Problems that a shared condition has only for want of a rule around it."""
ADDED = {
    "promotions": ("require", "warn_when"), "awards": ("require", "warn_when"), "mentoring": ("may_mentor", "pair_must"),
}  # fmt: skip
"""What a region may add to a rule of its base: criteria, which join the base's."""


@dataclass(slots=True)
class Elaboration:
    """Turns the declarations of a merged policy into rules, one day at a time."""

    policy: Merged
    problems: Problems
    _stays: dict[tuple[str, str], tuple[date, list[Rule]]] = field(default_factory=dict)
    """What a declaration came to, and the day before which it would come to the same again."""

    def rules(self, day: date) -> tuple[Rule, ...]:
        """Give all rules that are in force on a day."""
        found: list[Rule] = []
        kinds = zip(RULE_SECTIONS, (self._promotion, self._award, self._duty, self._mentoring), strict=True)
        for section, build in kinds:
            for name in sorted(self.policy.names(section)):
                declared = self.policy.declared(section, name)
                mapping = as_mapping(declared.node, self.problems) if declared else None
                if declared and mapping and span_of(mapping, self.problems).holds(day):
                    found += self._built(_Written(self, section, declared, mapping, day), build)
                self._added(section, name)
        return tuple(found)

    def _built(self, rule: _Written, build: Callable[[_Written], list[Rule]]) -> list[Rule]:
        """Build a rule for a day, or give it as it was built for an earlier day when nothing it uses has changed."""
        key = rule.section, rule.name
        until, rules = self._stays.get(key, (BEGINNING, []))
        if rule.day >= until:
            rules = build(rule)
            until = min((day for day in rule.turns if day > rule.day), default=OPEN)
            self._stays[key] = until, rules
        return rules

    def _added(self, section: str, name: str) -> None:
        """Hold what a region adds to a rule of its base to what can be added."""
        for declared in self.policy.additions(section, name):
            mapping = as_mapping(declared.node, self.problems)
            if section not in ADDED:
                self.problems.add(
                    "replaces-base",
                    f"`{name}` is a duty of the base, which a region can't change",
                    declared.place,
                    "give the region's own duty another name",
                )
            elif mapping is not None:
                keys(mapping, ADDED[section], f"what a region adds to the base's `{name}`", self.problems)

    def shared(self, day: date) -> None:
        """Check shared conditions and figures, used or not; what only a rule can give them is not asked for."""
        found = Problems(sources=self.problems.sources)
        ctx = Context(
            day=day, policy=self.policy, problems=found, figure=figure, condition=condition,
            scopes=_EVERYBODY, allows=frozenset(f.protected for f in FACTS.values() if f.protected),
        )  # fmt: skip
        for name in sorted(self.policy.names("conditions")):
            declared = self.policy.layers("conditions", name)[0]
            shared(ctx, Entry(Scalar(name, declared.place, False), declared.node))
        for name in sorted(self.policy.names("figures")):
            history = record_figure(ctx, name)
            figure(ctx.within(history), name, self.policy.layers("figures", name)[0].place)
        self.problems.found += [problem for problem in found.found if problem.code not in _OF_A_RULE]

    # One kind each

    def _promotion(self, rule: _Written) -> list[Rule]:
        keys(rule.mapping, PROMOTION, f"`{rule.name}`", self.problems)
        target = rule.target()
        ctx = rule.context(target=target)
        if target is not None or not rule.has("within"):
            rule.needs("require")
        applies = rule.applies(ctx)
        truth = applies.truth
        if target is not None and not _is_opening(target.expr):
            truth = AllOf((truth, Not(IsNone(target.expr))))
        rule_ = rule.built("promotion", truth, rule.criteria(ctx, "require"), rule.criteria(ctx, "warn_when"))
        return [
            replace(
                rule_,
                target=target.expr if target else None,
                target_type=target.type if target else None,
                takes_effect=rule.takes_effect(),
                applies_observations=applies.observations,
            )
        ]

    def _award(self, rule: _Written) -> list[Rule]:
        keys(rule.mapping, AWARD, f"`{rule.name}`", self.problems)
        rule.needs("require")
        ctx = rule.context()
        applies = rule.applies(ctx)
        built = rule.built("award", applies.truth, rule.criteria(ctx, "require"), rule.criteria(ctx, "warn_when"))
        return [replace(built, applies_observations=applies.observations)]

    def _duty(self, rule: _Written) -> list[Rule]:
        keys(rule.mapping, DUTY, f"`{rule.name}`", self.problems)
        rule.needs("fulfilled_when")
        rule.needs("strength")
        current = rule.period(0)
        if current is None:
            return [self._duty_in(rule, None, "")]
        return [self._duty_in(rule, current, ""), self._duty_in(rule, rule.period(-1), "@previous")]

    def _duty_in(self, rule: _Written, period: tuple[Expr, Expr] | None, suffix: str) -> Rule:
        ctx = rule.context(period=period)
        applies = rule.applies(ctx)
        criteria = rule.fulfilled(ctx)
        truth = applies.truth
        if suffix and period is not None:  # nobody owes anything for a year that ended before the duty began
            truth = AllOf((truth, Compare("above", period[1], Literal(span_of(rule.mapping, self.problems).since))))
        built = rule.built("duty", truth, criteria, ())
        return replace(
            built,
            id=built.id + suffix,
            applies_observations=applies.observations,
            strength=rule.strength(),
            period=period,
            due=rule.due(ctx),
        )

    def _mentoring(self, rule: _Written) -> list[Rule]:
        keys(rule.mapping, MENTORING, f"`{rule.name}`", self.problems)
        rule.needs("needs_mentor")
        mentee = rule.context(scopes=(("mentee", "employee"),))
        needs = (
            condition(mentee, rule.mapping.entries["needs_mentor"].value) if rule.has("needs_mentor") else Built(YES)
        )
        mentor = rule.context(scopes=(("mentor", "employee"),))
        pair = rule.context(scopes=(("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair")))
        pairs = replace(
            rule.built("pair", YES, rule.criteria(pair, "pair_must"), ()),
            id=f"{rule.name}/pair",
            mentee_prefers=preferences(pair, rule.mapping, "mentee_prefers"),
            mentor_prefers=preferences(pair, rule.mapping, "mentor_prefers"),
        )
        rules = [
            replace(rule.built("mentoring", needs.truth, (), ()), applies_observations=needs.observations),
            replace(rule.built("mentor", YES, rule.criteria(mentor, "may_mentor"), ()), id=f"{rule.name}/mentor"),
            pairs,
        ]
        capacity = rule.capacity(mentee)
        return [replace(one, capacity=capacity) for one in rules]


def _is_opening(expr: Expr) -> bool:
    return isinstance(expr, Field) and expr.scope == "opening"


@dataclass(slots=True)
class _Written:
    """One rule as written, on a day."""

    elaboration: Elaboration
    section: str
    declared: Declared
    mapping: Mapping
    day: date
    turns: set[date] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.declared.name

    @property
    def problems(self) -> Problems:
        return self.elaboration.problems

    @property
    def policy(self) -> Merged:
        return self.elaboration.policy

    def has(self, word: str) -> bool:
        return word in self.mapping.entries

    def needs(self, word: str) -> None:
        if not self.has(word):
            self.problems.add("missing-key", f"`{self.name}` needs `{word}`", self.declared.place, f"write `{word}: …`")

    def context(
        self,
        *,
        target: Typed | None = None,
        period: tuple[Expr, Expr] | None = None,
        scopes: tuple[tuple[str, Scope], ...] = (),
    ) -> Context:
        opening: tuple[tuple[str, Scope], ...] = (
            (("opening", "opening"),) if target and _is_opening(target.expr) else ()
        )
        return Context(
            day=self.day,
            policy=self.policy,
            problems=self.problems,
            figure=figure,
            condition=condition,
            scopes=(*scopes, *opening),
            target=target,
            period=period,
            allows=frozenset(self._protected()),
            turns=self.turns,
        )

    def _protected(self) -> dict[str, str]:
        """Read the protected attributes that the rule may read, each with the law that allows it."""
        if not self.has("protected"):
            return {}
        mapping = as_mapping(self.mapping.entries["protected"].value, self.problems)
        if mapping is None:
            return {}
        keys(mapping, sorted({f.protected for f in FACTS.values() if f.protected}), "`protected`", self.problems)
        found = {name: basis(self.policy, entry.value, self.problems) for name, entry in mapping.entries.items()}
        return {name: text for name, text in found.items() if text}

    def built(self, kind: Any, applies: Truth, criteria: Any, warnings: Any) -> Rule:
        allowed = self._protected()
        return Rule(
            id=self.name,
            kind=kind,
            title=title(self.mapping, self.declared.place, self.problems, self.name),
            basis=basis_of(self.policy, self.mapping, self.problems),
            standing=standing(self.mapping, self.problems) or "in_force",
            place=self.declared.place,
            applies_to=applies,
            criteria=criteria,
            warnings=warnings,
            tags=texts_of(self.mapping.entries["tags"].value, self.problems) if self.has("tags") else (),
            reads_protected="; ".join(f"{name}: {text}" for name, text in allowed.items()) or None,
        )

    def applies(self, ctx: Context) -> Built:
        if not self.has("applies_to"):
            return Built(YES)
        return condition(ctx, self.mapping.entries["applies_to"].value)

    def target(self) -> Typed | None:
        if not self.has("to"):
            return None
        node = self.mapping.entries["to"].value
        if isinstance(node, Scalar):
            if node.text != "opening":
                self.problems.add(
                    "wrong-value",
                    f"`{node.text}` is not a target",
                    node.place,
                    "write `to: opening` or `to: {fact: …}`",
                )
            type_ = fields_of("opening")["kind"]
            return Typed(Field("opening", "kind", type_), type_)
        mapping = as_mapping(node, self.problems)
        word = one_of(self.context(), mapping, ("fact", "rank"), "`to`") if mapping else None
        if mapping is None or word is None:
            return None
        inner = mapping.entries[word].value
        if word == "rank":
            type_ = Type(Kind.LABEL, Rank)
            expr = operand(self.context(), inner, type_)
            return None if expr is None else Typed(expr, type_)
        name = as_text(inner, self.problems)
        typed = fact(self.context(), name, inner.place) if name else None
        if typed is not None and typed.type.kind is not Kind.LABEL:
            self.problems.add(
                "type-mismatch", f"`{name}` is no rank or level", inner.place, "name a fact such as `next_rank`"
            )
            return None
        return typed

    def takes_effect(self) -> Effect | None:
        """Read when it takes effect: `as_of`, the name of a value with days of the year, or `{after: <value>}`."""
        if not self.has("takes_effect"):
            return None
        node = self.mapping.entries["takes_effect"].value
        after = isinstance(node, Mapping)
        if isinstance(node, Mapping):
            if one_of(self.context(), node, ("after",), "`takes_effect`") is None:
                return None
            node = node.entries["after"].value
        name = as_text(node, self.problems)
        if name is None or name == "as_of":
            return Effect()
        versions = self.policy.value_versions(name)
        if versions is None:
            self.context().unknown("unknown-value-name", name, "value", node.place, self.policy.names("values"))
            return None
        return Effect(tuple(Period(v.span.since, v.span.until, _days(v.what, self.problems)) for v in versions), after)

    # Criteria

    def criteria(self, ctx: Context, word: str) -> tuple[Criterion, ...]:
        """Give the criteria under a word: the base's, the regions', and the base rule that this one lies within."""
        found: dict[str, Criterion] = {}
        for declared in (self.declared, *self.policy.additions(self.section, self.name)):
            mapping = as_mapping(declared.node, self.problems)
            if mapping is not None and word in mapping.entries:
                self._named(ctx, mapping.entries[word].value, found, own=declared is self.declared)
        lies_within = (self._within(),) if word == "require" and self.has("within") else ()
        return (*found.values(), *lies_within)

    def _named(self, ctx: Context, node: Node, found: dict[str, Criterion], *, own: bool) -> None:
        mapping = as_mapping(node, self.problems)
        if mapping is not None and not mapping.entries:
            self.problems.add("empty-condition", "there is no criterion here", node.place, "name at least one")
        for name, entry in mapping.entries.items() if mapping else ():
            if name in found:
                self.problems.add(
                    "replaces-base",
                    f"`{name}` is a criterion of the base, which a region can't replace",
                    entry.key.place,
                    "give the added criterion a name of its own",
                )
            elif ctx.in_force(span_of(entry.value, self.problems)):
                found[name] = criterion(ctx, entry, self.standing_of_criteria(own=own))

    def standing_of_criteria(self, *, own: bool = True) -> Standing | None:
        """Give how criteria stand that do not say so: as the rule says, or in force when it has a basis of its own.

        The basis of the base's rule is none for what a region adds to it.
        """
        said = standing(self.mapping, self.problems)
        return said or ("in_force" if own and self.has("basis") else None)

    def _within(self) -> Criterion:
        entry = self.mapping.entries["within"]
        base = as_text(entry.value, self.problems)
        known = self.policy.names("promotions") | self.policy.names("awards")
        if base is not None and base not in known:
            self.context().unknown("unknown-rule", base, "promotion or award", entry.value.place, known)
        if base not in known:
            return Criterion("within", Text("", ""), "", "in_force", entry.key.place, YES)
        words = Text(f"Memenuhi {base}", f"Meets {base}")
        return Criterion("within", words, "", "in_force", entry.value.place, Asks(base, "eligible"))

    def fulfilled(self, ctx: Context) -> tuple[Criterion, ...]:
        if not self.has("fulfilled_when"):
            return ()
        entry = self.mapping.entries["fulfilled_when"]
        built = condition(ctx, entry.value)
        words = title(self.mapping, self.declared.place, Problems(), self.name)
        text = basis_of(self.policy, self.mapping, Problems())
        return (
            Criterion(
                "fulfilled_when", words, text, self.standing_of_criteria() or "illustrative", entry.key.place, built.truth,
                observations=built.observations,
            ),
        )  # fmt: skip

    # Duties

    def strength(self) -> Any:
        if not self.has("strength"):
            return "wajib"
        node = self.mapping.entries["strength"].value
        word = as_text(node, self.problems)
        if word not in (None, "wajib", "dianjurkan"):
            self.problems.add("wrong-value", f"`{word}` is not a strength", node.place, "write `wajib` or `dianjurkan`")
        return word

    def period(self, shift: int) -> tuple[Expr, Expr] | None:
        if not self.has("every"):
            return None
        node = self.mapping.entries["every"].value
        word = as_text(node, self.problems)
        if word not in (None, "calendar_year"):
            self.problems.add(
                "wrong-value", f"`{word}` is no period that is known", node.place, "write `every: calendar_year`"
            )
        year: Expr = YearOf(AS_OF)
        start = year if shift == 0 else Arithmetic("plus", year, Literal(shift))
        return StartOfYear(start), StartOfYear(Arithmetic("plus", year, Literal(shift + 1)))

    def due(self, ctx: Context) -> Expr | None:
        if not self.has("due"):
            return ctx.period[1] if ctx.period else None
        node = self.mapping.entries["due"].value
        mapping = as_mapping(node, self.problems, "write `{end_of: period}`, or `{within: 1 year, of: cpns_on}`")
        if mapping is None:
            return None
        if "end_of" in mapping.entries:
            return self._end_of(ctx, mapping)
        keys(mapping, ("end_of", "within", "of"), "`due`", self.problems)
        if not {"within", "of"} <= set(mapping.entries):
            self.problems.add(
                "missing-key", "`due` needs a date", mapping.place, "write `due: {within: 1 year, of: cpns_on}`"
            )
            return None
        months = operand(ctx, mapping.entries["within"].value, DURATION)
        of = mapping.entries["of"].value
        name = as_text(of, self.problems)
        since = date_of(ctx, name, of.place, "`of`") if name else None
        return PlusMonths(since, months) if since is not None and months is not None else None

    def _end_of(self, ctx: Context, mapping: Mapping) -> Expr | None:
        keys(mapping, ("end_of",), "`due` with `end_of`", self.problems)
        node = mapping.entries["end_of"].value
        word = as_text(node, self.problems)
        if word is not None and (word != "period" or ctx.period is None):
            self.problems.add(
                "no-period", f"there is no `{word}` here that ends", node.place,
                "write `every: calendar_year` and `due: {end_of: period}`, or `due: {within: 1 year, of: cpns_on}`",
            )  # fmt: skip
        return ctx.period[1] if ctx.period else None

    def capacity(self, ctx: Context) -> int | None:
        if not self.has("capacity"):
            return None
        node = self.mapping.entries["capacity"].value
        found = operand(ctx, node, NUMBER)
        if isinstance(found, Literal) and isinstance(found.value, int) and found.value > 0:
            return found.value
        if found is not None:
            self.problems.add(
                "wrong-value",
                "a capacity is a number above zero",
                node.place,
                "write it, or name a `value` that holds it",
            )
        return None


def _days(node: Node, problems: Problems) -> tuple[tuple[int, int], ...]:
    """Read days of the year, written like `04-01`."""
    found = []
    if isinstance(node, Sequence) and not node.items:
        problems.add(
            "wrong-value", "there is no day of the year here", node.place, "write days such as `[04-01, 10-01]`"
        )
    for text in texts_of(node, problems):
        month, _, day = text.partition("-")
        if month.isdigit() and day.isdigit() and len(text) == 5 and 1 <= int(month) <= 12 and 1 <= int(day) <= 28:
            found.append((int(month), int(day)))
        else:
            problems.add(
                "wrong-value", f"`{text}` is not a day of the year", node.place, "write month and day, such as `04-01`"
            )
    return tuple(sorted(found))
