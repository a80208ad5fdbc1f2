"""Figure hints: the ways out of what stands in a figure and is no way to work one out."""

from __future__ import annotations

from itertools import pairwise

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Kind
from asnpolicy.people import HISTORIES
from asnpolicy.policy.source.flow import quoted
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode, Scalar, Sequence
from asnpolicy.policy.surface.measures import field_of
from asnpolicy.problems import Problems, write
from asnpolicy.synonyms import SYNONYMS
from asnpolicy.text import Message, joined, phrase

PARTED = "divide: {by: 2, round: 2, half: up}"


def is_mean(word: str) -> bool:
    """Tell whether a word asks for a mean, in whatever language it is written."""
    word = word.strip().lower()
    return word == "mean" or SYNONYMS.get(word.replace("-", "_").replace(" ", "_")) == "mean"


def no_mean(entry: RawEntry, problems: Problems) -> None:
    """Tell a mean in a figure: of parts it is a division, and of records a condition asks for it."""
    word, node = entry.key.text, entry.value
    message = phrase(en="a figure has no `{word}`", id="angka tidak punya `{word}`", word=word)
    problems.add("unknown-key", message, entry.key.place, _mean_meant(node))


def _mean_meant(node: RawNode) -> Message:
    if isinstance(node, Sequence) and len(node.items) > 1:
        parts = phrase(en="write the same parts under `plus`", id="tulis bagian yang sama di bawah `plus`")
        divided = f"divide: {{by: {len(node.items)}, round: 2, half: up}}"
        return joined(parts, phrase(en="and `{divided}`", id="dan `{divided}`", divided=divided))
    of, field = _scalar(node, "of"), _scalar(node, "field")
    if of in HISTORIES:
        asked = f"{of}: {{mean: {{of: {field or field_of('mean', of)}, at_least: 5}}}}"
        return phrase(
            en="ask for the mean where it is compared, without a figure: `{asked}`",
            id="tanyakan rata-ratanya langsung di syarat, tanpa angka: `{asked}`",
            asked=asked,
        )
    if not of:
        return phrase(
            en="write the parts under `plus`, and `{divided}` with the number to divide by",
            id="tulis bagiannya di bawah `plus`, dan `{divided}` dengan bilangan pembaginya",
            divided=PARTED,
        )
    summed = f"sum: {{of: {of}}}"
    return phrase(
        en="write `{summed}`, and `{divided}` with the number to divide by",
        id="tulis `{summed}`, dan `{divided}` dengan bilangan pembaginya",
        summed=summed,
        divided=PARTED,
    )


def no_share(entry: RawEntry, problems: Problems) -> None:
    """Tell a share in a figure: a condition asks for it."""
    of = _scalar(entry.value, "of")
    asked = f"{of if of in HISTORIES else 'trainings'}: {{share: {{of: {{passed: true}}, at_least: 50}}}}"
    message = phrase(en="a figure has no `share`", id="angka tidak punya `share`")
    help_ = phrase(
        en="ask for the share where it is compared, without a figure: `{asked}`",
        id="tanyakan persentasenya langsung di syarat, tanpa angka: `{asked}`",
        asked=asked,
    )
    problems.add("unknown-key", message, entry.key.place, help_)


def text_of_a_choice(node: RawNode, problems: Problems) -> bool:
    """Tell a text in two languages in a choice: what is compared is one word, the same in both."""
    if not isinstance(node, Mapping) or not node.entries or not set(node.entries) <= {"id", "en"}:
        return False
    word = _scalar(node, "id") or _scalar(node, "en") or "umum"
    message = phrase(
        en="a figure comes to one word, which is the same in both languages",
        id="angka menghasilkan satu kata, yang sama dalam kedua bahasa",
    )
    problems.add("unknown-key", message, node.place, write(quoted(word)))
    return True


def decimal_comma(items: tuple[RawNode, ...], problems: Problems) -> bool:
    """Tell `[0,7]`: with a comma these are two numbers, and the figure would be worked out from both."""
    for one, other in pairwise(items):
        if not (isinstance(one, Scalar) and isinstance(other, Scalar) and one.text.isdigit() and other.text.isdigit()):
            continue
        together = one.place.line == other.place.line and other.place.column == one.place.column + len(one.text) + 1
        if together:
            message = phrase(
                en="`{one},{other}` are two numbers here, {one} and {other}",
                id="`{one},{other}` di sini adalah dua bilangan, {one} dan {other}",
                one=one.text, other=other.text,
            )  # fmt: skip
            help_ = phrase(
                en="write `{one}.{other}`; of two numbers, put a space after the comma",
                id="tulis `{one}.{other}`; bila memang dua bilangan, beri spasi sesudah koma",
                one=one.text, other=other.text,
            )  # fmt: skip
            problems.add("wrong-value", message, one.place, help_)
            return True
    return False


def _scalar(node: RawNode, word: str) -> str:
    entry = node.entries.get(word) if isinstance(node, Mapping) else None
    return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else ""


def stray_part(entry: RawEntry, problems: Problems) -> None:
    """Tell a part of a figure that stands under the figure itself: `years: …` for `plus: [{years: …}]`."""
    word, node = entry.key.text, entry.value
    named = node.text if isinstance(node, Scalar) else ""
    counted = (length_since(named) if word in ("years", "months") else None) or named or "time_in_service"
    message = phrase(
        en="`{word}` is a part of a figure, and stands here as if it were the whole",
        id="`{word}` adalah bagian angka, tetapi di sini ditulis seperti keseluruhannya",
        word=word,
    )
    problems.add("unknown-key", message, entry.key.place, write(f"plus: [{{{word}: {counted}}}]"))


def length_since(day: str) -> str | None:
    """Return the length of time that is counted from a day.

    >>> length_since("cpns_on"), length_since("rank_since"), length_since("rank")
    ('time_in_service', 'time_in_rank', None)
    """
    found = FACTS.get(day)
    if found is None or found.type.kind is not Kind.DATE:
        return None
    lengths = (fact for fact in FACTS.values() if fact.type.kind is Kind.DURATION and fact.scope == found.scope)
    return next((fact.name for fact in lengths if fact.value() == found.value()), None)
