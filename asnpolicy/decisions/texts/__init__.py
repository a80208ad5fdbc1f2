"""Texts: every word for people that the library itself says, by its code, one file a language."""

from __future__ import annotations

from typing import Literal as Choice
from typing import TypeAlias

from asnpolicy.decisions.texts import (
    en,
    en_mentoring,
    en_notice,
    en_talent,
    en_time,
    en_trace,
    id,
    id_mentoring,
    id_notice,
    id_talent,
    id_time,
    id_trace,
)
from asnpolicy.people.ranks import Rank

Language: TypeAlias = Choice["id", "en"]

LANGUAGES: tuple[Language, ...] = ("id", "en")
RANKS = {f"rank.{rank.label}": rank.written for rank in Rank}
"""A rank is called the same in both languages."""
TEXTS: dict[str, dict[str, str]] = {
    "id": RANKS | id.TEXTS | id_mentoring.TEXTS | id_notice.TEXTS | id_talent.TEXTS | id_time.TEXTS | id_trace.TEXTS,
    "en": RANKS | en.TEXTS | en_mentoring.TEXTS | en_notice.TEXTS | en_talent.TEXTS | en_time.TEXTS | en_trace.TEXTS,
}


def pattern(code: str, lang: str) -> str:
    """Give the text of a code in a language, with its named parameters still open."""
    return TEXTS["en" if lang == "en" else "id"][code]


def known(code: str) -> bool:
    """Tell whether there is a text for a code."""
    return code in TEXTS["id"]
