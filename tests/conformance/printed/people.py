"""People for printed examples: as short as the examples are, with every history delivered in full."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from asnpolicy.people import HISTORIES, Employee, Opening
from asnpolicy.policy.surface.people import in_full

Records = list[dict[str, Any]]
BORN, BEGAN = "1975-05-10", "1998-03-01"


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def before(text: str) -> date:
    """Give the day before."""
    return day(text) - timedelta(days=1)


def after(text: str) -> date:
    """Give the day after."""
    return day(text) + timedelta(days=1)


def person(**given: Any) -> Employee:
    """Make a civil servant in active service; a history that is not named is empty, and known to be."""
    told = {
        "employment": "PNS", "service_status": "aktif", "birth_date": BORN, "cpns_on": BEGAN, "pns_on": "1999-03-01",
        "supervisor_rank": "IV/e", "agency_since": BEGAN, **given,
    }  # fmt: skip
    for name in HISTORIES:
        records = [in_full(name, record) for record in told.get(name, [])]
        told[name] = {"records": records, "complete_since": "all"}
    told.setdefault("nip", number(told["birth_date"], told["cpns_on"]))
    return Employee.model_validate(told)


def number(born: str, began: str) -> str:
    """Make up an employee number that contradicts nothing."""
    return f"{born.replace('-', '')}{began[:4]}{began[5:7]}1001"


def rank(name: str, since: str) -> Records:
    """Hold a rank."""
    return [{"rank": name, "since": since}]


def post(kind: str, since: str, until: str = "ongoing", **more: Any) -> dict[str, Any]:
    """Hold a definitive post."""
    return {"kind": kind, "since": since, "until": until, "acting": False, **more}


def functional(jenjang: str, since: str, until: str = "ongoing", **more: Any) -> dict[str, Any]:
    """Hold a functional post."""
    return post("fungsional", since, until, jenjang=jenjang, **more)


def diploma(level: str, on: str = "1997-08-01") -> Records:
    """Hold a diploma that was recognised when it was earned, by permission, and that the duty needs."""
    return [{"level": level, "graduated_on": on, "recognised_on": on, "needed_on_duty": True, "study_permit": True}]


def good(*years: int, rating: str = "Baik") -> Records:
    """Be rated alike in whole years."""
    return [{"year": year, "rating": rating} for year in years]


def good_before(on: date, rating: str = "Baik") -> Records:
    """Be rated alike in the three years before a day."""
    return good(*range(on.year - 3, on.year), rating=rating)


def part(year: int, first: int, last: int, rating: str) -> dict[str, Any]:
    """Be rated for some months of a year."""
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return {"year": year, "period_start": date(year, first, 1), "period_end": end, "rating": rating}


def credit(amount: Any, on: str, kind: str = "integrasi") -> Records:
    """Have credit set by a letter."""
    return [{"kind": kind, "amount": amount, "granted_on": on}]


def exam(code: str, on: str, jenjang: str = "none") -> dict[str, Any]:
    """Pass an examination."""
    return {"code": code, "jenjang": jenjang, "passed": True, "taken_on": on}


def training(code: str, on: str = "2015-06-01") -> dict[str, Any]:
    """Pass a training."""
    return {"code": code, "completed_on": on, "passed": True, "hours": 100}


def sanction(level: str, since: str, until: str) -> Records:
    """Be given a sanction."""
    return [{"level": level, "since": since, "until": until, "final": True}]


def vacancy(kind: str, **more: Any) -> Opening:
    """Make a vacant post whose standard asks for nothing more than what is named."""
    asked = {"lowest_rank": "none", "lowest_education": "none", "competencies": [], "vacancies": 1, **more}
    return Opening.model_validate({"id": "lowongan", "kind": kind, **asked})
