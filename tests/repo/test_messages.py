"""What is said to people is said in both languages, with the same words in it."""

import ast
from pathlib import Path
from string import Formatter

LIBRARY = Path(__file__).parents[2] / "asnpolicy"


def messages():
    """Give each call of `said`: where it stands, its two texts, and the names of its words."""
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                given = {word.arg: word.value for word in node.keywords}
                if {"en", "id"} <= set(given):
                    yield f"{path.name}:{node.lineno}", given.pop("en"), given.pop("id"), set(given)


def named(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_names_its_words_in_both_languages():
    """A word that a sentence names is given, and the Indonesian names none that the English lacks."""
    found = list(messages())
    assert len(found) > 300
    for place, en, id_, words in found:
        assert isinstance(en, ast.Constant) and isinstance(id_, ast.Constant), f"{place}: a text, not worked out"
        assert named(en.value) == words, place
        assert named(id_.value) <= words, place


def test_every_message_shows_the_same_names_in_both_languages():
    """What stands in backticks is to be written, and is the same in every language; only what it stands for is put in words."""
    for place, en, id_, _ in messages():
        ours, theirs = (set(text.value.split("`")[1::2]) for text in (en, id_))
        plain = {one for one in ours ^ theirs if not {"<", "key", "kunci", "DAERAH", "REGION", "BERKAS", "FILE"} & set(one.replace("<", "< ").replace(":", " ").replace(".", " ").split())}
        assert not plain, f"{place}: {plain}"
