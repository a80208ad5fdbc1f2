"""A service over HTTP takes people, gives certificates, and says in its OpenAPI page what they are."""

import asyncio
import json
import runpy
from pathlib import Path

import pytest

from asnpolicy import Certificate, Engine

pytest.importorskip("fastapi", reason="FastAPI is not installed")
httpx = pytest.importorskip("httpx", reason="httpx is not installed")
EXAMPLES = Path(__file__).parents[2] / "examples"
APP = runpy.run_path(str(EXAMPLES / "service.py"))["app"]
PERSON = json.loads((EXAMPLES / "workforces" / "jakarta.jsonl").read_text(encoding="utf-8").splitlines()[0])
RULE = "kenaikan-pangkat-reguler"


def ask(method, path, body=None):
    """Send one request to the service, in this process."""

    async def send():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://localhost") as client:
            return await client.request(method, path, json=body)

    return asyncio.run(send())


def test_a_person_goes_in_and_a_certificate_comes_out_that_verifies():
    """What came over HTTP is decided again from itself alone."""
    answer = ask("POST", f"/decisions/{RULE}", {"employee": PERSON, "as_of": "2026-10-01"})
    assert answer.status_code == 200
    kept = Certificate.model_validate(answer.json())
    assert (kept.rule, kept.nip) == (RULE, PERSON["nip"])
    assert Engine.load("jakarta").verify(kept).reproduced


def test_wrong_data_and_wrong_names_are_told_in_sentences():
    """A slip in a record by its place, a rule that is not there by its name."""
    wrong = ask(
        "POST",
        f"/decisions/{RULE}",
        {"employee": {"nip": PERSON["nip"], "ranks": [{"rank": "IIIb"}]}, "as_of": "2026-10-01"},
    )
    assert wrong.status_code == 422
    (told,) = wrong.json()["detail"]
    assert told["loc"] == ["body", "employee", "ranks", "records", 0, "rank"]
    assert told["msg"] == "Value error, unknown rank `IIIb`; did you mean `III/b`?"
    unknown = ask("POST", "/decisions/kenaikan", {"employee": PERSON, "as_of": "2026-10-01"})
    assert (unknown.status_code, unknown.json()["detail"]) == (422, ["aturan `kenaikan` tidak dikenal"])


def test_the_openapi_page_has_the_words_of_the_records():
    """A client that is generated from it knows ranks, kinds of posts and what a certificate holds."""
    schemas = ask("GET", "/openapi.json").json()["components"]["schemas"]
    assert "III/b" in json.dumps(schemas["RankRecord"])
    assert schemas["Asked"]["properties"]["employee"] == {"$ref": "#/components/schemas/Employee"}
    assert {"seal", "verdict", "facts", "criteria"} <= set(schemas["Certificate"]["properties"])
    assert [one["id"] for one in ask("GET", "/rules").json()] == [rule.id for rule in Engine.load("jakarta").rules]
