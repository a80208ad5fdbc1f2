"""Text: what people read, in Indonesian and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in Indonesian and in English."""

    id: str
    en: str

    def to(self, lang: str) -> str:
        """Return the text in `id` or `en`."""
        return self.en if lang == "en" else self.id
