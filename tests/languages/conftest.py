"""How the tests of languages make a report and read it."""

from __future__ import annotations

from kg.model import Extraction, Report, Source
from loaders.extraction import extract


def report(text: str, title: str | None = None, **more: str | None) -> Report:
    published = more.pop("published", "2021-06-02")
    return Report("x", text, Source("x"), title=title, published=published, **more)


def said(text: str, title: str | None = None, **more: str | None) -> Extraction:
    return extract(report(text, title, **more))
