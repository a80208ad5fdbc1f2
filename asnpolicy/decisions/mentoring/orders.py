"""Orders: pairs that are kept, forced or forbidden, and places of single mentors, given as data; what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from asnpolicy.people import Employee
from asnpolicy.people.nip import NipText, masked
from asnpolicy.problems import Problems
from asnpolicy.text import Message, Text, phrase


class Pairing(BaseModel):
    """A mentor and a mentee, named by their numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mentor: NipText
    mentee: NipText

    def __str__(self) -> str:
        return f"{masked(self.mentor)} → {masked(self.mentee)}"


@dataclass(frozen=True)
class Orders:
    """What an office has settled before mentors are assigned."""

    keep: tuple[Pairing, ...] = ()
    """Pairs that hold: they stay unless a limit breaks."""
    forced: tuple[Pairing, ...] = ()
    """Pairs that must be: they must meet every limit."""
    forbidden: tuple[Pairing, ...] = ()
    """Pairs that must not be, as between relatives."""
    places: Mapping[str, int] = field(default_factory=dict)
    """How many mentees single mentors take, by NIP, where that is fewer than the rule lets them."""

    @cached_property
    def people(self) -> frozenset[str]:
        """The numbers of all who are to be kept or forced."""
        return frozenset(nip for pair in (*self.keep, *self.forced) for nip in (pair.mentor, pair.mentee))

    @cached_property
    def settled(self) -> frozenset[str]:
        """The mentees of forced pairs."""
        return frozenset(pair.mentee for pair in self.forced)

    @cached_property
    def barred(self) -> frozenset[tuple[str, str]]:
        """Mentor and mentee of each forbidden pair."""
        return frozenset((one.mentor, one.mentee) for one in self.forbidden)


def check(orders: Orders, people: Mapping[str, Employee], capacity: int | None) -> None:
    """Raise PolicyError, with all problems, for orders that contradict themselves or name nobody."""
    problems = Problems()
    for word, pairs in ((_KEPT, orders.keep), (_FORCED, orders.forced)):
        _check_own_mentor(problems, word, pairs)
        _check_one_mentor(problems, word, pairs)
    for word, pairs in ((_FORCED, orders.forced), (_FORBIDDEN, orders.forbidden)):
        _check_named(problems, word, pairs, people)
    _check_not_barred(problems, orders)
    _check_places(problems, orders.places, people, capacity)
    problems.raise_if_any()


_KEPT, _FORCED, _FORBIDDEN = Text("dipertahankan", "keep"), Text("ditetapkan", "forced"), Text("dilarang", "forbidden")
_NUMBER = phrase(
    en="check the number: 18 digits, written as text, since spreadsheets round long numbers",
    id="periksa nomornya: 18 angka, ditulis sebagai teks, karena lembar kerja membulatkan angka panjang",
)


def _tell(problems: Problems, message: Message, help: Message) -> None:
    problems.add("wrong-pair", message, help=help)


def _check_own_mentor(problems: Problems, word: Text, pairs: Iterable[Pairing]) -> None:
    for pair in pairs:
        if pair.mentor == pair.mentee:
            _tell(
                problems,
                phrase(
                    en="`{pair}` makes somebody their own mentor",
                    id="`{pair}` menjadikan seseorang mentor bagi dirinya sendiri",
                    pair=pair,
                ),
                phrase(en="take it out of the {word} pairs", id="keluarkan dari pasangan yang {word}", word=word),
            )


def _check_named(problems: Problems, word: Text, pairs: Iterable[Pairing], people: Mapping[str, Employee]) -> None:
    for pair in pairs:
        for nip in (pair.mentor, pair.mentee):
            if nip not in people:
                _tell(
                    problems,
                    phrase(
                        en="nobody has the NIP `{nip}` of the {word} pair `{pair}`",
                        id="tidak ada yang memiliki NIP `{nip}` pada pasangan yang {word} `{pair}`",
                        nip=masked(nip),
                        word=word,
                        pair=pair,
                    ),
                    _NUMBER,
                )


def _check_one_mentor(problems: Problems, word: Text, pairs: Iterable[Pairing]) -> None:
    mentors: dict[str, set[str]] = {}
    for pair in pairs:
        mentors.setdefault(pair.mentee, set()).add(pair.mentor)
    for mentee, those in mentors.items():
        if len(those) > 1:
            names = ", ".join(f"`{masked(nip)}`" for nip in sorted(those))
            _tell(
                problems,
                phrase(
                    en="the {word} pairs give `{mentee}` {those} mentors: {names}",
                    id="pasangan yang {word} memberi `{mentee}` {those} mentor: {names}",
                    word=word,
                    mentee=masked(mentee),
                    those=len(those),
                    names=names,
                ),
                phrase(en="leave one of them", id="sisakan satu saja"),
            )


def _check_not_barred(problems: Problems, orders: Orders) -> None:
    for pair in orders.forced:
        if (pair.mentor, pair.mentee) in orders.barred:
            _tell(
                problems,
                phrase(
                    en="`{pair}` is both forced and forbidden", id="`{pair}` ditetapkan sekaligus dilarang", pair=pair
                ),
                phrase(en="leave it in one of the two", id="sisakan di salah satunya saja"),
            )


def _check_places(
    problems: Problems, places: Mapping[str, int], people: Mapping[str, Employee], capacity: int | None
) -> None:
    for nip, count in places.items():
        if nip not in people:
            problems.add(
                "wrong-places",
                phrase(
                    en="nobody has the NIP `{nip}` who is given places",
                    id="tidak ada yang memiliki NIP `{nip}` yang diberi tempat",
                    nip=masked(nip),
                ),
                help=_NUMBER,
            )
        if count < 0 or (capacity is not None and count > capacity):
            limit = (
                Text("bilangan mulai 0", "any number from 0 up")
                if capacity is None
                else Text(f"0 sampai {capacity}, sesuai aturannya", f"0 to {capacity}, as the rule says")
            )
            problems.add(
                "wrong-places",
                phrase(
                    en="`{nip}` can't have {count} places",
                    id="`{nip}` tidak dapat memiliki {count} tempat",
                    nip=masked(nip),
                    count=count,
                ),
                help=phrase(en="write {limit}", id="tulis {limit}", limit=limit),
            )
