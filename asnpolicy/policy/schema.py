"""Schema: the policy format as JSON Schema, so that an editor completes words and marks slips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asnpolicy.language.facts import FACTS, Fact
from asnpolicy.language.nodes import Kind, Type
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import Text
from asnpolicy.people import HISTORIES
from asnpolicy.policy.elaborate.measures import HISTORY_LABELS
from asnpolicy.policy.surface import cases, conditions, documents, figures, people, requirements, rules, tables, values
from asnpolicy.policy.surface.about import STANDINGS
from asnpolicy.policy.surface.names import NONE

Schema = dict[str, Any]
COMPARISONS = ("at_least", "at_most", "below", "above")
OPERANDS = ("value", "table", "fact", "period", "on", "column", "by")
ABOUT: dict[str, Text] = {
    "format": Text("Versi format berkas", "Version of the file format"),
    "region": Text("Nama daerah, sama dengan nama folder", "Name of the region, the same as its folder"),
    "extends": Text("Daerah yang diperluas", "The region that this one extends"),
    "title": Text("Judul dalam dua bahasa", "Title in both languages"),
    "sources": Text("Singkatan sumber hukum", "Short names of legal sources"),
    "regions_may_add": Text("Bagian yang boleh ditambah daerah", "Sections to which regions may add"),
    "values": Text("Nilai bertanggal", "Dated values"),
    "tables": Text("Tabel bertanggal", "Dated tables"),
    "conditions": Text("Syarat bersama", "Shared conditions"),
    "figures": Text("Angka yang dihitung", "Computed figures"),
    "promotions": Text("Kenaikan dan pengangkatan", "Promotions and appointments"),
    "awards": Text("Penghargaan", "Awards"),
    "duties": Text("Kewajiban", "Duties"),
    "mentoring": Text("Pembimbingan", "Mentoring"),
    "typical": Text("Orang contoh", "Typical people"),
    "cases": Text("Kasus uji", "Cases"),
    "basis": Text("Dasar hukum: singkatan sumber dan pasal", "Legal basis: short name of the source, and article"),
    "standing": Text("Kedudukan hukum", "Standing in law"),
    "from": Text("Berlaku sejak tanggal ini", "In force from this day"),
    "until": Text("Berlaku sampai sebelum tanggal ini", "In force until the day before this one"),
    "applies_to": Text("Sasaran aturan", "Whom the rule is for"),
    "to": Text("Tujuan kenaikan", "What the promotion leads to"),
    "takes_effect": Text("Nilai yang memuat periode", "The value that holds the periods"),
    "require": Text("Syarat", "Criteria"),
    "warn_when": Text("Peringatan", "Warnings"),
    "protected": Text("Atribut yang dilindungi dan dasar hukumnya", "Protected attributes read, with the legal basis"),
    "tags": Text("Penanda kelompok aturan", "Tags of the rule"),
    "within": Text("Aturan nasional yang menaungi", "The base rule that this one lies within"),
    "strength": Text("Kekuatan kewajiban", "Strength of the duty"),
    "every": Text("Periode", "Period"),
    "due": Text("Batas waktu", "Due date"),
    "fulfilled_when": Text("Terpenuhi bila", "Fulfilled when"),
    "when": Text("Hanya bila", "Only when"),
    "exempt": Text("Pembebasan", "Exemptions"),
    "waivable": Text("Dapat dikecualikan oleh", "May be waived by"),
    "use": Text("Pakai syarat bersama", "Use a shared condition"),
    "all": Text("Semua terpenuhi", "All of these"),
    "any": Text("Salah satu terpenuhi", "Any of these"),
    "each": Text(
        "Untuk setiap butir daftar, disebut dengan `fact: each`", "For each item of a list, named by `fact: each`"
    ),
    "not": Text("Tidak", "Not this"),
    "rule": Text("Hasil aturan lain", "What another rule comes to"),
    "rules": Text("Hasil semua aturan bertanda", "What all rules with a tag come to"),
    "target": Text("Dibandingkan dengan tujuan", "Compared with the target"),
    "is": Text("Sama dengan", "Is"),
    "in": Text("Salah satu dari", "One of"),
    "not_in": Text("Bukan salah satu dari", "None of"),
    "at_least": Text("Paling sedikit", "At least"),
    "at_most": Text("Paling banyak", "At most"),
    "below": Text("Kurang dari", "Less than"),
    "above": Text("Lebih dari", "More than"),
    "has": Text("Mencakup", "Includes"),
    "in_last": Text("Dalam jangka waktu terakhir", "In the last so many years or months"),
    "last_full_years": Text("Tahun kalender penuh terakhir", "The last full calendar years"),
    "last_rated": Text("Penilaian terakhir yang ada", "The last appraisals that there are"),
    "during": Text("Selama periode", "During the period"),
    "since": Text("Sejak tanggal", "Since a date"),
    "where": Text("Hanya catatan yang", "Only records that"),
    "count": Text("Jumlah catatan", "How many records"),
    "total_time": Text("Masa kumulatif", "Time altogether"),
    "unbroken": Text("Masa tanpa putus", "Unbroken time"),
    "longest": Text("Masa terlama", "Longest single time"),
    "value": Text("Nilai bernama", "A named value"),
    "table": Text("Tabel bernama", "A named table"),
    "fact": Text("Fakta", "A fact"),
    "period": Text("Awal atau akhir periode", "Start or end of the period"),
    "on": Text("Tanggal penentu versi", "The date that picks the version"),
    "column": Text("Kolom tabel", "A column of the table"),
    "needs_mentor": Text("Yang memerlukan mentor", "Who needs a mentor"),
    "may_mentor": Text("Yang dapat menjadi mentor", "Who may be a mentor"),
    "pair_must": Text("Syarat pasangan", "What a pair must meet"),
    "mentee_prefers": Text("Pilihan mentee", "What mentees prefer"),
    "mentor_prefers": Text("Pilihan mentor", "What mentors prefer"),
    "capacity": Text("Jumlah mentee setiap mentor", "Mentees a mentor"),
    "running": Text("Sedang berjalan pada tanggal itu", "Runs on the day"),
    "by": Text("Kunci tabel", "What the table is keyed by"),
    "versions": Text("Versi bertanggal", "Dated versions"),
    "rows": Text("Baris tabel", "Rows of the table"),
    "otherwise": Text("Nilai bila tidak ada baris", "The value without a row"),
    "unless": Text("Kecuali bagi, dengan versi yang tetap berlaku", "Except for whom, and the version that goes on"),
    "keep": Text("Tanggal mulai versi yang tetap berlaku", "The day on which the version that goes on began"),
    "region_may": Text("Batas yang boleh dipilih daerah", "What a region may choose"),
    "of": Text("Riwayat atau angka setiap catatan", "The history, or the figure of each record"),
    "field": Text("Kolom catatan", "Field of the record"),
    "unit": Text("Satuan", "Unit"),
    "times": Text("Perkalian", "Product"),
    "plus": Text("Penjumlahan", "Sum of terms"),
    "minus": Text("Pengurangan", "Difference"),
    "sum": Text("Jumlah semua catatan", "Sum over records"),
    "divide": Text("Pembagian dan pembulatan", "Division and rounding"),
    "like": Text("Seperti orang contoh", "Like a typical person"),
    "but": Text("Yang berbeda", "What differs"),
    "as_of": Text("Per tanggal", "As of"),
    "verdict": Text("Hasil yang diharapkan", "The verdict expected"),
    "state": Text("Keadaan kewajiban yang diharapkan", "The state expected"),
    "because": Text("Syarat penentu", "The deciding criteria"),
    "missing": Text("Data yang kurang", "What is missing"),
    "warns": Text("Peringatan yang muncul", "Warnings that fire"),
    "opening": Text("Jabatan lowong", "The vacant post"),
    "mentor": Text("Calon mentor", "The mentor"),
    "units": Text("Pohon unit kerja", "The tree of units"),
    "complete": Text("Riwayat lengkap sejak", "Histories are complete since"),
}


def policy_schema() -> Schema:
    """Give the schema of a policy file."""
    return {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "title": "asnpolicy policy",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "region", "title"],
        "properties": _described(documents.TOP, _TOP),
        "definitions": {
            **_types(),
            **{history: _history(history) for history in HISTORIES},
            "text": _object(("id", "en"), required=("id", "en")),
            "condition": _condition(()),
            "criterion": _condition(conditions.ABOUT),
            "criteria": _named({"$ref": "#/definitions/criterion"}),
        },
    }


def _description(word: str) -> str:
    text = ABOUT.get(word)
    return f"id: {text.id} / en: {text.en}" if text else word


def _described(words: Iterable[str], parts: dict[str, Schema]) -> Schema:
    return {word: {**parts.get(word, {}), "description": _description(word)} for word in words}


def _object(words: Iterable[str], parts: dict[str, Schema] | None = None, required: Iterable[str] = ()) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": _described(words, parts or {})}
    return {**made, "required": list(required)} if required else made


def _named(inner: Schema) -> Schema:
    return {"type": "object", "additionalProperties": inner}


_TEXT: Schema = {"$ref": "#/definitions/text"}
_CONDITION: Schema = {"$ref": "#/definitions/condition"}
_CRITERIA: Schema = {"$ref": "#/definitions/criteria"}


def _operand(type_: Type) -> Schema:
    """A written value, or a mapping that names one; the form that editors complete."""
    made: Schema = {
        "type": ["string", "number", "boolean", "object"],
        "properties": _described(OPERANDS, {}),
        "additionalProperties": False,
    }
    if type_.labels is not None:
        known = [*(m.label for m in type_.labels), *type_.labels.aliases(), NONE]
        made |= {"if": {"type": "string"}, "then": {"enum": known}}
    return made


def _tests(type_: Type, windows: Iterable[str] = ()) -> Schema:
    """Refer to the tests of a type: they are written out once."""
    what = type_.labels.__name__ if type_.labels else type_.kind.value
    return {"$ref": f"#/definitions/{what}-{'windowed' if windows else 'plain'}"}


def _types() -> dict[str, Schema]:
    """Write out the tests of every type that a condition may ask."""
    found = {fact.type for fact in FACTS.values()} | set(fields_of("opening").values())
    found |= {type_ for history in HISTORIES for type_ in record_fields(history).values()}
    found |= {Type(Kind.NUMBER), Type(Kind.DURATION), Type(Kind.TEXT)}
    made = {}
    for type_ in found:
        for windows in ((), requirements.WINDOWS):
            made[_tests(type_, windows)["$ref"].rpartition("/")[2]] = _written_tests(type_, windows)
    return dict(sorted(made.items()))


def _written_tests(type_: Type, windows: Iterable[str]) -> Schema:
    """A bare value, a list of values, or tests."""
    one = _operand(type_)
    many = {"type": "array", "items": {k: v for k, v in one.items() if k in ("if", "then")}}
    parts = dict.fromkeys(("is", "not", *COMPARISONS), one) | {"in": many, "not_in": many}
    made: Schema = {
        "type": ["string", "number", "boolean", "array", "object"],
        "properties": _described((*requirements.TESTS, *windows), parts),
        "additionalProperties": False,
    }
    if "if" in one:
        made |= {"if": one["if"], "then": one["then"]}
    return made


def _fact(fact: Fact) -> Schema:
    made = _tests(fact.type, requirements.WINDOWS if fact.windowed else ())
    return {**made, "description": f"id: {fact.label.id} / en: {fact.label.en}"}


def _history(name: str) -> Schema:
    record = {field: _tests(type_) for field, type_ in record_fields(name).items()}
    where = _object((*record, "running", "all", "any", "not"), record)
    number, time = _tests(Type(Kind.NUMBER)), _tests(Type(Kind.DURATION))
    parts = {"where": where, "count": number, "total_time": time, "unbroken": time, "longest": time}
    words = ("where", "in_last", "since", "during", *conditions.MEASURES)
    label = HISTORY_LABELS[name]
    return {**_object(words, parts), "description": f"id: {label.id} / en: {label.en}"}


def _condition(about: Iterable[str]) -> Schema:
    """A condition: facts by name; further names may be figures, so they are left to `asnpolicy check`."""
    several = {"type": "array", "items": _CONDITION, "minItems": 1}
    parts: dict[str, Schema] = {
        "title": _TEXT,
        "when": _CONDITION,
        "exempt": _named({"$ref": "#/definitions/criterion"}),
        "standing": {"enum": list(STANDINGS)},
        "waivable": _object(("by", "basis"), required=("by", "basis")),
        "all": several,
        "any": several,
        "not": _CONDITION,
        "each": _CONDITION,
        "rule": {"type": "object"},
        "rules": {"type": "object"},
        "target": _tests(Type(Kind.TEXT)),
    }
    properties = _described((*about, *conditions.JUNCTIONS, "target"), parts)
    properties |= {name: _fact(fact) for name, fact in FACTS.items()}
    properties |= {name: {"$ref": f"#/definitions/{name}"} for name in HISTORIES}
    properties |= {f"opening.{name}": _tests(type_) for name, type_ in fields_of("opening").items()}
    return {"type": "object", "properties": properties}


def _rule(words: Iterable[str]) -> Schema:
    parts: dict[str, Schema] = {
        "title": _TEXT,
        "standing": {"enum": list(STANDINGS)},
        "applies_to": _CONDITION,
        "require": _CRITERIA,
        "warn_when": _CRITERIA,
        "may_mentor": _CRITERIA,
        "pair_must": _CRITERIA,
        "needs_mentor": _CONDITION,
        "fulfilled_when": _CONDITION,
        "strength": {"enum": ["wajib", "dianjurkan"]},
        "every": {"enum": ["calendar_year"]},
        "to": {"type": ["string", "object"]},
    }

    return _named(_object(words, parts))


def _one_or_many(inner: Schema) -> Schema:
    return {"type": ["array", "object"], "items": inner}


_TOP: dict[str, Schema] = {
    "format": {"const": documents.FORMAT},
    "region": {"type": "string"},
    "extends": {"type": "string"},
    "title": _TEXT,
    "sources": _named({"type": "string"}),
    "regions_may_add": {"type": "array", "items": {"enum": list(rules.PERMISSIONS)}},
    "values": _named(_one_or_many(_object(values.VALUE_WORDS))),
    "tables": _named(
        _object(
            ("title", "by", "versions", "basis", "rows"),
            {"title": _TEXT, "versions": {"type": "array", "items": _object(tables.TABLE_WORDS)}},
        )
    ),
    "conditions": _named({"$ref": "#/definitions/criterion"}),
    "figures": _named(_object((*figures.ABOUT, *figures.FORMS), {"title": _TEXT})),
    "promotions": _rule(rules.PROMOTION),
    "awards": _rule(rules.AWARD),
    "duties": _rule(rules.DUTY),
    "mentoring": _rule(rules.MENTORING),
    "typical": _named(_object(people.TYPICAL)),
    "cases": _named(_object(cases.CASE, required=("as_of", "rule"))),
}
