"""An answer of the web to reports: what kind of file it is, and what the address adds to it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import unquote, urlsplit

from kg.model import Refusal, Report, Source
from loaders.addresses import domain, without_user
from loaders.archives import suffix
from loaders.base import Loader, printable
from loaders.content import Outcome, is_known, read_content
from loaders.unpacking import Budget
from loaders.web.fetch import Answer, Fetcher
from loaders.web.hosts import FetchError
from loaders.xml_text import KNOWN_ROOTS, root_name

_KINDS: Final = {
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rdf+xml": ".rdf",
    "application/xml": ".xml", "text/xml": ".xml", "text/html": ".html",
    "application/xhtml+xml": ".xhtml", "application/pdf": ".pdf", "text/plain": ".txt",
    "application/json": ".json", "application/sparql-results+json": ".json",
    "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "message/rfc822": ".eml", "application/mbox": ".mbox",
    "application/zip": ".zip", "application/warc": ".warc", "application/zstd": ".zst",
    "application/x-tar": ".tar", "application/gzip": ".gz", "application/x-gzip": ".gz",
}  # fmt: skip
# What servers call a file that they do not know; then its name tells more.
_VAGUE: Final = (
    "", "application/octet-stream", "binary/octet-stream", "text/plain", "application/json",
    "application/xml", "text/xml", "application/gzip", "application/x-gzip", "application/zip",
)  # fmt: skip
_ONE_TEXT: Final = (".html", ".htm", ".xhtml", ".txt", ".text", ".pdf")


def read_address(address: str, fetcher: Fetcher, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    """The reports of what is at an address; what cannot be had is refused."""
    try:
        answer = fetcher.get(address)
    except FetchError as error:
        yield Refusal(printable(without_user(address)), None, error.reason)
        return
    yield from read_answer(answer, loaders)


def read_answer(answer: Answer, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    """The reports of a page, a feed or a file that was fetched; none if it has not changed."""
    if answer.body is None:
        return
    name, source = _name(answer, loaders), Source(printable(answer.address))
    if not is_known(name, loaders):
        reason = f"what is there ({answer.kind or 'of no kind'}) is no kind of file that is read"
        yield Refusal(source.path, None, reason)
        return
    body = _with_charset(answer.body, answer.charset, name)
    for outcome in read_content(
        io.BytesIO(body), name, source, loaders, Budget.for_size(len(body))
    ):
        if isinstance(outcome, Report) and suffix(name) in _ONE_TEXT:
            outcome = _placed(outcome, answer.address)
        yield outcome


def _name(answer: Answer, loaders: Sequence[Loader]) -> str:
    """A name whose ending tells the kind: by the content, the address, or the server's word."""
    last = unquote(urlsplit(answer.address).path).rpartition("/")[2]
    if root_name((answer.body or b"")[:8192]) in KNOWN_ROOTS:
        return "feed.xml"
    if answer.kind in _VAGUE and is_known(last, loaders):
        return last
    return "page" + _KINDS.get(answer.kind, suffix(last))


def _with_charset(body: bytes, charset: str | None, name: str) -> bytes:
    """The body as UTF-8 with its mark, if the server names another encoding that it really has."""
    if not charset or suffix(name) in (".pdf", ".zip", ".gz", ".tar", ".warc"):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return b"\xef\xbb\xbf" + body.decode(charset).encode()
        except (ValueError, LookupError):
            return body
    return body


def _placed(report: Report, address: str) -> Report:
    """A page that does not say where it belongs belongs where it was found."""
    url = report.url or address
    return replace(report, url=url, outlet=report.outlet or domain(url))
