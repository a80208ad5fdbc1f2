"""Refusals: what the models refuse, each field told once, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from asnpolicy.people.masking import discreet, is_misplaced_day, is_personal
from asnpolicy.problems import Problem, WrongDataError, did_you_mean, suggest
from asnpolicy.text import Message, Text, as_written, joined, phrase, same

Steps: TypeAlias = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)
SHOWN = 40
LEAVE_OUT = phrase(
    en="leave out what is not known: it counts as not delivered",
    id="hapus yang tidak diketahui: itu dihitung belum diserahkan",
)
_UNEXPECTED = phrase(en="is not what is expected there", id="bukan yang diharapkan di sana")
_EXPECTED = {
    "string_type": phrase(en="is not a text: write it in quotes", id="bukan teks: tulis di antara tanda petik"),
    "string_too_short": phrase(en="is empty: leave it out, or write `null`", id="kosong: hapus, atau tulis `null`"),
    "bool_type": phrase(en="is not `true` or `false`", id="bukan `true` dan bukan `false`"),
    "int_type": phrase(en="is not a whole number, such as 20", id="bukan bilangan bulat, seperti 20"),
    "int_from_float": phrase(en="is not a whole number, such as 20", id="bukan bilangan bulat, seperti 20"),
    "decimal_type": phrase(en="is not a number, such as 12.5", id="bukan bilangan, seperti 12.5"),
    "decimal_parsing": phrase(en="is not a number, such as 12.5", id="bukan bilangan, seperti 12.5"),
    "finite_number": phrase(en="is not a number, such as 12.5", id="bukan bilangan, seperti 12.5"),
    "tuple_type": phrase(en="is not a list", id="bukan daftar"),
}
"""What is told of a value that is not of the kind that a field takes."""


def _out_of_bounds(kind: str, bound: object) -> Message:
    """Say how a value is out of bounds."""
    match kind:
        case "greater_than_equal":
            return phrase(en="is less than {bound}", id="kurang dari {bound}", bound=bound)
        case "less_than_equal":
            return phrase(en="is more than {bound}", id="lebih dari {bound}", bound=bound)
        case "string_too_long":
            return phrase(en="has more than {bound} characters", id="lebih dari {bound} karakter", bound=f"{bound:,}")
        case "too_long":
            return phrase(en="has more than {bound} entries", id="lebih dari {bound} butir", bound=f"{bound:,}")
        case _:
            return phrase(en="has more than {bound} decimal places", id="lebih dari {bound} desimal", bound=bound)


_BOUNDS = {
    "greater_than_equal": "ge",
    "less_than_equal": "le",
    "string_too_long": "max_length",
    "too_long": "max_length",
    "decimal_max_places": "decimal_places",
}
"""What is out of bounds, and which part of the finding of the validator is the bound."""
IT, THIS = Text("data ini", "it"), Text("ini", "this")
THE_LINE, THE_TEXT = Text("baris ini", "the line"), Text("teks ini", "the text")
"""What was read as one thing."""


def checked(model: type[M], data: Any) -> M:
    """Return a model of the data; raises ValidationError, for a reader that tells in its own way where each value stands."""
    made: M = model.__pydantic_validator__.validate_python(data)
    return made


def wrong_data(error: ValidationError, whole: Text, model: type[BaseModel]) -> WrongDataError:
    """Return the error for data that a model refuses: a sentence for each field, with nothing personal in it."""
    told = discreet_refusals(error, whole, model).values()
    return WrongDataError([Problem("wrong-data", sentence, help=LEAVE_OUT) for sentence in told])


def discreet_refusals(
    error: ValidationError, whole: Text, model: type[BaseModel] | None = None
) -> dict[Steps, Message]:
    """Return a sentence for each field that is amiss, by the steps to it, in which nothing personal is shown."""
    given: dict[Steps, set[str]] = {}
    for one in error.errors():
        steps, value = one["loc"], one["input"]
        if is_personal(steps) or is_misplaced_day(steps, value):
            given.setdefault(steps, set()).add(str(value))
    return {steps: masked_message(text, given.get(steps, set())) for steps, text in refusals(error, whole, model).items()}


def masked_message(text: Message, given: set[str]) -> Message:
    """Return a sentence with nothing personal in it: its words are not kept apart."""
    en, id = discreet(text, given), discreet(text.to("id"), given)
    return as_written(en=en, id=id)


def refusals(
    error: ValidationError, whole: Text, model: type[BaseModel] | None = None, *, numbered: bool = True
) -> dict[Steps, Message]:
    """Return a sentence for each field that is amiss, by the steps to it; `whole` names what was read as one thing.

    `model` is what it was read as, where that is known: by it a slip in a key is told from a key that is none. `numbered` says
    which record of a history it is, for data without lines that could be shown.

    >>> from asnpolicy.people import Employee
    >>> try:
    ...     checked(Employee, {"nip": "199001012015031001", "supervisor_rank": "III/B"})
    ... except ValidationError as error:
    ...     refusals(error, THE_LINE)
    {('supervisor_rank',): '`supervisor_rank`: unknown rank `III/B`; did you mean `III/b`?'}
    """
    told: dict[Steps, Message] = {}
    for one in error.errors():
        told.setdefault(one["loc"], _reason(one, whole, model, numbered=numbered))
    return told


def path_of(steps: Steps) -> str:
    """Return the way to a value as it is written in a message: `ranks[0].since`; records are counted from 0, as in JSON.

    >>> path_of(("ranks", "records", 0, "since")), path_of(("protected", "sex"))
    ('ranks[0].since', 'protected.sex')
    """
    shown = ""
    for at, step in enumerate(steps):
        if isinstance(step, int):
            shown += f"[{step}]"
        elif not (step == "records" and at == 1):
            shown += f".{step}" if shown else step
    return shown


def _no_json(whole: Text, why: str) -> Message:
    """Say that something is no JSON: the reader says why in English, in Indonesian where."""
    line, _, column = why.rpartition(" at line ")[2].partition(" column ")
    where = f"baris {line}, kolom {column}" if column else why
    return phrase(
        en="{whole} is not valid JSON: {why}",
        id="{whole} bukan JSON yang sah: {why}",
        whole=whole,
        why=Text(where, why),
    )


def _unknown_key(path: str, steps: Steps, model: type[BaseModel] | None) -> Message:
    """Say that a key is none, and which one was meant."""
    close = suggest(str(steps[-1]), _keys_beside(steps, model)) if model is not None else None
    sentence = phrase(en="unknown key `{path}`", id="kunci `{path}` tidak dikenal", path=path)
    return sentence if close is None else joined(sentence, did_you_mean(close), by="; ")


def _keys_beside(steps: Steps, model: type[BaseModel]) -> list[str]:
    """Return the keys that there are where the last step leads."""
    for step in steps[:-1]:
        field = None if isinstance(step, int) else model.__pydantic_fields__.get(step)
        if field is not None:
            model = next(_models_in(field.annotation), model)
    return list(model.__pydantic_fields__)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _reason(one: Any, whole: Text, model: type[BaseModel] | None, *, numbered: bool) -> Message:
    """Return one finding of the validator as a sentence."""
    path, kind, given = path_of(one["loc"]), one["type"], one.get("input")
    path = path if numbered else re.sub(r"\[[0-9]+\]", "", path)
    if kind == "json_invalid":
        return _no_json(whole, one["ctx"]["error"])
    if kind == "extra_forbidden":
        return _unknown_key(path, one["loc"], model)
    if kind == "missing":
        return phrase(en="`{path}` is missing", id="`{path}` belum ada", path=path)
    if kind in ("value_error", "assertion_error"):
        sentence = sentence_of(one["ctx"]["error"])
        return joined(phrase(en="`{path}`:", id="`{path}`:", path=path), sentence) if path else sentence
    if not path:
        return phrase(en="{whole} is not one employee", id="{whole} bukan data satu pegawai", whole=whole)
    value = phrase(en="`{path}`{given}", id="`{path}`{given}", path=path, given=_shown(given))
    bound = _BOUNDS.get(kind)
    return joined(value, _out_of_bounds(kind, one["ctx"][bound]) if bound else _EXPECTED.get(kind, _UNEXPECTED))


def sentence_of(error: object) -> Message:
    """Return what a model says of a value: its own sentence, or another's in one language."""
    own = error.args[0] if isinstance(error, Exception) and error.args else error
    return own if isinstance(own, Message) else same(str(error))


def _shown(given: object) -> str:
    """Return a value that is short enough, as JSON writes it."""
    if not isinstance(given, (str, int, float)) or len(str(given)) > SHOWN:
        return ""
    return f": `{str(given).lower() if isinstance(given, bool) else given}`"
