"""The five questions of the how-to page are answered from the command line as the page shows."""

import re
import shlex
from pathlib import Path

import pytest

from tests.commands import run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "five-questions.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")


def answered(command):
    """Run a command as it is written, from the root of the project."""
    words = shlex.split(command)
    assert words[0] == "asnpolicy"
    done = run(*words[1:], cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return DIGEST.sub("…", done.stdout).strip("\n") + "\n"


def blocks():
    return [match.group("command", "output") for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def test_the_page_has_five_questions():
    """Five headings, five commands."""
    assert len(blocks()) == len(re.findall(r"^## \d", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == 5


@pytest.mark.parametrize(("command", "output"), blocks(), ids=[f"question {n}" for n in range(1, 6)])
def test_a_question_is_answered_as_the_page_shows(command, output):
    """Word for word; `python -m tests.documents.test_questions` writes the answers anew."""
    assert answered(command) == output


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{answered(m['command'])}```", text), encoding="utf-8"
    )
