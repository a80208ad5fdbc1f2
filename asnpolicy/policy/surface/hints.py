"""Hints: the ways out that are told of what stands in a rule."""

from __future__ import annotations

from asnpolicy.text import phrase

HEAVIEST = 1_000_000
"""The greatest weight: points stay exact in every objective."""
RENAME = phrase(en="give the region's own another name", id="beri nama lain pada milik daerah sendiri")
WEIGHTS = phrase(
    en="write a whole number from 1 to {most}, or below zero",
    id="tulis bilangan bulat dari 1 sampai {most}, atau di bawah nol",
    most=HEAVIEST,
)
WEIGHT = phrase(en="write `weight: 2`, or `-2` to avoid it", id="tulis `weight: 2`, atau `-2` untuk menghindarinya")
DUE = phrase(
    en="write `{{end_of: period}}`, or `{{within: 1 year, of: cpns_on}}`",
    id="tulis `{{end_of: period}}`, atau `{{within: 1 year, of: cpns_on}}`",
)
