"""Commands as a stranger runs them: each in a process of its own, with its own streams, folder and exit status."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[1]
AT_BEGINNING = ("PYTHON", "LC_", "LANG", "POLARS")
"""How the variables begin that a process reads before any command of its own."""


def run(*words, stdin=None, cwd=None):
    """Run `asnpolicy` and return what it wrote and how it ended; it never ends with a traceback."""
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb"}
    words = [str(word) for word in words]
    how = _forked if hasattr(os, "fork") and _beginning(environment) == _begun()[1] else _started
    done = how(words, stdin, cwd, environment)
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def _started(words, stdin, cwd, environment):
    """Run it from the beginning."""
    command = [sys.executable, "-m", "asnpolicy.cli", *words]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=cwd, env=environment, check=False)


def _beginning(environment):
    return {name: value for name, value in environment.items() if name.startswith(AT_BEGINNING)}


@cache
def _begun():
    """Begin the process that commands are forked from: our end of what connects us, and how its environment was."""
    ours, its = socket.socketpair()
    environment = _beginning(os.environ)
    number = its.fileno()
    started = subprocess.Popen([sys.executable, "-m", "tests.begun", str(number)], pass_fds=[number], cwd=ROOT)
    its.close()
    atexit.register(_end, ours, started)
    return ours, environment


def _end(ours, started):
    ours.close()
    started.wait()


def _forked(words, stdin, cwd, environment):
    """Run it from where it has begun."""
    ours, _ = _begun()
    question = json.dumps({"words": words, "environment": environment, "folder": str(cwd or Path.cwd())}).encode()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        given = os.open(os.devnull, os.O_RDONLY) if stdin is None else _piped(stdin)
        socket.send_fds(ours, [question], [given, out.fileno(), told.fileno()])
        os.close(given)
        code = int(ours.recv(16))
        return subprocess.CompletedProcess(words, code, _text(out), _text(told))


def _piped(text):
    """Give a pipe that a text comes out of."""
    end, start = os.pipe()

    def write():
        try:
            with open(start, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  # it has no path
                file.write(text)
        except BrokenPipeError:  # nobody read to the end
            pass

    Thread(target=write, daemon=True).start()
    return end


def _text(file):
    """Give what was written to a file, with its ends of lines as a pipe of text gives them."""
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n").replace("\r", "\n")
