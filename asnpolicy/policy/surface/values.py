"""Values as they are written: dated versions, for whom an older one goes on, and what a region may choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal as Choice
from typing import TypeAlias, TypeVar, get_args

from asnpolicy.language.rules import Standing
from asnpolicy.policy.dated import Version, no_overlap, successive
from asnpolicy.policy.source.scalars import as_date
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.policy.surface.about import Basis, basis_of, span_of, standing_of
from asnpolicy.policy.surface.conditions import Condition, condition
from asnpolicy.policy.surface.examples import cited, comparison
from asnpolicy.policy.surface.hints import name_alone
from asnpolicy.policy.surface.literals import measure
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, Text, phrase

BoundWord: TypeAlias = Choice["at_least", "at_most"]
BOUNDS: tuple[BoundWord, ...] = get_args(BoundWord)
T = TypeVar("T")
VALUE_WORDS = ("from", "until", "is", "basis", "region_may", "standing", "unless")
MAY_WORDS = (*BOUNDS, "basis")
_NEEDED = {"is": "is: 4 years", "from": "from: 2024-01-01"}


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """For whom an older version goes on, and which: the one that began on the day `keep`."""

    whom: Condition | None
    keep: date | None
    place: Place
    """Where the day stands."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionMay:
    """What a region may choose: the least and the most, and the law that leaves it the choice."""

    at_least: RawValue | None
    at_most: RawValue | None
    place: Place
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ValueVersion:
    """What a version of a value says."""

    value: RawValue
    basis: Basis | None
    standing: Standing | None
    region_may: RegionMay | None


@dataclass(frozen=True, slots=True, eq=False)
class ValueForm:
    """A dated value, as one region writes it."""

    versions: tuple[Version[ValueVersion], ...]


def value(name: str, node: RawNode, problems: Problems) -> ValueForm:
    """Read a dated value: one version or a list of them."""

    def version(mapping: Mapping) -> ValueVersion | None:
        given, may = mapping.entries.get("is"), region_may(mapping, problems)
        basis, standing = basis_of(mapping, problems), standing_of(mapping, problems)
        return None if given is None else ValueVersion(RawValue(given.value), basis, standing, may)

    return ValueForm(versions_of(name, node, VALUE_WORDS, version, problems))


def versions_of(
    name: str,
    node: RawNode,
    words: Iterable[str],
    read: Callable[[Mapping], T | None],
    problems: Problems,
    needed: Iterable[str] = tuple(_NEEDED),
) -> tuple[Version[T], ...]:
    """Read one version or a list of them, each with `read`; each ends where the next begins."""
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        help = phrase(
            en="write `[{example}]`, or leave it out", id="tulis `[{example}]`, atau hapus",
            example=f"{{from: 2024-01-01, {_held(words)}}}",
        )  # fmt: skip
        problems.add(
            "missing-key",
            phrase(en="`{name}` has no version", id="`{name}` tidak punya versi", name=name),
            node.place,
            help,
        )
    found: list[Version[T | None]] = []
    for mapping in filter(None, (as_mapping(item, problems, partial(_version, item, words, problems)) for item in items)):
        keys(mapping, words, Text(f"versi `{name}`", f"a version of `{name}`"), problems)
        for word in (w for w in needed if w in words and w not in mapping.entries):
            message = phrase(
                en="this version of `{name}` has no `{word}`",
                id="versi `{name}` ini tidak punya `{word}`",
                name=name,
                word=word,
            )
            problems.add("missing-key", message, mapping.place, write(str(_NEEDED[word])))
        span, unless = span_of(mapping, problems), transition(mapping, problems)
        found.append(Version(span, read(mapping), mapping.place, unless))
    ordered = successive(found)
    no_overlap(name, ordered, problems)
    return tuple(Version(v.span, v.what, v.place, v.unless) for v in ordered if v.what is not None)


def _held(words: Iterable[str]) -> str:
    return "is: 4 years" if "is" in words else "rows: {III/a: 1, III/b: 2}"


def _version(node: RawNode, words: Iterable[str], problems: Problems) -> Message:
    """Return the way out of a value that is written without its day."""
    given = isinstance(node, Scalar) and node.text and "is" in words
    what = f"is: {node.text}" if given and isinstance(node, Scalar) else _held(words)
    return write(f"[{{from: 2024-01-01, {what}, {cited(problems)}}}]")


def transition(version: Mapping, problems: Problems) -> Transition | None:
    """Read `unless`: a condition, and `keep` with the day that the older version began."""
    if "unless" not in version.entries:
        return None
    node = version.entries["unless"].value
    example = write(f"{{{comparison(name_alone(node) or 'cpns_on')}, keep: 2000-11-17}}")
    mapping = as_mapping(node, problems, example)
    if mapping is None:
        return None
    if "keep" not in mapping.entries:
        help = phrase(
            en="name the version that goes on by its `from`: `keep: 2000-11-17`",
            id="sebut versi yang tetap berlaku menurut `from`-nya: `keep: 2000-11-17`",
        )
        problems.add(
            "missing-key", phrase(en="`unless` needs `keep`", id="`unless` memerlukan `keep`"), mapping.place, help
        )
        return None
    keep = mapping.entries["keep"].value
    return Transition(condition(mapping, problems, ("keep",)), as_date(keep, problems), keep.place)


def region_may(version: Mapping, problems: Problems) -> RegionMay | None:
    """Read what regions may choose, which only a law can leave to them."""
    if "region_may" not in version.entries:
        return None
    example = f"{{at_least: 4 years, at_most: 6 years, {cited(problems)}}}"
    may = as_mapping(version.entries["region_may"].value, problems, write(example))
    if may is None:
        return None
    keys(may, MAY_WORDS, "region_may", problems)
    if not may.entries.keys() & set(BOUNDS):
        help = phrase(
            en="write `{example}`, or leave it out", id="tulis `{example}`, atau hapus", example=example,
        )  # fmt: skip
        problems.add(
            "missing-key",
            phrase(en="`region_may` sets no bound", id="`region_may` tidak menetapkan batas"),
            may.place,
            help,
        )
    elif "basis" not in may.entries:
        help = phrase(
            en="name the article that leaves it to regions: `{basis}`; without one, leave `region_may` out",
            id="sebut pasal yang menyerahkannya kepada daerah: `{basis}`; kalau tidak ada, hapus `region_may`",
            basis=cited(problems),
        )
        problems.add(
            "missing-key",
            phrase(en="`region_may` names no law", id="`region_may` tidak menyebut dasar hukum"),
            may.place,
            help,
        )
    given = {word: RawValue(may.entries[word].value) for word in BOUNDS if word in may.entries}
    for bound in given.values():
        measure(bound, problems)
    return RegionMay(given.get("at_least"), given.get("at_most"), may.place, basis_of(may, problems))
