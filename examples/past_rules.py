"""Asks for two days: a promotion above the superior's rank was barred until 20 May 2025, and is a warning since."""

from datetime import date

from asnpolicy import Employee, Engine

engine = Engine.load("nasional")
officer = Employee.model_validate({
    "nip": "198609262015051001",
    "employment": "PNS",
    "service_status": "aktif",
    "birth_date": "1986-09-26",
    "cpns_on": "2015-05-01",
    "supervisor_rank": "III/b",
    "posts": {"records": [{"kind": "pelaksana", "since": "2015-05-01", "until": "ongoing", "acting": False}], "complete_since": "all"},
    "ranks": {"records": [{"rank": "III/b", "since": "2021-04-01"}], "complete_since": "all"},
    "educations": {"records": [{"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-05-01"}],
                   "complete_since": "all"},
    "appraisals": {"records": [{"year": 2023, "rating": "Baik"}, {"year": 2024, "rating": "Baik"}],
                   "complete_since": "all"},
    "leaves": {"records": [], "complete_since": "all"},
    "sanctions": {"records": [], "complete_since": "all"},
})  # fmt: skip

for day in (date(2025, 5, 19), date(2025, 5, 20)):
    decision = engine.decide(officer, "kenaikan-pangkat-reguler", as_of=day)
    failed = [criterion.title.id for criterion in decision.deciding] if decision.verdict == "ineligible" else []
    warnings = [warning.title.id for warning in decision.warnings]
    print(f"{day}: {decision.verdict.value} {failed or warnings}, next period {decision.takes_effect}")
