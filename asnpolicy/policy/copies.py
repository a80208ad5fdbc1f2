"""Copies: two files that declare the same are told once, not once for each name."""

from __future__ import annotations

from asnpolicy.problems import Place, Problem
from asnpolicy.text import said

MANY = 4
"""So many names in common, and one file is a copy of the other."""


def copies(found: list[Problem]) -> list[Problem]:
    """Return problems with those of a copied file made one."""
    pairs: dict[tuple[str, str], list[Problem]] = {}
    for problem in found:
        other = problem.message.words.get("other") if problem.code == "declared-twice" else None
        if isinstance(other, Place) and problem.place and other.file != problem.place.file:
            pairs.setdefault((other.file, problem.place.file), []).append(problem)
    copied = {pair: those for pair, those in pairs.items() if len(those) >= MANY}
    gone = {problem for those in copied.values() for problem in those}
    return [
        *(problem for problem in found if problem not in gone),
        *(_copy(*pair, len(n)) for pair, n in copied.items()),
    ]


def _copy(one: str, other: str, count: int) -> Problem:
    message = said(
        en="`{one}` and `{other}` declare the same {count} names",
        id="`{one}` dan `{other}` menyatakan {count} nama yang sama",
        one=one, other=other, count=count,
    )  # fmt: skip
    help = said(
        en="is one a copy, as a browser makes it? delete it; else keep in each file only what is its own",
        id="apakah salah satunya salinan, misalnya dari peramban? hapus; kalau bukan, sisakan di tiap berkas isinya sendiri saja",
    )
    return Problem("declared-twice", message, Place(other, 1, 1), help)
