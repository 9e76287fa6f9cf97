"""Bytes to reports: one module for each kind of file, listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Final, TypeVar

from kg.model import Refusal, Report
from loaders.base import Loader, Skipped
from loaders.ftm import FtmLoader
from loaders.jsonl import JsonLinesLoader
from loaders.language import with_languages
from loaders.late import LateLoader
from loaders.mapping import read_mapping
from loaders.reading import read_paths
from loaders.table import TableLoader
from ontology.lexicon import Lexicon, reading_with

__all__ = ["LOADERS", "Loader", "Skipped", "knowing", "read_path"]
T = TypeVar("T")

LOADERS: Final[tuple[Loader, ...]] = (
    LateLoader("loaders.text:TextLoader", (".txt", ".text")),
    FtmLoader(),
    JsonLinesLoader(),
    LateLoader("loaders.html:HtmlLoader", (".html", ".htm", ".xhtml")),
    LateLoader("loaders.travels_xml:TravelsLoader", (".xml",)),
    LateLoader("loaders.visits_xml:VisitsLoader", (".xml",)),
    LateLoader("loaders.facts:FactsLoader", (".csv",)),
    LateLoader("loaders.feed:FeedLoader", (".rss", ".atom", ".rdf", ".xml")),
    LateLoader("loaders.mail:MailLoader", (".eml", ".mbox")),
    LateLoader("loaders.pdf:PdfLoader", (".pdf",)),
    LateLoader("loaders.warc:WarcLoader", (".warc",)),
    LateLoader("loaders.wikidata:WikidataLoader", (".json",)),
    TableLoader(),
)


def knowing(data: Lexicon, outcomes: Iterable[T]) -> Iterator[T]:
    """What is read, step by step, with these reference data instead of the shipped ones alone."""
    reading = iter(outcomes)
    while True:
        with reading_with(data):
            try:
                outcome = next(reading)
            except StopIteration:
                return
        yield outcome


def read_path(
    paths: Sequence[str | Path],
    *,
    stdin: IO[bytes] | None = None,
    mapping: str | Path | None = None,
    allow_private: bool = False,
) -> Iterator[Report | Refusal | Skipped]:
    """The reports of files, folders, addresses of the web and standard input, streamed.

    Folders are read recursively in name order; inside them a file with an unknown extension is
    skipped, named outright it is refused. The loader is chosen by extension, then by what the file
    starts with. `-` is `stdin`: JSON Lines if it starts with `{`, else one plain text.

    Args:
        paths: what to read, in this order.
        stdin: where `-` reads from.
        mapping: what the columns of all tables in CSV mean; else a mapping beside a table, else
            its own column names tell.
        allow_private: fetch from addresses inside a private network too.

    Raises:
        MappingError: the mapping cannot be used.
    """
    if mapping is None:
        found = read_paths(paths, LOADERS, stdin, allow_private=allow_private)
        return with_languages(found)
    mapped = TableLoader(mapping=read_mapping(Path(mapping)))
    found = read_paths(paths, (mapped, *LOADERS), stdin, allow_private=allow_private)
    return with_languages(found)
