"""Writes the answers on the pages under `refused/` anew: `python -m tests.documents.rewrite`, then read what changed."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.documents.test_refused import PAGES, SECTION, YAML, told, write


def answered(match: re.Match[str]) -> str:
    """Give a section with the answer of today."""
    body = re.sub(r"^```text\n.*?^```\n", "", match[2], flags=re.S | re.M).rstrip("\n")
    with TemporaryDirectory() as folder:
        problems = told(write(Path(folder), re.findall(YAML, body, re.S | re.M)))
    answer = "\n".join(problem.render() for problem in problems)
    return f"## {match[1]}\n{body}\n```text\n{answer}\n```\n\n"


if __name__ == "__main__":
    for page in PAGES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(SECTION, answered, text, flags=re.S | re.M).rstrip("\n") + "\n", encoding="utf-8")
