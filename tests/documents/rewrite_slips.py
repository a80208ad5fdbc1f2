"""Writes the answers on the pages under `slips/` anew: `python -m tests.documents.rewrite_slips`, then read what changed."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.documents.test_slips import ANSWER, DIFF, LANGUAGES, PAGES, SECTION, said, write


def answered(match: re.Match[str]) -> str:
    """Give a section with the answers of today."""
    body = re.sub(ANSWER, "", match[2], flags=re.S | re.M).rstrip("\n")
    kind, diff = re.search(DIFF, body, re.S | re.M).groups()
    with TemporaryDirectory() as folder:
        region = write(Path(folder) / "kota-bandung", kind, diff)
        answers = "\n".join(f"```{lang}\n{said(region, lang)}```\n" for lang in LANGUAGES)
    return f"## {match[1]}\n{body}\n\n{answers}\n"


if __name__ == "__main__":
    for page in sorted(PAGES.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(SECTION, answered, text, flags=re.S | re.M).rstrip("\n") + "\n", encoding="utf-8")
