"""Writes the letters under `letters/` anew: `python -m tests.documents.rewrite_letters`, then read what changed."""

from tests.documents.test_letters import FOLDER, LETTERS, shown

if __name__ == "__main__":
    for name, lang in LETTERS:
        (FOLDER / f"{name}.{lang}.md").write_text(shown(name, lang), encoding="utf-8")
