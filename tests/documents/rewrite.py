"""Writes the answers on the pages under `refused/` anew: `python -m tests.documents.rewrite`, then read what changed."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.documents.test_refused import ANSWER, PAGES, SECTION, YAML, sentences, shown, told, write


def answered(match: re.Match[str]) -> str:
    """Give a section with the answer of today."""
    body = re.sub(ANSWER, "", match[2], flags=re.S | re.M).rstrip("\n")
    with TemporaryDirectory() as folder:
        problems = told(write(Path(folder), re.findall(YAML, body, re.S | re.M)))
    answers = (("text", shown(problems, "en")), ("teks", sentences(problems)))
    return f"## {match[1]}\n{body}\n" + "".join(f"```{kind}\n{text}\n```\n" for kind, text in answers) + "\n"


if __name__ == "__main__":
    for page in PAGES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(SECTION, answered, text, flags=re.S | re.M).rstrip("\n") + "\n", encoding="utf-8")
