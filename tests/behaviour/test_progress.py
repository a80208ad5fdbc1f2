"""Progress is for whoever waits at a terminal: how many, how fast, how much longer; in a pipe there is none."""

import io
import sys

from asnpolicy.cli.progress import progress


class Screen(io.StringIO):
    """A stream that is a screen."""

    def isatty(self):
        """Tell that it is one."""
        return True


def shown(monkeypatch, *sizes, whole=None, to=Screen):
    """Return what is shown while some people are done."""
    screen = to()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "__stderr__", screen)
    for name, value in (("TERM", "xterm"), ("COLUMNS", "100"), ("TTY_COMPATIBLE", "")):
        monkeypatch.setenv(name, value)
    with progress("employees assessed", whole) as advance:
        for people, size in sizes:
            advance(people, size)
    return screen.getvalue()


def test_of_a_file_the_share_and_the_time_left_are_shown(monkeypatch):
    """The size of what was read so far tells how far it is, however many people are in it."""
    text = shown(monkeypatch, (3, 250), (1, 250), whole=1000)
    for part in ("4 employees assessed", "50 %", "━", "--:--"):
        assert part in text, part


def test_of_a_stream_the_number_is_shown(monkeypatch):
    """Nobody knows how much is still to come."""
    text = shown(monkeypatch, (1200, 250))
    assert "1,200 employees assessed" in text
    assert "%" not in text


def test_in_a_pipe_nothing_is_shown(monkeypatch):
    """What machines read has no bar in it."""
    assert shown(monkeypatch, (1, 1), whole=10, to=io.StringIO) == ""
