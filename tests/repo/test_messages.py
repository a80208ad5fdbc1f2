"""What is said to people is said in both languages, with the same words in it."""

import ast
import re
from pathlib import Path
from string import Formatter

LIBRARY = Path(__file__).parents[2] / "asnpolicy"


def messages():
    """Give each call of `phrase`: where it stands, its two texts, and the names of its words."""
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
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


ALIKE = {"kunci": "key", "nilai": "value", "teks": "text", "DAERAH": "REGION", "BERKAS": "FILE"}
"""What stands for something else, and so is said in the language of the sentence."""


def shown(text):
    """Give what a sentence shows as it is to be written."""
    found = {re.sub(r"<[^>]*>", "<>", one) for one in text.split("`")[1::2]}
    return {re.sub(r"\w+", lambda word: ALIKE.get(word[0], word[0]), one) for one in found}


def test_what_is_to_be_written_is_the_same_in_both_languages():
    """What the English shows in backticks, the Indonesian shows too."""
    for place, en, id_, _ in messages():
        assert shown(en.value) <= shown(id_.value), place
