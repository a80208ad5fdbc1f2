"""Page in HTML: a reference page, which is written as Markdown, as one page for a browser or a printer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from asnpolicy.report.web_page import web_page

_ANCHOR = re.compile(r'<a id="[\w.@/-]+">|</a>')
"""The only HTML that our own pages write; whatever else an author has in a title is text."""
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def page_html(markdown: str, pages: Collection[str] = ()) -> str:
    """Return a page of Markdown as a whole page of HTML.

    `pages` names the Markdown pages beside it that are written as HTML too: links to them lead there.

    >>> '<h1>A <em lang="en">b</em></h1>' in page_html("# A *b*")
    True
    >>> '<a href="nasional.html#masa">' in page_html("[x](nasional.md#masa)", ["nasional.md"])
    True
    """
    reader = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer).enable("table")
    tokens = reader.parse(markdown)
    for one in tokens:
        for part in one.children or ():
            if part.type == "link_open":
                part.attrSet("href", _beside(str(part.attrGet("href")), pages))
    title = next((_plain(after) for at, after in pairwise(tokens) if at.tag == "h1"), "")
    body = reader.renderer.render(tokens, reader.options, {})
    return web_page("id", title, _STYLE, f"<main>\n{body}</main>")


class _Renderer(RendererHTML):
    """Writes HTML as text, but for anchors; a wide table can be moved sideways."""

    def html_inline(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ARG002  # as the renderer asks
        """Return an anchor as it is, all else as text."""
        content = tokens[at].content
        return content if _ANCHOR.fullmatch(content) else escape(content)

    def html_block(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ARG002  # as the renderer asks
        """Return a block as text; a comment is for those who edit the Markdown."""
        content = tokens[at].content
        return "" if _COMMENT.fullmatch(content) else f"<p>{escape(content)}</p>\n"

    def em_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ARG002  # as the renderer asks
        """Begin the English, which stands beside the Indonesian in italics: a screen reader reads it so."""
        return '<em lang="en">'

    def table_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """Begin a table within a frame."""
        return f'<div class="table">{self.renderToken(tokens, at, options, env)}'

    def table_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        """End a table and its frame."""
        return f"{self.renderToken(tokens, at, options, env).rstrip()}</div>\n"


def _beside(href: str, pages: Collection[str]) -> str:
    page, sharp, anchor = href.partition("#")
    return f"{page.removesuffix('.md')}.html{sharp}{anchor}" if page in pages else href


def _plain(heading: Token) -> str:
    parts = heading.children or ()
    return "".join(part.content for part in parts if part.type in ("text", "code_inline"))


_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 1px solid #ccc; }
h3 { font-size: 1.1rem; margin-top: 2rem; } em { color: #555; }
a { color: #0b5394; } code { background: #f2f2f2; padding: 0 0.2em; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: #f2f2f2; padding: 0.6rem; } li { margin: 0.15rem 0; }
.table { overflow-x: auto; } table { border-collapse: collapse; } th, td { border: 1px solid #ccc; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
:target { background: #fff3c4; }
@media print { body { max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; } a { color: inherit; } }
"""
