"""Web page: the frame of every HTML page that is handed out: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

from html import escape

_FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def web_page(lang: str, title: str, style: str, body: str) -> str:
    """Return a page; the title is text, style and body are written already.

    >>> "<title>A &amp; B</title>" in web_page("en", "A & B", "", "<p>c</p>")
    True
    """
    return _FRAME.format(lang=lang, title=escape(title), style=style, body=body)
