"""Scoring of a paired meeting's date, place and format."""

from __future__ import annotations

from benchmarks.accuracy.agreement import near_day, same_day, same_place
from benchmarks.accuracy.facts import Meeting, Site
from benchmarks.accuracy.outcome import Book


def score_attributes(book: Book, wanted: Meeting, found: Meeting) -> None:
    """When, where and how; a date that the annotation lacks is not asked for."""
    if wanted.dates:
        right = same_day(wanted, found)
        book.share("date", right)
        book.share("date-near", near_day(wanted, found))
        if not right:
            book.remark("date", wanted.date, found.date, found.span)
    _place(book, wanted.site, found.site if found.site and found.site.name else None)
    right = found.formats[0] in wanted.formats
    book.share("format", right)
    if not right:
        book.remark("format", wanted.formats[0], found.formats[0], found.span)


def _place(book: Book, wanted: Site | None, found: Site | None) -> None:
    if wanted is None:
        book.share("no-place", found is None)
        if found is not None:
            book.remark("invented place", None, found.name)
        return
    if found is None and wanted.inferred:
        return
    state = found is not None and found.state == wanted.state
    named = found is not None and same_place(wanted, found)
    right = named or (wanted.inferred and state and wanted.state is not None)
    book.share("place", right)
    book.share("place-state", state)
    if not right:
        book.remark("place", wanted.name, found and found.name)
