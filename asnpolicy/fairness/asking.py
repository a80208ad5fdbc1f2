"""Asking: questions by name, spelt out for each rule that they can be asked of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asnpolicy.decisions.decider import not_in_force
from asnpolicy.engine import Engine
from asnpolicy.fairness.promised import HURT
from asnpolicy.fairness.questions import (
    Always,
    AtLeastAsStrict,
    Blind,
    ComparePolicies,
    Conflicts,
    Dead,
    Equivalent,
    Gaps,
    MeritNeverHurts,
    Never,
    PolicyQuestion,
    Reachable,
    Redundant,
)
from asnpolicy.fairness.sameness import within
from asnpolicy.language.fairness import MERITS, PROTECTED
from asnpolicy.language.rules import Program, Rule
from asnpolicy.policy import library
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to know: the questions by name, and what they are about."""

    questions: tuple[str, ...]
    rules: tuple[str, ...] = ()
    criterion: str | None = None
    verdict: str = "eligible"
    to: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    than: str | None = None
    among: tuple[str, ...] = ()


def questions(engine: Engine, since: date, wish: Wish) -> Iterator[PolicyQuestion]:
    """Return the questions, for each rule that was named, or for all that are in force from a day on."""
    for name in wish.rules:
        if name not in engine.policy.rules:
            raise PolicyError(
                [
                    Problem(
                        "unknown-rule",
                        phrase(en="unknown rule `{name}`", id="aturan `{name}` tidak dikenal", name=name),
                        help=meant(name, engine.policy.rules),
                    )
                ]
            )
    for name in wish.questions:
        yield from _Spelling(engine, since, wish).of(name)


@dataclass(frozen=True)
class _Spelling:
    engine: Engine
    since: date
    wish: Wish

    def of(self, name: str) -> Iterator[PolicyQuestion]:
        match name:
            case "gaps":
                yield Gaps(self._several(("promotion",)), tuple(map(_group, self.wish.among)))
            case "conflicts":
                yield Conflicts(self._several(("promotion",)))
            case _:
                for program, rule in self._rules():
                    yield from self._about(name, program, rule)

    def _about(self, name: str, program: Program, rule: Rule) -> Iterator[PolicyQuestion]:
        wish, own = self.wish, rule.id
        match name:
            case "reachable":
                yield Reachable(own, wish.verdict)
            case "never":
                yield Never(own, wish.verdict)
            case "always":
                yield Always(own, wish.verdict)
            case "redundant":
                yield Redundant(own, wish.criterion)
            case "dead":
                yield Dead(own, wish.criterion)
            case "blind":
                yield from (Blind(own, one, self._follows(one)) for one in wish.to or PROTECTED)
            case "merit_never_hurts":
                if rule.kind in HURT or wish.rules:
                    yield from (MeritNeverHurts(own, one) for one in wish.facts or MERITS)
            case "at_least_as_strict":
                if wish.rules or within(program.by_id, own, self._other.program(self._day(program)).by_id):
                    yield AtLeastAsStrict(own, wish.than)
            case _:
                yield from self._beside(name, program, own)

    def _beside(self, name: str, program: Program, rule: str) -> Iterator[PolicyQuestion]:
        if self.wish.than is None:
            message, help_ = (
                phrase(en="`{name}` needs another policy", id="`{name}` memerlukan kebijakan lain", name=name),
                phrase(en="name it with `--than REGION`", id="sebut dengan `--than DAERAH`"),
            )
            raise PolicyError([Problem("wrong-use", message, help=help_)])
        if self.wish.rules or rule in self._other.program(self._day(program)).by_id:
            than = self.wish.than
            yield ComparePolicies(rule, than) if name == "compare" else Equivalent(rule, than)

    def _follows(self, attribute: str) -> tuple[str, ...]:
        return tuple(self.engine.policy.promises.descendants.get(attribute, ()))

    def _rules(self) -> list[tuple[Program, Rule]]:
        last: dict[str, tuple[Program, Rule]] = {}
        for program in self.engine.policy.programs:
            if program.until > self.since:
                last |= {rule.id: (program, rule) for rule in program.rules}
        wanted = self.wish.rules
        missing = [name for name in wanted if name not in last]
        if missing:
            raise not_in_force(missing[0], self.since)
        return [found for name, found in last.items() if not wanted or name in wanted]

    def _several(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        return self.wish.rules or tuple(rule.id for _, rule in self._rules() if rule.kind in kinds)

    def _day(self, program: Program) -> date:
        return max(program.since, self.since)

    @property
    def _other(self) -> Policy:
        if self.wish.than is not None:
            return library.load(self.wish.than)
        paths = self.engine.policy.paths
        if len(paths) < 2:
            message = phrase(
                en="`{region}` extends no other policy",
                id="`{region}` tidak memperluas kebijakan lain",
                region=self.engine.policy.region,
            )
            raise PolicyError(
                [
                    Problem(
                        "no-base",
                        message,
                        help=phrase(
                            en="name the policy to compare it with: `--than REGION`",
                            id="sebut kebijakan pembandingnya: `--than DAERAH`",
                        ),
                    )
                ]
            )
        return library.load(paths[1])


def _group(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise PolicyError(
            [
                Problem(
                    "wrong-use",
                    phrase(en="`{text}` describes no group", id="`{text}` tidak menggambarkan kelompok", text=text),
                    help=phrase(en="write it like `employment=PNS`", id="tulis seperti `employment=PNS`"),
                )
            ]
        )
    return name, value
