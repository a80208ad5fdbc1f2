"""Results by the words that tables show: an option takes them in either language, and as machines write them."""

from __future__ import annotations

from functools import cache

from asnpolicy.decisions import DutyState, Verdict
from asnpolicy.decisions.texts import TEXTS

RESULTS = tuple(dict.fromkeys([*(v.value for v in Verdict), *(s.value for s in DutyState)]))

CALLED = {"menunggak": "overdue", "kewajiban menunggak": "overdue", "lewat tenggat": "overdue"}
"""What offices call a result beside."""


def result_of(word: str) -> str | None:
    """Return the result that a word stands for; None for one that none or several are called.

    >>> result_of("overdue"), result_of("sudah lewat tenggat"), result_of("Menunggak"), result_of("belum memenuhi syarat")
    ('overdue', 'overdue', 'overdue', 'ineligible')
    >>> result_of("kewajiban") is None
    True
    """
    return word if word in RESULTS else (_shown() | CALLED).get(word.strip().lower())


@cache
def _shown() -> dict[str, str]:
    """Return what results are called: whole, each part between commas, and without the thing that it is said of."""
    meant: dict[str, set[str]] = {}
    for texts in TEXTS.values():
        for code, text in texts.items():
            kind, result = code.partition(".")[0], code.rpartition(".")[2]
            if kind in ("verdict", "state", "advised") and result in RESULTS:
                parts = [text, *text.split(",")]
                for part in (*parts, *(part.partition(" ")[2] for part in parts)):
                    meant.setdefault(part.strip().lower(), set()).add(result)
    return {word: next(iter(results)) for word, results in meant.items() if word and len(results) == 1}
