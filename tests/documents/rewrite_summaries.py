"""Writes the summaries under `summaries/` anew: `python -m tests.documents.rewrite_summaries`, then read what changed."""

from tests.documents.test_summaries import FOLDER, KINDS, shown, summary

if __name__ == "__main__":
    for name in KINDS:
        (FOLDER / name).write_text(shown(name).replace(summary().policy[:12], "…"), encoding="utf-8")
