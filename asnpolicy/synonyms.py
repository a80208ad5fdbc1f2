"""Synonyms: words that people write for the words of the language: in Indonesian, or as other tools have them."""

from __future__ import annotations

from collections.abc import Iterable

from asnpolicy.text import Message, phrase

_MEANT = {
    "require": "syarat persyaratan", "basis": "dasar dasar_hukum", "title": "judul nama", "from": "mulai sejak berlaku",
    "until": "sampai hingga", "at_least": "min minimal minimum paling_sedikit paling_rendah sekurangnya",
    "at_most": "max maks maksimal maximum paling_banyak paling_tinggi", "below": "kurang_dari di_bawah less_than",
    "above": "lebih_dari di_atas more_than", "is": "adalah sama_dengan equals", "in": "salah_satu", "not": "bukan",
    "kind": "jenis", "passed": "lulus", "hours": "jam jp", "field": "bidang", "code": "kode", "since": "tmt",
    "completed_on": "tanggal selesai", "any": "salah_satu_dari atau or", "all": "semua dan and", "fact": "figure angka",
    "applies_to": "berlaku_untuk", "strength": "kekuatan", "owed_by": "pemikul oleh", "every": "setiap", "due": "tenggat", "values": "nilai",
    "rules": "aturan", "cases": "kasus", "sources": "sumber", "promotions": "kenaikan", "duties": "kewajiban",
    "verdict": "hasil", "state": "status", "as_of": "per pada", "like": "seperti", "but": "tetapi kecuali",
    "eligible": "memenuhi_syarat memenuhi", "ineligible": "belum_memenuhi_syarat tidak_memenuhi_syarat",
    "undetermined": "belum_dapat_ditentukan belum_diketahui", "not_applicable": "bukan_sasaran tidak_berlaku",
    "mean": "rata rata_rata rerata average avg", "share": "bagian porsi persentase persen rasio proporsi ratio percent proportion",
    "last": "terakhir", "lowest": "terendah", "highest": "tertinggi", "latest": "terbaru", "count": "banyaknya", "sum": "jumlah total",
    "not_counting": "tanpa tanpa_menghitung tidak_menghitung tidak_dihitung di_luar", "plus": "tambah ditambah", "minus": "kurang dikurangi", "if": "jika bila kalau", "then": "maka",
    "otherwise": "selain_itu lainnya else", "years": "tahun", "months": "bulan", "nth": "ke urutan",
    "waived": "dikecualikan pengecualian", "fulfilled": "terpenuhi", "owed": "belum_terpenuhi", "overdue": "menunggak terlambat",
}  # fmt: skip
SYNONYMS = {other: word for word, others in _MEANT.items() for other in others.split()}
"""What is written, and the word of the language for it."""
_NEVER = frozenset(["quota", "kuota", "ranking", "rank_by", "peringkat", "jatah", "formasi"])


def synonym(word: str, known: Iterable[str]) -> str | None:
    """Return the word of the language that means what was written, where it may stand.

    >>> synonym("Syarat", ["require", "title"]), synonym("min", ["in", "at_most"])
    ('require', None)
    """
    meant = SYNONYMS.get(word.strip().lower().replace("-", "_").replace(" ", "_"))
    return meant if meant in set(known) else None


def never_said(word: str) -> Message | None:
    """Return why a word has no place where it was written; None for all other words.

    >>> never_said("kuota").to("id")
    'aturan memutus satu orang saja: kuota dan peringkat membandingkan orang, dan bukan aturan (lihat `talent` dan `mentor`)'
    """
    if word.strip().lower() == "nth":
        return phrase(
            en="it stands in a figure: `latest: {{of: ranks, field: rank, nth: 2}}`",
            id="tempatnya dalam angka: `latest: {{of: ranks, field: rank, nth: 2}}`",
        )
    if word.strip().lower() not in _NEVER:
        return None
    return phrase(
        en="a rule decides one person: a quota or a ranking compares people, and is no rule (see `talent` and `mentor`)",
        id="aturan memutus satu orang saja: kuota dan peringkat membandingkan orang, dan bukan aturan (lihat `talent` dan `mentor`)",
    )
