"""Lottery: a number for each person, drawn from a published seed and a key that says nothing of who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b, sha256

from asnpolicy.people import Employee
from asnpolicy.people.nip import masked
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

LOT_BYTES = 8
TELLING = {"nip", "name", "birth_date", "protected", "supervisor", "mentoring", "leaves"}
"""What tells of a protected attribute: the number (birth, sex), the name (sex, religion, ethnicity), the numbers of others,
leaves (birth of a child). The lottery does not see it."""


@dataclass(frozen=True, slots=True)
class Lottery:
    """The numbers that a seed gives; those whom nothing but telling data tells apart are `alike`."""

    seed: str
    numbers: Mapping[str, int]
    """By NIP."""
    alike: frozenset[str]


def draw(people: Iterable[Employee], *, seed: str, as_of: date, keys: Mapping[str, str] | None = None) -> Lottery:
    """Draw a number for each person, by an opaque key for each NIP, or by what else is on record on a day.

    Raises PolicyError when somebody has no key, or two have the same.
    """
    by_nip = {person.nip: person for person in people}
    if keys is not None:
        _check(by_nip, keys)
    own = {nip: keys[nip] if keys is not None else record_key(person, as_of) for nip, person in by_nip.items()}
    times = Counter(own.values())
    alike = frozenset(nip for nip, key in own.items() if times[key] > 1)
    secret = sha256(seed.encode()).digest()
    numbers = {nip: _number(secret, f"{key} {nip}" if nip in alike else key) for nip, key in own.items()}
    return Lottery(seed, numbers, alike)


def record_key(person: Employee, as_of: date) -> str:
    """A key from what is on record of a person on a day, but for what tells of a protected attribute.

    Of the NIP it has the month of appointment and the serial number, which say nothing of birth or sex: a twin, who differs
    in protected attributes alone, has the same key.
    """
    record = person.at(as_of).model_dump_json(exclude=TELLING, exclude_none=True)
    return f"{person.nip[8:14]} {person.nip[15:]} {record}"


def _number(secret: bytes, key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), key=secret, digest_size=LOT_BYTES).digest(), "big")


def _check(people: Mapping[str, Employee], keys: Mapping[str, str]) -> None:
    without = sorted(nip for nip in people if nip not in keys)
    times = Counter(keys[nip] for nip in people if nip in keys)
    twice = sorted(nip for nip in people if nip in keys and times[keys[nip]] > 1)
    found = [
        *(
            Problem(
                "wrong-key",
                phrase(
                    en="`{nip}` has no key for the lottery",
                    id="`{nip}` tidak punya kunci untuk undian",
                    nip=masked(nip),
                ),
                help=_ONE_EACH,
            )
            for nip in without
        ),
        *(
            Problem(
                "wrong-key",
                phrase(en="`{nip}` has the key of somebody else", id="`{nip}` memakai kunci orang lain", nip=masked(nip)),
                help=_ONE_EACH,
            )
            for nip in twice
        ),
    ]
    if found:
        raise PolicyError(found)


_ONE_EACH = phrase(
    en="give each person one key of their own that tells nothing of them, such as the identifier of the register",
    id="beri setiap orang satu kunci tersendiri yang tidak mengungkapkan apa pun tentangnya, misalnya nomor pada register",
)
