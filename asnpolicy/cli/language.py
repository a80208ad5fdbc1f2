"""Language of what commands say: `--lang`, else ASNPOLICY_LANG, else the locale, else English."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from typing import Annotated, TypeAlias

import typer

LANGUAGES = ("id", "en")
_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def spoken() -> str:
    """Return the language that was asked for: `id` or `en`."""
    return _chosen.get() or language_of(os.environ, sys.argv[1:])


def chosen() -> str | None:
    """Return the language that was asked for of this program: before the command, or by ASNPOLICY_LANG; None where by neither."""
    named = os.environ.get("ASNPOLICY_LANG", "").lower()[:2]
    return _chosen.get() or (named if named in LANGUAGES else None)


def language_of(environment: os._Environ[str] | dict[str, str], words: list[str]) -> str:
    """Return the language that the words of a command or else its environment ask for.

    >>> language_of({"LANG": "id_ID.UTF-8"}, []), language_of({"LANG": "id_ID"}, ["check", "--lang", "en"])
    ('id', 'en')
    >>> language_of({"LC_ALL": "C", "LANG": "id_ID"}, []), language_of({"ASNPOLICY_LANG": "id", "LC_ALL": "C"}, [])
    ('en', 'id')
    """
    for at, word in enumerate(words):
        given = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        given = words[at + 1] if word == "--lang" and at + 1 < len(words) else given
        if given in LANGUAGES:
            return given
    names = ("ASNPOLICY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    first = next((environment[name] for name in names if environment.get(name)), "")
    return "id" if first.lower().split("_")[0].split(".")[0] in ("id", "in", "indonesian") else "en"


def speak(lang: str | None) -> str | None:
    """Speak a language from now on; raises BadParameter for one that is not spoken."""
    if lang is not None and lang not in LANGUAGES:
        raise typer.BadParameter("id / en")
    _chosen.set(lang)
    return lang


Lang: TypeAlias = Annotated[
    str | None, typer.Option("--lang", callback=speak, help="id (Indonesian) or en (English)", show_default=False)
]
"""The option of commands that speak to authors."""
