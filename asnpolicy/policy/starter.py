"""Starter: the first file of a new region, commented, with a rule and a case that pass."""

from __future__ import annotations

_TEXT = """\
# yaml-language-server: $schema=../policy.schema.json
# Kebijakan daerah {name}. Periksa dengan `asnpolicy check`, uji dengan `asnpolicy test`.
# The policy of {name}. Check it with `asnpolicy check`, run its cases with `asnpolicy test`.
format: 1
region: {name}
extends: {base}
title: {{id: Kebijakan karier ASN {id}, en: Career policy of {en}}}

# Singkatan sumber hukum; dipakai pada `basis`. Short names of sources, used in `basis`.
sources:
  usulan: Usulan badan kepegawaian daerah, belum ditetapkan

promotions:
  # Syarat tambahan bergabung dengan syarat nasional. A criterion added here joins those of the base.
  kenaikan-pangkat-reguler:
    require:
      pelatihan:
        title: {{id: Mengikuti pelatihan dalam dua tahun terakhir, en: Attended a training in the last two years}}
        from: 2026-01-01
        basis: usulan
        standing: illustrative
        trainings: {{in_last: 2 years, count: {{at_least: 1}}}}

# Contoh kasus: siapa, apa yang berbeda, kapan, dan hasil yang diharapkan.
# Cases: who, what differs, when, and what is expected.
cases:
  pelatihan tepat dua tahun yang lalu tidak dihitung:
    like: pelaksana
    but: {{trainings: {{2024-10-01: 20}}}}
    as_of: 2026-10-01
    rule: kenaikan-pangkat-reguler
    verdict: ineligible
    because: [pelatihan]
  pelatihan dua tahun kurang satu hari yang lalu dihitung:
    like: pelaksana
    but: {{trainings: {{2024-10-02: 20}}}}
    as_of: 2026-10-01
    rule: kenaikan-pangkat-reguler
    verdict: eligible
"""


def starter(name: str, base: str) -> str:
    """Return the text of the first file of a region."""
    id, en = titles(name)
    return _TEXT.format(name=name, base=base, id=id, en=en)


_KINDS = {"kota": ("Kota", "the City of"), "kab": ("Kabupaten", "the Regency of"), "kabupaten": ("Kabupaten", "the Regency of"),
          "provinsi": ("Provinsi", "the Province of"), "prov": ("Provinsi", "the Province of")}  # fmt: skip


def titles(name: str) -> tuple[str, str]:
    """Return how a region is called, going by the name of its folder, in Indonesian and in English.

    >>> titles("kota-salatiga"), titles("jawa-timur")
    (('Kota Salatiga', 'the City of Salatiga'), ('Jawa Timur', 'Jawa Timur'))
    """
    first, *rest = name.split("-")
    proper = " ".join(part.capitalize() for part in rest)
    if first in _KINDS and rest:
        id, en = _KINDS[first]
        return f"{id} {proper}", f"{en} {proper}"
    whole = " ".join(part.capitalize() for part in (first, *rest))
    return whole, whole
