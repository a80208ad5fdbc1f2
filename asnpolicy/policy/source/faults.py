"""Faults: what the parser stumbled over, in words for authors."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from asnpolicy.policy.source.text import first_word, show
from asnpolicy.policy.source.tree import RawNode, Scalar

MAX_DEPTH = 40
"""Levels of lists and keys inside one another; the top is level 1."""


class Fault(NamedTuple):
    """What is wrong where, counted from 0, with the way out."""

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


TAGGED = "remove it; a value that begins with `!` belongs in quotation marks"
_QUOTE = "put the whole value into single quotation marks"
UNREADABLE = (
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
    _rule(" tag", True, "tags are not used here: {word}", TAGGED, "tag"),
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


def fault_of(lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Fault:
    """Return what an author should be told of an error of the parser."""
    complaint = f"{error.context} {error.problem}"
    line, column = _within(lines, error.problem_mark)
    tab = re.match(r" *\t", lines[line])
    if tab:
        return Fault(line, tab.end() - 1, *_TAB)
    if "block scalar" in complaint and re.search(r":\s+>(=|\s*[0-9])", lines[line]):
        return Fault(line, lines[line].index(">"), *_MORE)
    if "expected ':'" in complaint:
        return _no_colon(lines, *_within(lines, error.context_mark))
    if "mapping values" in complaint:
        return _stray_colon(lines, line, column)
    if "block mapping" in complaint:
        return _no_key(lines, line, column)
    return _ruled(lines, error, complaint)


def _ruled(lines: tuple[str, ...], error: yaml.MarkedYAMLError, complaint: str) -> Fault:
    for rule in _RULES:
        if re.search(rule.complaint, complaint):
            line, column = _within(lines, (error.context_mark if rule.at_start else None) or error.problem_mark)
            rest = lines[line][column:]
            words = {"word": show(first_word(rest)), "sign": f"`{rest[:1]}`" if rest[:1] != "`" else "a backtick"}
            return Fault(line, column, rule.message.format(**words), rule.help, rule.code)
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
        return Fault(line, lines[line].index("\xa0", column), "a no-break space stands here", "type a simple space")
    glued = GLUED.match(rest)
    if glued:
        return Fault(line, column, f"a space is missing after the colon in {show(first_word(rest))}", spaced(rest))
    return Fault(line, column, f"a colon is missing after {show(rest.strip())}", "write a key as `key: value`")


GLUED = re.compile(r"([^\s:]+):([^\s:/].*)")


def spaced(text: str) -> str:
    """Return the way out of `key:value`: the same with a space."""
    key, _, value = text.strip().partition(":")
    return f"write {show(f'{key}: {value}')}"


def glued(node: RawNode) -> str | None:
    """Help for `key:value`, which is a text because the space is missing."""
    if isinstance(node, Scalar) and not node.quoted and GLUED.match(node.text):
        return f"put a space after the colon: {spaced(node.text).removeprefix('write ')}"
    return None


def _stray_colon(lines: tuple[str, ...], line: int, column: int) -> Fault:
    text = lines[line]
    if re.search(r":\s", text[:column]):
        return Fault(line, column, "a second colon stands in this line", _QUOTE)
    above = line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    before = lines[above] if line else ""
    start = len(before) - len(before.lstrip())
    if re.match(r"\s*-[^\s-]", before):
        return Fault(above, start, f"a space is missing after the dash in {show(before.strip())}", "write `- `")
    if line and not re.search(r":\s|:$", before):
        return _no_colon(lines, above, start)
    return Fault(line, len(text) - len(text.lstrip()), *_DEEPER)


def _no_key(lines: tuple[str, ...], line: int, column: int) -> Fault:
    text = lines[line]
    before = text[:column].rstrip()
    if before.endswith(("'", '"')):
        help = "put the whole value between the quotation marks; write an apostrophe in it twice"
        return Fault(line, column, "text follows the closing quotation mark", help)
    if before.endswith(("]", "}")):
        return Fault(line, column, "text follows the closing bracket", "begin a new line, or remove it")
    if before.strip(" -"):
        return Fault(line, column, *UNREADABLE)
    if text[column:].startswith("-"):
        help = "write lists below a key that has nothing after its colon"
        return Fault(line, column, "an item of a list stands where a key belongs", help)
    if text[column:].startswith(":"):
        return Fault(line, column, "a key is missing before the colon", "write a key as `key: value`")
    return Fault(line, column, *_INDENTED)
