"""Scrawl: people as lines of JSON, each with something written as it should not be, or otherwise than the models write it."""

import json

from asnpolicy.people import HISTORIES
from tests.conformance.junk import TEXTS

VALUES = (
    *TEXTS, None, True, False, 0, 1, 3, 2024, -1, 12.5, 99_999, "12,5", "12.50", "3", "true", "ya", [], ["a"], {}, {"a": 1}, [["a"]], [{}],
    "2020-02-31", "2020-2-3", "2020-02", "2020", "2019-01-01..2019-03-01", "31-12-2019", "12/31/2019", "20191231", " 2020-03-01",
    "2020-03-01T00:00:00", "1970-01-01", "9999-12-31", "0001-01-01", "ongoing", "all", "none", "-", "PNS", "PPPK", "aktif", "Baik", "III/a",
    "Penata Muda", "III.a", "iii/a", "diklatpim-iii", "Diklat PIM III", "diklatpim-iv", "UD I", "Kelas A", "kelas-a", "kelas_a", "L", "P",
    "199001012015031001", "19900101 201503 1 001", "\ufffd", "a\u200bb", 'a":', '":null', "a\\",
)  # fmt: skip


def _a_record(rng, data):
    records = [one for name in HISTORIES for one in data[name]["records"]]
    return rng.choice(records) if records else data


def _field(rng, data):
    data[rng.choice([name for name in data if name not in HISTORIES])] = rng.choice(VALUES)


def _field_of_a_record(rng, data):
    one = _a_record(rng, data)
    one[rng.choice(list(one))] = rng.choice(VALUES)


def _personal(rng, data):
    data["protected"] = rng.choice([{"sex": rng.choice(VALUES)}, {"Sex": "L"}, {"sex": "P", "x": 1}, None, [], {}])


def _part(rng, data):
    name = rng.choice(list(HISTORIES))
    records = data[name]["records"]
    data[name] = rng.choice([
        None, records, {"records": records}, {"complete_since": "all"}, {"records": None, "complete_since": "all"}, [*records, "x"],
        {"records": records, "complete_since": rng.choice(VALUES)}, {"records": records, "x": 1}, {"records": [*records, *records]},
        {"records": {"0": records}}, {"Records": records}, "x", records[0] if records else {}, [*records, {}], [*records, None],
    ])  # fmt: skip


def _key(rng, data):
    one = rng.choice([data, _a_record(rng, data), data["ranks"]])
    name = rng.choice(list(one) or ["x"])
    written = rng.choice([name.upper(), f" {name}", name.replace("_", " "), "x", f"{name}2"])
    one[written] = one.pop(name, 1) if rng.random() < 0.7 else rng.choice(VALUES)


def _gone(rng, data):
    one = rng.choice([data, _a_record(rng, data)])
    one.pop(rng.choice(list(one) or ["x"]), None)


def _contract(rng, data):
    data["employment"] = rng.choice(["PPPK", "PPPK Paruh Waktu", "PPPK paruh waktu"])
    for name in rng.choice([(), ("cpns_on",), ("cpns_on", "pns_on")]):
        data.pop(name, None)


def _turned(rng, data):
    for name in HISTORIES:
        rng.shuffle(data[name]["records"])


def _two_spellings(rng, data):
    data["trainings"]["records"] += [
        {"code": text, "kind": "teknis", "hours": 8, "completed_on": f"2025-0{at + 2}-03", "passed": True}
        for at, text in enumerate(rng.sample(["Kelas A", "kelas-a", "kelas-b", "KELAS B"], 2))
    ]


def _number(rng, data):
    data["nip"] = rng.choice(["19900101 201503 1 001", "199001012015", None, 198001012005011009, "x", data["nip"][:10], "1.98E+17"])


def _earlier(rng, data):
    data["earlier_nips"] = rng.choice([["199001012015031001"], [], "199001012015031001"])


SLIPS = (
    _field, _field_of_a_record, _field_of_a_record, _field_of_a_record, _personal, _part, _part, _key, _gone, _gone, _contract, _turned,
    _two_spellings,
)  # fmt: skip
RARE = (_number, _earlier)


def _nothing(_, text):
    return text


def _spaced(_, text):
    return text.replace('":', '" :', 1)


def _twice(rng, text):
    return text.replace('{"', rng.choice(['{"unit":"x","', '{"ranks":null,"', '{"unit":null,"']), 1)


def _cut(rng, text):
    return text[: rng.randrange(len(text))]


def _long_digits(_, text):
    return text.replace('"hours":8', '"hours":8.0000000001', 1)


def lines(rng, people, share, *, rare=0.0):
    """Give the lines of people: a share of them with one slip or two, few with one in the number or in the whole line."""
    made = []
    for person in people:
        plain = rng.random() < 0.5
        data = person.model_dump(mode="json", exclude_none=plain)
        data = {**data, **{name: {"records": [], **(data.get(name) or {})} for name in HISTORIES}}
        if rng.random() < share:
            for _ in range(rng.choice((1, 1, 2))):
                if all(isinstance(data.get(name), dict) and isinstance(data[name].get("records"), list) for name in HISTORIES):
                    rng.choice(RARE if rng.random() < rare else SLIPS)(rng, data)
        text = json.dumps(data, ensure_ascii=rng.random() < 0.3, separators=rng.choice([(",", ":"), (", ", ": ")]))
        if rng.random() < share / 4:
            text = rng.choice([_spaced, _twice, _twice, _long_digits, *([_cut] if rng.random() < rare else [_nothing])])(rng, text)
        made.append(text)
        if rng.random() < rare / 4:
            made.append(text if rng.random() < 0.3 else json.dumps({"nip": person.nip, "unit": "x"}))
    return made
