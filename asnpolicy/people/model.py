"""Model: what every class of people and agencies is: frozen, with no unknown keys, equal by its fields, short to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from asnpolicy.people.refusals import IT, THE_TEXT, wrong_data

if TYPE_CHECKING:
    from functools import cached_property

    remembered = cached_property
else:

    class remembered:  # noqa: N801  # used as a decorator, as `property` is
        """A property that is worked out once; without the lock that makes Python's own slow before 3.12."""

        def __init__(self, work_out: Any) -> None:
            self.work_out = work_out
            self.__doc__ = work_out.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, owner: Any, kind: type) -> Any:
            if owner is None:
                return self
            worked = owner.__dict__[self.name] = self.work_out(owner)
            return worked


class Model(BaseModel):
    """A frozen model; what is worked out of its fields and remembered is neither compared, copied nor pickled.

    Data that it refuses raise PolicyError, with a sentence for each field.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, ignored_types=(remembered,))

    def __init__(self, /, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise wrong_data(error, IT, type(self)) from None

    # the validator makes parts of a whole itself, as it does where a model has no `__init__` of its own
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # pydantic looks for it

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return the model of some data; raises PolicyError."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise wrong_data(error, IT, cls) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the model of JSON; raises PolicyError."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise wrong_data(error, THE_TEXT, cls) from None

    def _fields(self) -> tuple[Any, ...]:
        known = self.__dict__
        return tuple(known[name] for name in type(self).__pydantic_fields__)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._fields() == other._fields())

    def __hash__(self) -> int:
        return hash((type(self), self._fields()))

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]  # pydantic gives pairs too
        known = self.__dict__
        return ((name, known[name]) for name in type(self).__pydantic_fields__)

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        fields = type(self).__pydantic_fields__
        return {**state, "__dict__": {name: value for name, value in state["__dict__"].items() if name in fields}}

    def __str__(self) -> str:
        return repr(self)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name in type(self).__pydantic_fields__:
            value = getattr(self, name)
            if value is not None:
                yield name, value

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other fields; what was worked out of the old ones is not taken along."""
        copied = super().model_copy(update=update, deep=deep)
        for name in [name for name in copied.__dict__ if name not in type(self).__pydantic_fields__]:
            del copied.__dict__[name]
        return copied
