"""Assign mentors in an education office: who mentors whom and why, who has none and what bound them, by three objectives"""

from datetime import date
from pathlib import Path

from asnpolicy import Agency, Employee, Engine, Objective

HERE = Path(__file__).parent / "mentoring"
engine = Engine.load("jakarta")
people = [
    Employee.model_validate_json(line) for line in (HERE / "jakarta.jsonl").read_text(encoding="utf-8").splitlines()
]
agency = Agency.model_validate_json((HERE / "jakarta-agency.json").read_text(encoding="utf-8"))

for objective in Objective:
    made = engine.assign_mentors(
        people,
        as_of=date(2026, 10, 1),
        rule="pembimbingan-pegawai-muda",
        agency=agency,
        objective=objective,
        seed="7 3 19 40",
    )
    reached = made.reached
    print(
        f"{objective}: {reached.placed} of {made.mentees} mentees, {reached.total} points, {made.blocking_pairs} pairs envious"
    )

pair = made.pairs[0]
print(f"\n{pair.mentor.name} → {pair.mentee.name}")
for reason in pair.reasons:
    print(f"  {reason.to('id')}")

# In basic training the superior is the mentor; the agency knows some superiors whom nobody names with the person
for known in (Agency(), agency):
    latsar = engine.assign_mentors(people, as_of=date(2026, 10, 1), rule="pembimbingan-latsar", agency=known)
    print(f"\n{latsar.reached.placed} of {latsar.mentees} CPNS have their superior as mentor")
    for left in latsar.unassigned:
        print(f"  {left.mentee.name}: {'; '.join(reason.to('en') for reason in left.reasons)}")
