"""Naming: which fact an author meant by an Indonesian name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from asnpolicy.language.facts import FACTS
from asnpolicy.language.history_labels import labelled
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.surface.examples import comparison
from asnpolicy.policy.surface.measures import field_of
from asnpolicy.text import Message, phrase

_NOTHING: Mapping[str, Text] = MappingProxyType({})


def in_indonesian(name: str, more: Mapping[str, Text] = _NOTHING) -> str | None:
    """Return the fact that people call so: the shortest label that has every word.

    >>> in_indonesian("tmt_cpns"), in_indonesian("pangkat"), in_indonesian("tinggi")
    ('cpns_on', 'rank', None)
    """
    return labelled(name, {**{fact.name: fact.label for fact in FACTS.values()}, **more})


def figure_instead(name: str) -> Message | None:
    """Return the way out of `posts.count`: what records come to is named as a figure.

    >>> figure_instead("posts.count"), figure_instead("rank")
    ('declare a figure `count_posts` with `count: {of: posts}`, and name it here: `fact: count_posts`', None)
    """
    history, _, word = name.partition(".")
    if history not in HISTORIES or not word:
        return None
    worked_out = f"{word}: {{of: {history}, field: {field_of(word, history)}}}" if word in ("sum", "lowest", "highest", "latest") else f"count: {{of: {history}}}"
    return phrase(
        en="declare a figure `{own}` with `{worked_out}`, and name it here: `fact: {own}`",
        id="buat angka `{own}` dengan `{worked_out}`, lalu sebut di sini: `fact: {own}`",
        worked_out=worked_out, own=f"{word if worked_out.startswith(word) else 'count'}_{history}",
    )


def under_a_history(field: str) -> Message:
    """Return the way out of a field of a record where no record is meant."""
    history = next((one for one in HISTORIES if field in record_fields(one)), None)
    if history is None:
        return phrase(en="it is meant for `where:` and `of:`", id="itu untuk `where:` dan `of:`")
    return phrase(
        en="ask it of the records of a history, as in `{example}`", id="tanyakan pada catatan suatu riwayat, seperti `{example}`",
        example=f"{history}: {{where: {{{comparison(field, history)}}}, count: {{at_least: 1}}}}",
    )  # fmt: skip
