"""Parts: who shows that a part of a rule is needed, or alive: a criterion, an exemption, an alternative of an `any`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from asnpolicy.backends.smt.records import bounded, records_for
from asnpolicy.backends.smt.rules import Translation
from asnpolicy.backends.smt.search import Smt
from asnpolicy.backends.smt.terms import negated
from asnpolicy.fairness.hunts import Hunt
from asnpolicy.fairness.missing import Lack, decides, may_lack, with_others, without
from asnpolicy.language.nodes import Truth
from asnpolicy.language.rules import FAILED, HELD, Branch, ConditionTree, Criterion
from asnpolicy.text import Text


def fails_alone(smt: Smt, rule: str, at: int) -> Hunt:
    """Look for somebody who fails one criterion, of which the place is given, and no other: without them, it is redundant."""
    criterion = smt.rules[rule].criteria[at]

    def terms(said: Translation) -> list[Any]:
        held = [said.criterion(one) for one in smt.rules[rule].criteria if one.id != criterion.id]
        return [said.applies(rule), *held, negated(said.criterion(criterion))]

    def replay(question: Any) -> bool:
        statuses = smt.definition.decide(rule, question)
        failed = [place for place, status in enumerate(statuses.criteria) if status == FAILED]
        return statuses.applies == HELD and failed == [at] and all(s >= HELD or s == FAILED for s in statuses.criteria)

    what = Text(f"hanya `{criterion.id}` yang tidak terpenuhi", f"only `{criterion.id}` fails")
    wider = _fails_beside(smt, rule, criterion, what)
    return Hunt(smt, smt.conditions(rule), terms, replay, what, True, ((rule, smt, rule),), by_case=True, among=wider)


def _fails_beside(smt: Smt, rule: str, criterion: Criterion, what: Text) -> Hunt | None:
    """Look for whoever fails a criterion and meets those others that look at histories of its; None where there are none."""
    seen = records_for(criterion.conditions).keys()
    others = [one for one in smt.rules[rule].criteria if one.id != criterion.id and bounded(*one.conditions)]
    beside = [one for one in others if records_for(one.conditions).keys() & seen]
    if not beside or not bounded(*criterion.conditions):
        return None
    conditions = [node for one in (criterion, *beside) for node in one.conditions]

    def terms(said: Translation) -> list[Any]:
        return [*map(said.criterion, beside), negated(said.criterion(criterion))]

    return Hunt(smt, conditions, terms, lambda _: False, what)


def fails(smt: Smt, rule: str, at: int) -> Hunt:
    """Look for somebody whom the rule is for, and who fails a criterion: without them, it is dead."""
    criterion = smt.rules[rule].criteria[at]
    what = Text(f"`{criterion.id}` tidak terpenuhi", f"`{criterion.id}` fails")
    return Hunt(
        smt, smt.conditions(rule), lambda said: [said.applies(rule), negated(said.criterion(criterion))],
        lambda q: _status(smt, rule, q, at) == FAILED, what, True, ((rule, smt, rule),), by_case=True,
    )  # fmt: skip


def exempted(smt: Smt, rule: str, at: int, number: int) -> Hunt:
    """Look for somebody who passes a criterion by one of its exemptions alone: without them, that one is dead."""
    criterion = smt.rules[rule].criteria[at]
    mine = criterion.exempt[number]
    others = [one.holds for one in criterion.exempt if one is not mine]
    asked = [mine.holds] if criterion.when is None else [criterion.when, mine.holds]
    what = Text(f"`{criterion.id}` hanya karena `{mine.id}`", f"`{criterion.id}` by `{mine.id}` alone")
    return _shows(smt, rule, asked, [criterion.holds, *others], what)


def by_alternative(smt: Smt, rule: str, at: int) -> Iterator[Callable[[Smt], Hunt]]:
    """Return what looks for those who pass each alternative of an `any` of a criterion and none of the others."""
    for place, branch in enumerate(_branches(smt.rules[rule].criteria[at].tree)):
        for number in range(len(branch.parts)):
            yield partial(_by_one, rule=rule, at=at, place=place, number=number)


def _by_one(smt: Smt, rule: str, at: int, place: int, number: int) -> Hunt:
    criterion = smt.rules[rule].criteria[at]
    branch = next(islice(_branches(criterion.tree), place, None))
    mine = branch.parts[number]
    what = Text(
        f"`{criterion.id}`: hanya pilihan ke-{number + 1}", f"`{criterion.id}`: by alternative {number + 1} alone"
    )
    return _shows(smt, rule, [mine.truth], [one.truth for one in branch.parts if one is not mine], what)


def _shows(smt: Smt, rule: str, held: list[Truth], failed: list[Truth], what: Text) -> Hunt:
    """Look for somebody whom a rule is for and of whom some things hold and others do not; else for one who lacks a fact."""

    def terms(said: Translation) -> list[Any]:
        return [said.applies(rule), *map(said.truth, held), *(negated(said.truth(one)) for one in failed)]

    def replay(question: Any) -> bool:
        meaning = smt.definition.meaning(question)
        if smt.definition.decide(rule, question).applies != HELD:
            return False
        statuses = [[meaning.truth(one).status for one in some] for some in (held, failed)]
        return all(one == HELD for one in statuses[0]) and all(one == FAILED for one in statuses[1])

    def lacking() -> Lack | None:
        for facts in may_lack(held, failed):
            lacking = [without(one, facts) for one in _whoever(smt, rule, held, failed, facts).run().people]
            if lacking and decides(smt, rule, lacking[0], held, failed):
                return Lack(facts, lacking[0])
        return None

    told = ((rule, smt, rule),)
    return Hunt(smt, smt.conditions(rule), terms, replay, what, True, told, by_case=True, lacking=lacking)


def _whoever(smt: Smt, rule: str, held: list[Truth], failed: list[Truth], facts: tuple[str, ...]) -> Hunt:
    """Look for somebody of whom some things hold, and of whom others may hold or not once some facts are not known."""
    open_ = [with_others(one, facts) for one in failed]

    def terms(said: Translation) -> list[Any]:
        return [said.applies(rule), *map(said.truth, held), *(negated(said.truth(one)) for one in open_)]

    def replay(question: Any) -> bool:
        meaning = smt.definition.meaning(question)
        applies = smt.definition.decide(rule, question).applies == HELD
        return applies and all(meaning.truth(one).status == HELD for one in held)

    what = Text("pilihan lain belum dapat diperiksa", "the others are open")
    return Hunt(smt, [*smt.conditions(rule), *open_], terms, replay, what, True)


def _branches(tree: ConditionTree) -> Iterator[Branch]:
    """Return every `any` that an author wrote, but for those inside a `not`."""
    if isinstance(tree, Branch) and tree.word != "not":
        if tree.word == "any":
            yield tree
        for part in tree.parts:
            yield from _branches(part)


def _status(smt: Smt, rule: str, question: Any, at: int) -> int:
    statuses = smt.definition.decide(rule, question)
    return statuses.criteria[at] if statuses.applies == HELD else -1
