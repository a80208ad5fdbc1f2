"""Criteria as they are written: a condition with its title and basis, when it counts, who is exempt, who may waive it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from asnpolicy.language.rules import Standing, Text
from asnpolicy.policy.dated import ALWAYS, Span
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode
from asnpolicy.policy.surface.about import (
    Basis,
    basis_of,
    needed_title,
    reading_of,
    span_of,
    standing_of,
    text_of,
    title_of,
)
from asnpolicy.policy.surface.conditions import ABOUT, Condition, condition
from asnpolicy.policy.surface.examples import cited
from asnpolicy.policy.surface.hints import named_criterion
from asnpolicy.policy.surface.names import Name, key_of, name_of
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import phrase

_OF_SHARED = ("title", "basis", "standing", "reading")
_OF_EXEMPTION = ("title", "basis", "standing", "from", "until")


@dataclass(frozen=True, slots=True, eq=False)
class SharedForm:
    """A condition that many criteria use by its name; when it counts is said where it is used."""

    title: Text
    basis: Basis | None
    standing: Standing | None
    condition: Condition | None
    """None when it could not be read."""
    reading: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ExemptionForm:
    """A named exemption from a criterion."""

    name: Name
    title: Text | None
    basis: Basis | None
    span: Span
    condition: Condition | None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WaivableForm:
    """Who may waive a criterion, and by which law."""

    by: str | None
    basis: Basis | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CriterionForm:
    """One named condition of a rule."""

    name: Name
    title: Text | None = None
    basis: Basis | None = None
    standing: Standing | None = None
    span: Span = ALWAYS
    use: Name | None = None
    """The shared condition that it takes over, beside its own clauses."""
    own: Condition | None = None
    when: Condition | None = None
    exempt: tuple[ExemptionForm, ...] = ()
    waivable: WaivableForm | None = None
    reading: Text | None = None
    """Which of two readings of an ambiguous text is taken."""


def criteria(node: RawNode, problems: Problems) -> tuple[CriterionForm, ...]:
    """Read named criteria; there must be one."""
    mapping = as_mapping(node, problems, lambda: named_criterion(node, "syarat: "))
    if mapping is None:
        return ()
    if not mapping.entries:
        problems.add(
            "empty-condition",
            phrase(en="there is no criterion here", id="di sini belum ada syarat"),
            node.place,
            phrase(en="name at least one", id="sebutkan paling sedikit satu"),
        )
    return tuple(criterion(entry, problems) for entry in mapping.entries.values())


def criterion(entry: RawEntry, problems: Problems) -> CriterionForm:
    """Read one criterion."""
    name, mapping = key_of(entry.key), as_mapping(entry.value, problems, lambda: named_criterion(entry.value))
    if mapping is None:
        return CriterionForm(name=name, title=Text(name.text, name.text))
    entries = mapping.entries
    use = name_of(entries["use"].value, problems) if "use" in entries else None
    asks = "use" not in entries or any(word not in ABOUT for word in entries)
    unread = use is None and "use" in entries  # the name is the mistake: nothing else is known of the criterion
    return CriterionForm(
        name=name,
        title=title_of(mapping, name.text, problems) or (Text(name.text, name.text) if unread else None),
        basis=basis_of(mapping, problems),
        standing=standing_of(mapping, problems),
        span=span_of(mapping, problems),
        use=use,
        own=condition(mapping, problems, ABOUT) if asks else None,
        when=condition(entries["when"].value, problems) if "when" in entries else None,
        exempt=_exempt(entries["exempt"].value, problems) if "exempt" in entries else (),
        waivable=_waivable(entries["waivable"].value, problems) if "waivable" in entries else None,
        reading=reading_of(mapping, problems),
    )


def _exempt(node: RawNode, problems: Problems) -> tuple[ExemptionForm, ...]:
    tree = as_mapping(node, problems)
    if tree is None:
        return ()
    if not tree.entries:
        problems.add(
            "empty-condition",
            phrase(en="there is no exemption here", id="di sini belum ada pengecualian"),
            tree.place,
            phrase(en="name at least one, or leave it out", id="sebutkan paling sedikit satu, atau hapus"),
        )
    found = (_exemption(key_of(entry.key), entry.value, problems) for entry in tree.entries.values())
    return tuple(one for one in found if one is not None)


def _exemption(name: Name, node: RawNode, problems: Problems) -> ExemptionForm | None:
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    _only(mapping, _OF_EXEMPTION, Text("pengecualian", "an exemption"), problems)
    title = text_of(mapping.entries["title"].value, problems) if "title" in mapping.entries else None
    asks = condition(mapping, problems, ABOUT)
    standing = standing_of(mapping, problems)
    return ExemptionForm(name, title, basis_of(mapping, problems), span_of(mapping, problems), asks, standing)


def _waivable(node: RawNode, problems: Problems) -> WaivableForm | None:
    help = write(f"waivable: {{by: PPK, {cited(problems)}}}")
    mapping = as_mapping(node, problems, help)
    if mapping is None:
        return None
    keys(mapping, ("by", "basis"), "waivable", problems)
    for word in ("by", "basis"):
        if word not in mapping.entries:
            problems.add(
                "missing-key",
                phrase(en="`waivable` needs `{word}`", id="`waivable` memerlukan `{word}`", word=word),
                mapping.place,
                help,
            )
    by = as_text(mapping.entries["by"].value, problems) if "by" in mapping.entries else None
    return WaivableForm(by, basis_of(mapping, problems))


def shared(name: str, place: Place, node: RawNode, problems: Problems) -> SharedForm | None:
    """Read a shared condition."""
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    _only(mapping, _OF_SHARED, Text("syarat bersama", "a shared condition"), problems)
    asks = condition(mapping, problems, ABOUT) if "use" not in mapping.entries else None
    title = needed_title(mapping, name, place, problems)
    reading = reading_of(mapping, problems)
    return SharedForm(title, basis_of(mapping, problems), standing_of(mapping, problems), asks, reading)


def _only(mapping: Mapping, words: Iterable[str], what: Text, problems: Problems) -> None:
    """Tell each word about a criterion that means nothing at this place."""
    known = tuple(words)
    for word in (one for one in ABOUT if one in mapping.entries and one not in known):
        problems.add(
            "unknown-key", phrase(en="`{word}` means nothing in {what}", id="`{word}` tidak berarti apa-apa pada {what}", word=word, what=what), mapping.entries[word].key.place,
            phrase(en="say it of the criterion; {what} has {known} and facts", id="tulis pada syaratnya; {what} punya {known} dan fakta", what=what, known=', '.join(known)),
        )  # fmt: skip
