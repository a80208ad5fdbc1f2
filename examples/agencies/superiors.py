"""Writes who is whose superior in the sample workforces into the sample agencies: the lowest manager above, unit by unit.

python examples/agencies/superiors.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REGIONS = ("nasional", "jakarta", "kota-semarang", "jawa-tengah", "surakarta")
MANAGERS = ("pengawas", "administrator", "jpt-pratama")
Person = dict[str, Any]


def relations(people: list[Person], units: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The superior of everybody who has one: of the managers of the unit, or else of the office above it, one just higher."""
    above = {unit["code"]: unit["part_of"] for unit in units}
    offices: dict[str, list[Person]] = {}
    for person in people:
        for office in upwards(person["unit"], above):
            offices.setdefault(office, []).append(person)
    for person in people:
        for office in upwards(person["unit"], above):
            higher = [one for one in offices[office] if height(one) > height(person)]
            if higher:
                lowest = [one for one in higher if height(one) == min(map(height, higher))]
                superior = lowest[int(person["nip"][-3:]) % len(lowest)]
                yield {"kind": "superior", "of": superior["nip"], "to": person["nip"]}
                break


def upwards(unit: str, above: dict[str, str]) -> Iterator[str]:
    """A unit, and those above it."""
    while unit != "none":
        yield unit
        unit = above[unit]


def height(person: Person) -> int:
    """How high the post is that a person holds: 0 below the managers."""
    kinds = [post["kind"] for post in person["posts"]["records"] if post["until"] == "ongoing"]
    return max((1 + MANAGERS.index(kind) for kind in kinds if kind in MANAGERS), default=0)


def lines(agency: dict[str, list[Any]]) -> str:
    """The agency as text, an entry a line."""
    parts = [
        f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in those) + "\n ]"
        for name, those in agency.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def agency(region: str) -> str:
    """The agency of a region with the superiors of its workforce, as text."""
    there: dict[str, list[Any]] = json.loads((HERE / f"{region}.json").read_text(encoding="utf-8"))
    workforce = (HERE.parent / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8")
    people = [json.loads(line) for line in workforce.splitlines()]
    return lines({**there, "relations": list(relations(people, there["units"]))})


if __name__ == "__main__":
    for region in REGIONS:
        (HERE / f"{region}.json").write_text(agency(region), encoding="utf-8")
