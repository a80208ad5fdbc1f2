"""Citation: a legal basis as an official letter writes it, the article first and no name cut short."""

from __future__ import annotations

import re

from asnpolicy.text import Citation

NAMES = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "PermenPANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "KepmenPANRB": "Keputusan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Peraturan BKN": "Peraturan Badan Kepegawaian Negara",
    "PerLAN": "Peraturan Lembaga Administrasi Negara",
    "Perda": "Peraturan Daerah",
    "Pergub": "Peraturan Gubernur",
    "Perbup": "Peraturan Bupati",
    "Perwal": "Peraturan Wali Kota",
    "SE BKN": "Surat Edaran Kepala Badan Kepegawaian Negara",
    "SE MenPANRB": "Surat Edaran Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
}
"""Kinds of regulations, as they are cited and as they are called."""
_NUMBERED = re.compile(rf"\b({'|'.join(sorted(NAMES, key=len, reverse=True))}) (\d+)/(\d{{4}})")
_JOINED = re.compile(r"\bjo\. (\d+)/(\d{4})")
_ARTICLE = re.compile(r"^(?P<source>.*), pasal (?P<article>[^,]+)$", re.DOTALL)


def in_full(basis: str) -> str:
    """Write a legal basis in full.

    >>> in_full("PP 99/2000 jo. PP 12/2002 tentang Kenaikan Pangkat PNS, pasal 7")
    'Pasal 7 Peraturan Pemerintah Nomor 99 Tahun 2000 jo. Peraturan Pemerintah Nomor 12 Tahun 2002 tentang Kenaikan Pangkat PNS'
    >>> in_full("Perwal 1/2020, pasal 2 ayat (1)")
    'Pasal 2 ayat (1) Peraturan Wali Kota Nomor 1 Tahun 2020'
    >>> in_full("Praktik yang lazim, belum ditemukan dasar hukumnya")
    'Praktik yang lazim, belum ditemukan dasar hukumnya'
    """
    if isinstance(basis, Citation):
        return Citation.of(in_full(basis.to("id")), in_full(basis.to("en")))
    named = _NUMBERED.sub(lambda found: f"{NAMES[found[1]]} Nomor {found[2]} Tahun {found[3]}", basis)
    named = _JOINED.sub(r"jo. Nomor \1 Tahun \2", named)
    return _ARTICLE.sub(r"Pasal \g<article> \g<source>", named)
