"""Conditions: what authors write under a criterion, as trees over core nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal as Choice
from typing import assert_never

from asnpolicy.language.facts import FACTS, Fact, rescope
from asnpolicy.language.history_labels import HISTORY_LABELS, labelled
from asnpolicy.language.nodes import SPAN, TRUTH, AllOf, Asks, Compare, Kind, Literal, Not
from asnpolicy.language.reading import spec
from asnpolicy.language.rules import (
    Branch,
    Cited,
    ConditionTree,
    Leaf,
    Observation,
    RuleId,
    RuleLeaf,
    SilentLeaf,
    Text,
    observations_of,
    together,
)
from asnpolicy.language.uncounted import counted, spans_after, without
from asnpolicy.language.windows import running
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.comparisons import asked
from asnpolicy.policy.elaborate.context import HOLDS, TAKEN_AWAY, Context
from asnpolicy.policy.elaborate.measures import of_field, of_history
from asnpolicy.policy.elaborate.naming import in_indonesian
from asnpolicy.policy.elaborate.terms import ALL_FACTS, fact, find_fact
from asnpolicy.policy.surface.conditions import (
    ABOUT,
    CLAUSES,
    UNCOUNTED,
    Clause,
    Condition,
    EachClause,
    FactClause,
    FieldClause,
    HistoryClause,
    JunctionClause,
    NotClause,
    OutcomeWord,
    RuleClause,
    RunningClause,
    SomeClause,
    TagClause,
    UncountedTime,
)
from asnpolicy.policy.surface.examples import comparison
from asnpolicy.policy.surface.measures import MEASURES, measure_example
from asnpolicy.policy.surface.names import Name, RawValue, comma_before
from asnpolicy.policy.surface.requirements import OperandTest
from asnpolicy.problems import RULE, Place, did_you_mean, meant, write
from asnpolicy.text import Message, phrase


def condition(ctx: Context, written: Condition) -> ConditionTree:
    """Build a condition: all of its clauses hold."""
    return left([_clause(ctx, clause) for clause in written.clauses])


def _denies_no_mean(ctx: Context, tree: ConditionTree, place: Place) -> None:
    """Tell a denial of a mean or a share: it would hold of everybody who has no record."""
    if any(one.over is not None for one in observations_of(tree)):
        message = phrase(
            en="`not` around a mean or a share would hold where there is no record",
            id="`not` di sekitar rata-rata atau persentase akan terpenuhi bila tidak ada catatan",
        )
        help = phrase(
            en="write the opposite, such as `below` for `at_least`", id="tulis lawannya, seperti `below` untuk `at_least`"
        )
        ctx.problems.add("denied-mean", message, place, help)


def left(parts: list[ConditionTree]) -> ConditionTree:
    """Return the tree of conditions that must all hold, as far as they were not taken away."""
    kept = [part for part in parts if part is not TAKEN_AWAY]
    if kept:
        return together(kept)
    return TAKEN_AWAY if parts else HOLDS


def _clause(ctx: Context, clause: Clause) -> ConditionTree:
    match clause:
        case JunctionClause(word, items):
            parts = tuple(condition(ctx, item) for item in items)
            kept = tuple(part for part in parts if part is not TAKEN_AWAY)
            return Branch(word, kept) if kept or not parts else TAKEN_AWAY
        case SomeClause(least, items):
            these = tuple(part for part in (condition(ctx, item) for item in items) if part is not TAKEN_AWAY)
            return Branch("some", these, least) if len(these) >= least else TAKEN_AWAY
        case NotClause(inside):
            negated = condition(ctx, inside)
            _denies_no_mean(ctx, negated, inside.place)
            return TAKEN_AWAY if negated is TAKEN_AWAY else Branch("not", (negated,))
        case EachClause(items, inside):
            return left([_named_after(item, condition(replace(ctx, each=item), inside)) for item in items])
        case RuleClause(rule, outcome, previous):
            return _rule(ctx, rule, outcome, previous=previous)
        case TagClause(tag, outcome, previous):
            return _tagged(ctx, tag, outcome, previous=previous)
        case FactClause():
            return _citing(ctx, lambda inside: _of_fact(inside, clause))
        case HistoryClause():
            return _citing(ctx, lambda inside: of_history(inside, clause))
        case FieldClause():
            return of_field(ctx, clause)
        case RunningClause(history, runs):
            ends = AllOf(running(spec(history).ends_by or ""))
            name, wanted = Text("running", "running"), Literal(runs)
            seen = Observation(f"{history}.running", name, TRUTH, None, wanted, "is", (wanted,))
            return Leaf(ends if runs else Not(ends), seen)
        case _:
            assert_never(clause)


def _citing(ctx: Context, build: Callable[[Context], ConditionTree]) -> ConditionTree:
    """Build a condition; what is observed there knows which values and cells of the policy are read for it."""
    inside = replace(ctx, cited=[])
    tree = build(inside)
    return _with_cites(tree, tuple(inside.cited)) if inside.cited else tree


def _with_cites(tree: ConditionTree, cites: tuple[Cited, ...]) -> ConditionTree:
    if isinstance(tree, Branch):
        return replace(tree, parts=tuple(_with_cites(part, cites) for part in tree.parts))
    return replace(tree, observation=replace(tree.observation, cites=cites)) if isinstance(tree, Leaf) else tree


def _named_after(item: RawValue, tree: ConditionTree) -> ConditionTree:
    """Say in what is observed which item of the list it is about."""
    if isinstance(tree, Branch):
        return replace(tree, parts=tuple(_named_after(item, part) for part in tree.parts))
    if not isinstance(tree, Leaf):
        return tree
    seen = tree.observation
    label = Text(f"{seen.label.id}: {item.text}", f"{seen.label.en}: {item.text}")
    return replace(tree, observation=replace(seen, label=label, item=item.text))


# Other rules


def _rule(ctx: Context, rule: Name, outcome: OutcomeWord, *, previous: bool) -> ConditionTree:
    known = ctx.policy.rule_names()
    if rule.text not in known:
        ctx.problems.unknown("unknown-rule", rule.text, RULE, rule.place, known)
        return HOLDS
    if ctx.policy.standing_of_rule(rule.text) == "illustrative":
        ctx.weak.add(rule.text)
        if ctx.policy.lawful:
            return TAKEN_AWAY
    return _asks(rule.text, outcome, previous=previous)


def _tagged(ctx: Context, tag: Name, outcome: OutcomeWord, *, previous: bool) -> ConditionTree:
    names = sorted(ctx.policy.tagged(tag.text))
    if not names:
        ctx.problems.unknown(
            "unknown-tag", tag.text, Text("tanda (tag) kewajiban", "tag of duties"), tag.place, ctx.policy.tags()
        )
        return HOLDS
    weak = {name for name in names if ctx.policy.standing_of_rule(name) == "illustrative"}
    ctx.weak.update(weak)
    asked = [name for name in names if not (ctx.policy.lawful and name in weak)]
    return together([_asks(name, outcome, previous=previous) for name in asked]) if asked else TAKEN_AWAY


def _asks(rule: str, outcome: OutcomeWord, *, previous: bool) -> ConditionTree:
    asked = RuleId(rule, "previous" if previous else "")
    return RuleLeaf(Asks(str(asked), _question(outcome)))


def _question(outcome: OutcomeWord) -> Choice["eligible", "clear"]:
    match outcome:
        case "eligible" | "fulfilled":
            return "eligible"
        case "fulfilled_or_not_applicable":
            return "clear"
        case _:
            assert_never(outcome)


# Facts


def _of_fact(ctx: Context, clause: FactClause) -> ConditionTree:
    name, figures = clause.fact.text, ctx.policy.names("figures")
    if name == "target" or name.startswith("record.") or (name in figures and name not in FACTS):
        found = _term(ctx, clause.fact)
    elif name not in FACTS and "." not in name:
        _unknown_word(ctx, clause)
        return HOLDS
    else:
        found = find_fact(ctx, clause.fact)
    if found is None:
        return HOLDS
    if clause.uncounted is None or not clause.required.tests:
        return asked(ctx, found, clause.required, name)
    return _counted(ctx, found, clause, clause.uncounted)


def _counted(ctx: Context, found: Fact, clause: FactClause, uncounted: UncountedTime) -> ConditionTree:
    """Leave out of a length of time what does not count: the whole of it decides for whom there is nothing of that.

    What is left is never longer than the whole: so the whole has to be long enough too, and is short enough by itself.
    """
    place, history, required = uncounted.history.place, uncounted.history.text, clause.required
    if found.type.kind is not Kind.DURATION:
        message = phrase(
            en="`{name}` is no length of time, so nothing can be left out of it",
            id="`{name}` bukan lama waktu, jadi tidak ada yang dapat dikurangkan darinya",
            name=found.name,
        )
        help = phrase(
            en="leave `{word}` out, or ask for a length of time such as `time_in_rank`",
            id="hapus `{word}`, atau tanyakan lama waktu seperti `time_in_rank`",
            word=UNCOUNTED,
        )
        ctx.problems.add("type-mismatch", message, place, help)
        return HOLDS
    where = ctx.condition(ctx.within(history), uncounted.where).truth
    start = found.value()
    rest_of_it = rescope(counted(start, history, where), found.scope)
    less = replace(found, label=without(found.label), type=SPAN, build=lambda _: rest_of_it)
    nothing = SilentLeaf(rescope(Compare("is", spans_after(start, history, where), Literal(0)), found.scope))
    parts: list[ConditionTree] = []
    for test in required.tests:
        alone = replace(required, tests=(test,))
        whole, rest = (asked(ctx, one, alone, clause.fact.text) for one in (found, less))
        long_enough = test.word in ("at_least", "above")
        parts.append(
            Branch("all", (whole, Branch("any", (nothing, rest)))) if long_enough else Branch("any", (whole, rest))
        )
    return together(parts)


def _term(ctx: Context, name: Name) -> Fact | None:
    """Find what is compared like a fact, but is none: the target, or a figure."""
    typed = fact(ctx, name)
    if typed is None:
        return None
    target = name.text == "target"
    label = Text("Jenjang atau pangkat yang dituju", "Target") if target else ctx.policy.figure_label(name.text)
    return Fact(name.text, label, typed.type, lambda _: typed.expr, ctx.policy.figure_unit(name.text), components=typed.components)


def _unknown_word(ctx: Context, clause: FactClause) -> None:
    name = clause.fact
    known = [*FACTS, *HISTORIES, *ctx.policy.names("figures"), *CLAUSES, *ABOUT, "target"]
    of_history = any(word.text in (*MEASURES, "where") for word in clause.required.strange)
    close = (labelled(name.text, HISTORY_LABELS) if of_history else None) or in_indonesian(name.text, HISTORY_LABELS)
    help_ = comma_before(name, ctx.problems) or _in_its_place(ctx, clause)
    help_ = help_ or (did_you_mean(close) if close else meant(name.text, known, ALL_FACTS))
    ctx.problems.add(
        "unknown-fact",
        phrase(en="unknown fact `{name}`", id="fakta `{name}` tidak dikenal", name=name.text),
        name.place,
        help_,
    )


def _in_its_place(ctx: Context, clause: FactClause) -> Message | None:
    """Help for a word that belongs elsewhere: a measure without its history, a figure under the word for one."""
    word, required = clause.fact.text, clause.required
    if word in MEASURES:
        return phrase(
            en="`{word}` stands under a history, as in `{example}`",
            id="`{word}` ditulis di bawah suatu riwayat, seperti `{example}`",
            word=word,
            example=measure_example(word),
        )
    if word not in ("figure", "fact", "angka"):
        return None
    given = [test.operand.text for test in required.tests if isinstance(test, OperandTest) and isinstance(test.operand, RawValue)]
    named = [*given, *(one.text for one in required.strange)]
    return write(comparison(named[0])) if named and named[0] in {*FACTS, *ctx.policy.names("figures")} else None
