"""Fairness: what a policy promises of itself, as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import RawNode
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.names import Name, key_of, name_of, names_of
from asnpolicy.problems import Problems
from asnpolicy.text import phrase

FairnessWord: TypeAlias = Choice["blind_to", "descendants", "exempt", "merit_never_hurts", "at_least_as_strict_as"]
FAIRNESS: tuple[FairnessWord, ...] = get_args(FairnessWord)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that need not keep a promise about an attribute or a merit, with the legal basis."""

    rule: Name
    what: Name
    basis: Basis


@dataclass(frozen=True, slots=True)
class FairnessForm:
    """The promises that one file makes."""

    blind_to: tuple[Name, ...] = ()
    descendants: tuple[tuple[Name, tuple[Name, ...]], ...] = ()
    """Of an attribute, what follows from it."""
    exempt: tuple[Exemption, ...] = ()
    merit_never_hurts: tuple[Name, ...] = ()
    at_least_as_strict_as: Name | None = None


def fairness(node: RawNode, problems: Problems) -> FairnessForm:
    """Read what is promised."""
    mapping = as_mapping(
        node,
        problems,
        phrase(
            en="write `blind_to: [sex, religion]` on the next line, indented",
            id="tulis `blind_to: [sex, religion]` pada baris berikutnya, menjorok ke dalam",
        ),
    )
    if mapping is None:
        return FairnessForm()
    keys(mapping, FAIRNESS, "fairness", problems)
    given = {word: entry.value for word, entry in mapping.entries.items()}

    def names(word: FairnessWord) -> tuple[Name, ...]:
        return names_of(given[word], problems) if word in given else ()

    base = given.get("at_least_as_strict_as")
    return FairnessForm(
        names("blind_to"),
        _descendants(given["descendants"], problems) if "descendants" in given else (),
        _exempt(given["exempt"], problems) if "exempt" in given else (),
        names("merit_never_hurts"),
        None if base is None else name_of(base, problems),
    )


def _descendants(node: RawNode, problems: Problems) -> tuple[tuple[Name, tuple[Name, ...]], ...]:
    mapping = as_mapping(
        node,
        problems,
        phrase(
            en="name what follows from each: `sex: [leaves:cuti-melahirkan]`",
            id="sebut apa yang mengikuti masing-masing: `sex: [leaves:cuti-melahirkan]`",
        ),
    )
    entries = mapping.entries.values() if mapping else ()
    return tuple((key_of(entry.key), names_of(entry.value, problems)) for entry in entries)


def _exempt(node: RawNode, problems: Problems) -> tuple[Exemption, ...]:
    mapping = as_mapping(
        node,
        problems,
        phrase(
            en="write the rule, then what it is exempt from with the basis",
            id="tulis aturannya, lalu apa yang dikecualikan beserta dasarnya",
        ),
    )
    found: list[Exemption] = []
    for entry in mapping.entries.values() if mapping else ():
        inner = as_mapping(
            entry.value,
            problems,
            phrase(
                en="write `birth_date: {law} pasal 1`, indented under the rule",
                id="tulis `birth_date: {law} pasal 1`, menjorok di bawah aturannya",
                law=problems.law,
            ),
        )
        for each in inner.entries.values() if inner else ():
            text = as_text(each.value, problems)
            if text is not None:
                found.append(Exemption(key_of(entry.key), key_of(each.key), Basis(text, each.value.place)))
    return tuple(found)
