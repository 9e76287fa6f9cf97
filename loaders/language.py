"""The language of a report whose source does not say it, as its text shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Refusal, Report
from loaders.base import Skipped
from loaders.extraction.languages import language_of


def with_languages(
    outcomes: Iterable[Report | Refusal | Skipped],
) -> Iterator[Report | Refusal | Skipped]:
    """The same outcomes; a report keeps the language that its source states."""
    for one in outcomes:
        if isinstance(one, Report) and one.language is None and one.facts is None:
            yield replace(one, language=language_of(one))
        else:
            yield one
