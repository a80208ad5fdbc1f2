"""Words of a summary: results, groups and what is missing as people read them, and what is said about the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from asnpolicy.decisions import names, texts
from asnpolicy.decisions.privacy import SMALLEST
from asnpolicy.decisions.reasons import Part, Reason, because, written
from asnpolicy.decisions.summary.groups import NONE
from asnpolicy.decisions.summary.summary import Summary
from asnpolicy.decisions.words import plain
from asnpolicy.people import HISTORIES
from asnpolicy.text import Text

RESULTS = {
    "eligible": Text("memenuhi syarat", "meets the requirements"),
    "ineligible": Text("belum memenuhi syarat", "does not meet them yet"),
    "fulfilled": Text("terpenuhi", "fulfilled"),
    "owed": Text("belum dipenuhi", "owed"),
    "overdue": Text("lewat tenggat", "overdue"),
    "undetermined": Text("belum dapat ditentukan", "can't be determined yet"),
    "not_applicable": Text("bukan sasaran", "not for them"),
}
KINDS = {
    "promotion": Text("Kenaikan dan pengangkatan", "Promotions and appointments"),
    "award": Text("Penghargaan", "Awards"),
    "duty": Text("Kewajiban", "Duties"),
    "mentoring": Text("Memerlukan mentor", "Needs a mentor"),
    "mentor": Text("Dapat menjadi mentor", "May be a mentor"),
}
TITLE = Text("Ringkasan kebijakan {region} per {day}", "Summary of the policy of {region} as of {day}")
OWN = Text(
    "Untuk unit kerja yang mengelola data ini: kelompok kecil ikut dihitung. Jangan diteruskan ke luar unit.",
    "For the office that keeps these records: small groups are counted too. Not to be passed on outside it.",
)
PUBLISHED = Text(
    "Dapat diteruskan ke luar unit: kelompok di bawah {few} orang tidak ditampilkan, begitu pula angka yang dapat mengungkapnya (tanda …).",
    "May be passed on outside the office: groups of fewer than {few} people are not shown, nor the figures that would tell them (marked …).",
)
NO_RIGHT = Text(
    "“Memenuhi syarat” berarti memenuhi syarat untuk diusulkan; bukan hak, dan bukan keputusan pejabat yang berwenang.",
    "“Meets the requirements” means: to be proposed. It is no right, and no decision of the official in charge.",
)
INTO_POSTS = Text(
    "{count} aturan menuju jabatan lowong dan ditanyakan per jabatan, sehingga tidak dihitung di sini: {rules}.",
    "{count} rules lead into a vacant post and are asked about each post, so that they are not counted here: {rules}.",
)
LEFT_OUT = Text(
    "Tidak ditampilkan menurut {facts}: bersama rincian yang lain, kelompok kecilnya dapat dihitung kembali.",
    "Not shown by {facts}: with the other breakdown, its small groups could be worked out.",
)
TOO_FEW = Text("Kurang dari lima pegawai: tidak ada yang ditampilkan.", "Fewer than five people: nothing is shown.")
PEOPLE = Text("{people} pegawai, {rules} aturan.", "{people} people, {rules} rules.")
NOTHING = Text("Tidak ada data yang kurang.", "Nothing is missing.")
HIDDEN = "…"
NOT_KNOWN = Text("belum diketahui", "not known")
NO_GROUP = Text("tidak ada", "none")
OPENING = Text("jabatan lowong (tidak ditanyakan)", "a vacant post (none was asked about)")
_OF_RECORDS = re.compile(r"(?P<history>[a-z_]+)\.(?P<field>[a-z_]+)")


def about(summary: Summary) -> Iterator[Text]:
    """Tell what the counts are of, for whom they are, and what is not in them."""
    if summary.people is None:
        yield TOO_FEW
        return
    yield _filled(PEOPLE, people=str(summary.people), rules=str(len(summary.rules)))
    yield _filled(PUBLISHED, few=str(SMALLEST)) if summary.is_published else OWN
    yield NO_RIGHT
    if summary.into_posts:
        yield _filled(INTO_POSTS, count=str(len(summary.into_posts)), rules=", ".join(summary.into_posts))
    if summary.left_out:
        yield _filled(LEFT_OUT, facts=", ".join(f"`{one}`" for one in summary.left_out))


def title(summary: Summary) -> Text:
    """Return what stands over the summary."""
    return _filled(TITLE, region=summary.region, day=str(summary.as_of))


def _filled(text: Text, **values: str) -> Text:
    return Text(text.id.format(**values), text.en.format(**values))


def group(name: str | None) -> Text:
    """Name a group."""
    if name is None:
        return NOT_KNOWN
    return NO_GROUP if name == NONE else Text(plain(name), plain(name))


def count(people: int | None) -> str:
    """Write a count; one that is kept back is `…`."""
    return HIDDEN if people is None else str(people)


def missing(name: str) -> Text:
    """Name what is missing, of many people.

    >>> missing("educations.field").id, missing("appraisals[2025]").en
    ('bidang (riwayat pendidikan)', 'performance appraisals of 2025')
    """
    if name == "opening":
        return OPENING
    part = _missing(name)
    return Text(written(part, "id"), written(part, "en"))


def _missing(name: str) -> Part:
    found = _OF_RECORDS.fullmatch(name)
    if found is None or found["history"] not in HISTORIES:
        return names.missing(name)
    code = f"field.{found['history']}.{found['field']}"
    field = Reason(code) if texts.known(code) else names.field(found["field"])
    return because("missing.of.history", field=field, history=Reason(f"history.{found['history']}"))
