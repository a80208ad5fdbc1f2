"""Schema: the policy format as JSON Schema, so that an editor completes words and marks slips."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, assert_never

from asnpolicy.language.facts import FACTS, Fact
from asnpolicy.language.fairness import MERITS, PROTECTED
from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import TestWord
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.measures import HISTORY_LABELS
from asnpolicy.policy.surface import cases, fairness, figures, judgements, people, rules, sources, tables, values
from asnpolicy.policy.surface.about import STANDINGS
from asnpolicy.policy.surface.conditions import ABOUT, CLAUSES, MEASURES, AboutWord, ClauseWord, MeasureWord
from asnpolicy.policy.surface.documents import FORMAT, TOP, TopWord
from asnpolicy.policy.surface.fairness import FairnessWord
from asnpolicy.policy.surface.names import NONE
from asnpolicy.policy.surface.operands import BESIDE_WORDS, OPERANDS
from asnpolicy.policy.surface.requirements import TESTS, WINDOWS
from asnpolicy.policy.surface.rules import RuleWord
from asnpolicy.policy.surface.sources import ArticleWord, SourceWord
from asnpolicy.policy.surface.words import description

Schema = dict[str, Any]
W = TypeVar("W", bound=str)

_TEXT: Schema = {"$ref": "#/definitions/text"}
_CONDITION: Schema = {"$ref": "#/definitions/condition"}
_CRITERION: Schema = {"$ref": "#/definitions/criterion"}
_CRITERIA: Schema = {"$ref": "#/definitions/criteria"}
_STANDING: Schema = {"enum": list(STANDINGS)}
_ANYTHING: Schema = {}


def policy_schema() -> Schema:
    """Return the schema of a policy file."""
    return {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "title": "asnpolicy policy",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "region", "title"],
        "properties": _words(TOP, _at_top),
        "definitions": {
            **_types(),
            **{history: _history(history) for history in HISTORIES},
            "text": _object(("id", "en"), required=("id", "en")),
            "condition": _condition(()),
            "criterion": _condition(ABOUT),
            "criteria": _named(_CRITERION),
        },
    }


def _anything(_: str) -> Schema:
    return _ANYTHING


def _words(words: Iterable[W], under: Callable[[W], Schema]) -> Schema:
    """Describe words, each with what may stand under it."""
    return {word: {**under(word), "description": description(word)} for word in words}


def _object(words: Iterable[W], under: Callable[[W], Schema] = _anything, required: Iterable[str] = ()) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": _words(words, under)}
    return {**made, "required": list(required)} if required else made


def _named(inner: Schema) -> Schema:
    return {"type": "object", "additionalProperties": inner}


# A file


def _at_top(word: TopWord) -> Schema:
    match word:
        case "format":
            return {"const": FORMAT}
        case "region" | "extends":
            return {"type": "string"}
        case "title":
            return _TEXT
        case "sources":
            return _named({"anyOf": [{"type": "string"}, _object(sources.SOURCE, _of_source, required=("name",))]})
        case "regions_may_add":
            return {"type": "array", "items": {"enum": list(rules.PERMISSIONS)}}
        case "fairness":
            return _object(fairness.FAIRNESS, _of_fairness)
        case "values":
            return _named({"type": ["array", "object"], "items": _object(values.VALUE_WORDS, _of_version)})
        case "tables":
            return _named(_object((*tables.TABLE, "rows"), _of_table))
        case "conditions":
            return _named(_CRITERION)
        case "figures":
            return _named(_object((*figures.ABOUT, *figures.FORMS), _of_figure))
        case "promotions" | "awards" | "duties" | "mentoring" | "leaving":
            return _named(_object(rules.WORDS[word], _of_rule))
        case "typical":
            return _named(_object(people.TYPICAL))
        case "cases":
            return _named(_object(cases.CASE, required=("as_of", "rule")))
        case _:
            assert_never(word)


def _of_source(word: SourceWord | ArticleWord) -> Schema:
    match word:
        case "name" | "words":
            return {"type": "string"}
        case "confidence":
            return {"enum": list(sources.CONFIDENCES)}
        case "read_on":
            return _ANYTHING
        case "articles":
            return _named(_object(sources.ARTICLE, _of_source))
        case _:
            assert_never(word)


def _of_fairness(word: FairnessWord) -> Schema:
    match word:
        case "blind_to":
            return {"type": "array", "items": {"enum": list(PROTECTED)}}
        case "merit_never_hurts":
            return {"type": "array", "items": {"enum": list(MERITS)}}
        case "descendants":
            return _named({"type": "array", "items": {"type": "string"}})
        case "exempt":
            return _named(_named({"type": "string"}))
        case "at_least_as_strict_as":
            return {"type": "string"}
        case _:
            assert_never(word)


def _of_table(word: str) -> Schema:
    versions: Schema = {"type": "array", "items": _object(tables.TABLE_WORDS, _of_version)}
    return {"title": _TEXT, "versions": versions}.get(word, _ANYTHING)


def _of_version(word: str) -> Schema:
    may = _object(values.MAY_WORDS, required=("basis",))
    return {"standing": _STANDING, "region_may": may}.get(word, _ANYTHING)


def _of_figure(word: str) -> Schema:
    return _TEXT if word == "title" else _ANYTHING


def _of_rule(word: RuleWord) -> Schema:
    match word:
        case "title" | "reading":
            return _TEXT
        case "standing":
            return _STANDING
        case "not_decided":
            return {
                "type": "array",
                "minItems": 1,
                "items": _object(judgements.JUDGEMENT, required=("id", "en", "basis")),
            }
        case "applies_to" | "needs_mentor" | "fulfilled_when":
            return _CONDITION
        case "require" | "warn_when" | "may_mentor" | "pair_must":
            return _CRITERIA
        case "strength":
            return {"enum": list(rules.STRENGTHS)}
        case "every":
            return {"enum": list(rules.EVERY)}
        case "leaves":
            return {"enum": list(rules.LEAVES)}
        case "to":
            return {"anyOf": [{"enum": list(rules.OPENING_TARGETS)}, {"type": "object"}]}
        case (
            "basis" | "from" | "until" | "protected" | "tags" | "within" | "takes_effect" | "due" | "capacity"
            | "mentee_prefers" | "mentor_prefers" | "follows"
        ):  # fmt: skip
            return _ANYTHING
        case _:
            assert_never(word)


# Conditions


def _condition(about: Iterable[AboutWord]) -> Schema:
    """A condition: facts by name; further names may be figures, so they are left to `asnpolicy check`."""
    properties = _words(about, _about) | _words(CLAUSES, _clause)
    properties |= _words(("target",), lambda _: _tests(Type(Kind.TEXT)))
    properties |= {name: _fact(fact) for name, fact in FACTS.items()}
    properties |= {name: {"$ref": f"#/definitions/{name}"} for name in HISTORIES}
    properties |= {f"opening.{name}": _tests(type_) for name, type_ in fields_of("opening").items()}
    return {"type": "object", "properties": properties}


def _about(word: AboutWord) -> Schema:
    match word:
        case "title" | "reading":
            return _TEXT
        case "when":
            return _CONDITION
        case "exempt":
            return _named(_CRITERION)
        case "standing":
            return _STANDING
        case "waivable":
            return _object(("by", "basis"), required=("by", "basis"))
        case "basis" | "from" | "until" | "use":
            return _ANYTHING
        case _:
            assert_never(word)


def _clause(word: ClauseWord) -> Schema:
    match word:
        case "all" | "any":
            return {"type": "array", "items": _CONDITION, "minItems": 1}
        case "not" | "each":
            return _CONDITION
        case "rule" | "rules":
            return {"type": "object"}
        case _:
            assert_never(word)


def _fact(fact: Fact) -> Schema:
    made = _tests(fact.type, WINDOWS if fact.windowed else ())
    return {**made, "description": f"id: {fact.label.id} / en: {fact.label.en}"}


def _history(name: str) -> Schema:
    label = HISTORY_LABELS[name]
    record = {field: _tests(type_) for field, type_ in record_fields(name).items()}
    where = _object((*record, "running", "all", "any", "not"), lambda word: record.get(word, _ANYTHING))
    made = _object(("where",), lambda _: where)
    made["properties"] |= _words(("in_last", "since", "during"), _anything) | _words(MEASURES, _measure)
    return {**made, "description": f"id: {label.id} / en: {label.en}"}


def _measure(word: MeasureWord) -> Schema:
    match word:
        case "count":
            return _tests(Type(Kind.NUMBER))
        case "total_time" | "unbroken" | "longest":
            return _tests(Type(Kind.DURATION))
        case _:
            assert_never(word)


# Tests of each type


def _tests(type_: Type, windows: Iterable[str] = ()) -> Schema:
    """Refer to the tests of a type: they are written out once."""
    what = type_.labels.__name__ if type_.labels else type_.kind.value
    return {"$ref": f"#/definitions/{what}-{'windowed' if windows else 'plain'}"}


def _types() -> dict[str, Schema]:
    """Write out the tests of every type that a condition may ask."""
    found = {fact.type for fact in FACTS.values()} | set(fields_of("opening").values())
    found |= {type_ for history in HISTORIES for type_ in record_fields(history).values()}
    found |= {Type(Kind.NUMBER), Type(Kind.DURATION), Type(Kind.TEXT)}
    made = {}
    for type_ in found:
        for windows in ((), WINDOWS):
            made[_tests(type_, windows)["$ref"].rpartition("/")[2]] = _written_tests(type_, windows)
    return dict(sorted(made.items()))


def _written_tests(type_: Type, windows: Iterable[str]) -> Schema:
    """A bare value, a list of values, or tests."""
    one = _operand(type_)
    made: Schema = {
        "type": ["string", "number", "boolean", "array", "object"],
        "properties": _words(TESTS, lambda word: _test(word, one)) | _words(windows, _anything),
        "additionalProperties": False,
    }
    return made | _choices(one)


def _test(word: TestWord, one: Schema) -> Schema:
    match word:
        case "is" | "not" | "at_least" | "at_most" | "below" | "above":
            return one
        case "in" | "not_in":
            return {"type": "array", "items": _choices(one)}
        case "has" | "within":
            return _ANYTHING
        case _:
            assert_never(word)


def _choices(operand: Schema) -> Schema:
    return {key: value for key, value in operand.items() if key in ("if", "then")}


def _operand(type_: Type) -> Schema:
    """A written value, or a mapping that names one; the form that editors complete."""
    made: Schema = {
        "type": ["string", "number", "boolean", "object"],
        "properties": _words((*OPERANDS, *BESIDE_WORDS), _anything),
        "additionalProperties": False,
    }
    if type_.labels is not None:
        known = [*(m.label for m in type_.labels), *type_.labels.aliases(), NONE]
        made |= {"if": {"type": "string"}, "then": {"enum": known}}
    return made
