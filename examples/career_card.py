"""One page for somebody to read about the own career, as text and as a page to print."""

from datetime import date
from pathlib import Path

from asnpolicy import Agency, Assumption, Employee, Engine
from asnpolicy.report.letters.card import letter
from asnpolicy.report.letters.issuer import Issuer

here = Path(__file__).parent
engine = Engine.load("surakarta")
lines = (here / "workforces" / "surakarta.jsonl").read_text(encoding="utf-8").splitlines()
agency = Agency.model_validate_json((here / "agencies" / "surakarta.json").read_text(encoding="utf-8"))
officer = Employee.model_validate_json(lines[0])

card = engine.card(officer, as_of=date(2026, 10, 1), agency=agency, assume=[Assumption.of("rating=Baik")])
print(card.text("id"))
for duty in card.duties:
    print(f"{duty.rule.id}: {duty.state}")
print(letter(card, Issuer(objection_to="BKPSDM Kota Surakarta", channel="loket 1")).html("en"))
