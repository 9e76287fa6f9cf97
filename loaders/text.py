"""Plain text, one report a file: wire copy, notes with header lines, or bare text.

The whole file stays the report's text, header lines included, so that offsets count from its
first character. Recognised: a first line ` date 2019-10-25 Headline`; header lines `Title: Date:
Outlet: Id: Url: Language:` up to a blank line; a dateline that names the agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from kg.ids import digest
from kg.model import PublishedBasis, Refusal, Report, Source
from loaders.dateline import Dateline, read_dateline
from loaders.encoding import decode, read_whole
from loaders.published import day_in_file_name, parse_published

_WIRE: Final = re.compile(r"\s*date[ \t]+(\d{4}-\d\d-\d\d)[ \t]*(.*)\Z", re.IGNORECASE)
_HEADER: Final = re.compile(r"([A-Za-z][\w-]{0,20}):(?:[ \t]+(.*))?\Z")
_KEYS: Final = {
    "title": "title", "headline": "title", "date": "published", "published": "published",
    "outlet": "outlet", "source": "outlet", "agency": "outlet", "id": "id", "url": "url",
    "link": "url", "language": "language", "lang": "language",
}  # fmt: skip
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first lines say, and the lines that follow them."""

    fields: dict[str, str] = field(default_factory=dict)
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLoader:
    """One plain-text file, one report."""

    name: str = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")
    description: str = "plain text: wire copy, header lines and body, or bare text"

    def mismatch(self, _head: bytes, /) -> str | None:
        """Any text is one."""
        return None

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """The one report of the file."""
        yield text_report(decode(read_whole(stream, source.path), source.path), source)


def text_report(text: str, source: Source) -> Report:
    """The report that a whole text is, with what its first lines tell of it."""
    head = _read_head(text)
    paragraph = next((line for line in head.body if line.strip()), "")
    title = head.fields.get("title")
    dateline = read_dateline(paragraph)
    if title is None and dateline is None:
        title = _title_line(paragraph)
        dateline = read_dateline(_second(head.body)) if title else None
    published, basis = _publication(head, dateline, source)
    outlet = head.fields.get("outlet") or (dateline.agency if dateline else None)
    return Report(
        id=head.fields.get("id") or digest(title or "", text),
        text=text,
        source=source,
        outlet=outlet,
        title=title,
        published=published,
        published_basis=basis,
        url=head.fields.get("url"),
        language=head.fields.get("language"),
    )


def _read_head(text: str) -> _Head:
    lines = text.split("\n", 60)[:60]
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    wire = _WIRE.match(lines[start])
    if wire:
        fields = {"published": wire[1]} | ({"title": wire[2].strip()} if wire[2].strip() else {})
        return _Head(fields, tuple(lines[start + 1 :]))
    return _header_lines(lines[start:])


def _header_lines(lines: list[str]) -> _Head:
    """Header lines count only if the first of them has a known key."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        found = _HEADER.match(line.strip())
        key = _KEYS.get(found[1].lower()) if found else None
        if not found or (not fields and key is None):
            return _Head(fields, tuple(lines[number:]))
        value = (found[2] or "").strip()
        if key and value:
            fields.setdefault(key, value)
    return _Head(fields, ())


def _title_line(line: str) -> str | None:
    line = line.strip()
    if not line or len(line) > _LONGEST_TITLE or line.endswith((".", ":", ";", ",")):
        return None
    return line


def _second(body: tuple[str, ...]) -> str:
    filled = [line for line in body if line.strip()]
    return filled[1] if len(filled) > 1 else ""


def _publication(
    head: _Head, dateline: Dateline | None, source: Source
) -> tuple[str | None, PublishedBasis | None]:
    if (written := head.fields.get("published")) and (day := parse_published(written)):
        return day, "header"
    if dateline and dateline.day:
        return dateline.day, "dateline"
    if day := day_in_file_name(source.path):
        return day, "file-name"
    return None, None
