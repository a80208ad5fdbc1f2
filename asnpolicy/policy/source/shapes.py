"""Shapes: keys with values, and lists, where they are needed; keys that nothing knows are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from asnpolicy.policy.source.faults import glued
from asnpolicy.policy.source.flow import as_written
from asnpolicy.policy.source.scalars import Slip, accept
from asnpolicy.policy.source.text import MAX_PROBLEMS, show
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence, kind_of
from asnpolicy.problems import Place, Problems, meant, write
from asnpolicy.text import Message, Text, phrase


def as_mapping(
    node: RawNode, problems: Problems, example: Message | Callable[[], Message] | None = None
) -> Mapping | None:
    """Read keys with values; an example says which, where that is known: made only where it is told."""
    if isinstance(node, Mapping):
        return node
    made = example() if callable(example) else example
    help = glued(node) or made or _INDENTED
    return accept(Slip(_instead(_KEYS, node), help), node, problems)


def as_sequence(node: RawNode, problems: Problems) -> Sequence | None:
    """Read a list."""
    if isinstance(node, Sequence):
        return node
    return accept(Slip(_instead(_LIST, node), _as_list(node)), node, problems)


def _as_list(node: RawNode) -> Message:
    """Help for what stands where a list is needed: the same as a list."""
    match node:
        case Scalar(text) if text.strip():
            return write(f"[{text}]")
        case Mapping(entries) if entries:
            items = [as_written(Mapping({word: entry}, node.place)) for word, entry in islice(entries.items(), 3)]
            return _ITEMS if None in items else write(f"[{', '.join(map(str, items))}]")
        case _:
            return _ITEMS


_KEYS, _LIST = Text("kunci dengan nilainya", "keys with values are"), Text("daftar", "a list is")
_INDENTED = phrase(
    en="write `key: value` on the next lines, indented",
    id="tulis `kunci: nilai` pada baris berikutnya, menjorok ke dalam",
)
_ITEMS = phrase(
    en="write each item on a line of its own, after `- `", id="tulis setiap butir pada barisnya sendiri, sesudah `- `"
)


def _instead(wanted: Text, node: RawNode) -> Message:
    if isinstance(node, Scalar) and not node.text:
        return phrase(en="{wanted} missing here", id="di sini belum ada {wanted}", wanted=wanted)
    return phrase(
        en="{wanted} needed here, not {found}", id="di sini diperlukan {wanted}, bukan {found}",
        wanted=wanted, found=kind_of(node),
    )  # fmt: skip


def keys(mapping: Mapping, allowed: Iterable[str], what: str | Text, problems: Problems) -> None:
    """Tell every key that is not among the allowed ones; `what` is the thing the keys belong to, or its name."""
    known = tuple(allowed)
    unknown = [entry.key for word, entry in mapping.entries.items() if word not in known]
    if unknown:
        unknown_keys(unknown, known, what, problems)


def unknown_keys(unknown: Iterable[Scalar], allowed: Iterable[str], what: str | Text, problems: Problems) -> None:
    """Tell that keys are not among the allowed ones."""
    known = list(allowed)
    takes = phrase(en="{what} takes: {known}", id="{what} menerima: {known}", what=_bare(what), known=", ".join(known))
    named = f"`{what}`" if isinstance(what, str) else what
    for key in islice(unknown, MAX_PROBLEMS):
        slip = glued(key) or after_comma(key.text, key.place, problems)
        if slip == _CURLY and any(
            one.code == "quotation-mark" and one.place and one.place.line == key.place.line for one in problems.found
        ):
            continue
        help = slip or meant(key.text[:100], known, takes, also=takes)
        message = phrase(
            en="unknown word {word} for {what}",
            id="kata {word} tidak dikenal untuk {what}",
            word=show(key.text),
            what=named,
        )
        problems.add("unknown-key", message, key.place, help)


def after_comma(text: str, place: Place, problems: Problems) -> Message | None:
    """Help for a word without a colon after a comma, which was meant as part of a text, of a number, or as one more."""
    lines = problems.sources.get(place.file, ())
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    before, after = line[: place.column - 1].rstrip(), line[place.column - 1 + place.length :].lstrip()
    if not before.endswith(",") or after[:1] not in (",", "}"):
        return None
    if text.isdigit():
        return _COMMA_IN_NUMBER
    if re.search("[\u201c-\u201f\u2018-\u201b]", line):
        return _CURLY
    return _COMMA


_COMMA_IN_NUMBER = phrase(
    en="a comma begins a new key here: decimals are written with a point, as in `12.5`",
    id="koma di sini memulai kunci baru: angka desimal ditulis dengan titik, seperti `12.5`",
)
_CURLY = phrase(
    en="the quotation marks of a word processor hold no comma together: write straight ones, `'`, around the whole text",
    id="tanda petik pengolah kata tidak mengikat koma: tulis tanda petik lurus, `'`, mengapit seluruh teks",
)
_COMMA = phrase(
    en="a comma begins a new key here: write several values as a list, `[a, b]`, a text with a comma in quotation marks",
    id="koma di sini memulai kunci baru: tulis beberapa nilai sebagai daftar, `[a, b]`; teks yang memuat koma diapit tanda petik",
)


def _bare(what: str | Text) -> str | Text:
    return what if isinstance(what, str) else Text(what.id.replace("`", ""), what.en.replace("`", ""))
