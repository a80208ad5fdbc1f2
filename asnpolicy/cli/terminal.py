"""Terminal: what a command writes to a screen, where a name must not move the cursor or change what is read."""

from __future__ import annotations

import sys
from typing import IO, Any

from asnpolicy.visible import visible_lines


class Terminal:
    """A stream to a screen that lets through only what can be seen; in all else it is the stream itself."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text, line by line, without what can't be seen."""
        self._stream.write(visible_lines(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def guard() -> None:
    """Guard the standard streams that are screens, and let none of them fail for a character it has not."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
        if stream is not None and stream.isatty():
            setattr(sys, name, Terminal(stream))
