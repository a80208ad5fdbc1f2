"""Vocabulary: what the rules of a policy, and the vacant posts of an agency, ask for in each field that holds codes or names of posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from asnpolicy.language.nodes import (
    Compare,
    Contains,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    Literal,
    Lookup,
    Member,
    Node,
    RecordField,
    Within,
    children,
)
from asnpolicy.language.rules import Program
from asnpolicy.people import Agency
from asnpolicy.people.codes import CODED_AS, is_code

POST = ("posts", "title")
WORK, UNIT, NO_CODES = ("*", "field"), ("*", "unit"), ("", "")
"""Fields of work are of one kind wherever they stand, and so are units."""
_KINDS = {"field": WORK, "interests": WORK, "post_field": WORK, "unit": UNIT, "part_of": UNIT}
_TABLES = {"employee": "employees", "mentor": "employees", "mentee": "employees", "opening": "openings"}


class CodedField(NamedTuple):
    """A field of a table."""

    table: str
    field: str

    @property
    def kind(self) -> tuple[str, str]:
        """Which codes stand there, those of other fields too; `NO_CODES` where none do."""
        where = CODED_AS.get(self, self)
        if where == POST:
            return POST
        return _KINDS.get(self.field, where) if is_code(*where) or self.field in _KINDS else NO_CODES


CodesByKind = Mapping[tuple[str, str], frozenset[str]]
"""The codes that are asked for, by the kind of field."""


def codes_of(programs: Iterable[Program], agency: Agency) -> CodesByKind:
    """Return the codes that the rules of all days ask for, and those that the agency gives its posts and units."""
    found: dict[tuple[str, str], set[str]] = {}
    done: set[tuple[Node, str]] = set()
    for rule in {id(rule): rule for program in programs for rule in program.rules}.values():
        for root in rule.roots:
            for place, text in _asked(root, "", done):
                if place.kind != NO_CODES:
                    found.setdefault(place.kind, set()).add(text)
    for kind, text in _given(agency):
        found.setdefault(kind, set()).add(text)
    return {kind: frozenset(texts) for kind, texts in found.items()}


def _given(agency: Agency) -> Iterator[tuple[tuple[str, str], str]]:
    for unit in agency.units or ():
        yield UNIT, unit.code
    for opening in agency.openings:
        if opening.field is not None:
            yield WORK, opening.field
        for one in opening.competencies or ():
            yield ("competencies", "code"), one.code


def _asked(node: Node, history: str, done: set[tuple[Node, str]]) -> Iterator[tuple[CodedField, str]]:
    """Give the texts that a node, or one inside it, compares a field with."""
    if (node, history) in done:
        return
    done.add((node, history))
    match node:
        case Compare(left=left, right=right):
            yield from _pairs(left, right, history)
            yield from _pairs(right, left, history)
        case Member(value=value, among=among):
            yield from ((place, one) for place in _places(value, history) for one in among if isinstance(one, str))
        case Contains(texts=Field() as texts, text=text):
            yield from ((place, text) for place in _places(texts, history))
        case Within(unit=unit, code=code):
            yield from ((place, code) for place in _places(unit, history))
        case Lookup(keys=keys, rows=rows):
            for at, key in enumerate(keys):
                written = {row[at] for row, _ in rows}
                yield from ((p, one) for p in _places(key, history) for one in written if isinstance(one, str))
        case Fold(history=name):
            history = name
        case _:
            pass
    for part in children(node):
        yield from _asked(part, history, done)


def _pairs(value: Expr, other: Expr, history: str) -> Iterator[tuple[CodedField, str]]:
    yield from ((place, text) for place in _places(value, history) for text in _texts(other))


def _places(value: Expr, history: str) -> Iterator[CodedField]:
    """Give the fields from which a value may come."""
    match value:
        case RecordField(name=name):
            yield CodedField(history, name)
        case Field(scope=scope, name=name) if scope in _TABLES:
            yield CodedField(_TABLES[scope], name)
        case Fold(history=name, value=one) if one is not None:
            yield from _places(one, name)
        case Figure(body=body):
            yield from _places(body, history)
        case If(then=then, otherwise=otherwise):
            yield from (*_places(then, history), *_places(otherwise, history))
        case _:
            pass


def _texts(value: Expr) -> Iterator[str]:
    """Give the texts that a value may come to, in each version of the policy."""
    match value:
        case Literal(str() as text):
            yield text
        case Figure(body=body):
            yield from _texts(body)
        case If(then=then, otherwise=otherwise):
            yield from (*_texts(then), *_texts(otherwise))
        case Lookup(rows=rows, otherwise=otherwise):
            yield from (one for one in (otherwise, *(cell for _, cell in rows)) if isinstance(one, str))
        case _:
            pass
