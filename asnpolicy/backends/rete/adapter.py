"""The one narrow way to durable-rules: positive facts of one kind each, rules from facts to a fact, reset by retraction.

Only the C module is imported: no host, no threads, no negation, no joins over values, one constant session. Names and
ids are ours, short, and checked for collisions, because the engine compares them by a 32-bit hash alone.
"""

from __future__ import annotations

import json
import sys
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from asnpolicy.problems import PolicyError, Problem, missing_extra
from asnpolicy.text import Text, phrase

MOST_NEEDS = 10
"""Facts that one rule may need: the engine allows 16 patterns, and its joins grow with each."""
MOST_FACTS = 400
"""Kinds of fact in one tree: with more than 511 the engine answers wrongly."""
MOST_USES = 60
"""Rules that need one fact: with more than 63 the engine loses the fact."""
SESSION = "s"
"""The one session of a tree."""
NEWER = (3, 13)
"""The first version of Python that the engine fails on."""
_TREES = count()


@dataclass(frozen=True, slots=True)
class Inference:
    """When all that it needs is there, one fact follows."""

    needs: tuple[int, ...]
    gives: int


class Tree:
    """A network of steps in the engine; it is given facts, and gives those that follow, in the order of firing."""

    def __init__(self, facts: int, steps: Sequence[Inference]) -> None:
        _within_limits(facts, steps)
        self._engine = module()
        self._lock = threading.Lock()
        self._gives = {f"r{at}": step.gives for at, step in enumerate(steps)}
        self._facts = [json.dumps({"sid": SESSION, "id": f"i{at}", "k": f"k{at}"}) for at in range(facts)]
        self._ids = [json.dumps({"sid": SESSION, "id": f"i{at}"}) for at in range(facts)]
        names = [f"i{at}" for at in range(facts)] + [f"k{at}" for at in range(facts)]
        if len({_hash(name) for name in names}) != len(names):
            raise PolicyError(
                [
                    Problem(
                        "unsupported",
                        phrase(
                            en="two names of the network collide in the engine's hash",
                            id="dua nama dalam jejaring bertabrakan pada hash mesinnya",
                        ),
                    )
                ]
            )
        self._handle = self._engine.create_ruleset(f"t{next(_TREES)}", json.dumps(_ruleset(facts, steps)))
        self.run([0])
        weakref.finalize(self, _dropped, self._engine, self._handle)

    def run(self, given: Iterable[int]) -> list[int]:
        """Give the facts that follow, in the order in which they fired."""
        with self._lock:
            asserted: list[int] = []
            try:
                return self._run(list(dict.fromkeys(given)), asserted)
            finally:
                for fact in asserted:
                    self._engine.retract_fact(self._handle, self._ids[fact])

    def _run(self, given: list[int], asserted: list[int]) -> list[int]:
        engine, handle, followed = self._engine, self._handle, []
        known = set(given)
        state = None
        for fact in given:
            state = self._assert(fact, asserted)
        if state is None:
            return []
        started = engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        while message is not None:
            gives = self._gives.get(message[2 : message.index('"', 2)])
            if gives is not None and gives not in known:
                known.add(gives)
                followed.append(gives)
                self._assert(gives, asserted)
            message = engine.complete_and_start_action(handle, state)
        return followed

    def _assert(self, fact: int, asserted: list[int]) -> Any:
        code, state = self._engine.assert_fact(self._handle, self._facts[fact])
        if code != 0:
            raise PolicyError(
                [
                    Problem(
                        "engine",
                        phrase(
                            en="the engine refused a fact with code `{code}`",
                            id="mesin menolak sebuah fakta dengan kode `{code}`",
                            code=code,
                        ),
                    )
                ]
            )
        asserted.append(fact)
        return state


def _dropped(engine: Any, handle: int) -> None:
    """Give back the memory of a tree: its session first, which else stays, some 13 kB a rule that facts have reached.

    INVARIANT: a rule has fired in it, as on making: a session in which none has can't be ended.
    """
    engine.delete_state(handle, SESSION)
    engine.delete_ruleset(handle)


def _ruleset(facts: int, steps: Sequence[Inference]) -> dict[str, Any]:
    """Write the steps, and one rule a kind that does nothing, so that no fact is ever without a rule."""
    rules = {
        f"r{at}": {"all": [{f"m{n}": {"k": f"k{need}"}} for n, need in enumerate(step.needs)], "pri": 1}
        for at, step in enumerate(steps)
    }
    guards = {f"g{at}": {"all": [{"m0": {"k": f"k{at}"}}], "pri": 9} for at in range(facts)}
    return {**rules, **guards}


def _within_limits(facts: int, steps: Sequence[Inference]) -> None:
    uses: dict[int, int] = {}
    for step in steps:
        for need in step.needs:
            uses[need] = uses.get(need, 0) + 1
    most = max(uses.values(), default=0)
    if facts > MOST_FACTS or most > MOST_USES or any(len(step.needs) > MOST_NEEDS for step in steps):
        raise PolicyError(
            [
                Problem(
                    "unsupported",
                    phrase(
                        en="the rule is larger than this engine can hold safely",
                        id="aturan ini lebih besar daripada yang dapat dimuat mesin itu dengan aman",
                    ),
                )
            ]
        )


def _hash(text: str) -> int:
    """Give the engine's own hash of a name (FNV-1a, 32 bits)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def module() -> Any:
    """Return the C module; raises PolicyError where it is not installed, or can't be."""
    try:
        import durable_rules_engine  # noqa: PLC0415  # an extra
    except ImportError:
        if sys.version_info >= NEWER:
            version = ".".join(map(str, sys.version_info[:2]))
            message = phrase(
                en="the back end `rete` does not run on Python {version}",
                id="mesin `rete` tidak berjalan pada Python {version}",
                version=version,
            )
            raise PolicyError(
                [
                    Problem(
                        "missing-extra",
                        message,
                        help=phrase(
                            en="choose `compiled`, or use Python up to 3.12",
                            id="pilih `compiled`, atau pakai Python sampai 3.12",
                        ),
                    )
                ]
            ) from None
        raise missing_extra(
            Text("mesin `rete`", "the back end `rete`"),
            "rete",
            phrase(en=" (with a C compiler)", id="(dengan kompiler C)"),
        ) from None
    return durable_rules_engine
