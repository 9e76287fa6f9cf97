"""Reports in other languages than English: one engine that reads a folder of data a language.

A language is a *pack*: its small words, its forms, its words of contact and of content, as TOML in
a folder here. No module of the engine knows a word of any language; English, which has its own
reading, is only recognised here. How to add one is told in CONTRIBUTING.md.
"""

from __future__ import annotations

from kg.model import Extraction, Report
from loaders.extraction.languages.detect import language_of, may_be_other
from loaders.extraction.languages.engine import Engine, engine
from loaders.extraction.languages.meetings import Meetings
from loaders.extraction.languages.pack import PACKS
from loaders.extraction.languages.reading import Reading

__all__ = ["extract_with", "language_of", "pack_of", "read_with", "told_by"]


def pack_of(report: Report) -> str | None:
    """Code of the pack that reads a report; None where English does."""
    if not (may_be_other(report.text) or may_be_other(report.title or "")):
        return None
    code = language_of(report)
    return code if code in PACKS else None


def extract_with(code: str, report: Report) -> Extraction:
    """What a report says of contacts, read with the pack of a language."""
    return read_with(engine(code), report)


def read_with(own: Engine, report: Report) -> Extraction:
    """The same with an engine at hand, as for a pack that is not shipped."""
    read = Reading(own, report)
    if read.letter:
        return Extraction(skipped="letter")
    meetings = Meetings(read)
    if not meetings.drafts:
        return Extraction(skipped="domestic" if read.drafts else "no contact")
    filled = own.contents.fill(meetings.told(), meetings.scopes(), report)
    return Extraction(meetings=tuple(filled))


def told_by(code: str, report: Report) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each meeting that `extract_with` gives, the rows that found it and their words."""
    return [
        (
            tuple(dict.fromkeys(c.row.id for c in draft.contacts)),
            tuple(dict.fromkeys(c.line.words.texts[c.at] for c in draft.contacts)),
        )
        for draft in Meetings(Reading(engine(code), report)).drafts
    ]
