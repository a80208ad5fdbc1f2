"""Files that a command writes: whole or not at all, in place of a plain file alone, and with nothing left behind."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from asnpolicy.cli.output import wrong_use
from asnpolicy.cli.terminal import Terminal
from asnpolicy.text import Text, phrase

PREFIX, SUFFIX = ".asnpolicy-", ".part"
"""How a file is named while it is written."""
DEVICES = (os.devnull, "/dev/tty")
"""Those that text is written to."""
TEXT: dict[str, Any] = {"encoding": "utf-8", "newline": ""}


@contextmanager
def written(path: str | None) -> Iterator[IO[str]]:
    """Write text to a file that appears when all is written; to standard output for None and `-`.

    A link is followed, and an existing file keeps its rights and its owner. A pipe, the null device and the terminal are
    written to as they are. Raises PolicyError for a folder, a socket or another device, and for a place that is not there.
    """
    if path in (None, "-"):
        yield sys.stdout
        sys.stdout.flush()
        return
    with _opened(path, "w", **TEXT) as file:
        yield cast("IO[str]", Terminal(file)) if file.isatty() else file


@contextmanager
def written_bytes(path: str) -> Iterator[IO[bytes]]:
    """Write bytes, as `written` writes text."""
    with _opened(path, "wb") as file:
        yield file


def _opened(path: str, mode: str, **how: Any) -> AbstractContextManager[IO[Any]]:
    there = _looked_up(path)
    stream = None if there is None else _standard(there)
    if stream is not None:
        return _standing(lambda: os.dup(stream), mode, **how)
    if there is None or stat.S_ISREG(there.st_mode):
        return _replaced(Path(os.path.realpath(path)), there, mode, **how)
    if _takes_text(there):
        return _standing(lambda: os.open(path, os.O_WRONLY), mode, **how)
    what = (
        Text("folder", "a folder")
        if stat.S_ISDIR(there.st_mode)
        else Text("bukan berkas yang dapat ditulisi", "no file that can be written")
    )
    raise wrong_use(
        phrase(en="`{path}` is {what}", id="`{path}` adalah {what}", path=path, what=what),
        phrase(en="give the name of a file", id="beri nama berkas"),
    )


def _looked_up(path: str) -> os.stat_result | None:
    """Return what is there, at the end of all links; None for a file that is still to be made."""
    try:
        return Path(path).stat()
    except FileNotFoundError:
        parent = Path(os.path.realpath(path)).parent
        if not parent.is_dir():
            raise wrong_use(
                phrase(en="there is no folder `{parent}`", id="tidak ada folder `{parent}`", parent=parent),
                phrase(en="make it first, or write elsewhere", id="buat dulu, atau tulis di tempat lain"),
            ) from None
        return None


def _takes_text(there: os.stat_result) -> bool:
    """Tell a pipe, the null device and the terminal; to open another device may do anything, as root above all."""
    if stat.S_ISCHR(there.st_mode):
        return any(there.st_rdev == Path(name).stat().st_rdev for name in DEVICES if Path(name).exists())
    return stat.S_ISFIFO(there.st_mode)


def _standard(there: os.stat_result) -> int | None:
    """Return the standard stream that a file is, such as `/dev/stdout`: what went there before stays."""
    for descriptor in (1, 2):
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), there):
                return descriptor
    return None


@contextmanager
def _standing(opened: Callable[[], int], mode: str, **how: Any) -> Iterator[IO[Any]]:
    """Write to what stands there already: a pipe, a device, a stream."""
    sys.stdout.flush()
    with os.fdopen(opened(), mode, **how) as file:
        yield file


@contextmanager
def _replaced(target: Path, there: os.stat_result | None, mode: str, **how: Any) -> Iterator[IO[Any]]:
    """Write beside the target, for this process alone to read, and take its place when all is written."""
    if there is not None and not os.access(target, os.W_OK):
        raise wrong_use(
            phrase(en="`{target}` may not be written", id="`{target}` tidak boleh ditulisi", target=target),
            phrase(en="change its rights, or write elsewhere", id="ubah izinnya, atau tulis di tempat lain"),
        )
    partial = target.with_name(f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}")
    try:  # INVARIANT: the name is known before the file is there, so that whatever stops us, it is removed
        with open(partial, mode.replace("w", "x"), opener=_private, **how) as file:  # with an opener
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(0o666 & ~_umask() if there is None else _rights(partial, there))
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _rights(partial: Path, there: os.stat_result) -> int:
    """Give a file the owner of the one that it replaces, as far as we may; return the rights that it may have."""
    rights, own = stat.S_IMODE(there.st_mode) & 0o777, partial.stat()
    if own.st_uid != there.st_uid:
        with suppress(PermissionError):
            os.chown(partial, there.st_uid, -1)
    if own.st_gid != there.st_gid:
        try:
            os.chown(partial, -1, there.st_gid)
        except PermissionError:  # what its group might read, ours might not
            rights &= ~stat.S_IRWXG
    return rights


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
