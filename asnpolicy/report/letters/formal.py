"""Formal: what an explanation says, in the words of an official letter: ranks written out, no shorthand of officers."""

from __future__ import annotations

import re
from functools import lru_cache

from asnpolicy.decisions import texts
from asnpolicy.decisions.reasons import LateText, Part, Reason, because, written
from asnpolicy.people.ranks import Rank
from asnpolicy.text import Text

_RANK = re.compile(r"(?<![\w/(])(?:I{1,3}|IV)/[a-e](?![\w/)])")
"""A rank in a sentence, unless it stands in brackets behind its name."""


def formal(part: Part) -> Part:
    """Return a part as a letter says it; a text of the data stays as it is, unless it is a rank and nothing else.

    >>> formal("III/b"), formal("800/III/b/2026"), formal(Text("paling tinggi III/b", "at most III/b")).to("en")
    ('Penata Muda Tingkat I (III/b)', '800/III/b/2026', 'at most Penata Muda Tingkat I (III/b)')
    """
    match part:
        case Reason():
            return _reason(part)
        case LateText():
            return formal(part.part)
        case Text():
            return Text(_ranks_in(part.id), _ranks_in(part.en))
        case tuple():
            return tuple(formal(one) for one in part)
        case str() if part in Rank.texts():
            return _ranks_in(part)
        case _:
            return part


def _reason(reason: Reason) -> Reason:
    if reason.code == "line.seen":
        reason = _seen(reason)
    code = f"letter.{reason.code}"
    return Reason(code if texts.known(code) else reason.code, tuple((name, formal(one)) for name, one in reason.values))


def _seen(line: Reason) -> Reason:
    """Say once what is seen and required alike: no one reads `none; required none`."""
    label, seen, required = (line.part(name) or "" for name in ("label", "seen", "required"))
    if written(seen, "id") == written(required, "id"):
        return because("line.seen.same", label=label, seen=seen)
    return line


@lru_cache(maxsize=512)
def _ranks_in(sentence: str) -> str:
    return _RANK.sub(lambda found: Rank.of(found[0]).written, sentence)
