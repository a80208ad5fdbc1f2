"""Vocabularies of the field: finite labels with codes, and the value "none"."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Annotated, Any, Self, TypeAlias, TypeVar, Union, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from asnpolicy.problems import suggest, unknown
from asnpolicy.text import Message, Text, joined, phrase

SHOWN = 60
"""So much of a wrong text is shown."""
L = TypeVar("L", bound="Label")


class Label(IntEnum):
    """A finite vocabulary: codes from 1 upwards inside, the official text outside."""

    label: str

    def __new__(cls, code: int, label: str) -> Self:
        """Make a member from its code and its official text."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    def __str__(self) -> str:
        return self.label

    __hash__ = int.__hash__  # an enum hashes its name, in Python: too slow for what decides

    @classmethod
    def of(cls, label: str) -> Self:
        """Return the member with this text; raises ValueError that names what was probably meant."""
        member = cls.texts().get(label)
        if member is None:
            raise ValueError(joined(unknown(cls.noun(), label[:SHOWN]), cls._meant(label), by="; "))
        return member

    @classmethod
    def texts(cls) -> dict[str, Self]:
        """Return each text that names a member: its own, and those that are equal to it."""
        return _texts(cls)

    @classmethod
    def _meant(cls, label: str) -> Message:
        from asnpolicy.people.spelling.variants import meant  # noqa: PLC0415  # the tables of variants are of all vocabularies

        known = [member.label for member in cls]
        close = getattr(meant(cls, label), "label", None) or suggest(label, known)
        if close:
            return phrase(en="did you mean `{meant}`?", id="apakah maksud Anda `{meant}`?", meant=close)
        return phrase(en="known: {known}", id="yang dikenal: {known}", known=", ".join(known))

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("kata", "word")

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Give other official names that mean the same for every rule."""
        return {}

    @classmethod
    def ordered(cls) -> bool:
        """Tell whether its members have an order that means something."""
        return True

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Accept a member or its text, and write the text."""
        texts = cls.texts()

        def read(value: object) -> Label:
            found = texts.get(value) if type(value) is str else value if type(value) is cls else None
            if found is None:
                if isinstance(value, str):
                    return cls.of(value)
                raise ValueError(
                    phrase(
                        en="a {noun} is written like `{label}`",
                        id="{noun} ditulis seperti `{label}`",
                        noun=cls.noun(),
                        label=next(iter(cls)).label,
                    )
                )
            return found

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        return {"enum": list(cls.texts()), "type": "string"}


@cache
def _texts(labels: type[L]) -> dict[str, L]:
    own = {member.label: member for member in labels}
    return own | {alias: own[name] for alias, name in labels.aliases().items()}


class Absent:
    """The value "none": there is no such thing, as opposed to: it is not known."""

    _only: Absent | None = None

    def __new__(cls) -> Absent:
        """Give the one value."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> bool:
        raise TypeError("ABSENT is neither true nor false: compare it with `is`")

    def __repr__(self) -> str:
        return "ABSENT"

    def __str__(self) -> str:
        return "none"

    def __reduce__(self) -> tuple[type[Absent], tuple[()]]:
        return Absent, ()

    def __deepcopy__(self, memo: object) -> Absent:
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Accept the word `none`, and write it."""
        return core_schema.no_info_plain_validator_function(
            _none, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        return {"const": NONE, "type": "string"}


ABSENT = Absent()
NONE = str(ABSENT)


def _none(value: object) -> Absent:
    if value is ABSENT or (isinstance(value, str) and value == NONE):
        return ABSENT
    raise ValueError(phrase(en="only `{none}` can stand here", id="hanya `{none}` yang dapat berdiri di sini", none=NONE))


class _OrAbsent:
    """Reads `none`, and leaves the rest to the other type: one step, and one sentence where neither fits."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        others = tuple(part for part in get_args(source) if part is not Absent)
        inner = handler.generate_schema(Union[others])  # noqa: UP007  # worked out when it runs

        def read(value: object, other: core_schema.ValidatorFunctionWrapHandler) -> Any:
            return ABSENT if value is ABSENT or (type(value) is str and value == NONE) else other(value)

        def write(value: object, other: Any) -> Any:
            return NONE if value is ABSENT else other(value)

        return core_schema.no_info_wrap_validator_function(
            read, inner, serialization=core_schema.wrap_serializer_function_ser_schema(write, schema=inner)
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*_choices(handler(schema)), {"const": NONE, "type": "string"}]}


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return schema["anyOf"] if set(schema) == {"anyOf"} else [schema]


T = TypeVar("T")
OrAbsent: TypeAlias = Annotated[T | Absent, _OrAbsent()]
"""Something, or that there is none: `none`."""
