"""`asnpolicy sources`: the sources of a region, what rests on each, how sure the reading is, and when it was last read."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from asnpolicy.cli.asking import check_format, language_of_answer
from asnpolicy.cli.output import say
from asnpolicy.cli.table import drawn
from asnpolicy.policy.citations import SourceUse, source_uses
from asnpolicy.policy.library import load
from asnpolicy.report.sources import HEADS, article_words, cells
from asnpolicy.text import in_language
from asnpolicy.visible import visible_json


def sources(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    format: Annotated[str | None, typer.Option(help="table or json; a table on a terminal, else json")] = None,
    lang: Annotated[str | None, typer.Option(help="id or en", show_default="id")] = None,
) -> None:
    """List the sources of a region: what rests on each, how sure the reading of it is, and when it was last read.

    \b
    Examples:
      asnpolicy sources jakarta
      asnpolicy sources nasional --format table --lang en
      asnpolicy sources policies/my-region --format json
    """
    shown = format or ("table" if sys.stdout.isatty() else "json")
    check_format(shown, ("table", "json"))
    lang = language_of_answer(lang, ("id", "en"), "id")
    found = source_uses(load(region))
    if shown == "json":
        say(visible_json(json.dumps([_data(one) for one in found], ensure_ascii=False)))
        return
    say(drawn([head.to(lang) for head in HEADS], [(*cells(one, lang), article_words(one)) for one in found]).rstrip())


def _data(one: SourceUse) -> dict[str, object]:
    read_on = one.reading.read_on
    return {
        "region": one.region, "source": one.source, "name": one.name, "name_en": in_language("en", one.name), "article": one.article or None,
        "confidence": one.reading.confidence, "read_on": None if read_on is None else str(read_on),
        "words": one.words or None, "rests": list(one.rests),
    }  # fmt: skip
