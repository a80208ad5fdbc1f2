"""A problem is data: code, message, place and help; `PolicyError` holds all that were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from asnpolicy.synonyms import never_said, synonym
from asnpolicy.text import Message, Text, Word, alternatives, in_language, joined, phrase, same
from asnpolicy.visible import visible

WIDEST = 160
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, told to the person who made it; a note is told too, and keeps nothing from being used."""

    code: str
    message: Message
    place: Place | None = None
    help: Message | None = None
    snippet: str | None = None
    note: bool = False

    def render(self, lang: str = "en") -> str:
        """Return the problem as text: the sentence, the line with the place marked, the way out; all of it visible."""
        where = f"{self.place}: " if self.place else ""
        what = NOTE.to(lang) if self.note else ""
        parts = [visible(f"{where}{what}{in_language(lang, self.message)}   [{self.code}]")]
        if self.place and self.snippet is not None:
            parts += _marked(self.place, self.snippet)
        if self.help:
            parts.append(visible(f"   {HELP.to(lang)}: {in_language(lang, self.help)}"))
        return "\n".join(parts)

    def as_data(self, lang: str = "en") -> dict[str, object]:
        """Give the problem for machines: its code and its words are the same in every language."""
        place = self.place
        where = (
            {"file": place.file, "line": place.line, "column": place.column, "length": place.length} if place else None
        )
        words = {**getattr(self.help, "words", {}), **getattr(self.message, "words", {})}
        return {
            "code": self.code,
            "message": in_language(lang, self.message),
            "place": where,
            "help": in_language(lang, self.help) if self.help else None,
            "note": self.note,
            "words": {name: _plain(word, lang) for name, word in sorted(words.items())},
        }


def _plain(word: Word, lang: str) -> str | int:
    return word if isinstance(word, int) else in_language(lang, word)


NOTE, HELP = Text("catatan: ", "note: "), Text("saran", "help")


def _marked(place: Place, line: str) -> list[str]:
    start = max(0, place.column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = visible(line[start : start + WIDEST])
    at = place.column - 1 - start
    carets = "^" * max(1, min(place.length, len(shown) - at))
    number = f"{place.line:>5}"
    return [f"{number} | {shown}", f"{' ' * len(number)} | {' ' * at}{carets}"]


def counted(count: int, lang: str) -> str:
    """Say how many problems there are.

    >>> counted(0, "en"), counted(1, "en"), counted(2, "id")
    ('no problems', '1 problem', '2 masalah')
    """
    if lang == "en":
        return "no problems" if count == 0 else f"{count} problem{'s' if count != 1 else ''}"
    return "tidak ada masalah" if count == 0 else f"{count} masalah"


class PolicyError(Exception):
    """All problems of a policy or of the data given to it, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems = tuple(sorted(unique, key=lambda p: (p.place or Place("", 0, 0), p.code, p.message)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return self.to("en")

    def to(self, lang: str) -> str:
        """Return all problems as text, in `id` or `en`."""
        return "\n".join([*(p.render(lang) for p in self.problems), counted(len(self.problems), lang)])


class UnknownNameError(PolicyError):
    """A rule, an opening, a figure, a region or a back end that is not there."""


class WrongDataError(PolicyError):
    """Data about people or an agency that can't be so."""


class MissingExtraError(PolicyError):
    """A library that is not installed, which what was asked for needs."""


class DisagreementError(PolicyError):
    """A back end and the definition answered differently: a defect of the library, and no answer."""


@dataclass(slots=True)
class Problems:
    """Collects problems, so that one bad file never hides another's."""

    found: list[Problem] = field(default_factory=list)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    law: str = "perda"
    """The source that an example of a legal basis names: one that the policy declares, where there is any."""

    def add(
        self,
        code: str,
        message: Message,
        place: Place | None = None,
        help: Message | None = None,
        *,
        note: bool = False,
    ) -> None:
        """Note a problem, with the source line it stands in when that is known."""
        lines = self.sources.get(place.file, ()) if place else ()
        snippet = lines[place.line - 1] if place and 0 < place.line <= len(lines) else None
        self.found.append(Problem(code, message, place, help, snippet, note))

    def unknown(self, code: str, word: str, what: Text, place: Place | None, known: Iterable[str]) -> None:
        """Note a name that is not there, with the one that was probably meant, or with all that there are."""
        self.add(code, unknown(what, word), place, meant(word, known))

    def raise_if_any(self) -> None:
        """Raise PolicyError when there is at least one problem."""
        if self.found:
            raise PolicyError(self.found)


RULE, FIGURE, VALUE, FACT = (
    Text("aturan", "rule"),
    Text("angka", "figure"),
    Text("nilai", "value"),
    Text("fakta", "fact"),
)
TABLE, BASE = Text("tabel", "table"), Text("aturan dasar", "base")
LESS, MORE = Text("kurang", "less"), Text("lebih", "more")
AT_LEAST, AT_MOST = Text("paling sedikit", "at least"), Text("paling banyak", "at most")
"""Things and comparisons that messages speak of."""


def unknown(what: Text, word: str) -> Message:
    """Say that there is nothing of that name."""
    return phrase(en="unknown {what} `{word}`", id="{what} `{word}` tidak dikenal", what=what, word=word)


def write(meant: str) -> Message:
    """Say what to write.

    >>> write("from: 2026-01-01").to("id")
    'tulis `from: 2026-01-01`'
    """
    return phrase(en="write `{meant}`", id="tulis `{meant}`", meant=meant)


def either(*meant: str) -> Message:
    """Say which of several to write.

    >>> either("a", "b", "c"), either("a", "b").to("id")
    ('write `a`, `b` or `c`', 'tulis `a` atau `b`')
    """
    return phrase(en="write {what}", id="tulis {what}", what=alternatives(meant))


def needs(name: str, word: str) -> Message:
    """Say that something needs a word.

    >>> needs("due", "of").to("id")
    '`due` memerlukan `of`'
    """
    return phrase(en="`{name}` needs `{word}`", id="`{name}` memerlukan `{word}`", name=name, word=word)


def refused(code: str, message: Message, help: Message | None = None) -> PolicyError:
    """Return the error for one problem that has no place in a file."""
    return PolicyError([Problem(code, message, help=help)])


MOST_NAMES = 20
"""So many names are listed when none is close to what was written."""


def meant(word: str, known: Iterable[str], otherwise: Message | None = None, *, also: Message | None = None) -> Message:
    """Return the way out of a name that is not there: the one that was probably meant, else `otherwise` or what there is.

    What is said with `also` stands behind the name that was meant.

    >>> meant("jakata", ["jakarta", "surakarta"]), meant("bali", ["jakarta"])
    ('did you mean `jakarta`?', 'there is: jakarta')
    """
    never = never_said(word)
    if never is not None:
        return never
    names = sorted(known)
    close = synonym(word, names) or suggest(word, names)
    if close is not None:
        return joined(did_you_mean(close), also) if also else did_you_mean(close)
    return otherwise or there_is(names)


def did_you_mean(word: str) -> Message:
    """Return the way out of a slip in a name: the one that is meant."""
    return phrase(en="did you mean `{meant}`?", id="apakah maksud Anda `{meant}`?", meant=word)


def there_is(names: Iterable[str]) -> Message:
    """Say which names there are, or the first of many."""
    known = list(names)
    if not known:
        return phrase(en="there is: none", id="belum ada satu pun")
    listed, more = ", ".join(known[:MOST_NAMES]), len(known) - MOST_NAMES
    if more <= 0:
        return phrase(en="there is: {known}", id="yang ada: {known}", known=listed)
    return phrase(
        en="there is: {known} and {more} more", id="yang ada: {known} dan {more} lainnya", known=listed, more=more
    )


def suggest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant; None when two are equally near.

    >>> suggest("at_lest", ["at_least", "below"]), suggest("III/z", ["III/a", "III/b", "IV/a"])
    ('at_least', None)
    """
    close = get_close_matches(word, list(known), n=2, cutoff=0.6)
    near = [SequenceMatcher(None, one, word).ratio() for one in close]
    return close[0] if close and (len(close) < 2 or near[0] > near[1]) else None


def refusal(error: OSError) -> PolicyError:
    """Return the error for what the system refuses, in one sentence."""
    name = str(error.filename or "the file")
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    why = (error.strerror or str(error)).lower()
    return PolicyError([
        Problem("system", phrase(en="can't use `{name}`: {why}", id="`{name}` tidak dapat dipakai: {why}", name=shown, why=why))
    ])  # fmt: skip


def missing_extra(what: str | Text, extra: str, note: Message | None = None) -> MissingExtraError:
    """Return the error for a library that is not installed, with the way to get it."""
    message = phrase(
        en="{what} needs the extra `{extra}`, which is not installed",
        id="{what} memerlukan tambahan `{extra}`, yang belum terpasang",
        what=what,
        extra=extra,
    )
    install = same(f"pip install 'asnpolicy[{extra}]'")
    return MissingExtraError(
        [Problem("missing-extra", message, help=joined(install, note, by="") if note else install)]
    )
