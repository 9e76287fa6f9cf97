"""PDF documents that hold text: press releases and readouts as ministries publish them.

Needs the extra `pdf` (pypdf). The paragraphs are put together again from the printed lines; then
the text is read as a plain one is, header lines and dateline included. The day on which the file
was made is no day of publication. Pictures of text are not read: pages of that kind are refused.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Any, Final

from kg.errors import MissingExtraError, UnreadableSourceError
from kg.model import Refusal, Report, Source
from loaders.encoding import read_whole
from loaders.pdf_lines import Line, paragraphs
from loaders.text import text_report

_LARGEST: Final = 64 << 20
_MOST_PAGES: Final = 2000
_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
_OF_A_PROGRAM: Final = re.compile(
    r"\AMicrosoft \w+ -|\.(?:docx?|pdf|indd|rtf|odt|tmp)\Z|\A(?:untitled|document\d*)\Z", re.I
)


@dataclass(frozen=True, slots=True)
class PdfLoader:
    """One document, one report."""

    name: str = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)
    description: str = "PDF documents with text in them (needs the extra 'pdf')"

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if the file does not start as a PDF does."""
        found = _MARK in head[:_MARK_WITHIN]
        return None if found else "this is no PDF, whatever it is called; give it its own ending"

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """The one report of the document, and a refusal if there are pages without text.

        Raises:
            UnreadableSourceError: damaged, encrypted, too large, or without any text.
            MissingExtraError: pypdf is not installed.
        """
        document = _opened(read_whole(stream, source.path, most=_LARGEST), source.path)
        pages, pictures, broken = _pages(document)
        text = "\n\n".join(paragraphs(pages))
        if not text.strip():
            raise UnreadableSourceError(source.path, _no_text(pictures, broken))
        report = text_report(text + "\n", source)
        yield replace(report, title=_title(document)) if report.title is None else report
        if pictures or broken:
            listed = ", ".join(map(str, sorted(pictures + broken)))
            reason = f"page {listed}: {_no_text(pictures, broken)}; the other pages are read"
            yield Refusal(source.path, None, reason)


def _opened(data: bytes, path: str) -> Any:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingExtraError("reading PDF", "pdf") from error
    # What pypdf mends on the way it tells its log, which without a handler is standard error.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        document = PdfReader(io.BytesIO(data))
        locked = document.is_encrypted and not document.decrypt("")
        count = 0 if locked else len(document.pages)
    except Exception as error:
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableSourceError(path, f"the PDF is damaged ({words}); get it again") from error
    if locked:
        raise UnreadableSourceError(path, "the PDF is encrypted; save it without its password")
    if count > _MOST_PAGES:
        reason = f"the PDF has {count} pages, more than {_MOST_PAGES}; split it"
        raise UnreadableSourceError(path, reason)
    return document


def _pages(document: Any) -> tuple[list[list[Line]], list[int], list[int]]:
    """Lines of each page; numbers of those with a picture and no text, and of the broken ones."""
    pages: list[list[Line]] = []
    pictures: list[int] = []
    broken: list[int] = []
    for number, page in enumerate(document.pages, start=1):
        lines: list[Line] = []
        try:
            lines = _lines(page)
            if not lines and _has_picture(page):
                pictures.append(number)
        except Exception:  # noqa: BLE001 - a broken page leads pypdf to any error there is
            broken.append(number)
        pages.append(lines)
    return pages, pictures, broken


def _lines(page: Any) -> list[Line]:
    """The lines in the order in which the page writes them."""
    lines: list[Line] = []
    words: list[str] = []
    place = [0.0, 0.0]

    def piece(text: str, matrix: list[float], inner: list[float], _font: Any, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                _end_line(lines, words, place)
            if part.strip() and not "".join(words).strip():
                scale = abs(matrix[3] * inner[3]) or abs(matrix[1] * inner[2]) or 1.0
                place[:] = [inner[5] * matrix[3] + matrix[5], size * scale]
            words.append(part)

    page.extract_text(visitor_text=piece)
    _end_line(lines, words, place)
    return lines


def _end_line(lines: list[Line], words: list[str], place: list[float]) -> None:
    text = " ".join("".join(words).split())
    words.clear()
    if text:
        lines.append(Line(text, *place))


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    items = objects.get_object().values() if objects else ()
    return any(item.get_object().get("/Subtype") == "/Image" for item in items)


def _no_text(pictures: list[int], broken: list[int]) -> str:
    if pictures and not broken:
        return "there are only pictures; put a text layer into the PDF with a program for OCR"
    return "there is no text that can be read; save the text as .txt"


def _title(document: Any) -> str | None:
    """The title that the document gives itself, unless a program made it up."""
    try:
        title = " ".join(str(document.metadata.title or "").split()) if document.metadata else ""
    except Exception:  # noqa: BLE001 - a broken entry leads pypdf to any error there is
        return None
    return None if not title or _OF_A_PROGRAM.search(title) else title
