"""Tree: keys, lists and texts as they stand in a file, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from asnpolicy.policy.source.text import show
from asnpolicy.problems import Place
from asnpolicy.text import Message, phrase


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; quoted tells quotation marks or a block (`|`, `>`) from plain writing."""

    text: str
    place: Place
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[RawNode, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A key with its value."""

    key: Scalar
    value: RawNode


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written; in block style its place is its first key's."""

    entries: dict[str, RawEntry]
    place: Place


RawNode: TypeAlias = Scalar | Sequence | Mapping


def kind_of(node: RawNode) -> Message:
    """Return what stands at a place, for a message."""
    match node:
        case Mapping():
            return phrase(en="keys with values", id="kunci dengan nilainya")
        case Sequence():
            return phrase(en="a list", id="daftar")
        case Scalar():
            return phrase(en="the text {text}", id="teks {text}", text=show(node.text))
        case _:
            assert_never(node)
