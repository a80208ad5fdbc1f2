"""A year later: pairs that still meet the limits are kept, what that costs is said, and letters are written"""

from datetime import date
from pathlib import Path

from asnpolicy import Agency, Employee, Engine
from asnpolicy.report.letters.issuer import Issuer, Signer
from asnpolicy.report.letters.mentoring import mentee_letter, mentor_letter

HERE = Path(__file__).parent / "mentoring"
RULE = "pembimbingan-pengembangan"
engine = Engine.load("surakarta")
people = [
    Employee.model_validate_json(line) for line in (HERE / "surakarta.jsonl").read_text(encoding="utf-8").splitlines()
]
agency = Agency.model_validate_json((HERE / "surakarta-agency.json").read_text(encoding="utf-8"))

first = engine.assign_mentors(people, as_of=date(2026, 10, 1), rule=RULE, agency=agency, objective="total")
left = first.pairs[0].mentor
print(f"{len(first.pairs)} pairs; then {left.name} leaves")

staff = [person for person in people if person.nip != left.nip]
second = engine.assign_mentors(
    staff, as_of=date(2026, 12, 1), rule=RULE, agency=agency, objective="total", keep=first.pairings
)
kept = sum(pair.how == "kept" for pair in second.pairs)
print(f"{kept} kept, {len(second.released)} released:")
for released in second.released:
    print(f"  {released.why.to('en')}")
print(next(reason.to("en") for reason in second.reasons if reason.code == "assigned.keep"))

issuer = Issuer(agency="BKPSDM Surakarta", signer=Signer(post="Kepala Badan", name="Siti Aminah"))
print("\n".join(mentor_letter(second, second.pairs[0].mentor.nip, issuer).markdown("id").splitlines()[:12]))
print(mentee_letter(second, second.pairs[0].mentee.nip, issuer).html("both")[:15])
