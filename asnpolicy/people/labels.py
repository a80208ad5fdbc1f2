"""Vocabularies of the field: finite labels with codes, and the value "none"."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from asnpolicy.problems import suggest


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
        """Give the member with this text; raises ValueError with a suggestion."""
        name = cls.aliases().get(label, label)
        for member in cls:
            if member.label == name:
                return member
        known = [member.label for member in cls]
        close = suggest(label, known)
        raise ValueError(
            f"unknown `{label}`" + (f"; did you mean `{close}`?" if close else f"; known: {', '.join(known)}")
        )

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
        known = [member.label for member in cls]
        text = core_schema.no_info_after_validator_function(cls.of, core_schema.str_schema(strict=True))
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(
                cls.of, core_schema.literal_schema([*known, *cls.aliases()])
            ),
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), text]),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


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
        none = core_schema.no_info_after_validator_function(lambda _: ABSENT, core_schema.literal_schema(["none"]))
        return core_schema.json_or_python_schema(
            json_schema=none,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), none]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str
            ),  # of a choice it may be asked to write another
        )


ABSENT = Absent()
