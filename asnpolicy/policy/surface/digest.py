"""Digest: what a policy means, as one number: comments, line ends, the order of files and titles are no part of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from asnpolicy.language.rules import Text
from asnpolicy.policy.surface.documents import FORMAT, Documents
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.problems import Place


def digest(chain: Iterable[Documents]) -> str:
    """Return the digest of a region with all that it extends, nearest first."""
    whole = json.dumps([FORMAT, *map(_meaning, chain)], ensure_ascii=False, separators=(",", ":"))
    return sha256(whole.encode()).hexdigest()


def _meaning(documents: Documents) -> Any:
    """Return what a region's documents mean; what is declared in which file, and where, is no part of it."""
    sections = {
        section: {name: _plain(one.form) for name, one in sorted(declared.items())}
        for section, declared in sorted(documents.sections.items())
    }
    head = [
        documents.region,
        sorted((name, form.name) for name, form in documents.sources.items()),
        sorted(documents.regions_may_add),
    ]
    holidays = [_plain(form) for _, form in sorted(documents.holidays.items())]
    return [head, sections, holidays] if holidays else [head, sections]


def _plain(part: Any) -> Any:
    """Return a part of what is written as plain data: texts for people and places are left out."""
    match part:
        case None | str() | int() | bool():
            return part
        case RawValue():
            return part.written
        case tuple():
            return [_plain(item) for item in part]
        case date():
            return part.isoformat()
        case _:
            kind: Any = type(part)
            return [kind.__name__, *(_plain(getattr(part, name)) for name in _said(kind))]


@cache
def _said(kind: Any) -> tuple[str, ...]:
    """Name the fields of a form in which something is meant."""
    silent = {"Place", "Place | None", "Text", "Text | None"}
    assert is_dataclass(kind) and kind not in (Text, Place)  # noqa: S101  # such fields are left out
    return tuple(field.name for field in fields(kind) if field.type not in silent)
