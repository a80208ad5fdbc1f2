"""What only a policy shows of data: a code that no rule asks for, beside one that a rule does ask for."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen
from asnpolicy.text import Text

NEAR = "near-code"


def _none(seen: Seen) -> Iterator[DataFinding]:
    """Nothing that the person shows alone: people are read without a policy."""
    del seen
    yield from ()


KINDS = (
    FindingKind(
        NEAR,
        ("employees.field", "employees.interests", "employees.unit", "*.code", "*.kind", "*.field", "*.unit", "posts.title"),
        "told",
        Text("Kode ini tidak ditanyakan aturan mana pun, dan hampir sama dengan yang ditanyakan",
             "No rule asks for this code, and it is almost one that a rule does ask for"),
        Text("Kode daerah, bidang, unit, dan nama jabatan tidak punya daftar, sehingga salah ketik tampak seperti kode lain: "
             "keputusan diambil tanpanya. Yang dibandingkan adalah kode dalam kebijakan, serta jabatan lowong dan unit instansi, "
             "jadi hanya `asnpolicy findings`, `asnpolicy assess`, dan `Engine.near_codes` yang memberitahukannya",
             "Of a region's own codes, of fields, units and names of posts there is no list, so that a slip looks like another code, and is "
             "decided without. What is compared are the codes of the policy, and the vacant posts and units of the agency, "
             "so that `asnpolicy findings`, `asnpolicy assess` and `Engine.near_codes` alone tell it"),
        _none,
    ),
)  # fmt: skip
