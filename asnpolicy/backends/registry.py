"""The back ends by name: those of the library, and those that other packages bring under `asnpolicy.backends`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, TypeAlias

from asnpolicy.problems import Problem, UnknownNameError, meant, missing_extra
from asnpolicy.text import Text, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from asnpolicy.backends.columns import Columns
    from asnpolicy.backends.protocol import BackEnd
    from asnpolicy.language.rules import Program

Maker: TypeAlias = "Callable[[Program], BackEnd]"
GROUP = "asnpolicy.backends"


def _compiled() -> Maker:
    from asnpolicy.backends.compiled import Compiled  # noqa: PLC0415  # only the one that is asked for

    return Compiled


def _columns() -> Maker:
    try:
        from asnpolicy.backends.columns import Columns  # noqa: PLC0415  # needs an extra
    except ImportError:
        raise missing_extra(Text("mesin `columns`", "the back end `columns`"), "columns") from None
    return Columns


def _definition() -> Maker:
    from asnpolicy.backends.definition import Definition  # noqa: PLC0415  # only where it is asked for

    return Definition


def _rete() -> Maker:
    from asnpolicy.backends.rete import Rete  # noqa: PLC0415  # needs an extra

    import_module("asnpolicy.backends.rete.adapter").module()
    return Rete


OWN: dict[str, Callable[[], Maker]] = {
    "compiled": _compiled,
    "columns": _columns,
    "definition": _definition,
    "rete": _rete,
}


@cache
def _brought() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=GROUP)}


def backends() -> tuple[str, ...]:
    """Return the name of every back end that one person can be decided by; the library's own come first.

    >>> backends()[:4]
    ('compiled', 'columns', 'definition', 'rete')
    """
    return (*OWN, *(name for name in _brought() if name not in OWN))


def maker(name: str) -> Maker:
    """Return what makes a program ready to decide; raises PolicyError for a name that is not there or not installed."""
    if name in OWN:
        return OWN[name]()
    if name in _brought():
        made: Maker = _brought()[name].load()
        return made
    raise UnknownNameError(
        [
            Problem(
                "unknown-backend",
                phrase(en="unknown back end `{name}`", id="mesin `{name}` tidak dikenal", name=name),
                help=meant(name, backends()),
            )
        ]
    )


def columns(program: Program) -> Columns:
    """Return a program ready for many people at once; raises MissingExtraError where the extra is not installed."""
    made: Columns = maker("columns")(program)  # type: ignore[assignment]  # of this name
    return made


def prepare(name: str, program: Program, *, verify: bool = False) -> BackEnd:
    """Make a program ready to decide; `verify`: each answer is held against the definition's."""
    made = maker(name)(program)
    if not verify:
        return made
    from asnpolicy.backends.cross_check import CrossCheck  # noqa: PLC0415  # only where it is asked for
    from asnpolicy.backends.definition import Definition  # noqa: PLC0415  # only where it is asked for

    return CrossCheck(name, made, Definition(program))
