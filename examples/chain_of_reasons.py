"""Shows by which steps guidance comes to be due: a duty is overdue, so the promotion is barred, so a senior should guide."""

from datetime import date
from pathlib import Path

from asnpolicy import Engine, read_employees

PEOPLE = Path(__file__).parent / "workforces" / "jakarta.jsonl"
DAY = date(2026, 10, 1)

engine = Engine.load("jakarta", backend="rete", verify=True)  # each answer is held against the definition's
for person in read_employees(PEOPLE):
    barred_by = engine.decide(person, "kenaikan-pangkat-reguler", as_of=DAY).because
    guidance = engine.decide(person, "bimbingan-kenaikan-pangkat", as_of=DAY)
    if barred_by == ("pengembangan-kompetensi",) and guidance.state == "owed":
        print(guidance.trace().text("id"))
        print(guidance.trace().text("en"))
        break
