"""Fragments of HTML as a reader sees them: text by blocks, nothing of it judged or left out.

For the bodies of feeds and mails, which are the article already; whole pages go through
`loaders.html`, which tells the article from what stands around it.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.markup import TolerantParser

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
))  # fmt: skip
_UNSEEN: Final = frozenset(("head", "noscript", "script", "style", "template"))
_CELLS: Final = frozenset(("td", "th"))
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+|#[xX][0-9A-Fa-f]+);")


def shown_text(fragment: str) -> str:
    """The text of an HTML fragment, one line a block, without blank lines; empty if there is none.

    Text without any tag or entity keeps its own lines.
    """
    if not _TAG.search(fragment):
        return "\n".join(line for line in map(str.strip, fragment.splitlines()) if line)
    shown = _Shown()
    shown.feed(fragment)
    shown.close()
    lines = "".join(shown.parts).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def only_links(page: str) -> bool:
    """True if all that a page shows is the words of links: it only leads elsewhere."""
    shown = _LinksAndWords()
    shown.feed(page)
    shown.close()
    return shown.links > 0 and not any(map(str.isalnum, "".join(shown.parts)))


class _Shown(TolerantParser):
    """Collects text; `parts` has a newline wherever a block begins or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._border(tag)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._border(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        self._border(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " ").replace("\r", " "))

    def _border(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")


class _LinksAndWords(_Shown):
    """Counts links and collects the text that is not theirs.

    A link that is never closed, as old pages have them, holds no words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.links = 0
        self._opened: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._opened = len(self.parts) if any(name == "href" for name, _ in attrs) else None
        elif tag == "title":
            self._unseen.append(tag)
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._opened is not None:
            self.links += any(map(str.isalnum, "".join(self.parts[self._opened :])))
            del self.parts[self._opened :]
            self._opened = None
        super().handle_endtag(tag)
