"""Hints: the ways out that are told of what stands in a rule."""

from __future__ import annotations

import re

from asnpolicy.language.reading import record_fields
from asnpolicy.policy.source.faults import glued
from asnpolicy.policy.source.shapes import as_mapping
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar
from asnpolicy.policy.surface.examples import comparison, titled
from asnpolicy.problems import Problems, write
from asnpolicy.text import Message, phrase

HEAVIEST = 1_000_000
"""The greatest weight: points stay exact in every objective."""
RENAME = phrase(en="give the region's own another name", id="beri nama lain pada milik daerah sendiri")
WEIGHTS = phrase(
    en="write a whole number from 1 to {most}, or below zero",
    id="tulis bilangan bulat dari 1 sampai {most}, atau di bawah nol",
    most=HEAVIEST,
)
WEIGHED = write("- pair.same_field: {weight: 2}")
WEIGHT = phrase(en="write `weight: 2`, or `-2` to avoid it", id="tulis `weight: 2`, atau `-2` untuk menghindarinya")
DUE = phrase(
    en="write `{{end_of: period}}`, or `{{within: 1 year, of: cpns_on}}`",
    id="tulis `{{end_of: period}}`, atau `{{within: 1 year, of: cpns_on}}`",
)


# What is lacking

_WRITTEN = {
    "require": "{pangkat: {title: {id: Pangkat, en: Rank}, rank: {at_least: III/a}}}",
    "fulfilled_when": "{trainings: {during: period, count: {at_least: 1}}}",
    "strength": "wajib",
    "needs_mentor": "{service_status: aktif}",
    "then": "1", "otherwise": "0", "if": "{rank: {at_least: III/a}}",
    "as_of": "2026-10-01", "rule": "kenaikan-pangkat-reguler", "like": "pelaksana",
}  # fmt: skip


def lacking(word: str) -> Message:
    """Return the way out where a word is needed: an example that can be typed.

    >>> lacking("strength")
    'write `strength: wajib`'
    """
    return write(needed(word))


def needed(word: str) -> str:
    """Return a word that is needed, with what it may hold."""
    return f"{word}: {_WRITTEN[word]}"


# A name that stands alone

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*")


def name_alone(node: RawNode) -> str | None:
    """Return the name that stands where something should be asked of what it names."""
    alone = isinstance(node, Scalar) and _NAME.fullmatch(node.text) is not None and glued(node) is None
    return node.text if alone and isinstance(node, Scalar) else None


def asking(node: RawNode, history: str | None = None) -> Message:
    """Return the way out where a condition is needed: what is named, compared with something."""
    usual = next(iter(record_fields(history))) if history is not None else "rank"
    named = name_alone(node)
    code = next((each for each in ("code", "kind") if history is not None and each in record_fields(history)), None)
    if named is not None and history is not None and code and named not in record_fields(history):
        return phrase(
            en="write a condition, as in `{{{example}}}`", id="tulis syaratnya, seperti `{{{example}}}`",
            example=f"{code}: {named}",
        )  # fmt: skip
    return phrase(
        en="write a condition, as in `{{{example}}}`", id="tulis syaratnya, seperti `{{{example}}}`",
        example=comparison(named or usual, history),
    )  # fmt: skip


def what_is_asked(node: RawNode, problems: Problems, history: str | None = None) -> Mapping | None:
    """Read the keys of a condition; of a name that stands alone it is told that nothing is asked of it."""
    if isinstance(node, Mapping):
        return node
    name = name_alone(node)
    if name is None:
        return as_mapping(node, problems, asking(node, history))
    problems.add("empty-condition", compared_with_nothing(name), node.place, asking(node, history))
    return None


def compared_with_nothing(name: str) -> Message:
    """Say that something is named, and nothing asked of it."""
    return phrase(
        en="`{name}` is not compared with anything", id="`{name}` tidak dibandingkan dengan apa pun", name=name
    )


def named_criterion(node: RawNode, name: str = "") -> Message:
    """Return the way out where a criterion is needed: a title, and what is asked of what."""
    asked = name_alone(node) or "rank"
    example = f"{{{titled(asked)}, {comparison(asked)}}}"
    return phrase(
        en="write its title and its condition, as in `{example}`",
        id="tulis judul dan syaratnya, seperti `{example}`",
        example=f"{{{name}{example}}}" if name else example,
    )


def of_records(history: str, node: RawNode) -> Message:
    """Return the way out of a history that is compared like a fact: which records, and how many of them."""
    given = node.text if isinstance(node, Scalar) else ""
    if given.isdigit():
        return write(f"{history}: {{count: {{at_least: {given}}}}}")
    if not given:
        return write(f"{history}: {{count: {{at_least: 1}}}}")
    field = "code" if "code" in record_fields(history) else next(iter(record_fields(history)))
    return write(f"{history}: {{where: {{{field}: {given}}}, count: {{at_least: 1}}}}")
