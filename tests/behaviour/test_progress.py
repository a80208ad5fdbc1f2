"""Progress is for whoever waits at a terminal: how many, how fast, how much longer; in a pipe there is none."""

import io
import sys

from asnpolicy.cli.output import tell
from asnpolicy.cli.progress import progress


class Screen(io.StringIO):
    """A stream that is a screen."""

    def isatty(self):
        """Tell that it is one."""
        return True


def shown(monkeypatch, *sizes, whole=None, to=Screen, out=io.StringIO, beside=False):
    """Return what is shown while some people are done, and a row of each is written."""
    screen, output = to(), out()
    for name, stream in (("stderr", screen), ("__stderr__", screen), ("stdout", output)):
        monkeypatch.setattr(sys, name, stream)
    for name, value in (("TERM", "xterm"), ("COLUMNS", "100"), ("TTY_COMPATIBLE", "")):
        monkeypatch.setenv(name, value)
    with progress("employees assessed", whole, beside=beside) as advance:
        for people, size in sizes:
            sys.stdout.write("row\n")
            tell("bad line")
            advance(people, size)
    assert output.getvalue() == "row\n" * len(sizes), "what is written goes where it belongs"
    assert screen.getvalue().count("bad line") == len(sizes)
    return screen.getvalue().replace("bad line\n", "")


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


def test_rows_on_a_screen_have_no_bar_among_them(monkeypatch):
    """They show by themselves how far it is; a list that comes at the end does not."""
    assert shown(monkeypatch, (1, 1), whole=10, out=Screen, beside=True) == ""
    assert "1 employees assessed" in shown(monkeypatch, (1, 1), whole=10, out=Screen)
    assert "1 employees assessed" in shown(monkeypatch, (1, 1), whole=10, beside=True)


def test_in_a_pipe_nothing_is_shown(monkeypatch):
    """What machines read has no bar in it."""
    assert shown(monkeypatch, (1, 1), whole=10, to=io.StringIO) == ""
