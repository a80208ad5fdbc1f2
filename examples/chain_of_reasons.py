"""Shows by which steps a refusal follows from the data: a duty overdue, so a criterion fails, so the promotion waits."""

from datetime import date
from pathlib import Path

from asnpolicy import Engine, read_employees

PEOPLE = Path(__file__).parent / "workforces" / "jakarta.jsonl"

engine = Engine.load("jakarta", backend="rete", verify=True)  # each answer is held against the definition's
for person in read_employees(PEOPLE):
    decision = engine.decide(person, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1))
    if decision.verdict == "ineligible" and decision.because == ("pengembangan-kompetensi",):
        print(decision.trace().text("id"))
        print(decision.trace().text("en"))
        break
