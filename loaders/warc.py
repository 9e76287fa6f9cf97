"""Saved web archives (WARC 1.0 and 1.1): each web page that was fetched, read as a page is.

The day of the fetching is no day of publication, which the page itself must tell. Answers that are
no page, and pages without an article, are counted as skipped; requests and notes of the crawler
are passed over. A `.warc.gz` is a packed `.warc`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser
from typing import IO, Final

from kg.errors import UnreadableSourceError
from kg.model import Refusal, Report, Source
from loaders.addresses import domain, web_address
from loaders.base import Skipped, printable
from loaders.html import LARGEST_PAGE, page_report, page_text
from loaders.html_meta import page_metadata

_VERSION: Final = re.compile(rb"WARC/1\.[01]\s*\Z")
_LONGEST_HEAD: Final = 1 << 16
_CHUNK: Final = 1 << 16
_PAGES: Final = ("text/html", "application/xhtml+xml")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_STATUS_OK: Final = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_CODINGS: Final = ("gzip", "x-gzip", "deflate")
_GZIP_OR_ZLIB: Final = 47
Outcome = Report | Refusal | Skipped


@dataclass(frozen=True, slots=True)
class WarcLoader:
    """One archive of fetched pages, a report a page."""

    name: str = "warc"
    suffixes: tuple[str, ...] = (".warc",)
    description: str = "saved web archives (WARC), each fetched page a report"

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if the file does not start with a record."""
        found = _VERSION.match(head.split(b"\n", 1)[0])
        return None if found else "this is no WARC file of version 1.0 or 1.1"

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Outcome]:
        """One report, refusal or skipped answer for each fetched address, in file order.

        Raises:
            UnreadableSourceError: damaged or cut off, after the records before the damage.
            MissingExtraError: trafilatura is not installed.
        """
        seen: set[tuple[str | None, str]] = set()
        for head, block in _records(stream, source.path):
            if _field(head, "WARC-Type") != "response":
                continue
            outcome = _answer(head, block, source)
            if isinstance(outcome, Report):
                if (outcome.outlet, outcome.id) in seen:
                    outcome = Skipped(outcome.source.path, "the same page once more")
                else:
                    seen.add((outcome.outlet, outcome.id))
            yield outcome


@dataclass(slots=True)
class _Block:
    """The content of one record, read on demand, never beyond its end."""

    stream: IO[bytes]
    left: int
    path: str

    def read(self, most: int) -> bytes:
        data = self.stream.read(min(most, self.left))
        if not data and self.left and most:
            raise UnreadableSourceError(self.path, "the archive ends within a record; get it again")
        self.left -= len(data)
        return data

    def read_all(self, most: int) -> bytes:
        parts, size = [], 0
        while size < most and (data := self.read(most - size)):
            parts.append(data)
            size += len(data)
        return b"".join(parts)


def _records(stream: IO[bytes], path: str) -> Iterator[tuple[Message, _Block]]:
    """Head and block of each record; what the reader leaves of a block is passed over."""
    while line := _first_line(stream):
        if not _VERSION.match(line):
            raise UnreadableSourceError(path, "the archive is damaged; what stands before is read")
        head = _head(stream, path)
        length = _field(head, "Content-Length")
        if not length.isdecimal():
            raise UnreadableSourceError(path, "a record does not tell its length; get it again")
        block = _Block(stream, int(length), path)
        yield head, block
        while block.read(_CHUNK):
            pass


def _first_line(stream: IO[bytes]) -> bytes:
    while (line := stream.readline(_LONGEST_HEAD)) and not line.strip():
        pass
    return line


def _head(stream: IO[bytes], path: str) -> Message:
    """Head lines of a record up to the blank one."""
    lines, size = [], 0
    while (line := stream.readline(_LONGEST_HEAD)).strip():
        lines.append(line)
        size += len(line)
        if size > _LONGEST_HEAD:
            raise UnreadableSourceError(path, "the head of a record is too long to be one")
    return BytesHeaderParser().parsebytes(b"".join(lines))


def _field(head: Message, name: str) -> str:
    """Value of a head line on one line, empty if there is none."""
    return " ".join(str(head.get(name, "")).split())


def _answer(head: Message, block: _Block, source: Source) -> Outcome:
    """What one fetched address gave."""
    address = _field(head, "WARC-Target-URI").strip("<> ")
    place = Source(f"{source.path}!{printable(address)}")
    start = block.read_all(_LONGEST_HEAD)
    lines, _, body = _HEAD_END.sub(b"\n\n", start, count=1).partition(b"\n\n")
    status, _, fields = lines.partition(b"\n")
    http = BytesHeaderParser().parsebytes(fields)
    if _STATUS_OK.match(status) is None:
        return Skipped(place.path, "not the answer with a page")
    if http.get_content_type() not in _PAGES:
        return Skipped(place.path, "no web page")
    body += block.read_all(LARGEST_PAGE + 1)
    try:
        data = _decoded(body, http, place.path)
        return _page(data, http, address, place)
    except UnreadableSourceError as error:
        return Refusal(place.path, error.line, error.reason)


def _page(data: bytes, http: Message, address: str, place: Source) -> Report | Skipped:
    page = page_text(data, place.path, charset=http.get_content_charset())
    said = page_metadata(page)
    url = said.url or web_address(address)
    report = page_report(page, replace(said, url=url, outlet=said.outlet or domain(url)), place)
    return report or Skipped(place.path, "a page without an article")


def _decoded(body: bytes, http: Message, path: str) -> bytes:
    """The page's bytes: put together from chunks and unpacked, where that was not done before."""
    if "chunked" in _field(http, "Transfer-Encoding").lower():
        body = _unchunked(body)
    coding = _field(http, "Content-Encoding").lower() or "identity"
    if coding in _CODINGS:
        body = _unpacked(body, path)
    elif coding != "identity" and b"<" not in body[:1024]:
        raise UnreadableSourceError(path, f"the page is packed as {coding!r}, which is not read")
    if len(body) > LARGEST_PAGE:
        raise UnreadableSourceError(path, f"the page is larger than {LARGEST_PAGE >> 20} MiB")
    return body


def _unchunked(body: bytes) -> bytes:
    """The chunks put together; a body whose crawler has done so already as it is."""
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 0
    return body if not parts else b"".join(parts)


def _unpacked(body: bytes, path: str) -> bytes:
    """The unpacked bytes, one more than a page may have; a body that is not packed as it is."""
    if b"<" in body[:64] and not body.startswith(b"\x1f\x8b"):
        return body
    for window in (_GZIP_OR_ZLIB, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, LARGEST_PAGE + 1)
        except zlib.error:
            continue
    raise UnreadableSourceError(path, "the page is packed and damaged")
