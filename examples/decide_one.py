"""Decides one rule for one person: is this officer ready to be proposed for the next rank?"""

from datetime import date

from asnpolicy import Employee, Engine

engine = Engine.load("kota-semarang")
officer = Employee.model_validate({
    "nip": "198609262015051001",
    "name": "Dewi Lestari",
    "employment": "PNS",
    "service_status": "aktif",
    "birth_date": "1986-09-26",
    "cpns_on": "2015-05-01",
    "pns_on": "2016-05-01",
    "supervisor_rank": "IV/a",
    "posts": {"records": [{"kind": "pelaksana", "since": "2015-05-01", "until": "ongoing", "acting": False}], "complete_since": "all"},
    "ranks": {"records": [{"rank": "III/a", "since": "2018-10-01"}, {"rank": "III/b", "since": "2022-10-01"}],
              "complete_since": "all"},
    "educations": {"records": [{"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-05-01"}],
                   "complete_since": "all"},
    "appraisals": {"records": [{"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Sangat Baik"}],
                   "complete_since": "all"},
    "leaves": {"records": [], "complete_since": "all"},
    "sanctions": {"records": [], "complete_since": "all"},
})  # fmt: skip

decision = engine.decide(officer, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1))
print(f"{decision.verdict.value}: {decision.to}, earliest {decision.takes_effect}")
for criterion in decision.criteria:
    print(f"  {criterion.status:15} {criterion.title.id}")
