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
from loaders.shown import only_links

LARGEST_PAGE: Final = 16 << 20
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
        data = read_whole(stream, source.path, most=LARGEST_PAGE)
        page = page_text(data, source.path)
        report = page_report(page, page_metadata(page), source)
        if report is None:
            reason = "the page holds no article text; save the text as .txt"
            if only_links(page):
                reason = "the page only leads to another one; load that"
            raise UnreadableSourceError(source.path, reason)
        yield report


def page_text(data: bytes, path: str, *, charset: str | None = None) -> str:
    """The markup of a page.

    Args:
        charset: what the server says of it; else the page's own word is tried.

    Raises:
        UnreadableSourceError: empty or binary.
    """
    declared = _CHARSET.search(data[:4096])
    return decode(data, path, declared=charset or (declared[1].decode() if declared else None))


def article(page: str) -> str:
    """The text of a page's article, empty if it has none.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    try:
        from trafilatura import extract
    except ImportError as error:
        raise MissingExtraError("reading HTML", "html") from error
    found = extract(
        _DECLARATION.sub("", page, count=1),
        output_format="txt",
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
    )
    return found.strip() if isinstance(found, str) else ""


def page_report(page: str, said: PageMetadata, source: Source) -> Report | None:
    """The report that a page is, None if there is no article in it, or nothing but links.

    Args:
        page: its markup.
        said: what it says of itself.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    text = article(page)
    if not text or only_links(page):
        return None
    text += "\n"
    from_name = None if said.published else day_in_file_name(source.path)
    basis: PublishedBasis = "markup" if said.published else "file-name"
    return Report(
        id=digest(said.title or "", text),
        text=text,
        source=source,
        outlet=said.outlet,
        title=said.title,
        published=said.published or from_name,
        published_basis=basis if said.published or from_name else None,
        url=said.url,
        language=said.language,
    )
