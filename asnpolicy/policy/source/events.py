"""Events: what the parser gives, one thing after the other, becomes a tree; every mistake is told, nothing is ever raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from asnpolicy.policy.source.faults import MAX_DEPTH, TAGGED, TOO_DEEP, UNREADABLE, fault_of, glued, tagged
from asnpolicy.policy.source.text import CONTROL, MAX_PROBLEMS, first_word, show, text_of
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode, Scalar, Sequence, kind_of
from asnpolicy.problems import Place, Problems
from asnpolicy.text import Message, phrase

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Gives the events; both loaders count columns in characters, the one in C is some ten times faster."""


def read(
    name: str, data: bytes, problems: Problems, *, only: Collection[str] = (), without: Collection[str] = ()
) -> Mapping | None:
    """Return the tree of a file; None when nothing usable is in it, and then `problems` says why.

    Of the keys at the top, `only` and `without` say whose values are wanted: another one's is passed over, though what
    the parser stumbles over in it is told.
    """
    tree, told = _tree(name, data, tuple(only), tuple(without))
    problems.found += told.found
    problems.sources.update(told.sources)
    return tree


@lru_cache(maxsize=64)
def _tree(name: str, data: bytes, only: tuple[str, ...], without: tuple[str, ...]) -> tuple[Mapping | None, Problems]:
    """Read a file once for what is written in it: who edits a policy loads it again and again with one file changed."""
    problems = Problems()
    text = text_of(name, data, problems)
    return None if text is None else _Reader(name, problems, only, without).document(text), problems


_OPENING, _CLOSING = (MappingStartEvent, SequenceStartEvent), (MappingEndEvent, SequenceEndEvent)


class _StopReading(Exception):  # noqa: N818  # no error: the rest is only not read
    """The file is not worth reading on; the reason is already told."""


class _Reader:
    """Builds the tree from the events of one file, in one pass."""

    __slots__ = ("depth", "event", "lines", "name", "only", "problems", "told", "without")

    def __init__(self, name: str, problems: Problems, only: Collection[str], without: Collection[str]) -> None:
        self.name = name
        self.problems = problems
        self.only, self.without = only, without
        self.lines = problems.sources[name]
        self.event: Callable[[], Any] = lambda: None
        self.depth = 0
        self.told = 0

    def document(self, text: str) -> Mapping | None:
        """Read the whole file; what the parser cannot read is told in words for authors."""
        try:
            self.event = LOADER(text).get_event
            return self._document()
        except _StopReading:
            pass
        except yaml.MarkedYAMLError as error:
            self._broken(error)
        except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python stumbles over "\UFFFFFFFF"
            self._tell("broken-yaml", *UNREADABLE, self._find("\\U"))
        return None

    def _document(self) -> Mapping | None:
        self.event()
        if type(self.event()) is StreamEndEvent:
            self._empty()
            return None
        root = self._node(self.event())
        self.event()
        after = self.event()
        if type(after) is DocumentStartEvent:
            self._tell("several-documents", _SECOND, _OWN_FILE, self._at(after.start_mark, 3))
        return self._root(root)

    def _root(self, root: RawNode) -> Mapping | None:
        if isinstance(root, Mapping):
            return root
        if isinstance(root, Scalar) and not root.text and not root.quoted:
            self._empty()
            return None
        message = phrase(
            en="the file must consist of keys with values, not of {found}",
            id="berkas harus berisi kunci dengan nilainya, bukan {found}",
            found=kind_of(root),
        )
        self._tell("not-a-mapping", message, glued(root) or _BEGIN, root.place)
        return None

    def _empty(self) -> None:
        self._tell("empty-file", _EMPTY, _WRITE_IT, Place(self.name, 1, 1))

    def _node(self, event: Any) -> RawNode:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        self._properties(event)
        return self._nested(event, self._mapping if kind is MappingStartEvent else self._sequence)

    def _nested(self, event: Any, build: Callable[[Any], RawNode]) -> RawNode:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._too_deep(event)
        node = build(event)
        self.depth -= 1
        return node

    def _too_deep(self, event: Any) -> NoReturn:
        self._tell("too-deep", *TOO_DEEP, self._at(event.start_mark))
        raise _StopReading

    def _sequence(self, start: Any) -> Sequence:
        items = []
        while type(event := self.event()) is not SequenceEndEvent:
            items.append(self._node(event))
        return Sequence(tuple(items), self._at(start.start_mark))

    def _mapping(self, start: Any) -> Mapping:
        entries: dict[str, RawEntry] = {}
        first: Place | None = None
        passed: list[str] = []
        while type(event := self.event()) is not MappingEndEvent:
            key = self._node(event)
            first = first or key.place
            if self.depth == 1 and type(key) is Scalar and self._is_passed_over(key.text):
                passed.append(key.text)
                value: RawNode = self._passed_over(key)
            else:
                value = self._value(key, self.event())
            word = self._key(key, event, entries)
            if word is not None:
                entries[word.text] = RawEntry(word, value)
        for text in passed:
            entries.pop(text, None)
        if first is None or start.flow_style:
            return Mapping(entries, self._at(start.start_mark))
        return Mapping(entries, Place(self.name, first.line, first.column))

    def _is_passed_over(self, word: str) -> bool:
        return word in self.without or (bool(self.only) and word not in self.only)

    def _passed_over(self, key: Scalar) -> Scalar:
        """Pass over the value of a key at the top."""
        open_ = 0
        while True:
            event = self.event()
            kind = type(event)
            if kind in _OPENING:
                open_ += 1
                if open_ >= MAX_DEPTH:
                    self._too_deep(event)
            elif kind in _CLOSING:
                open_ -= 1
            if not open_:
                return key

    def _value(self, key: RawNode, event: Any) -> RawNode:
        node = self._node(event)
        if type(node) is Scalar and not (node.text or node.quoted) and type(key) is Scalar:
            place = key.place
            return Scalar("", Place(self.name, place.line, place.column + place.length, 0), False)
        return node

    def _key(self, key: RawNode, event: Any, entries: dict[str, RawEntry]) -> Scalar | None:
        """Return the key under which the value may stand; None when the value must be left out."""
        if type(event) is AliasEvent:
            return None
        if not isinstance(key, Scalar) or not key.text:
            self._complex(key.place, _NO_WORD)
            return None
        if key.quoted or event.start_mark.line != event.end_mark.line:
            self._complex(key.place, _odd_key(key))
        elif key.text == "<<":
            self._tell("merge-key", _MERGE, _OUT, key.place)
            return None
        if key.text in entries:
            line = entries[key.text].key.place.line
            message = phrase(
                en="{word} is written twice, first on line {line}", id="{word} tertulis dua kali, pertama pada baris {line}",
                word=show(key.text), line=line,
            )  # fmt: skip
            self._tell("duplicate-key", message, _ONE, key.place)
            return None
        return key

    def _complex(self, place: Place, message: Message) -> None:
        self._tell("complex-key", message, _PLAIN_KEY, place)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        if event.style or event.tag is not None or event.anchor is not None or line != end.line:
            return self._unusual(event)
        if event.value[:1] in CURLY:
            self._curly(event.value, Place(self.name, line + 1, column + 1, end.column - column))
        return Scalar(event.value, Place(self.name, line + 1, column + 1, end.column - column), False)

    def _curly(self, text: str, place: Place) -> None:
        if not text:
            return
        message = phrase(
            en="`{sign}` is no quotation mark here: word processors and chats write it so",
            id="`{sign}` bukan tanda petik di sini: pengolah kata dan aplikasi obrolan menuliskannya begitu",
            sign=text[0],
        )
        self._tell("quotation-mark", message, _STRAIGHT, Place(place.file, place.line, place.column))

    def _unusual(self, event: Any) -> Scalar:
        self._properties(event)
        start, end = event.start_mark, event.end_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        column = start.column
        if event.tag is not None or event.anchor is not None:
            column += len(_PROPERTIES.match(line[column:])[0])  # type: ignore[index]  # it matches any line
        stop = end.column if start.line == end.line else len(line.rstrip())
        if event.style and event.style in "|>":
            stop = column + len(_HEADER.match(line[column:])[0])  # type: ignore[index]  # it matches any line
        place = Place(self.name, start.line + 1, column + 1, max(0, stop - column))
        if event.style == '"' and CONTROL.search(event.value):
            self._tell("control-character", _BACKSLASH, _SINGLE, place)
        return Scalar(event.value, place, bool(event.style))

    def _alias(self, event: Any) -> Scalar:
        written = "*" + event.anchor
        place = self._at(event.start_mark, len(written))
        self._tell("alias", _anchored(written), _ALIAS, place)
        return Scalar(written, place, False)

    def _properties(self, event: Any) -> None:
        mark = event.start_mark
        line = self.lines[mark.line]
        if event.anchor is not None:
            written = "&" + event.anchor
            place = self._place(mark.line, max(line.find(written, mark.column), mark.column), len(written))
            self._tell("alias", _anchored(written), _ALIAS, place)
        if event.tag is not None:
            column = max(line.find("!", mark.column), mark.column)
            written = line[column:].split(maxsplit=1)[0]
            place = self._place(mark.line, column, len(written))
            self._tell("tag", tagged(written), TAGGED, place)

    def _place(self, line: int, column: int, length: int = 1) -> Place:
        return Place(self.name, line + 1, column + 1, length)

    def _at(self, mark: Any, length: int = 1) -> Place:
        return self._place(mark.line, mark.column, length)

    def _find(self, text: str) -> Place:
        found = (self._place(n, line.index(text), len(text)) for n, line in enumerate(self.lines) if text in line)
        return next(found, self._place(0, 0))

    def _tell(self, code: str, message: Message, help: Message, place: Place) -> None:
        self.told += 1
        if self.told <= MAX_PROBLEMS or code == "broken-yaml":
            self.problems.add(code, message, place, help)

    def _broken(self, error: yaml.MarkedYAMLError) -> None:
        fault = fault_of(self.lines, error)
        word = first_word(self.lines[fault.line][fault.column :])
        place = self._place(fault.line, fault.column, 1 if word[0] in "[{'\"\t" else len(word))
        self._tell(fault.code, fault.message, fault.help, place)


def _odd_key(key: Scalar) -> Message:
    word = show(key.text)
    if key.quoted:
        return phrase(en="the key {word} is not written plainly", id="kunci {word} tidak ditulis polos", word=word)
    return phrase(
        en="the key {word} runs over more than one line", id="kunci {word} terbagi atas beberapa baris", word=word
    )


def _anchored(written: str) -> Message:
    return phrase(
        en="anchors and aliases are not used here: {word}", id="jangkar dan alias tidak dipakai di sini: {word}",
        word=show(written),
    )  # fmt: skip


CURLY = frozenset("\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a")
"""Quotation marks of word processors, which mean nothing in a policy file."""
_STRAIGHT = phrase(
    en="write straight ones, `'`, around the whole text", id="tulis tanda petik lurus, `'`, mengapit seluruh teks"
)
_ALIAS = phrase(
    en="write the value again, or use a shared condition",
    id="tulis ulang nilainya, atau pakai syarat bersama (`conditions`)",
)
_SECOND = phrase(en="a second document begins here", id="dokumen kedua dimulai di sini")
_OWN_FILE = phrase(
    en="remove the line `---` and put what follows into a file of its own",
    id="hapus baris `---` dan pindahkan lanjutannya ke berkas tersendiri",
)
_BEGIN = phrase(en="begin with a key such as `title: ...`", id="awali dengan kunci, misalnya `title: ...`")
_EMPTY = phrase(en="the file is empty", id="berkas ini kosong")
_WRITE_IT = phrase(en="write the policy, or delete the file", id="tulis kebijakannya, atau hapus berkas ini")
_NO_WORD = phrase(
    en="a key must be a word that stands before the colon", id="kunci harus berupa kata yang berdiri sebelum titik dua"
)
_MERGE = phrase(en="`<<` is not used here", id="`<<` tidak dipakai di sini")
_OUT = phrase(
    en="write the keys out where they are needed", id="tulis kuncinya satu per satu di tempat yang memerlukannya"
)
_ONE = phrase(en="keep one of the two", id="pertahankan salah satu saja")
_PLAIN_KEY = phrase(
    en="write a key as a plain word on one line, without quotation marks, `?` or brackets",
    id="tulis kunci sebagai kata polos pada satu baris, tanpa tanda petik, `?`, atau kurung",
)
_BACKSLASH = phrase(
    en="the backslash writes an invisible character", id="garis miring terbalik menuliskan tanda yang tak terlihat"
)
_SINGLE = phrase(en="leave it out, or use single quotation marks", id="hilangkan, atau pakai tanda petik tunggal")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_HEADER = re.compile(r"[|>]?[-+0-9]*")
