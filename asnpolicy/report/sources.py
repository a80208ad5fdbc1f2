"""Sources as people read them: how sure a reading is, when the text was last read, and what rests on it."""

from __future__ import annotations

from asnpolicy.policy.citations import SourceUse
from asnpolicy.policy.surface.sources import Confidence
from asnpolicy.text import Text, in_language

HEADS = (
    Text("Sumber", "Source"), Text("Pasal", "Article"), Text("Keyakinan", "How sure"), Text("Dibaca", "Last read"),
    Text("Yang bertumpu", "What rests on it"), Text("Kata pertama", "First words"),
)  # fmt: skip
SURE: dict[Confidence, Text] = {
    "sure": Text("pasti", "sure"),
    "likely": Text("sangat mungkin", "likely"),
    "uncertain": Text("belum pasti", "uncertain"),
}
NOT_SAID = Text("belum dinyatakan", "not said")
_SHOWN = 3
_MORE = Text("{0} dan {1} lainnya", "{0} and {1} more")
_NOTHING = Text("tidak ada", "nothing")


def confidence(given: Confidence | None, lang: str) -> str:
    """Say how sure a reading is."""
    return (NOT_SAID if given is None else SURE[given]).to(lang)


def cells(one: SourceUse, lang: str) -> tuple[str, ...]:
    """Return a source or an article as a row, without its first words."""
    read_on = one.reading.read_on
    day = "–" if read_on is None else str(read_on)
    return in_language(lang, one.name), one.article or "–", confidence(one.reading.confidence, lang), day, rests(one.rests, lang)


def article_words(one: SourceUse) -> str:
    """Return the first words of an article; nothing where they were not written down."""
    return one.words


def rests(names: tuple[str, ...], lang: str) -> str:
    """Name the first of what rests on a source, and say how many more there are."""
    if not names:
        return _NOTHING.to(lang)
    text, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    return _MORE.to(lang).format(text, more) if more > 0 else text
