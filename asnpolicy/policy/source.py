"""Text becomes a tree with places: every scalar stays text, every mistake is told, nothing is ever raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeAlias, assert_never

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from asnpolicy.problems import Place, Problems, suggest

MAX_BYTES = 2 * 1024 * 1024
"""A larger file is not read at all."""

MAX_DEPTH = 40
"""Levels of lists and keys inside one another; the top is level 1."""

MAX_PROBLEMS = 50
"""Of one file (and of the keys of one mapping) no more mistakes than these are told at once."""

MAX_DIGITS = 18
"""A number with more digits is a slip of the keyboard."""

MAX_MONTHS = 1_200
"""The longest duration: a hundred years."""

MAX_SHOWN = 40
"""So many characters of an author's text are repeated in a message."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Gives the events; both loaders count columns in characters, the one in C is some ten times faster."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; quoted tells quotation marks or a block (`|`, `>`) from plain writing."""

    text: str
    place: Place
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written; in block style its place is its first key's."""

    entries: dict[str, Entry]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


# Reading a file


def read(name: str, data: bytes, problems: Problems) -> Mapping | None:
    """Read a file's bytes; None when nothing usable is in them, and then `problems` says why."""
    problems.sources[name] = ()
    top = Place(name, 1, 1)
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        problems.add("too-large", f"the file has {size}, more than {MAX_BYTES // 1024 // 1024} MB", top, _SPLIT)
        return None
    text = _decode(name, data, problems)
    if text is None or _has_controls(name, text, problems):
        return None
    return _Reader(name, problems).document(text)


_SPLIT = "split it into several files"
_UTF8 = "save the file with the encoding UTF-8"
_CONTROL = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1] or lines


def _decode(name: str, data: bytes, problems: Problems) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        problems.add("not-utf8", "the file is written in UTF-16, not in UTF-8", Place(name, 1, 1), _UTF8)
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = _unix(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        _not_utf8(name, data, error.start, problems)
        return None
    problems.sources[name] = tuple(_lines(text))
    return text


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf8(name: str, data: bytes, start: int, problems: Problems) -> None:
    problems.sources[name] = tuple(_lines(_unix(data.decode("utf-8", "replace"))))
    before = _unix(data[:start].decode("utf-8"))
    place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    problems.add("not-utf8", f"the byte `{data[start]:02X}` here is not UTF-8", place, _UTF8)


def _has_controls(name: str, text: str, problems: Problems) -> bool:
    if not _CONTROL.search(text):
        return False
    for sign in islice(_CONTROL.finditer(text), MAX_PROBLEMS):
        at = sign.start()
        place = Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        message = f"the invisible character `U+{ord(sign[0]):04X}` is not allowed"
        problems.add("control-character", message, place, "delete it, and type the text around it anew")
    return True


class _StopReading(Exception):  # noqa: N818
    """The file is not worth reading on; the reason is already told."""


class _Reader:
    """Builds the tree from the events of one file, in one pass."""

    __slots__ = ("depth", "events", "lines", "name", "problems", "told")

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self.lines = problems.sources[name]
        self.events: Iterator[Any] = iter(())
        self.depth = 0
        self.told = 0

    def document(self, text: str) -> Mapping | None:
        """Read the whole file; what the parser cannot read is told in words for authors."""
        self.events = iter(yaml.parse(text, Loader=LOADER))
        try:
            return self._document()
        except _StopReading:
            pass
        except yaml.MarkedYAMLError as error:
            self._broken(error)
        except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python stumbles over "\UFFFFFFFF"
            self._tell("broken-yaml", *_UNREADABLE, self._find("\\U"))
        return None

    def _document(self) -> Mapping | None:
        next(self.events)
        if type(next(self.events)) is StreamEndEvent:
            self._empty()
            return None
        root = self._node(next(self.events))
        next(self.events)
        after = next(self.events)
        if type(after) is DocumentStartEvent:
            help = "remove the line `---` and put what follows into a file of its own"
            self._tell("several-documents", "a second document begins here", help, self._at(after.start_mark, 3))
        return self._root(root)

    def _root(self, root: Node) -> Mapping | None:
        if isinstance(root, Mapping):
            return root
        if isinstance(root, Scalar) and not root.text and not root.quoted:
            self._empty()
            return None
        message = f"the file must consist of keys with values, not of {_kind(root)}"
        self._tell("not-a-mapping", message, _glued(root) or "begin with a key such as `title: ...`", root.place)
        return None

    def _empty(self) -> None:
        self._tell("empty-file", "the file is empty", "write the policy, or delete the file", Place(self.name, 1, 1))

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        self._properties(event)
        return self._nested(event, self._mapping if kind is MappingStartEvent else self._sequence)

    def _nested(self, event: Any, build: Callable[[Any], Node]) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"lists and keys stand more than {MAX_DEPTH} levels inside one another"
            self._tell("too-deep", message, "give the inner part a name of its own", self._at(event.start_mark))
            raise _StopReading
        node = build(event)
        self.depth -= 1
        return node

    def _sequence(self, start: Any) -> Sequence:
        items = []
        while type(event := next(self.events)) is not SequenceEndEvent:
            items.append(self._node(event))
        return Sequence(tuple(items), self._at(start.start_mark))

    def _mapping(self, start: Any) -> Mapping:
        entries: dict[str, Entry] = {}
        first: Place | None = None
        while type(event := next(self.events)) is not MappingEndEvent:
            key = self._node(event)
            first = first or key.place
            value = self._value(key, next(self.events))
            word = self._key(key, event, entries)
            if word is not None:
                entries[word.text] = Entry(word, value)
        if first is None or start.flow_style:
            return Mapping(entries, self._at(start.start_mark))
        return Mapping(entries, Place(self.name, first.line, first.column))

    def _value(self, key: Node, event: Any) -> Node:
        node = self._node(event)
        if type(node) is Scalar and not (node.text or node.quoted) and type(key) is Scalar:
            place = key.place
            return Scalar("", Place(self.name, place.line, place.column + place.length, 0), False)
        return node

    def _key(self, key: Node, event: Any, entries: dict[str, Entry]) -> Scalar | None:
        """Give the key under which the value may stand; None when the value must be left out."""
        if type(event) is AliasEvent:
            return None
        if not isinstance(key, Scalar) or not key.text:
            self._complex(key.place, "a key must be a word that stands before the colon")
            return None
        if key.quoted or event.start_mark.line != event.end_mark.line:
            self._complex(key.place, _odd_key(key))
        elif key.text == "<<":
            self._tell("merge-key", "`<<` is not used here", "write the keys out where they are needed", key.place)
            return None
        if key.text in entries:
            line = entries[key.text].key.place.line
            message = f"{_show(key.text)} is written twice, first on line {line}"
            self._tell("duplicate-key", message, "keep one of the two", key.place)
            return None
        return key

    def _complex(self, place: Place, message: str) -> None:
        help = "write a key as a plain word on one line, without quotation marks, `?` or brackets"
        self._tell("complex-key", message, help, place)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        if event.style or event.tag is not None or event.anchor is not None or line != end.line:
            return self._unusual(event)
        return Scalar(event.value, Place(self.name, line + 1, column + 1, end.column - column), False)

    def _unusual(self, event: Any) -> Scalar:
        self._properties(event)
        start, end = event.start_mark, event.end_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        column = start.column
        if event.tag is not None or event.anchor is not None:
            column += len(_PROPERTIES.match(line[column:])[0])  # type: ignore[index]
        stop = end.column if start.line == end.line else len(line.rstrip())
        if event.style and event.style in "|>":
            stop = column + len(_HEADER.match(line[column:])[0])  # type: ignore[index]
        place = Place(self.name, start.line + 1, column + 1, max(0, stop - column))
        if event.style == '"' and _CONTROL.search(event.value):
            message = "the backslash writes an invisible character"
            self._tell("control-character", message, "leave it out, or use single quotation marks", place)
        return Scalar(event.value, place, bool(event.style))

    def _alias(self, event: Any) -> Scalar:
        written = "*" + event.anchor
        place = self._at(event.start_mark, len(written))
        self._tell("alias", f"anchors and aliases are not used here: {_show(written)}", _ALIAS, place)
        return Scalar(written, place, False)

    def _properties(self, event: Any) -> None:
        mark = event.start_mark
        line = self.lines[mark.line]
        if event.anchor is not None:
            written = "&" + event.anchor
            place = self._place(mark.line, max(line.find(written, mark.column), mark.column), len(written))
            self._tell("alias", f"anchors and aliases are not used here: {_show(written)}", _ALIAS, place)
        if event.tag is not None:
            column = max(line.find("!", mark.column), mark.column)
            written = line[column:].split(maxsplit=1)[0]
            place = self._place(mark.line, column, len(written))
            self._tell("tag", f"tags are not used here: {_show(written)}", _TAG, place)

    def _place(self, line: int, column: int, length: int = 1) -> Place:
        return Place(self.name, line + 1, column + 1, length)

    def _at(self, mark: Any, length: int = 1) -> Place:
        return self._place(mark.line, mark.column, length)

    def _find(self, text: str) -> Place:
        found = (self._place(n, line.index(text), len(text)) for n, line in enumerate(self.lines) if text in line)
        return next(found, self._place(0, 0))

    def _tell(self, code: str, message: str, help: str, place: Place) -> None:
        self.told += 1
        if self.told <= MAX_PROBLEMS or code == "broken-yaml":
            self.problems.add(code, message, place, help)

    def _broken(self, error: yaml.MarkedYAMLError) -> None:
        fault = _fault(self.lines, error)
        word = _word(self.lines[fault.line][fault.column :])
        place = self._place(fault.line, fault.column, 1 if word[0] in "[{'\"\t" else len(word))
        self._tell(fault.code, fault.message, fault.help, place)


def _odd_key(key: Scalar) -> str:
    if key.quoted:
        return f"the key {_show(key.text)} is not written plainly"
    return f"the key {_show(key.text)} runs over more than one line"


_ALIAS = "write the value again, or use a shared condition"
_TAG = "remove it; a value that begins with `!` belongs in quotation marks"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_HEADER = re.compile(r"[|>]?[-+0-9]*")


# What the parser stumbled over, in words for authors


class _Fault(NamedTuple):
    line: int
    column: int
    message: str
    help: str
    code: str = "broken-yaml"


class _Rule(NamedTuple):
    """Tells a complaint of the parser anew; `{word}` or `{sign}` in a message is what stands at the place."""

    complaint: str
    at_start: bool
    message: str
    help: str
    code: str = "broken-yaml"


_QUOTE = "put the whole value into single quotation marks"
_UNREADABLE = (
    "this cannot be read",
    "look at indentation, colons, brackets and quotation marks here and on the line above",
)
_TAB = ("a tab is used for indentation", "replace the tab by spaces, two for each level")
_DEEPER = (
    "this line is indented further than the lines above allow",
    "begin keys that belong together in the same column; a key that holds other keys has nothing after its colon",
)
_MORE = ("`>` does not compare here", "write `{at_least: …}`, or `{above: …}` for more than that")
_INDENTED = (
    "the indentation of this line fits none of the lines above",
    "begin keys that belong together in the same column",
)


def _rule(complaint: str, at_start: bool, message: str, help: str, code: str = "broken-yaml") -> _Rule:
    return _Rule(complaint, at_start, message, help, code)


_RULES = (
    _rule(  # newer parsers look ahead, and give up by themselves
        "maximum nesting depth",
        False,
        f"lists and keys stand more than {MAX_DEPTH} levels inside one another",
        "give the inner part a name of its own",
        "too-deep",
    ),
    _rule(r"tab char|'\\t'", False, *_TAB),
    _rule(
        "quoted scalar.*(end of stream|document)",
        True,
        "the quotation mark opened here is not closed",
        "close it on the same line; inside single quotation marks write an apostrophe twice",
    ),
    _rule(
        r"expected ',' or '[]}]'",
        True,
        "the bracket opened here is not closed, or a comma is missing in it",
        "close `[` with `]` and `{` with `}`, put a comma between the values, and a text with a colon in quotation marks",
    ),
    _rule(
        "sequence entries",
        False,
        "a list cannot begin on the line of its key",
        "begin a new line after the colon, and write each item there after `- `",
    ),
    _rule("start any token", False, "a value cannot begin with {sign}", _QUOTE),
    _rule(
        "quoted.* scalar",
        False,
        "a backslash in double quotation marks has a special meaning",
        "use single quotation marks",
    ),
    _rule(" (alias|anchor)", True, "a value cannot begin with {sign}", _QUOTE),
    _rule(" tag", True, "tags are not used here: {word}", _TAG, "tag"),
    _rule(
        "block scalar",
        True,
        "after `|` or `>` nothing else can stand on the line",
        "begin the text on the next line, indented",
    ),
    _rule("node content", False, "a value is missing before {sign}", f"write it, or {_QUOTE}"),
    _rule("mapping keys", False, "`?` cannot begin a key or a value", _QUOTE),
    _rule("directive|incompatible|%", True, "a line cannot begin with `%`", "remove the line"),
    _rule(
        "block collection",
        False,
        "this line belongs neither to the list above nor to its last item",
        "begin every item of a list with `- `, all in the same column, and indent what belongs to an item",
    ),
    _rule("document start", False, *_INDENTED),
)


def _fault(lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> _Fault:
    complaint = f"{error.context} {error.problem}"
    line, column = _within(lines, error.problem_mark)
    tab = re.match(r" *\t", lines[line])
    if tab:
        return _Fault(line, tab.end() - 1, *_TAB)
    if "block scalar" in complaint and re.search(r":\s+>(=|\s*[0-9])", lines[line]):
        return _Fault(line, lines[line].index(">"), *_MORE)
    if "expected ':'" in complaint:
        return _no_colon(lines, *_within(lines, error.context_mark))
    if "mapping values" in complaint:
        return _stray_colon(lines, line, column)
    if "block mapping" in complaint:
        return _no_key(lines, line, column)
    return _ruled(lines, error, complaint)


def _ruled(lines: tuple[str, ...], error: yaml.MarkedYAMLError, complaint: str) -> _Fault:
    for rule in _RULES:
        if re.search(rule.complaint, complaint):
            line, column = _within(lines, (error.context_mark if rule.at_start else None) or error.problem_mark)
            rest = lines[line][column:]
            words = {"word": _show(_word(rest)), "sign": f"`{rest[:1]}`" if rest[:1] != "`" else "a backtick"}
            return _Fault(line, column, rule.message.format(**words), rule.help, rule.code)
    return _Fault(*_within(lines, error.problem_mark), *_UNREADABLE)


def _within(lines: tuple[str, ...], mark: Any) -> tuple[int, int]:
    """Move a mark behind the last text to the end of that text."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line < len(lines) and lines[line].strip():
        return line, column
    line = min(line, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1
    return line, max(0, len(lines[line].rstrip()) - 1)


def _no_colon(lines: tuple[str, ...], line: int, column: int) -> _Fault:
    rest = lines[line][column:]
    if "\xa0" in rest:
        return _Fault(line, lines[line].index("\xa0", column), "a no-break space stands here", "type a simple space")
    glued = _GLUED.match(rest)
    if glued:
        return _Fault(line, column, f"a space is missing after the colon in {_show(_word(rest))}", _spaced(rest))
    return _Fault(line, column, f"a colon is missing after {_show(rest.strip())}", "write a key as `key: value`")


_GLUED = re.compile(r"([^\s:]+):([^\s:/].*)")


def _spaced(text: str) -> str:
    key, _, value = text.strip().partition(":")
    return f"write {_show(f'{key}: {value}')}"


def _glued(node: Node) -> str | None:
    """Help for `key:value`, which is a text because the space is missing."""
    if isinstance(node, Scalar) and not node.quoted and _GLUED.match(node.text):
        return f"put a space after the colon: {_spaced(node.text).removeprefix('write ')}"
    return None


def _stray_colon(lines: tuple[str, ...], line: int, column: int) -> _Fault:
    text = lines[line]
    if re.search(r":\s", text[:column]):
        return _Fault(line, column, "a second colon stands in this line", _QUOTE)
    above = line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    before = lines[above] if line else ""
    start = len(before) - len(before.lstrip())
    if re.match(r"\s*-[^\s-]", before):
        return _Fault(above, start, f"a space is missing after the dash in {_show(before.strip())}", "write `- `")
    if line and not re.search(r":\s|:$", before):
        return _no_colon(lines, above, start)
    return _Fault(line, len(text) - len(text.lstrip()), *_DEEPER)


def _no_key(lines: tuple[str, ...], line: int, column: int) -> _Fault:
    text = lines[line]
    before = text[:column].rstrip()
    if before.endswith(("'", '"')):
        help = "put the whole value between the quotation marks; write an apostrophe in it twice"
        return _Fault(line, column, "text follows the closing quotation mark", help)
    if before.endswith(("]", "}")):
        return _Fault(line, column, "text follows the closing bracket", "begin a new line, or remove it")
    if before.strip(" -"):
        return _Fault(line, column, *_UNREADABLE)
    if text[column:].startswith("-"):
        help = "write lists below a key that has nothing after its colon"
        return _Fault(line, column, "an item of a list stands where a key belongs", help)
    if text[column:].startswith(":"):
        return _Fault(line, column, "a key is missing before the colon", "write a key as `key: value`")
    return _Fault(line, column, *_INDENTED)


def _word(text: str) -> str:
    return text.split(maxsplit=1)[0] if text.strip() else " "


def _show(text: str) -> str:
    """Give an author's text for a message, short and on one line.

    >>> _show("NO")
    '`NO`'
    """
    words = " ".join(text[: 4 * MAX_SHOWN].split())
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words).replace("`", "'")
    return f"`{clean}`" if len(clean) <= MAX_SHOWN else f"`{clean[:MAX_SHOWN]}…`"


def _kind(node: Node) -> str:
    match node:
        case Mapping():
            return "keys with values"
        case Sequence():
            return "a list"
        case Scalar():
            return f"the text {_show(node.text)}"
        case _:
            assert_never(node)


# Giving scalars their meaning


def _wrong(node: Node, problems: Problems, message: str, help: str) -> None:
    problems.add("wrong-value", message, node.place, compared(node) or help)


_SIGNS = {">=": "at_least", "=>": "at_least", "<=": "at_most", "=<": "at_most", ">": "above", "<": "below"}
_COMPARED = re.compile(r"\s*(>=|=>|<=|=<|>|<|at_least\b|at_most\b|above\b|below\b):?\s*(\S.*)")


def compared(node: Node) -> str | None:
    """Help for `>= 5`, which is a text: more and less are said in words."""
    match = _COMPARED.fullmatch(node.text) if isinstance(node, Scalar) else None
    return f"write `{{{_SIGNS.get(match[1], match[1])}: {match[2]}}}`" if match else None


def _written(node: Node, problems: Problems, wanted: str, example: str) -> str | None:
    if not isinstance(node, Scalar):
        _wrong(node, problems, f"{wanted} is needed here, not {_kind(node)}", f"write it as {example}")
        return None
    if not node.text.strip():
        _wrong(node, problems, f"{wanted} is missing here", f"write it as {example}")
        return None
    return node.text


def as_text(node: Node, problems: Problems) -> str | None:
    """Read a text that says something."""
    return _written(node, problems, "a text", "`key: text`")


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]+([0-9]{4})")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu aug ags", "sep", "okt oct", "nov", "des dec")


def as_date(node: Node, problems: Problems) -> date | None:
    """Read a day, written as YYYY-MM-DD and not otherwise."""
    text = _written(node, problems, "a date", "`2026-10-01`")
    if text is None:
        return None
    if _DATE.fullmatch(text):
        day = _calendar(text)
        if day is None:
            _wrong(node, problems, f"{_show(text)} is not in the calendar", "look at the year, the month and the day")
        return day
    meant = _day_meant(text)
    help = f"write `{meant}`" if meant else "write year, month and day as in `2026-10-01`"
    _wrong(node, problems, f"{_show(text)} is not written as a date", help)
    return None


def _calendar(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_meant(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = match.groups()
    else:
        return None
    number = _month(month[:3].lower()) if month.isalpha() else int(month)
    return _calendar(f"{year}-{number:02}-{int(day):02}")


def _month(name: str) -> int:
    return next((n for n, names in enumerate(_MONTH_NAMES, 1) if name in names.split()), 0)


_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:([., _'])[0-9]{3})(?:\1[0-9]{3})*")


def as_whole(node: Node, problems: Problems) -> int | None:
    """Read a whole number, without plus sign, leading zeros or separators."""
    text = _written(node, problems, "a whole number", "`5`")
    if text is None or _too_long(node, text, problems):
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    _wrong(node, problems, f"{_show(text)} is not written as a whole number", _whole_help(text))
    return None


def _too_long(node: Node, text: str, problems: Problems) -> bool:
    if len(text) <= MAX_DIGITS or not re.fullmatch(r"[-+0-9.,_ ]+", text):
        return False
    _wrong(node, problems, f"{_show(text)} has too many digits", f"a number has at most {MAX_DIGITS} signs")
    return True


def _whole_help(text: str) -> str:
    if _GROUPED.fullmatch(text):
        return f"write `{int(re.sub('[^-0-9]', '', text))}`, without separators between the digits"
    if re.fullmatch(r"[-+]?[0-9]+", text, re.ASCII):
        return f"write `{int(text)}`"
    return "write digits only, as in `5`"


_DECIMAL = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_DECIMAL_MEANT = re.compile(r"([-+]?)([0-9]*)[.,]?([0-9]*)")


def as_decimal(node: Node, problems: Problems, places: int) -> int | None:
    """Read a number with at most so many decimals; `12.5` with two places is 1250, exactly."""
    text = _written(node, problems, "a number", "`12.5`")
    if text is None or _too_long(node, text, problems):
        return None
    match = _DECIMAL.fullmatch(text)
    if not match:
        _wrong(node, problems, f"{_show(text)} is not written as a number", _decimal_help(text))
        return None
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(decimals) > places:
        help = f"write at most {places} decimals" if places else "write a whole number"
        _wrong(node, problems, f"{_show(text)} has too many decimals", help)
        return None
    return int(f"{sign}{whole}{decimals:0<{places}}")


def _decimal_help(text: str) -> str:
    match = _DECIMAL_MEANT.fullmatch(text)
    if not match or not (match[2] or match[3]):
        return "write digits, with a point before the decimals, as in `12.5`"
    decimals = f".{match[3]}" if match[3] else ""
    meant = f"{match[1].strip('+')}{int(match[2] or 0)}{decimals}"
    return f"write `{meant}`, with a point before the decimals" if "," in text else f"write `{meant}`"


_DURATION = re.compile(r"(?:(0|[1-9][0-9]{0,3}) years?)? ?(?:(0|[1-9][0-9]{0,3}) months?)?")
_AMOUNT = re.compile(r"([0-9]{1,4}) *([A-Za-z]+)[ ,]*(?:(?:and|dan)\b *)?")
_UNITS = {
    **dict.fromkeys(("year", "years", "tahun", "thn", "th", "yr", "yrs", "y"), "year"),
    **dict.fromkeys(("month", "months", "bulan", "bln", "bl", "mo", "mos", "m"), "month"),
}
_TOO_FINE = re.compile(r"\b(day|week|hour|hari|minggu|pekan|jam)", re.IGNORECASE)


def as_duration(node: Node, problems: Problems) -> int | None:
    """Read a duration such as `4 years 6 months`, in months."""
    text = _written(node, problems, "a duration", "`4 years` or `6 months`")
    if text is None:
        return None
    match = _DURATION.fullmatch(text)
    if not match or not text[-1].isalpha() or text[0] == " ":
        _wrong(node, problems, f"{_show(text)} is not written as a duration", _duration_help(text))
        return None
    months = int(match[1] or 0) * 12 + int(match[2] or 0)
    if months > MAX_MONTHS:
        _wrong(node, problems, f"{_show(text)} is too long", f"a duration is at most {MAX_MONTHS // 12} years")
        return None
    return months


def _duration_help(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,4}", text):
        number = int(text)
        return f"say of what: `{_counted(number, 'year')}` or `{_counted(number, 'month')}`"
    if _TOO_FINE.search(text):
        return "durations are counted in years and months, as in `4 years 6 months`"
    meant = _duration_meant(text)
    return f"write `{meant}`" if meant else "write it as `4 years`, `6 months` or `4 years 6 months`"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _duration_meant(text: str) -> str | None:
    text = text[: 2 * MAX_SHOWN].strip()
    if not re.fullmatch(f"(?:{_AMOUNT.pattern})+", text):
        return None
    amounts: dict[str, int] = {}
    for number, word in _AMOUNT.findall(text):
        unit = _UNITS.get(word.lower()) or _UNITS.get(suggest(word.lower(), _UNITS) or "")
        if unit is None or unit in amounts:
            return None
        amounts[unit] = int(number)
    return " ".join(_counted(amounts[unit], unit) for unit in ("year", "month") if unit in amounts)


_MEANT_TRUE = ("true", "yes", "y", "ya", "on", "benar", "1")
_MEANT_FALSE = ("false", "no", "n", "tidak", "off", "salah", "0")


def as_truth(node: Node, problems: Problems) -> bool | None:
    """Read `true` or `false`."""
    text = _written(node, problems, "`true` or `false`", "`true` or `false`")
    if text is None:
        return None
    if text in ("true", "false"):
        return text == "true"
    word = text.strip().lower()
    meant = "true" if word in _MEANT_TRUE else "false" if word in _MEANT_FALSE else suggest(word, ("true", "false"))
    help = f"write `{meant}`" if meant else "write `true` or `false`"
    _wrong(node, problems, f"{_show(text)} is neither `true` nor `false`", help)
    return None


def as_mapping(node: Node, problems: Problems, example: str = "") -> Mapping | None:
    """Read keys with values; an example says which, where they are always the same."""
    if isinstance(node, Mapping):
        return node
    help = _glued(node) or example or "write `key: value` on the next lines, indented"
    _wrong(node, problems, _instead("keys with values are", node), help)
    return None


def as_sequence(node: Node, problems: Problems) -> Sequence | None:
    """Read a list."""
    if isinstance(node, Sequence):
        return node
    _wrong(node, problems, _instead("a list is", node), "write each item on a line of its own, after `- `")
    return None


def _instead(wanted: str, node: Node) -> str:
    if isinstance(node, Scalar) and not node.text:
        return f"{wanted} missing here"
    return f"{wanted} needed here, not {_kind(node)}"


def keys(mapping: Mapping, allowed: Iterable[str], what: str, problems: Problems) -> None:
    """Tell every key that is not among the allowed ones; `what` names the thing the keys belong to."""
    known = list(allowed)
    unknown = (entry.key for word, entry in mapping.entries.items() if word not in known)
    takes = f"{what.replace('`', '')} takes: {', '.join(known)}"
    for key in islice(unknown, MAX_PROBLEMS):
        meant = suggest(key.text[:100], known)
        help = _glued(key) or after_comma(key, problems) or (f"did you mean `{meant}`? {takes}" if meant else takes)
        problems.add("unknown-key", f"unknown word {_show(key.text)} for {_named(what)}", key.place, help)


def after_comma(key: Scalar, problems: Problems) -> str | None:
    """Help for a word without a colon after a comma, which was meant as part of a text, of a number, or as one more."""
    lines = problems.sources.get(key.place.file, ())
    line = lines[key.place.line - 1] if key.place.line <= len(lines) else ""
    before, after = line[: key.place.column - 1].rstrip(), line[key.place.column - 1 + key.place.length :].lstrip()
    if not before.endswith(",") or after[:1] not in (",", "}"):
        return None
    if key.text.isdigit():
        return "a comma begins a new key here: decimals are written with a point, as in `12.5`"
    return "a comma begins a new key here: write several values as a list, `[a, b]`, a text with a comma in quotation marks"


def _named(what: str) -> str:
    return what if " " in what or "`" in what else f"`{what}`"
