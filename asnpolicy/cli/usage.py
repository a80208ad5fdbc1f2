"""Usage: what the command line itself says in Indonesian: headings of help, and what is wrong with the words it was given."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer

HEADINGS = {"Options": "Opsi", "Commands": "Perintah", "Arguments": "Argumen"}
"""What stands above a part of the help."""
WORDS = (
    (r"\[OPTIONS\]", "[OPSI]"),
    (r"\bCOMMAND \[ARGS\]", "PERINTAH [ARGUMEN]"),
    (r"\bREGION\b", "DAERAH"),
    (r"\bPATH\b", "LOKASI"),
)
"""What stands for other words in a line of usage."""
MARKS = (
    (r"^Show this message and exit\.$", "Tampilkan bantuan ini."),
    (r"\[default: ([^\]]*)\]", r"[bawaan: \1]"),
    (r"\[required\]", "[wajib]"),
    (r"; required\]", "; wajib]"),
)
"""What the help adds to an option."""
MESSAGES = (
    (r"Missing argument (.*)\.", r"Argumen \1 belum diberikan."),
    (r"Missing option (.*)\.", r"Opsi \1 belum diberikan."),
    (r"Missing command\.", "Perintahnya belum diberikan."),
    (r"No such command (.*)\. Did you mean (.*)\?", r"Perintah \1 tidak ada. Apakah maksud Anda \2?"),
    (r"No such command (.*)\.", r"Perintah \1 tidak ada."),
    (r"No such option: (\S*) \(Possible options: (.*)\)", r"Opsi \1 tidak ada. Yang mirip: \2"),
    (r"No such option: (.*?)(?: Did you mean (.*)\?)?", r"Opsi \1 tidak ada."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"Ada kata yang tidak dikenal tempatnya: \1"),
    (r"Option (.*) requires an argument\.?", r"Opsi \1 memerlukan nilai."),
    (r"Option (.*) does not take a value\.", r"Opsi \1 tidak menerima nilai."),
    (r"Invalid value for (.*): Input should be a valid integer.*", r"Nilai untuk \1 bukan bilangan bulat."),
    (r"Invalid value for (.*): Input should be a valid number.*", r"Nilai untuk \1 bukan bilangan."),
    (r"Invalid value for (.*): (.*) is not a valid integer( range)?\.", r"Nilai \2 untuk \1 bukan bilangan bulat."),
    (r"Invalid value for (.*): (.*) is not a valid float( range)?\.", r"Nilai \2 untuk \1 bukan bilangan."),
    (r"Invalid value for (.*): (.*) is not in the range (.*)\.", r"Nilai \2 untuk \1 di luar rentang \3."),
    (r"Invalid value for (.*): (.*)", r"Nilai untuk \1 tidak dapat dipakai: \2"),
)
"""What may be wrong with the words of a command, by its English."""


def _click_error() -> type[Exception]:
    """Return the class of what the command line refuses, which the library that reads it keeps to itself."""
    return next(one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException")


def in_indonesian(text: str, known: Sequence[tuple[str, str]]) -> str:
    """Return a message of the command line in Indonesian; one that is not known stays as it is.

    >>> in_indonesian("Missing option '--rule'.", MESSAGES)
    "Opsi '--rule' belum diberikan."
    """
    found = ((re.fullmatch(english, text, re.S), indonesian) for english, indonesian in known)
    return next((match.expand(indonesian) for match, indonesian in found if match), text)


def replaced(text: str, known: Sequence[tuple[str, str]]) -> str:
    """Return a line with the words that are known in Indonesian.

    >>> replaced("check [OPTIONS] [REGION|PATH]...", WORDS)
    'check [OPSI] [DAERAH|LOKASI]...'
    """
    for english, indonesian in known:
        text = re.sub(english, indonesian, text)
    return text


def head_in_indonesian(command: Any) -> None:
    """Give a command help whose headings and marks are Indonesian."""
    context: Any = command.context_class
    formatter: Any = context.formatter_class

    class Formatter(formatter):  # type: ignore[misc]  # the library that reads commands has no types to inherit from
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            """Write the line of usage."""
            super().write_usage(prog, replaced(args, WORDS), prefix or "Pemakaian: ")

        def write_heading(self, heading: str) -> None:
            """Write what stands above a part."""
            super().write_heading(HEADINGS.get(heading, heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **how: Any) -> None:
            """Write options and what each is for."""
            super().write_dl([(name, replaced(what, MARKS)) for name, what in rows], *args, **how)

    command.context_class = type("Context", (context,), {"formatter_class": Formatter})


def run(command: Any, name: str) -> None:
    """Run a command; what is wrong with its words is told in Indonesian."""
    refused = _click_error()
    try:
        status = command(standalone_mode=False, prog_name=name)
    except typer.Abort:
        sys.exit(1)
    except refused as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]  # the help itself
        else:
            sys.stderr.write("".join(f"{line}\n" for line in _told(error)))
        sys.exit(error.exit_code)  # type: ignore[attr-defined]  # as the library has it
    sys.exit(status if isinstance(status, int) else 0)


def _told(error: Any) -> Iterator[str]:
    context = getattr(error, "ctx", None)
    if context is not None:
        yield context.get_usage()
        yield f"Lihat '{context.command_path} --help'."
        yield ""
    yield f"Kesalahan: {in_indonesian(error.format_message(), MESSAGES)}"
