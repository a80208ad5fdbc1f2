"""Explains a refusal in Indonesian and English: what was seen, what is required, and on what basis."""

from datetime import date
from pathlib import Path

from asnpolicy import Employee, Engine

PEOPLE = Path(__file__).parent / "workforces" / "surakarta.jsonl"

engine = Engine.load("surakarta")
for line in PEOPLE.read_text(encoding="utf-8").splitlines():
    decision = engine.decide(Employee.model_validate_json(line), "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1))
    if decision.refuses:  # a refusal in law: grounds that are only illustrative never refuse
        print(decision.explain("id"))
        print(decision.explain("en"))
        break
