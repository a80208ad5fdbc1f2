"""Assesses a whole workforce: how many are ready, and which records would settle the rest."""

from collections import Counter
from datetime import date
from pathlib import Path

from asnpolicy import Employee, Engine, Verdict

PEOPLE = Path(__file__).parent / "workforces" / "jawa-tengah.jsonl"

engine = Engine.load("jawa-tengah")
verdicts: Counter[tuple[str, str]] = Counter()
lacking: Counter[str] = Counter()
for line in PEOPLE.read_text(encoding="utf-8").splitlines():
    employee = Employee.model_validate_json(line)
    for decision in engine.assess(employee, as_of=date(2026, 10, 1)).promotions:
        verdicts[decision.rule.id, decision.verdict.value] += 1
        if decision.verdict is Verdict.UNDETERMINED:
            lacking.update(decision.missing)

for rule in ("kenaikan-pangkat-reguler", "kenaikan-pangkat-fungsional", "mutasi-dalam-instansi"):
    counts = {verdict: count for (name, verdict), count in sorted(verdicts.items()) if name == rule}
    print(rule, counts)
print("most often missing:", ", ".join(f"{name} ({count})" for name, count in lacking.most_common(5)))
