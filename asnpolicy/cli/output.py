"""What commands say: for people on a terminal, stable and machine-readable in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime

from asnpolicy.cli.language import spoken
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Message, alternatives, in_language, phrase
from asnpolicy.visible import visible_lines

FINE, FINDING, WRONG_USE, UNKNOWN = range(4)
"""Exit statuses."""


def say(text: str) -> None:
    """Write what was asked for to standard output, all of it visible."""
    sys.stdout.write(f"{visible_lines(in_language(spoken(), text))}\n")


def tell(text: str) -> None:
    """Write what somebody should know to standard error: above a bar when there is one, and all of it visible."""
    sys.stderr.write(f"{visible_lines(in_language(spoken(), text))}\n")
    sys.stderr.flush()


def complain(error: PolicyError) -> None:
    """Write problems to standard error."""
    lang = spoken()
    tell("\n".join(problem.render(lang) for problem in error.problems))


def wrong_use(message: Message, help: Message) -> PolicyError:
    """Make the error for a wrong argument."""
    return PolicyError([Problem("wrong-use", message, help=help)])


def choose(known: Iterable[str]) -> Message:
    """Say what there is to choose from.

    >>> choose(("id", "en")).to("id"), choose(("text", "json", "html")).to("en")
    ('pilih `id` atau `en`', 'choose `text`, `json` or `html`')
    """
    return phrase(en="choose {one}", id="pilih {one}", one=alternatives(known))


def as_of_date(text: str | None) -> date:
    """Read `--as-of`; without it, today, which only the command line may assume, and says."""
    if text is None:
        today = datetime.now().astimezone().date()
        tell(
            phrase(
                en="as of {today} (today; choose another day with --as-of)",
                id="per {today} (hari ini; pilih hari lain dengan --as-of)",
                today=today,
            )
        )
        return today
    return day_of(text, "--as-of")


def day_of(text: str, option: str) -> date:
    """Read the day of an option."""
    try:
        if len(text) != len("2026-10-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise wrong_use(
            phrase(en="`{text}` is not a date", id="`{text}` bukan tanggal", text=text[:40]),
            phrase(en="write it like `{option} 2026-10-01`", id="tulis seperti `{option} 2026-10-01`", option=option),
        ) from None
