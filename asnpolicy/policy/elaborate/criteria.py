"""Criteria: one named condition with its `when`, its exemptions and what it takes over, and what is said about it."""

from __future__ import annotations

from asnpolicy.language.nodes import YES
from asnpolicy.language.rules import Alternative, Criterion, Standing, Text, Tree, observed, together
from asnpolicy.policy.dated import span_of
from asnpolicy.policy.documents import text_of
from asnpolicy.policy.elaborate.conditions import ABOUT, condition
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Entry, Mapping, Node
from asnpolicy.problems import Place, Problems

STANDINGS = ("in_force", "illustrative")
_OF_SHARED = ("title", "basis", "standing")
_OF_EXEMPTION = ("title", "basis", "from", "until")


def criterion(ctx: Context, entry: Entry, rule_standing: Standing | None) -> Criterion:
    """Build one named criterion, its `when`, its exemptions and what it takes over with `use`.

    Without a standing, its own or its rule's, it stands in law when it has a basis.
    """
    name, mapping = entry.key.text, as_mapping(entry.value, ctx.problems)
    if mapping is None:
        return Criterion(name, Text(name, name), "", rule_standing or "illustrative", entry.key.place, YES)
    shared = _used(ctx, mapping)
    if shared is None and "use" in mapping.entries:  # the name is the mistake: nothing else is known of the criterion
        return Criterion(name, Text(name, name), "", rule_standing or "illustrative", entry.key.place, YES)
    about = shared[1] if shared else mapping
    parts: list[Tree] = [shared[0]] if shared else []
    if any(word not in ABOUT for word in mapping.entries):
        parts.append(condition(ctx, mapping, skip=ABOUT))
    if not parts:
        parts.append(condition(ctx, mapping, skip=ABOUT))
    tree = together(parts)
    when = condition(ctx, mapping.entries["when"].value).truth if "when" in mapping.entries else None
    words = title(mapping if "title" in mapping.entries else about, entry.key.place, ctx.problems, name)
    text = basis_of(ctx.policy, mapping, ctx.problems) or basis_of(ctx.policy, about, ctx.problems)
    by_basis: Standing = "in_force" if text else "illustrative"
    return Criterion(
        id=name,
        title=words,
        basis=text,
        standing=standing(mapping, ctx.problems) or standing(about, ctx.problems) or rule_standing or by_basis,
        place=entry.key.place,
        holds=tree.truth,
        when=when,
        exempt=_exempt(ctx, mapping, text),
        waivable_by=_waivable(ctx, mapping),
        tree=tree,
    )


def _used(ctx: Context, mapping: Mapping) -> tuple[Tree, Mapping] | None:
    if "use" not in mapping.entries:
        return None
    node = mapping.entries["use"].value
    name = as_text(node, ctx.problems)
    declared = ctx.policy.declared("conditions", name) if name else None
    if name is not None and declared is None:
        ctx.unknown("unknown-condition", name, "shared condition", node.place, ctx.policy.names("conditions"))
    about = as_mapping(declared.node, ctx.problems) if declared else None
    if about is None or "use" in about.entries:  # told where it is declared
        return None
    return condition(ctx, about, skip=ABOUT), about


def _exempt(ctx: Context, mapping: Mapping, inherited: str) -> tuple[Alternative, ...]:
    if "exempt" not in mapping.entries:
        return ()
    found = []
    tree = as_mapping(mapping.entries["exempt"].value, ctx.problems)
    if tree is not None and not tree.entries:
        ctx.problems.add(
            "empty-condition", "there is no exemption here", tree.place, "name at least one, or leave it out"
        )
    for name, entry in tree.entries.items() if tree else ():
        inner = as_mapping(entry.value, ctx.problems)
        if inner is None:
            continue
        only(inner, _OF_EXEMPTION, "an exemption", ctx.problems)
        if not ctx.in_force(span_of(inner, ctx.problems)):
            continue
        said = condition(ctx, inner, skip=ABOUT)
        label = next((seen.label for seen in observed(said)), Text(name, name))
        words = text_of(inner.entries["title"].value, ctx.problems) if "title" in inner.entries else None
        text = basis_of(ctx.policy, inner, ctx.problems) or inherited
        found.append(Alternative(name, words or label, text, said.truth, said))
    return tuple(found)


def _waivable(ctx: Context, mapping: Mapping) -> str | None:
    if "waivable" not in mapping.entries:
        return None
    tree = as_mapping(mapping.entries["waivable"].value, ctx.problems)
    if tree is None:
        return None
    keys(tree, ("by", "basis"), "`waivable`", ctx.problems)
    for word in ("by", "basis"):
        if word not in tree.entries:
            ctx.problems.add(
                "missing-key", f"`waivable` needs `{word}`", tree.place, "write `waivable: {by: …, basis: …}`"
            )
    basis_of(ctx.policy, tree, ctx.problems)
    return as_text(tree.entries["by"].value, ctx.problems) if "by" in tree.entries else None


def shared(ctx: Context, entry: Entry) -> None:
    """Check a shared condition by itself; when it counts is said where it is used."""
    criterion(ctx, entry, "in_force")
    if isinstance(entry.value, Mapping):
        only(entry.value, _OF_SHARED, "a shared condition", ctx.problems)


def only(mapping: Mapping, words: tuple[str, ...], what: str, problems: Problems) -> None:
    """Tell each word about a criterion that means nothing at this place."""
    for word in ABOUT:
        if word in mapping.entries and word not in words:
            problems.add(
                "unknown-key", f"`{word}` means nothing in {what}", mapping.entries[word].key.place,
                f"say it of the criterion; {what} has {', '.join(words)} and facts",
            )  # fmt: skip


# What is said about a rule or a criterion


def title(mapping: Mapping, place: Place, problems: Problems, name: str) -> Text:
    """Read the title; it is needed in both languages."""
    if "title" not in mapping.entries:
        problems.add("missing-key", f"`{name}` needs `title`", place, "write `title: {id: …, en: …}`")
        return Text(name, name)
    return text_of(mapping.entries["title"].value, problems) or Text(name, name)


def standing(mapping: Mapping, problems: Problems) -> Standing | None:
    """Read how something stands in law; None when it does not say."""
    if "standing" not in mapping.entries:
        return None
    node = mapping.entries["standing"].value
    word = as_text(node, problems)
    if word not in STANDINGS:
        if word is not None:
            problems.add("wrong-value", f"`{word}` is not a standing", node.place, "write `in_force` or `illustrative`")
        return None
    return "illustrative" if word == "illustrative" else "in_force"


def basis_of(policy: Merged, mapping: Mapping, problems: Problems) -> str:
    """Read the legal basis of something, as people cite it."""
    return basis(policy, mapping.entries["basis"].value, problems) if "basis" in mapping.entries else ""


def basis(policy: Merged, node: Node, problems: Problems) -> str:
    """Read a basis: the short name of a source, and the article."""
    text = as_text(node, problems)
    if text is None:
        return ""
    short, _, article = text.partition(" ")
    source = policy.source(short)
    if source is None:
        problems.add(
            "unknown-source",
            f"unknown source `{short}`",
            node.place,
            "declare it under `sources:`, or correct its name",
        )
        return text
    return f"{source}, {article}" if article else source
