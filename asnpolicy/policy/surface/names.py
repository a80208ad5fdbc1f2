"""Names and values as they are written, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, assert_never

from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import after_comma, unknown_keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Message, Text

NONE = "none"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is written, with its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawValue:
    """A value as its author wrote it: what it says depends on what it is compared with, and `literal` reads it."""

    node: RawNode

    @classmethod
    def at(cls, text: str, place: Place) -> RawValue:
        """Return a part of a text that is a value by itself, as one end of a band."""
        return cls(Scalar(text, place, True))

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return self.node.place

    @property
    def text(self) -> str:
        """Return the text; nothing where a list or keys stand."""
        return self.node.text if isinstance(self.node, Scalar) else ""

    @property
    def written(self) -> Any:
        """Return what stands there as plain data, without its place; whether a text is quoted decides what it says."""
        return _written(self.node)

    @property
    def is_none(self) -> bool:
        """Tell whether it says that there is none."""
        return isinstance(self.node, Scalar) and self.node.text == NONE and not self.node.quoted


def _written(node: RawNode) -> Any:
    match node:
        case Scalar(text, _, quoted):
            return [text, quoted]
        case Sequence(items):
            return [_written(item) for item in items]
        case Mapping(entries):
            return {key: _written(entry.value) for key, entry in entries.items()}
        case _:
            assert_never(node)


def name_of(node: RawNode, problems: Problems) -> Name | None:
    """Read a name."""
    text = as_text(node, problems)
    return None if text is None else Name(text, node.place)


def names_of(node: RawNode, problems: Problems) -> tuple[Name, ...]:
    """Read a name or a list of names."""
    items: Iterable[RawNode] = node.items if isinstance(node, Sequence) else (node,)
    found = (name_of(item, problems) for item in items)
    return tuple(name for name in found if name is not None)


def key_of(key: Scalar) -> Name:
    """Return a key as a name."""
    return Name(key.text, key.place)


def comma_before(name: Name, problems: Problems) -> Message | None:
    """Help for a name that stands behind a comma which was meant otherwise."""
    return after_comma(name.text, name.place, problems)


def unknown_words(words: Iterable[Name], known: Iterable[str], what: str | Text, problems: Problems) -> None:
    """Tell each word that means nothing where it stands; `what` names the thing that the words belong to."""
    unknown_keys((Scalar(word.text, word.place, False) for word in words), known, what, problems)
