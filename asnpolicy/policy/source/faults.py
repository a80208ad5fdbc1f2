"""Faults: what the parser stumbled over, in words for authors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from asnpolicy.policy.source.text import first_word, show
from asnpolicy.policy.source.tree import RawNode, Scalar
from asnpolicy.text import Message, Text, joined, phrase

MAX_DEPTH = 40
"""Levels of lists and keys inside one another; the top is level 1."""


class Fault(NamedTuple):
    """What is wrong where, counted from 0, with the way out."""

    line: int
    column: int
    message: Message
    help: Message
    code: str = "broken-yaml"


class _Rule(NamedTuple):
    """Tells a complaint of the parser anew, when it is said of where the thing begins or of where the parser gave up."""

    complaint: str
    at_start: bool
    message: Message | Callable[[str], Message]
    """What to say; or how to say it of the rest of the line."""
    help: Message
    code: str = "broken-yaml"


TAGGED = phrase(
    en="remove it; a value that begins with `!` belongs in quotation marks",
    id="hapus; nilai yang diawali `!` harus diapit tanda petik",
)
_QUOTE = phrase(en="put the whole value into single quotation marks", id="apit seluruh nilai dengan tanda petik tunggal")
UNREADABLE = (
    phrase(en="this cannot be read", id="bagian ini tidak dapat dibaca"),
    phrase(
        en="look at indentation, colons, brackets and quotation marks here and on the line above",
        id="periksa lekukan, titik dua, kurung, dan tanda petik di sini dan pada baris di atasnya",
    ),
)
TOO_DEEP = (
    phrase(
        en="lists and keys stand more than {most} levels inside one another",
        id="daftar dan kunci bersarang lebih dari {most} tingkat",
        most=MAX_DEPTH,
    ),
    phrase(en="give the inner part a name of its own", id="beri bagian dalamnya nama tersendiri"),
)
_TAB = (
    phrase(en="a tab is used for indentation", id="lekukan baris ini memakai tab"),
    phrase(en="replace the tab by spaces, two for each level", id="ganti tab dengan spasi, dua untuk setiap tingkat"),
)
_DEEPER = (
    phrase(
        en="this line is indented further than the lines above allow",
        id="baris ini menjorok lebih dalam daripada yang dimungkinkan baris di atasnya",
    ),
    phrase(
        en="begin keys that belong together in the same column; a key that holds other keys has nothing after its colon",
        id="mulai kunci yang setingkat pada kolom yang sama; kunci yang memuat kunci lain tidak diikuti apa pun sesudah titik duanya",
    ),
)
_INDENTED = (
    phrase(
        en="the indentation of this line fits none of the lines above",
        id="lekukan baris ini tidak sesuai dengan satu pun baris di atasnya",
    ),
    phrase(en="begin keys that belong together in the same column", id="mulai kunci yang setingkat pada kolom yang sama"),
)


def tagged(written: str) -> Message:
    """Say that a tag stands there."""
    return phrase(
        en="tags are not used here: {word}", id="penanda tipe tidak dipakai di sini: {word}", word=show(written)
    )


def _begins(rest: str) -> Message:
    return phrase(en="a value cannot begin with {sign}", id="nilai tidak dapat diawali dengan {sign}", sign=_sign(rest))


def _before(rest: str) -> Message:
    return phrase(en="a value is missing before {sign}", id="nilai belum ada sebelum {sign}", sign=_sign(rest))


def _sign(rest: str) -> str | Text:
    return f"`{rest[:1]}`" if rest[:1] != "`" else Text("tanda petik terbalik", "a backtick")


_RULES = (
    _Rule("maximum nesting depth", False, *TOO_DEEP, "too-deep"),  # newer parsers look ahead, and give up by themselves
    _Rule(r"tab char|'\\t'", False, *_TAB),
    _Rule(
        "quoted scalar.*(end of stream|document)",
        True,
        phrase(en="the quotation mark opened here is not closed", id="tanda petik yang dibuka di sini tidak ditutup"),
        phrase(
            en="close it on the same line; inside single quotation marks write an apostrophe twice",
            id="tutup pada baris yang sama; di dalam petik tunggal, apostrof ditulis dua kali",
        ),
    ),
    _Rule(
        r"expected ',' or '[]}]'",
        True,
        phrase(
            en="the bracket opened here is not closed, or a comma is missing in it",
            id="kurung yang dibuka di sini tidak ditutup, atau ada koma yang kurang di dalamnya",
        ),
        phrase(
            en="close `[` with `]` and `{{` with `}}`, put a comma between the values, and a text with a colon in quotation marks",
            id="tutup `[` dengan `]` dan `{{` dengan `}}`, beri koma di antara nilai, dan apit teks bertitik dua dengan tanda petik",
        ),
    ),
    _Rule(
        "sequence entries",
        False,
        phrase(en="a list cannot begin on the line of its key", id="daftar tidak dapat dimulai pada baris kuncinya"),
        phrase(
            en="begin a new line after the colon, and write each item there after `- `",
            id="mulai baris baru sesudah titik dua, lalu tulis setiap butir di sana sesudah `- `",
        ),
    ),
    _Rule("start any token", False, _begins, _QUOTE),
    _Rule(
        "quoted.* scalar",
        False,
        phrase(
            en="a backslash in double quotation marks has a special meaning",
            id="garis miring terbalik di dalam petik ganda punya arti khusus",
        ),
        phrase(en="use single quotation marks", id="pakai tanda petik tunggal"),
    ),
    _Rule(" (alias|anchor)", True, _begins, _QUOTE),
    _Rule(" tag", True, lambda rest: tagged(first_word(rest)), TAGGED, "tag"),
    _Rule(
        "block scalar",
        True,
        phrase(
            en="after `|` or `>` nothing else can stand on the line",
            id="sesudah `|` atau `>` tidak boleh ada apa pun lagi pada baris itu",
        ),
        phrase(
            en="begin the text on the next line, indented", id="mulai teksnya pada baris berikutnya, menjorok ke dalam"
        ),
    ),
    _Rule("node content", False, _before, joined(phrase(en="write it, or", id="tulis nilainya, atau"), _QUOTE)),
    _Rule(
        "mapping keys",
        False,
        phrase(en="`?` cannot begin a key or a value", id="`?` tidak dapat mengawali kunci atau nilai"),
        _QUOTE,
    ),
    _Rule(
        "directive|incompatible|%",
        True,
        phrase(en="a line cannot begin with `%`", id="baris tidak dapat diawali dengan `%`"),
        phrase(en="remove the line", id="hapus baris ini"),
    ),
    _Rule(
        "block collection",
        False,
        phrase(
            en="this line belongs neither to the list above nor to its last item",
            id="baris ini bukan bagian dari daftar di atasnya dan bukan pula bagian dari butir terakhirnya",
        ),
        phrase(
            en="begin every item of a list with `- `, all in the same column, and indent what belongs to an item",
            id="awali setiap butir daftar dengan `- ` pada kolom yang sama, dan jorokkan ke dalam apa yang termasuk butir itu",
        ),
    ),
    _Rule("document start", False, *_INDENTED),
)


def _more(at: int, line: str) -> Fault:
    """Tell a sign that compares nothing here, with what it was to compare with."""
    column = line.index(">")
    given = line[column:].lstrip(">= ").rstrip("} ").split(" #")[0].rstrip()
    return Fault(
        at,
        column,
        phrase(en="`>` does not compare here", id="`>` tidak membandingkan di sini"),
        phrase(
            en="write `{{at_least: {given}}}`, or `{{above: {given}}}` for more than that",
            id="tulis `{{at_least: {given}}}`, atau `{{above: {given}}}` untuk lebih dari itu",
            given=given or "4 years",
        ),
    )


def fault_of(lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Fault:
    """Return what an author should be told of an error of the parser."""
    complaint = f"{error.context} {error.problem}"
    line, column = _within(lines, error.problem_mark)
    tab = re.match(r" *\t", lines[line])
    if tab:
        return Fault(line, tab.end() - 1, *_TAB)
    if "block scalar" in complaint and re.search(r":\s+>(=|\s*[0-9])", lines[line]):
        return _more(line, lines[line])
    if "expected ':'" in complaint:
        return _no_colon(lines, *_within(lines, error.context_mark))
    if "mapping values" in complaint:
        return _stray_colon(lines, line, column)
    if "block mapping" in complaint:
        return _no_key(lines, line, column)
    return _ruled(lines, error, complaint)


def _misplaced(lines: tuple[str, ...], line: int, column: int) -> Fault:
    """Tell of a line that begins in no column above, and of the line above that stands further left than it may."""
    message, help = _INDENTED
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip() and _start(lines[n]) < column), None)
    if above is None or not any(_start(lines[n]) == column for n in range(above) if lines[n].strip()):
        return Fault(line, column, message, help)
    left = phrase(
        en="; line {line} stands further left: should it begin in column {column} too?",
        id="; baris {line} berada lebih ke kiri: apakah seharusnya juga dimulai pada kolom {column}?",
        line=above + 1,
        column=column + 1,
    )
    return Fault(line, column, message, joined(help, left, by=""))


def _start(line: str) -> int:
    return len(line) - len(line.lstrip())


def _in_bracket(lines: tuple[str, ...], line: int, column: int) -> Fault | None:
    """Tell what stands in a bracket of one line that does not belong there: a semicolon, or a second colon."""
    inside = lines[line][column + 1 :]
    entries = re.finditer(r"[^,;\[\]{}]+(;?)", inside)
    for entry in entries:
        second = re.search(r":\s[^:]*(:)\s", entry[0])
        if entry[1]:
            message = phrase(en="a semicolon stands in the bracket", id="di dalam kurung ada titik koma")
            return Fault(line, column + entry.end(), message, phrase(en="write a comma", id="tulis koma"))
        if second and not re.search("['\"]", entry[0]):
            return Fault(line, column + 1 + entry.start() + second.start(1), _COLON_IN_TEXT, _APART)
    return None


_COLON_IN_TEXT = phrase(en="a second colon stands in one value", id="di dalam satu nilai ada titik dua yang kedua")
_APART = phrase(
    en="put a text with a colon in single quotation marks",
    id="apit teks yang memuat titik dua dengan tanda petik tunggal",
)


def _ruled(lines: tuple[str, ...], error: yaml.MarkedYAMLError, complaint: str) -> Fault:
    for rule in _RULES:
        if re.search(rule.complaint, complaint):
            line, column = _within(lines, (error.context_mark if rule.at_start else None) or error.problem_mark)
            rest = lines[line][column:]
            inside = _in_bracket(lines, line, column) if "expected ','" in rule.complaint else None
            if inside is not None:
                return inside
            message = rule.message if isinstance(rule.message, Message) else rule.message(rest)
            return Fault(line, column, message, rule.help, rule.code)
    return Fault(*_within(lines, error.problem_mark), *UNREADABLE)


def _within(lines: tuple[str, ...], mark: Any) -> tuple[int, int]:
    """Move a mark behind the last text to the end of that text."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line < len(lines) and lines[line].strip():
        return line, column
    line = min(line, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1
    return line, max(0, len(lines[line].rstrip()) - 1)


def _no_colon(lines: tuple[str, ...], line: int, column: int) -> Fault:
    rest = lines[line][column:]
    if "\xa0" in rest:
        return Fault(line, lines[line].index("\xa0", column), *_NO_BREAK)
    glued = GLUED.match(rest)
    if glued:
        message = phrase(
            en="a space is missing after the colon in {word}", id="kurang spasi sesudah titik dua pada {word}",
            word=show(first_word(rest)),
        )  # fmt: skip
        return Fault(line, column, message, spaced(rest))
    message = phrase(en="a colon is missing after {word}", id="kurang titik dua sesudah {word}", word=show(rest.strip()))
    return Fault(line, column, message, _KEY)


_NO_BREAK = (
    phrase(en="a no-break space stands here", id="di sini ada spasi tak terputus"),
    phrase(en="type a simple space", id="ketik spasi biasa"),
)
_KEY = phrase(en="write a key as `key: value`", id="tulis kunci sebagai `kunci: nilai`")


GLUED = re.compile(r"([^\s:]+):([^\s:/].*)")


def spaced(text: str) -> Message:
    """Return the way out of `key:value`: the same with a space."""
    return phrase(en="write {meant}", id="tulis {meant}", meant=_apart(text))


def _apart(text: str) -> str:
    key, _, value = text.strip().partition(":")
    return show(f"{key}: {value}")


def glued(node: RawNode) -> Message | None:
    """Help for `key:value`, which is a text because the space is missing."""
    if isinstance(node, Scalar) and not node.quoted and GLUED.match(node.text):
        return phrase(
            en="put a space after the colon: {meant}",
            id="beri spasi sesudah titik dua: {meant}",
            meant=_apart(node.text),
        )
    return None


_SECOND_COLON = phrase(en="a second colon stands in this line", id="di baris ini ada titik dua yang kedua")
_AFTER_QUOTE = (
    phrase(en="text follows the closing quotation mark", id="masih ada teks sesudah tanda petik penutup"),
    phrase(
        en="put the whole value between the quotation marks; write an apostrophe in it twice",
        id="apit seluruh nilai dengan tanda petik; apostrof di dalamnya ditulis dua kali",
    ),
)
_AFTER_BRACKET = (
    phrase(en="text follows the closing bracket", id="masih ada teks sesudah kurung penutup"),
    phrase(en="begin a new line, or remove it", id="mulai baris baru, atau hapus teks itu"),
)
_ITEM_FOR_KEY = (
    phrase(en="an item of a list stands where a key belongs", id="butir daftar berada di tempat yang seharusnya kunci"),
    phrase(
        en="write lists below a key that has nothing after its colon",
        id="tulis daftar di bawah kunci yang tidak diikuti apa pun sesudah titik duanya",
    ),
)
_NO_KEY_THERE = phrase(en="a key is missing before the colon", id="kunci belum ada sebelum titik dua")


def _stray_colon(lines: tuple[str, ...], line: int, column: int) -> Fault:
    text = lines[line]
    if re.search(r":\s", text[:column]):
        return Fault(line, column, _SECOND_COLON, _QUOTE)
    above = line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    before = lines[above] if line else ""
    start = len(before) - len(before.lstrip())
    if re.match(r"\s*-[^\s-]", before):
        message = phrase(
            en="a space is missing after the dash in {word}", id="kurang spasi sesudah tanda hubung pada {word}",
            word=show(before.strip()),
        )  # fmt: skip
        return Fault(above, start, message, phrase(en="write `- `", id="tulis `- `"))
    if line and not re.search(r":\s|:$", before):
        return _no_colon(lines, above, start)
    return Fault(line, len(text) - len(text.lstrip()), *_DEEPER)


def _no_key(lines: tuple[str, ...], line: int, column: int) -> Fault:
    text = lines[line]
    before = text[:column].rstrip()
    if before.endswith(("'", '"')):
        return Fault(line, column, *_AFTER_QUOTE)
    if before.endswith(("]", "}")):
        return Fault(line, column, *_AFTER_BRACKET)
    if before.strip(" -"):
        return Fault(line, column, *UNREADABLE)
    if text[column:].startswith("-"):
        return Fault(line, column, *_ITEM_FOR_KEY)
    if text[column:].startswith(":"):
        return Fault(line, column, _NO_KEY_THERE, _KEY)
    return _misplaced(lines, line, column)
