"""Copies: what has one cause is told once: two files that declare the same, a source that is declared nowhere."""

from __future__ import annotations

from asnpolicy.policy.surface.documents import Documents
from asnpolicy.problems import Place, Problem
from asnpolicy.text import phrase

MANY = 4
"""So many names in common, and one file is a copy of the other."""


def copies(found: list[Problem]) -> list[Problem]:
    """Return problems with those of a copied file made one, and an unknown source told where it is first named."""
    return _copied_files(_first_of_each_source(found))


def _first_of_each_source(found: list[Problem]) -> list[Problem]:
    first: dict[object, Problem] = {}
    for problem in sorted((one for one in found if one.code == "unknown-source" and one.place), key=_place):
        first.setdefault(problem.message.words.get("short"), problem)
    return [one for one in found if one.code != "unknown-source" or one in first.values()]


def _place(problem: Problem) -> Place:
    return problem.place or Place("", 0, 0)


def names_amiss(chain: tuple[Documents, ...], found: list[Problem]) -> set[str]:
    """Name the rules, values and tables in which one of the problems stands."""
    begins: dict[str, list[tuple[int, str]]] = {}
    for section in (section for documents in chain for section in documents.sections.values()):
        for name, declared in section.items():
            begins.setdefault(declared.place.file, []).append((declared.place.line, name))
    names: set[str] = set()
    for place in (problem.place for problem in found if problem.place):
        above = [one for one in begins.get(place.file, ()) if one[0] <= place.line]
        names |= {max(above)[1]} if above else set()
    return names


def _copied_files(found: list[Problem]) -> list[Problem]:
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
    message = phrase(
        en="`{one}` and `{other}` declare the same {count} names",
        id="`{one}` dan `{other}` menyatakan {count} nama yang sama",
        one=one, other=other, count=count,
    )  # fmt: skip
    help = phrase(
        en="is one a copy, as a browser makes it? delete it; else keep in each file only what is its own",
        id="apakah salah satunya salinan, misalnya dari peramban? hapus; kalau bukan, sisakan di tiap berkas isinya sendiri saja",
    )
    return Problem("declared-twice", message, Place(other, 1, 1), help)
