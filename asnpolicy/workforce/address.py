"""Address: the address of a database, told without its password."""

from __future__ import annotations

from urllib.parse import urlsplit

from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Message, phrase

HIDDEN = "postgresql://…"


def shown(address: str) -> str:
    """Return an address without its password and its options; raises PolicyError for one that can't be taken apart.

    INVARIANT: nothing of the password is in what is returned or raised, however it was written.

    >>> shown("postgresql://bkd:rahasia@localhost:5432/simpeg?sslmode=require")
    'postgresql://bkd@localhost:5432/simpeg'
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise unreadable() from None
    rest = parts.path + parts.query + parts.fragment
    if "@" in rest or any(sign in address for sign in " \t\r\n\\"):  # a password with a sign that must be escaped
        raise unreadable()
    user = f"{parts.username}@" if parts.username else ""
    return f"postgresql://{user}{parts.hostname or ''}{f':{port}' if port else ''}{parts.path}"


def unreadable() -> PolicyError:
    """Return the error for an address that can't be taken apart: it is not shown, for a password may be anywhere in it."""
    return problem(
        "database-address",
        phrase(en="the address `{hidden}` can't be read", id="alamat `{hidden}` tidak dapat dibaca", hidden=HIDDEN),
        phrase(
            en="write `postgresql://user:password@host:5432/database`, each sign of the password but letters and digits as %XX",
            id="tulis `postgresql://user:password@host:5432/database`, dan setiap tanda kata sandi selain huruf dan angka sebagai %XX",
        ),
    )


def problem(code: str, message: Message, help_: Message) -> PolicyError:
    """Return one problem as an error."""
    return PolicyError([Problem(code, message, help=help_)])
