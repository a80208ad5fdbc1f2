"""Processes: work that several share, answered in the order in which it came; whatever stops the one that asks stops them."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

Work = TypeVar("Work")
Done = TypeVar("Done")
AHEAD = 3
"""So many pieces of work a process are under way or wait: so much of a file is in memory, however long it is."""


def shared(begin: Callable[[], Callable[[Work], Done]], waiting: Iterable[Work], jobs: int) -> Generator[Done]:
    """Return what each piece of work comes to, in their order; close it, and no process is left.

    Each process calls `begin` once, before its first piece. Raises PolicyError when one of them is ended from outside.
    """
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _stand_by, (begin,))
    under_way: deque[Future[Done]] = deque()
    try:
        for piece in waiting:
            under_way.append(pool.submit(_done, piece))
            if len(under_way) == jobs * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        message = phrase(
            en="a process that decides was ended from outside", id="sebuah proses pemutus dihentikan dari luar"
        )
        help_ = phrase(
            en="it may have been short of memory: try again with fewer `--jobs`",
            id="mungkin kekurangan memori: coba lagi dengan `--jobs` lebih kecil",
        )
        raise PolicyError([Problem("process-ended", message, help=help_)]) from None
    finally:
        pool.shutdown(cancel_futures=True)


_begin: list[Callable[[], Callable[[Any], Any]]] = []
_worker: list[Callable[[Any], Any]] = []


def _stand_by(begin: Callable[[], Callable[[Any], Any]]) -> None:
    """Begin in a process of its own; what stops the command is for the one that started it, and ends this one with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    _begin.append(begin)


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)  # whoever would have read what comes is gone


def _done(piece: Any) -> Any:
    if not _worker:
        _worker.append(_begin[0]())
    return _worker[0](piece)
