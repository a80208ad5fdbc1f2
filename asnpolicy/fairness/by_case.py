"""By case: whoever an author's case is about may show what is looked for, and then nobody has to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asnpolicy.backends.smt.search import OpenDays
from asnpolicy.backends.smt.witness import Witness, contradicted
from asnpolicy.fairness.hunts import Hunt
from asnpolicy.policy.cases import Case


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is known from a case."""

    case: str
    person: Witness


def known(hunt: Hunt, cases: Sequence[Case]) -> Known | None:
    """Return the first of some cases of whom the definition says what is looked for, on a day that is asked about.

    That day is the one of the case; or the first that is asked about, on which a person of an earlier case may show it still.
    """
    days = hunt.smt.when
    if not isinstance(days, OpenDays):
        return None
    for earlier in (False, True):
        for case in cases:
            as_of = max(case.as_of, days.since)
            if case.mentor is None and not case.waived and (case.as_of < days.since) is earlier and as_of < days.until:
                person = Witness(case.employee, as_of, case.agency, case.opening)
                if not contradicted(person) and hunt.replay(person.question):
                    return Known(case.name, person)
    return None
