"""Standards by which a difference between groups counts as a signal: named, dated data, and no law of Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal as Choice

from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import Text, phrase


@dataclass(frozen=True, slots=True)
class Standard:
    """By what a difference counts: the least ratio of rates, how unlikely by chance, and who is too few to tell."""

    name: str
    title: Text
    cite: str
    since: date
    ratio: float
    """A rate below this part of the reference's is a signal of the ratio."""
    alpha: float
    """A difference less likely than this by chance is a signal of the test."""
    least_people: int
    """Groups, and references, of fewer are too small to tell."""
    least_share: float
    """Groups with a smaller share of all people are too small to tell."""
    test: Choice["fisher", "mid-p"] = "mid-p"


UGESP = Standard(
    "us-ugesp-1978",
    Text("Aturan empat perlima Amerika Serikat 1978, dengan uji eksak", "Four-fifths rule of the United States, 1978, with an exact test"),
    "29 CFR 1607.4(D)",
    date(1978, 8, 25),
    ratio=0.8,
    alpha=0.05,
    least_people=30,
    least_share=0.02,
)  # fmt: skip
STANDARDS = {standard.name: standard for standard in (UGESP,)}


def standard_of(name: str) -> Standard:
    """Return a standard by its name; raises PolicyError for one that is not there."""
    if name not in STANDARDS:
        raise PolicyError(
            [
                Problem(
                    "unknown-standard",
                    phrase(en="unknown standard `{name}`", id="standar `{name}` tidak dikenal", name=name),
                    help=meant(name, STANDARDS),
                )
            ]
        )
    return STANDARDS[name]
