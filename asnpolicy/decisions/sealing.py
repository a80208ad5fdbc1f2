"""Sealing: all that a certificate says as one line of JSON, and its texts for people as another, to be hashed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Self, get_args, get_origin, get_type_hints
from typing import Literal as Choice

from asnpolicy.people.model import Model, remembered
from asnpolicy.text import Text


class Part(Model):
    """A part of a certificate, which is said field by field; of another model, what it is written as."""

    @classmethod
    def of_fields(cls, **fields: Any) -> Self:
        """Return one of fields that are of their types and in their order, as this library made them: none is looked at again."""
        part, put = cls.__new__(cls), object.__setattr__
        put(part, "__dict__", fields)
        put(part, "__pydantic_fields_set__", set(fields))
        put(part, "__pydantic_extra__", None)
        put(part, "__pydantic_private__", None)
        return part


class SharedPart(Part):
    """A part that many certificates may share: what it says is written once, as long as it lives."""

    @remembered
    def said(self) -> str:
        """What it says, as JSON without texts."""
        return _object(type(self))(self)

    @remembered
    def worded(self) -> tuple[str, ...]:
        """Its texts, each as JSON."""
        return tuple(_texts_inside(self))


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Writes plain data as JSON with sorted keys and no spaces."""


def hashes(certificate: Part) -> tuple[str, str]:
    """Return the seal over all that a certificate says, and the hash of its texts for people.

    Both are SHA-256 over JSON in UTF-8 with sorted keys and no spaces. The texts are all objects of `id` and `en` alone, in the
    order written; in what the seal is over, each of them is `null`, and `seal` and `texts` are not there.

    The JSON is written from the parts as they are: to make plain data of them first takes as long again.
    """
    return _hash(_said(certificate)), _hash(f"[{','.join(_texts(certificate))}]")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


# What is said


def _said(part: Any) -> str:
    kind: Any = type(part)
    if kind is tuple:
        return f"[{','.join([_said(one) for one in part])}]" if part else "[]"
    if kind is str:
        return quoted(part)
    if part is None or kind is Text:
        return "null"
    return part.said if isinstance(part, SharedPart) else _written(kind)(part)


@cache
def _written(kind: Any) -> Callable[[Any], str]:
    """Return how things of a class are written."""
    if kind is bool:
        return lambda yes: "true" if yes else "false"
    if kind is date:
        return lambda day: f'"{day.isoformat()}"'
    return _object(kind) if issubclass(kind, Part) or is_dataclass(kind) else _as_data


@cache
def _object(kind: Any) -> Callable[[Any], str]:
    """Return how things of a class are written field by field."""
    hints = get_type_hints(kind)
    names = sorted(set(_fields(kind)) - _NOT_SAID)
    form = ",".join(f'"{name}":{"null" if hints[name] is Text else "%s"}' for name in names)
    ways = [(name, quoted if _is_word(hints[name]) else _said) for name in names if hints[name] is not Text]
    return lambda one: f"{{{form % tuple([write(getattr(one, name)) for name, write in ways])}}}"


def _is_word(hint: Any) -> bool:
    """Tell whether a field is always a text: any, or one of some words."""
    return hint is str or (get_origin(hint) is Choice and all(isinstance(one, str) for one in get_args(hint)))


_NOT_SAID = {"seal", "texts"}


def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(kind.model_fields) if issubclass(kind, Model) else tuple(one.name for one in fields(kind))


def _as_data(one: Any) -> str:
    data = one.model_dump(mode="json") if isinstance(one, Model) else one
    return canonical(data)


# Texts


def _texts(part: Any) -> Iterable[str]:
    """Give all texts of a part in their order."""
    kind = type(part)
    if kind is Text:
        return (f'{{"en":{quoted(part.en)},"id":{quoted(part.id)}}}',)
    if kind is tuple:
        return [text for one in part for text in _texts(one)]
    if part is None:
        return ()
    return part.worded if isinstance(part, SharedPart) else _texts_inside(part)


def _texts_inside(part: Any) -> list[str]:
    kind: Any = type(part)
    return [text for name in _worded(kind) for text in _texts(getattr(part, name))]


@cache
def _worded(kind: Any) -> tuple[str, ...]:
    """Name the fields of a class in which texts may be."""
    hints = get_type_hints(kind)
    return tuple(name for name in _fields(kind) if _may_have_texts(hints[name]))


def _may_have_texts(hint: Any) -> bool:
    if hint is Text:
        return True
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Part)):
        return bool(_worded(hint))
    return any(map(_may_have_texts, get_args(hint)))
