"""The back ends that decide one person at a time, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.statuses import BackEnd
from asnpolicy.language.rules import Program
from asnpolicy.problems import Problem, UnknownNameError, meant
from asnpolicy.text import phrase


def _module(name: str, class_: str) -> Callable[[Program], BackEnd]:
    def build(program: Program) -> BackEnd:
        prepared: BackEnd = getattr(import_module(f"asnpolicy.backends.{name}"), class_)(program)
        return prepared

    return build


BACKENDS: dict[str, Callable[[Program], BackEnd]] = {
    "compiled": _module("compiled", "Compiled"),
    "definition": Definition,
    "rete": _module("rete", "Rete"),
}


def check(name: str) -> None:
    """Raise PolicyError for a back end that is not there, or that needs what is not installed."""
    if name not in BACKENDS:
        raise UnknownNameError(
            [
                Problem(
                    "unknown-backend",
                    phrase(en="unknown back end `{name}`", id="mesin `{name}` tidak dikenal", name=name),
                    help=meant(name, BACKENDS),
                )
            ]
        )
    if name == "rete":
        import_module("asnpolicy.backends.rete_adapter").module()


def prepare(name: str, program: Program) -> BackEnd:
    """Make a program ready to decide."""
    return BACKENDS[name](program)
