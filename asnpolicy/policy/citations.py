"""Citations: what rests on each source of a region and on each article, how sure the reading is, and when it was last read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asnpolicy.policy.merged import Merged
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.criteria import CriterionForm
from asnpolicy.policy.surface.documents import Documents
from asnpolicy.policy.surface.sources import Reading, SourceForm
from asnpolicy.policy.surface.walk import walk


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source, or an article of it, with all that names it as its basis."""

    region: str
    """The region that declares it."""
    source: str
    """Its short name."""
    name: str
    article: str
    """Empty for the source as a whole."""
    reading: Reading
    words: str
    """The first words of the article, by which it is found again."""
    rests: tuple[str, ...]
    """What rests on it: a rule, a criterion of one, a value, a table, a figure or a shared condition, by its name."""


def source_uses(policy: Policy) -> tuple[SourceUse, ...]:
    """Return the sources of a region and of its bases, nearest first, each with its articles and what rests on them.

    A source that nothing names is told too, as is an article of which more is said than that it is named.
    """
    merged = policy.merged
    named: dict[tuple[str, str], dict[str, None]] = {}
    for documents in merged.chain:
        for basis, where in _bases(documents):
            named.setdefault((basis.short, basis.article), {})[where] = None
    return tuple(one for documents in merged.chain for one in _uses(documents, named))


def reading_of(merged: Merged, basis: Basis | None) -> Reading:
    """Return how the text of a basis was read; what is not declared was not."""
    found = merged.source_form(basis.short) if basis is not None else None
    return found.reading_of(basis.article) if found is not None and basis is not None else Reading()


def bases_of(documents: Documents) -> Iterator[Basis]:
    """Return each basis that a region's documents name."""
    return (basis for basis, _ in _bases(documents))


def _uses(documents: Documents, named: dict[tuple[str, str], dict[str, None]]) -> Iterator[SourceUse]:
    for short, form in documents.sources.items():
        articles = {article for source, article in named if source == short and article}
        articles |= {one.name for one in form.articles}
        for article in ("", *sorted(articles, key=_in_order)):
            rests = tuple(named.get((short, article), ()))
            if article or rests or not articles:
                yield SourceUse(
                    documents.region, short, form.name, article, form.reading_of(article), _words(form, article), rests
                )


def _words(form: SourceForm, article: str) -> str:
    found = form.article(article)
    return found.words if found else ""


def _in_order(article: str) -> tuple[tuple[int, str], ...]:
    """Order articles by their numbers."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in article.replace("-", " ").split())


def _bases(documents: Documents) -> Iterator[tuple[Basis, str]]:
    """Return each basis that is named, with what names it."""
    for declared in (one for section in documents.sections.values() for one in section.values()):
        at = declared.name
        for part in walk(declared.form):
            if isinstance(part, CriterionForm):
                at = f"{declared.name}.{part.name.text}"
            elif isinstance(part, Basis):
                yield part, at
    for year, holidays in documents.holidays.items():
        if holidays.basis is not None:
            yield holidays.basis, f"holidays.{year}"
    for form in documents.fairness:
        yield from ((one.basis, one.rule.text) for one in form.exempt)
