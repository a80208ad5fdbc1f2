"""Trial: runs an author's cases and says where the outcome differs from what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.policy.cases import Case

if TYPE_CHECKING:
    from asnpolicy.engine import Engine


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than expected."""

    word: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Result:
    """A case that was run; it passed when nothing differs."""

    case: Case
    decision: Decision
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Tell whether everything came out as expected."""
        return not self.differences


def run(engine: Engine, case: Case) -> Result:
    """Run one case; raises PolicyError for a rule that is not there."""
    decision = engine.decide(
        case.employee, case.rule, as_of=case.as_of, target=case.opening, agency=case.agency, mentor=case.mentor,
        waivers=_waivers(engine, case),
    )  # fmt: skip
    found = (_difference(word, wanted, _got(decision, word)) for word, wanted in case.expected)
    return Result(case, decision, tuple(one for one in found if one is not None))


def _waivers(engine: Engine, case: Case) -> list[Waiver]:
    """Return the waivers of a case, as whoever may waive the criterion would grant them: from the day that is asked for."""
    if not case.waived:
        return []
    rule = engine.policy.program(case.as_of).rule(case.rule)
    given = [one for one in rule.criteria if one.id in case.waived and one.waivable_by]
    return [
        Waiver(
            nip=case.employee.nip, rule=case.rule, criterion=one.id, approver=one.waivable_by or "", letter=case.name,
            basis=one.waivable_basis, since=case.as_of,
        )
        for one in given
    ]  # fmt: skip


def _difference(word: str, wanted: Any, got: Any) -> Difference | None:
    if isinstance(wanted, list):
        wanted, got = sorted(map(str, wanted)), sorted(map(str, got))
    same = wanted == got if isinstance(wanted, list) else str(wanted) == str(got)
    return None if same else Difference(word, _shown(wanted), _shown(got))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return "nothing" if value is None else str(value)


def _got(decision: Decision, word: str) -> Any:
    match word:
        case "verdict":
            return decision.verdict.value
        case "state":
            return decision.state.value if decision.state else None
        case "because":
            return [criterion.id for criterion in decision.deciding]
        case "missing":
            return list(decision.missing)
        case "warns":
            return [w.id for w in decision.warnings if w.status == "held"]
        case _:
            return getattr(decision, word)
