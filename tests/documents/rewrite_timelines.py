"""Writes the timelines under `timelines/` anew: `python -m tests.documents.rewrite_timelines`, then read what changed."""

from tests.documents.test_timelines import FOLDER, KINDS, shown

if __name__ == "__main__":
    for name in KINDS:
        (FOLDER / name).write_text(shown(name), encoding="utf-8")
