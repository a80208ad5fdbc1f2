"""Naming: which fact an author meant by an Indonesian name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from asnpolicy.language.facts import FACTS
from asnpolicy.language.rules import Text

_NOTHING: Mapping[str, Text] = MappingProxyType({})


def in_indonesian(name: str, more: Mapping[str, Text] = _NOTHING) -> str | None:
    """Return the fact that people call so: the shortest label that has every word.

    >>> in_indonesian("tmt_cpns"), in_indonesian("pangkat"), in_indonesian("tinggi")
    ('cpns_on', 'rank', None)
    """
    words = _words(name)
    labels = {known: _words(label.id) for known, label in [*((f.name, f.label) for f in FACTS.values()), *more.items()]}
    fit = [known for known, label in labels.items() if words and words <= label]
    return min(fit, key=lambda known: len(labels[known]), default=None)


def _words(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text.lower()))
