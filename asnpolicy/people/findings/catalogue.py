"""The catalogue: every kind of finding, and what all of them show of one person."""

from __future__ import annotations

from asnpolicy.people.findings import beside, day, double, intake, number, posting, rank, rating, register, standing
from asnpolicy.people.findings.finding import FindingKind
from asnpolicy.people.findings.lapse import lapse

CATALOGUE: dict[str, FindingKind] = {
    kind.code: kind
    for module in (intake, beside, number, day, register, double, standing, rank, posting, rating)
    for kind in module.KINDS
}
"""Every kind of finding, by its code."""
LAPSE = lapse(lambda code: CATALOGUE[code].looks_at if code in CATALOGUE else ())
CATALOGUE[LAPSE.code] = LAPSE
LAPSES = (LAPSE,)
"""What is left of a confirmation once the finding that it settled is no longer there."""
BROUGHT = frozenset({*(kind.code for kind in intake.KINDS), "filler-date"})
"""What a person may bring along from the file."""
FIELDS = tuple(
    kind for kind in CATALOGUE.values() if not kind.strict and kind not in (*intake.KINDS, *beside.KINDS, LAPSE, *double.TOLD_BY_JOINING)
)
"""What single fields show."""
ANY_DAY = (CATALOGUE["filler-date"], CATALOGUE["after-known-on"])
"""What is found whatever the day that is asked for, in records of later days too."""
RECORDS = tuple(kind for kind in CATALOGUE.values() if kind.strict)
"""What records show together, once single fields have been looked at."""
BY_AGE = (CATALOGUE["past-every-retirement-age"],)
"""What is found by age alone, the only thing on a day on which employment and status fit, where nothing lasting is."""
LASTING = tuple(kind for kind in RECORDS if not kind.daily)
"""What records show together on any day."""
