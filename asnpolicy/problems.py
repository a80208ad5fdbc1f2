"""A problem is data: code, message, place and help; `PolicyError` holds all that were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

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
    """One mistake, told to the person who made it."""

    code: str
    message: str
    place: Place | None = None
    help: str | None = None
    snippet: str | None = None

    def render(self) -> str:
        """Return the problem as text: the sentence, the line with the place marked, the way out; all of it visible."""
        where = f"{self.place}: " if self.place else ""
        parts = [visible(f"{where}{self.message}   [{self.code}]")]
        if self.place and self.snippet is not None:
            parts += _marked(self.place, self.snippet)
        if self.help:
            parts.append(visible(f"   help: {self.help}"))
        return "\n".join(parts)

    def as_data(self) -> dict[str, object]:
        """Give the problem for machines."""
        place = self.place
        where = (
            {"file": place.file, "line": place.line, "column": place.column, "length": place.length} if place else None
        )
        return {"code": self.code, "message": self.message, "place": where, "help": self.help}


def _marked(place: Place, line: str) -> list[str]:
    start = max(0, place.column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = visible(line[start : start + WIDEST])
    at = place.column - 1 - start
    carets = "^" * max(1, min(place.length, len(shown) - at))
    number = f"{place.line:>5}"
    return [f"{number} | {shown}", f"{' ' * len(number)} | {' ' * at}{carets}"]


class PolicyError(Exception):
    """All problems of a policy or of the data given to it, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems = tuple(sorted(unique, key=lambda p: (p.place or Place("", 0, 0), p.code, p.message)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        return "\n".join([*(p.render() for p in self.problems), f"{count} problem{'s' if count != 1 else ''}"])


class UnknownNameError(PolicyError):
    """A rule, an opening, a figure, a region or a back end that is not there."""


class WrongDataError(PolicyError):
    """Data about people or an agency that can't be so."""


class MissingExtraError(PolicyError):
    """A library that is not installed, which what was asked for needs."""


@dataclass(slots=True)
class Problems:
    """Collects problems, so that one bad file never hides another's."""

    found: list[Problem] = field(default_factory=list)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, code: str, message: str, place: Place | None = None, help: str | None = None) -> None:
        """Note a problem, with the source line it stands in when that is known."""
        lines = self.sources.get(place.file, ()) if place else ()
        snippet = lines[place.line - 1] if place and 0 < place.line <= len(lines) else None
        self.found.append(Problem(code, message, place, help, snippet))

    def unknown(self, code: str, word: str, what: str, place: Place | None, known: Iterable[str]) -> None:
        """Note a name that is not there, with the one that was probably meant, or with all that there are."""
        self.add(code, f"unknown {what} `{word}`", place, meant(word, known))

    def raise_if_any(self) -> None:
        """Raise PolicyError when there is at least one problem."""
        if self.found:
            raise PolicyError(self.found)


MOST_NAMES = 20
"""So many names are listed when none is close to what was written."""


def meant(word: str, known: Iterable[str], otherwise: str | None = None, *, also: str = "") -> str:
    """Return the way out of a name that is not there: the one that was probably meant, else `otherwise` or what there is.

    What is said with `also` stands behind the name that was meant.

    >>> meant("jakata", ["jakarta", "surakarta"]), meant("bali", ["jakarta"])
    ('did you mean `jakarta`?', 'there is: jakarta')
    """
    names = sorted(known)
    close = suggest(word, names)
    if close is not None:
        return f"did you mean `{close}`? {also}".rstrip()
    more = f" and {len(names) - MOST_NAMES} more" * (len(names) > MOST_NAMES)
    return otherwise or f"there is: {', '.join(names[:MOST_NAMES]) or 'none'}{more}"


def suggest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant.

    >>> suggest("at_lest", ["at_least", "below"])
    'at_least'
    """
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def refusal(error: OSError) -> PolicyError:
    """Return the error for what the system refuses, in one sentence."""
    name = str(error.filename or "the file")
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    why = (error.strerror or str(error)).lower()
    return PolicyError([Problem("system", f"can't use `{shown}`: {why}")])


def missing_extra(what: str, extra: str, note: str = "") -> MissingExtraError:
    """Return the error for a library that is not installed, with the way to get it."""
    message = f"{what} needs the extra `{extra}`, which is not installed"
    return MissingExtraError([Problem("missing-extra", message, help=f"pip install 'asnpolicy[{extra}]'{note}")])
