"""Stopping: a signal that ends a command lets it clean up first, then ends it as that signal ends any program."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGVTALRM", "SIGPROF")
"""From the keyboard, from whoever runs the service, from a terminal that is closed, from a limit; all that end a program."""


class Stopped(BaseException):
    """A signal that ends the command; no handler of errors takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def heed() -> None:
    """Turn the signals that end a command into `Stopped`; one that is ignored, as under `nohup`, stays so."""
    for name in NAMES:
        number = getattr(signal, name, None)  # Windows has no hangup
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    raise Stopped(number)


def end(number: int) -> None:
    """End this process by a signal, so that whoever started it sees which (in a shell: 128 and its number)."""
    signal.signal(number, signal.SIG_DFL)
    if os.name == "posix":
        os.kill(os.getpid(), number)
    sys.exit(128 + number)
