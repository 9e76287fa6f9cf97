"""HTML pages: the article's text without navigation, related links, cookie notes and footers.

Needs the extra `html` (trafilatura), which is imported only when a page is read. The page's day,
title and publisher come from its own markup; nothing is inferred from the running text, because
that would depend on the day on which the page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from kg.errors import MissingExtraError, UnreadableSourceError
from kg.ids import digest
from kg.model import PublishedBasis, Refusal, Report, Source
from loaders.encoding import decode, read_whole
from loaders.html_meta import PageMetadata, page_metadata
from loaders.published import day_in_file_name

_LARGEST_PAGE: Final = 16 << 20
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class HtmlLoader:
    """One page, one report."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    description: str = "HTML pages, page furniture removed (needs the extra 'html')"

    def mismatch(self, _head: bytes, /) -> str | None:
        """A page without an article is refused when it is read."""
        return None

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """The one report of the page.

        Raises:
            UnreadableSourceError: empty, binary, larger than a page can be, or no article in it.
            MissingExtraError: trafilatura is not installed.
        """
        data = read_whole(stream, source.path, most=_LARGEST_PAGE)
        declared = _CHARSET.search(data[:4096])
        page = decode(data, source.path, declared=declared[1].decode() if declared else None)
        yield _report(_article(page, source.path), page_metadata(page), source)


def _article(page: str, path: str) -> str:
    try:
        from trafilatura import extract
    except ImportError as error:
        raise MissingExtraError("reading HTML pages", "html") from error
    found = extract(
        _DECLARATION.sub("", page, count=1),
        output_format="txt",
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
    )
    if not isinstance(found, str) or not found.strip():
        raise UnreadableSourceError(path, "the page holds no article text; save the text as .txt")
    return found.strip() + "\n"


def _report(text: str, page: PageMetadata, source: Source) -> Report:
    from_name = None if page.published else day_in_file_name(source.path)
    basis: PublishedBasis = "markup" if page.published else "file-name"
    return Report(
        id=digest(page.title or "", text),
        text=text,
        source=source,
        outlet=page.outlet,
        title=page.title,
        published=page.published or from_name,
        published_basis=basis if page.published or from_name else None,
        url=page.url,
        language=page.language,
    )
