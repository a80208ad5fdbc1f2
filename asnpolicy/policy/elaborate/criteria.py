"""Criteria: one named condition with its `when`, its exemptions and what it takes over, and what is said about it."""

from __future__ import annotations

from asnpolicy.language.nodes import YES, Truth
from asnpolicy.language.rules import Alternative, ConditionTree, Criterion, Standing, Text, observations_of
from asnpolicy.policy.elaborate.conditions import condition, left
from asnpolicy.policy.elaborate.context import HOLDS, TAKEN_AWAY, Context
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.about import Basis, no_title
from asnpolicy.policy.surface.conditions import Condition
from asnpolicy.policy.surface.criteria import CriterionForm, ExemptionForm, SharedForm
from asnpolicy.policy.surface.examples import plainly
from asnpolicy.problems import Problems, meant, there_is
from asnpolicy.text import Message, joined, phrase


def criterion(ctx: Context, form: CriterionForm, rule_standing: Standing | None) -> Criterion:
    """Build one named criterion.

    Without a standing, its own or its rule's, it stands in law when it has a basis.
    """
    shared, name = _used(ctx, form), form.name.text
    if shared is None and form.use is not None:  # the name is the mistake: nothing else is known of the criterion
        standing = rule_standing or "illustrative"
        return Criterion(name, Text(name, name), "", standing, form.name.place, YES)
    parts: list[ConditionTree] = [condition(ctx, shared.condition)] if shared and shared.condition else []
    parts += [condition(ctx, form.own)] if form.own else []
    tree = left(parts)
    text = citation(ctx.policy, form.basis, ctx.problems)
    text = text or (citation(ctx.policy, shared.basis, ctx.problems) if shared else "")
    said = form.standing or (shared.standing if shared else None)
    return Criterion(
        id=name,
        title=_title(ctx, form, shared),
        basis=text,
        standing=said or rule_standing or ("in_force" if text else "illustrative"),
        place=form.name.place,
        holds=tree.truth,
        when=_when(ctx, form.when) if form.when else None,
        exempt=_exemptions(ctx, form, text),
        waivable_by=None if form.waivable is None else form.waivable.by,
        waivable_basis="" if form.waivable is None else citation(ctx.policy, form.waivable.basis, ctx.problems),
        tree=tree,
        reading=form.reading or (shared.reading if shared else None),
    )


def _when(ctx: Context, written: Condition) -> Truth | None:
    tree = condition(ctx, written)
    return None if tree is TAKEN_AWAY else tree.truth


def _used(ctx: Context, form: CriterionForm) -> SharedForm | None:
    """Find the shared condition that a criterion takes over; one that could not be read is told where it stands."""
    if form.use is None:
        return None
    declared, known = ctx.policy.shared(form.use.text), ctx.policy.names("conditions")
    if form.use.text not in known:
        ctx.problems.unknown(
            "unknown-condition", form.use.text, Text("syarat bersama", "shared condition"), form.use.place, known
        )
    return declared if declared is not None and declared.condition is not None else None


def _title(ctx: Context, form: CriterionForm, shared: SharedForm | None) -> Text:
    title = form.title or (shared.title if shared else None)
    if title is None:
        no_title(form.name.text, form.name.place, ctx.problems)
    return title or Text(form.name.text, form.name.text)


def _exemptions(ctx: Context, form: CriterionForm, inherited: str) -> tuple[Alternative, ...]:
    """Build the exemptions of the day; where only what has a basis in law is asked for, those that have one."""
    built = [_exempt(ctx, one, inherited) for one in form.exempt if ctx.in_force(one.span)]
    ctx.weak.update(one.id for one in built if one.standing == "illustrative")
    if ctx.policy.lawful:
        return tuple(one for one in built if one.standing == "in_force" and one.tree is not TAKEN_AWAY)
    return tuple(built)


def _exempt(ctx: Context, form: ExemptionForm, inherited: str) -> Alternative:
    tree = condition(ctx, form.condition) if form.condition else HOLDS
    label = next((seen.label for seen in observations_of(tree)), Text(form.name.text, form.name.text))
    text = citation(ctx.policy, form.basis, ctx.problems) or inherited
    return Alternative(form.name.text, form.title or label, text, tree.truth, tree, form.standing or "in_force")


def check_shared(ctx: Context, form: SharedForm) -> None:
    """Check a shared condition by itself, used or not."""
    citation(ctx.policy, form.basis, ctx.problems)
    if form.condition is not None:
        condition(ctx, form.condition)


def _declare(short: str, policy: Merged) -> Message:
    """Help for a source that nobody declared, and that is like none of those that are."""
    own = list(policy.chain[0].sources)
    declared = phrase(
        en="declare it, with its full name: `sources: {{{short}: {name}}}`, or write another one",
        id="nyatakan, dengan nama lengkapnya: `sources: {{{short}: {name}}}`, atau tulis yang lain",
        short=short, name=plainly(short),
    )
    return joined(declared, there_is(own or policy.source_names()), by="; ")


_SHORT_FIRST = phrase(
    en="the short name of the source comes first, then the article: `perwal pasal 5`",
    id="singkatan sumbernya lebih dulu, lalu pasalnya: `perwal pasal 5`",
)


def citation(policy: Merged, basis: Basis | None, problems: Problems) -> str:
    """Return a legal basis as people cite it, and tell when its source is none."""
    if basis is not None and policy.source(basis.short) is None:
        first = basis.short.lower() in ("pasal", "ayat", "huruf", "angka", "lampiran", "article", "art.", "art")
        help = _SHORT_FIRST if first else meant(basis.short, policy.source_names(), _declare(basis.short, policy))
        problems.add(
            "unknown-source",
            phrase(en="unknown source `{short}`", id="sumber `{short}` tidak dikenal", short=basis.short),
            basis.place,
            help,
        )
    return policy.citation(basis)
