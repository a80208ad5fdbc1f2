"""Catalogue: the page of all findings in the data of people, and of how what offices write is read."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.exchange.intake.telling import CALLED
from asnpolicy.people import Label
from asnpolicy.people.findings import CATALOGUE, FindingKind
from asnpolicy.people.findings.day import FAR_FUTURE, FILLERS
from asnpolicy.people.placeholders import EMPTY
from asnpolicy.people.posts import Echelon
from asnpolicy.people.ranks import PppkGrade, Rank
from asnpolicy.people.spelling import variants
from asnpolicy.report.markdown import table
from asnpolicy.text import Text

_HEAD = """\
A finding is what delivered data show that no lawful career looks like, or that is unusual. **unknown**: the field counts as
not delivered, the record stays, and no decision rests on the value; of a day, what is certain stays, such as its year. **told**: the
data are kept, and the finding is named on each decision that rests on them. `asnpolicy findings` lists all of them for a file of people, those first that leave most
decisions open; an officer who has checked one against the letter [says so](../how-to/hand-over-a-register.md#a-contradiction-that-was-checked)."""
_FILLERS = """\
Days that registers write where they have none; one that the NIP confirms is a birthday all the same. So is every day from the
year {year} on, and a year or a month alone in which such a day lies."""
_WRITTEN = """\
The reader of people takes each of these, in any case and with any signs and spaces between the words, for the text on the
left, and tells it (`written-otherwise`); what may mean two things is never read."""
LABELS: tuple[type[Label], ...] = (Rank, PppkGrade, Echelon, *variants.WRITTEN)
EFFECTS = {"unknown": "**unknown**", "told": "told"}


def catalogue_page(written_by: str) -> str:
    """Return the page; `written_by` says where it comes from."""
    lines = ["# Findings in the data", "", written_by, "", _HEAD, "", *_kinds()]
    lines += ["## Filler dates", "", _FILLERS.format(year=FAR_FUTURE), "", *_fillers(), ""]
    lines += ["## How offices write it", "", _WRITTEN, ""]
    for labels in LABELS:
        lines += [*_variants(labels), ""]
    return "\n".join([*lines, *_others()]).rstrip() + "\n"


def _kinds() -> Iterator[str]:
    yield from table(("finding", "effect", "Indonesia", "English", "looks at"), [
        (f"[`{kind.code}`](#{kind.code})", EFFECTS[kind.effect], kind.sentence.id, kind.sentence.en, _looks_at(kind))
        for kind in CATALOGUE.values()
    ])  # fmt: skip
    yield ""
    for kind in CATALOGUE.values():
        yield from (
            f"### {kind.code}",
            f"{kind.sentence.id}. {kind.why.id}.",
            "",
            f"*{kind.sentence.en}. {kind.why.en}.*",
            "",
        )


def _looks_at(kind: FindingKind) -> str:
    return "all" if "*" in kind.looks_at else ", ".join(f"`{name}`" for name in kind.looks_at)


def _fillers() -> list[str]:
    return table(("day", "why"), [(str(day), why) for day, why in sorted(FILLERS.items())])


def _variants(labels: type[Label]) -> list[str]:
    written: dict[str, list[str]] = {}
    own = {member.label for member in labels}
    for text, label in variants.written(labels):
        if text not in own:
            written.setdefault(label, []).append(text)
    called = CALLED[labels]
    rows = [(label, ", ".join(dict.fromkeys(texts))) for label, texts in written.items()]
    return [f"### {called.id} · *{called.en}*", "", *table(("text", "also written"), rows)]


def _others() -> list[str]:
    rows = [
        (Text("ya", "yes"), ", ".join(variants.YES)),
        (Text("tidak", "no"), ", ".join(variants.NO)),
        (Text("tidak diserahkan", "not delivered"), ", ".join(f"`{one}`" for one in EMPTY if one)),
        (Text("tanpa tanggal", "no date"), ", ".join(variants.NO_DAY)),
        (Text("masih berjalan", "ongoing"), ", ".join(variants.ONGOING)),
        *((Text(names[0], names[1]), ", ".join(names)) for names in variants.MONTHS.values()),
    ]
    return [
        "### Other words",
        "",
        *table(("means", "written"), [(f"{text.id} · *{text.en}*", words) for text, words in rows]),
    ]
