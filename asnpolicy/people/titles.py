"""Titles of posts: a name without the level behind it, and the names that laws speak of, however an office writes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from asnpolicy.people.codes import SHORTEST_CLOSED, folded, hyphened, is_slip
from asnpolicy.people.contradiction import SlipError
from asnpolicy.people.labels import ABSENT
from asnpolicy.people.posts import Jenjang, PostKind
from asnpolicy.text import phrase

TITLES: dict[str, tuple[str, ...]] = {
    "Dosen": (),
    "Guru": ("Guru Kelas", "Guru Mata Pelajaran", "Guru Mapel", "Guru Bimbingan dan Konseling", "Guru BK"),
    "Guru Besar": ("Profesor", "Dosen Guru Besar"),
    "Hakim": (),
    "Jaksa": (),
    "Jurusita": ("Jurusita Pengganti",),
    "Panitera": ("Panitera Pengganti",),
    "Peneliti": (),
    "Pengawas Sekolah": (),
    "Penilik": (),
    "Perekayasa": (),
    "Widyaiswara": (),
}
"""Posts whose names shipped policies ask for, with what each is called beside."""


class Title(NamedTuple):
    """What the name of a functional post means."""

    text: str
    """The name that is meant."""
    slip_of: str | None = None
    """The known name that it is but for one letter, or with more words behind it, so that nobody knows which is meant."""


@lru_cache(maxsize=1 << 12)
def title_meant(name: str) -> Title:
    """Return what a name without a level means.

    >>> title_meant("Widya Iswara"), title_meant("Dossen")
    (Title(text='Widyaiswara', slip_of=None), Title(text='Dossen', slip_of='Dosen'))
    >>> title_meant("Guru Olahraga").slip_of, title_meant("Pranata Komputer").slip_of
    ('Guru', None)
    """
    known, plain = _known(), folded(name)
    if plain in known:
        return Title(known[plain])
    words = hyphened(name)
    near = [
        title
        for other, title in known.items()
        if words.startswith(f"{hyphened(title)}-")
        or (len(other) >= SHORTEST_CLOSED and is_slip(plain, other, words, hyphened(title)))
    ]
    return Title(name, max(near, key=lambda one: (len(one), one), default=None))


@cache
def _known() -> Mapping[str, str]:
    """Return the known names by what each of their variants is without case and signs."""
    return {folded(text): title for title, others in TITLES.items() for text in (title, *others)}


def bare_title(data: Any) -> Any:
    """Return the data of a post with its bare name: `GURU AHLI MUDA` of level Ahli Muda is `Guru`.

    Where a level stands behind the name and it is not known whether the post has that level, the name is not known.
    Raises SlipError for a slip of the name of a functional post that a law speaks of.
    """
    title = data.get("title") if isinstance(data, Mapping) else None
    if not isinstance(title, str):
        return data
    name = _in_title_case(title)
    kind, jenjang = data.get("kind"), data.get("jenjang")
    if kind is not None and str(kind) != PostKind.FUNGSIONAL.label:
        meant = title_meant(name)
        return {**data, "title": name if meant.slip_of else meant.text}
    level = level_behind(name)
    if level:
        known = kind is not None and jenjang not in (None, ABSENT, "none") and _is_level(level, str(jenjang))
        if not known:
            return {**data, "title": None}
        name = name[: -len(level)].strip()
    meant = title_meant(name)
    if meant.slip_of:
        raise SlipError(
            phrase(
                en="`{title}` is no known post, and is almost `{known}`: write that, or the whole name of another post",
                id="`{title}` bukan jabatan yang dikenal, dan hampir sama dengan `{known}`: tulis nama itu, atau nama lengkap jabatan lain",
                title=name, known=meant.slip_of,
            ),
            "title",
        )  # fmt: skip
    return {**data, "title": meant.text}


def _in_title_case(title: str) -> str:
    """Return a title in single blanks; one in letters of one height begins each word with a large one."""
    name = " ".join(title.split())
    return name.title() if name.isupper() or name.islower() else name


def level_behind(name: str) -> str:
    """Return the words of a level that a name ends with, the longest; empty when it ends with none.

    >>> level_behind("Guru Ahli Muda"), level_behind("Guru Madya"), level_behind("Guru Besar")
    ('Ahli Muda', 'Madya', '')
    """
    words = name.split(" ")
    return next(
        (end for end in (" ".join(words[-2:]), words[-1]) if end != name and end.casefold() in _LEVEL_WORDS), ""
    )


def as_asked(name: str) -> str:
    """Return a title as it must stand in a policy to be equal to what records are read as.

    >>> as_asked("GURU AHLI MUDA"), as_asked("Analis SDM Aparatur")
    ('Guru', 'Analis SDM Aparatur')
    """
    name = _in_title_case(name)
    level = level_behind(name)
    return title_meant(name[: -len(level)].strip() if level else name).text


_LEVEL_WORDS = {
    word for level in Jenjang for word in (level.label.casefold(), level.label.rpartition(" ")[2].casefold())
}


def _is_level(words: str, jenjang: str) -> bool:
    return words.casefold() in (jenjang.casefold(), jenjang.rpartition(" ")[2].casefold())
