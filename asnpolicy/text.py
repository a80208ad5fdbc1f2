"""Text: what people read, in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in Indonesian and in English."""

    id: str
    en: str

    def to(self, lang: str) -> str:
        """Return the text in `id` or `en`."""
        return self.en if lang == "en" else self.id


def lower_first(text: str) -> str:
    """Begin with a small letter, but for abbreviations such as TMT.

    >>> lower_first("Pangkat berikutnya"), lower_first("TMT jabatan")
    ('pangkat berikutnya', 'TMT jabatan')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


class Message(str):
    """A sentence in both languages, with the words that stand in it; as a `str` it is the English one.

    >>> told = phrase(en="unknown word `{word}`", id="kata `{word}` tidak dikenal", word="syarat")
    >>> print(told, "/", told.to("id"), "/", told.words)
    unknown word `syarat` / kata `syarat` tidak dikenal / {'word': 'syarat'}
    """

    __slots__ = ("_id", "words")
    _id: str
    words: Mapping[str, Word]

    def to(self, lang: str) -> str:
        """Return the sentence in `id` or `en`."""
        return str(self) if lang == "en" else self._id

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (str(self), self._id, dict(self.words))


Word: TypeAlias = object
"""What may stand in a sentence: what has two languages is said in that of the sentence, all else as it is written."""


def phrase(*, en: str, id: str, **words: Word) -> Message:
    """Return a sentence: `{word}` in it is the word of that name, `{{` and `}}` are braces."""
    return _again(
        en.format_map({name: in_language("en", word) for name, word in words.items()}),
        id.format_map({name: in_language("id", word) for name, word in words.items()}),
        words,
    )


def _again(en: str, id: str, words: Mapping[str, Word]) -> Message:
    made = Message(en)
    made._id, made.words = id, words
    return made


class Citation(str):
    """A source as it is cited, which is no law and has no name of its own, but is described in both languages.

    As a `str` it is the Indonesian one, by which it is known; what has a name, as laws have, is a plain `str`.

    >>> source = Citation.of("Usulan penyusun", "A proposal of the authors")
    >>> source, in_language("en", source), in_language("en", "PP 94/2021")
    ('Usulan penyusun', 'A proposal of the authors', 'PP 94/2021')
    """

    __slots__ = ("_en",)
    _en: str

    @classmethod
    def of(cls, id: str, en: str) -> str:
        """Return what is cited: a plain `str` where it is the same in both languages."""
        if id == en:
            return id
        made = cls(id)
        made._en = en
        return made

    def to(self, lang: str) -> str:
        """Return it in `id` or `en`."""
        return self._en if lang == "en" else str(self)

    def __reduce__(self) -> tuple[object, ...]:
        return Citation.of, (str(self), self._en)


def in_language(lang: str, word: Word) -> str:
    """Return a word in `id` or `en`: a name, a number and a day are the same in both."""
    return word.to(lang) if isinstance(word, (Text, Message, Citation)) else str(word)


def in_both(word: str) -> Text:
    """Return a word as a text of both languages."""
    return Text(in_language("id", word), in_language("en", word))


def joined(*parts: Message, by: str = " ") -> Message:
    """Return sentences as one, with all their words."""
    words = {name: word for part in parts for name, word in part.words.items()}
    return _again(by.join(parts), by.join(part.to("id") for part in parts), words)


def as_written(*, en: str, id: str) -> Message:
    """Return a sentence that is whole already, in both languages."""
    return _again(en, id, {})


def alternatives(names: Iterable[str]) -> Text:
    """Return names of which one is meant, each as it is written.

    >>> alternatives(("a", "b", "c")).en, alternatives(("a", "b")).id
    ('`a`, `b` or `c`', '`a` atau `b`')
    """
    *most, last = [f"`{one}`" for one in names]
    if not most:
        return Text(last, last)
    listed = ", ".join(most)
    return Text(f"{listed}{',' * (len(most) > 1)} atau {last}", f"{listed} or {last}")


def same(text: str) -> Message:
    """Return what is said alike in both languages: names, and lists of them."""
    return _again(text, text, {})


ABBREVIATIONS = {
    "jpt": "JPT", "pkp": "PKP", "pka": "PKA", "pkn": "PKN", "pppk": "PPPK", "cltn": "CLTN", "jp": "JP", "bup": "BUP",
    "diklatpim": "Diklatpim", "i": "I", "ii": "II", "iii": "III", "iv": "IV", "spbe": "SPBE", "asn": "ASN",
}  # fmt: skip
"""Words of codes that people write in capitals."""
