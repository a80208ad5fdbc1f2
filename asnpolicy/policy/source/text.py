"""Text: the bytes of a file become lines; what can't be text is told; pieces of it are shown in messages."""

from __future__ import annotations

import re
from itertools import islice

from asnpolicy.problems import Place, Problems
from asnpolicy.text import phrase

MAX_BYTES = 2 * 1024 * 1024
"""A larger file is not read at all."""

MAX_PROBLEMS = 50
"""Of one file (and of the keys of one mapping) no more mistakes than these are told at once."""

MAX_SHOWN = 40
"""So many characters of an author's text are repeated in a message."""

_SPLIT = phrase(en="split it into several files", id="bagi menjadi beberapa berkas")
_UTF8 = phrase(en="save the file with the encoding UTF-8", id="simpan berkas dengan pengodean UTF-8")
_UTF16 = phrase(
    en="the file is written in UTF-16, not in UTF-8", id="berkas ini tersimpan dengan pengodean UTF-16, bukan UTF-8"
)
CONTROL = re.compile(
    "[^\t\n\x20-\x7e\xa0-\xac\xae-\u200a\u2010-\u2027\u202a-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""A character that is not seen, or that a file of text does not have."""


_ANEW = phrase(en="delete it, and type the text around it anew", id="hapus, lalu ketik ulang teks di sekitarnya")


def text_of(name: str, data: bytes, problems: Problems) -> str | None:
    """Return the text of a file; None, with a problem, when it is too large, no text, or has characters that no one sees."""
    problems.sources[name] = ()
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        most = f"{MAX_BYTES // 1024 // 1024} MB"
        message = phrase(
            en="the file has {size}, more than {most}",
            id="ukuran berkas {size}, lebih dari {most}",
            size=size,
            most=most,
        )
        problems.add("too-large", message, Place(name, 1, 1), _SPLIT)
        return None
    text = _decode(name, data, problems)
    return None if text is None or _has_controls(name, text, problems) else text


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1] or lines


def _decode(name: str, data: bytes, problems: Problems) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        problems.add("not-utf8", _UTF16, Place(name, 1, 1), _UTF8)
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
    byte = f"{data[start]:02X}"
    message = phrase(en="the byte `{byte}` here is not UTF-8", id="bita `{byte}` di sini bukan UTF-8", byte=byte)
    problems.add("not-utf8", message, place, _UTF8)


def _has_controls(name: str, text: str, problems: Problems) -> bool:
    if not CONTROL.search(text):
        return False
    for sign in islice(CONTROL.finditer(text), MAX_PROBLEMS):
        at = sign.start()
        place = Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        message = phrase(
            en="the invisible character `{sign}` is not allowed",
            id="tanda tak terlihat `{sign}` tidak diperbolehkan",
            sign=f"U+{ord(sign[0]):04X}",
        )
        problems.add("control-character", message, place, _ANEW)
    return True


def first_word(text: str) -> str:
    """Return the first word of a line, for a message."""
    return text.split(maxsplit=1)[0] if text.strip() else " "


def show(text: str) -> str:
    """Return an author's text for a message, short and on one line.

    >>> show("NO")
    '`NO`'
    """
    words = " ".join(text[: 4 * MAX_SHOWN].split())
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words).replace("`", "'")
    return f"`{clean}`" if len(clean) <= MAX_SHOWN else f"`{clean[:MAX_SHOWN]}…`"
