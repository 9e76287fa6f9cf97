"""Paths to reports: files, folders in name order, addresses, standard input; no refusal stops a pile."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Final

from kg.errors import UnreadableSourceError
from kg.ids import GRAPH_MARKER
from kg.model import Refusal, Source
from loaders.addresses import is_web_address
from loaders.archives import innermost, is_container
from loaders.base import HEAD_SIZE, Loader, Skipped, printable
from loaders.content import Outcome, Rejoined, endings, is_known, read_content
from loaders.mapping import MappingError, mapping_beside, read_mapping
from loaders.table import TABLES, TableLoader
from loaders.unpacking import Budget

STDIN: Final = "-"


def read_paths(
    paths: Sequence[str | Path],
    loaders: Sequence[Loader],
    stdin: IO[bytes] | None,
    *,
    allow_private: bool = False,
) -> Iterator[Outcome]:
    """The reports of files, folders, addresses and `-`, in the order given.

    See `loaders.read_path`.
    """
    addresses = [str(path) for path in paths if is_web_address(path)]
    fetched = _reader_of_addresses(loaders, allow_private) if addresses else None
    for path in paths:
        if fetched and str(path) in addresses:
            yield from fetched(str(path))
        elif str(path) == STDIN:
            yield from _read_stdin(stdin, loaders)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), loaders)
        else:
            yield from _read_named(Path(path), loaders)


def _reader_of_addresses(
    loaders: Sequence[Loader], allow_private: bool
) -> Callable[[str], Iterator[Outcome]]:
    """Reads addresses of the web; what that needs is imported only for one."""
    from loaders.web.fetch import Fetcher
    from loaders.web.hosts import any_address, is_public
    from loaders.web.pages import read_address

    fetcher = Fetcher(any_address if allow_private else is_public)
    return partial(read_address, fetcher=fetcher, loaders=loaders)


def shown(path: str | Path) -> str:
    """A path as it can be printed on one line and stored: all else is escaped."""
    return printable(os.fspath(path))


def _read_named(path: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    if not is_known(path.name, loaders) and os.path.lexists(path):
        kind = f"the extension {path.suffix!r}" if path.suffix else "a name without an extension"
        if innermost(path.name) != path.name:
            kind = "what is packed in it cannot be told from its name; call it report.txt.gz"
        yield Refusal(shown(path), None, f"{kind} is not known; known are {endings(loaders)}")
    elif is_container(innermost(path.name)):
        yield from _something(_read_file(path, loaders), shown(path), "archive", loaders)
    else:
        yield from _read_file(path, loaders)


def _read_folder(folder: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    if _is_graph(folder):
        reason = "this is a graph, not a folder of reports; give the reports, and the graph by --db"
        yield Refusal(shown(folder), None, reason)
        return
    walk = _walk(folder, loaders, frozenset({folder.resolve()}))
    yield from _something(walk, shown(folder), "folder", loaders)


def _is_graph(folder: Path) -> bool:
    return (folder / GRAPH_MARKER).is_file()


def _something(
    outcomes: Iterator[Outcome], path: str, kind: str, loaders: Sequence[Loader]
) -> Iterator[Outcome]:
    """The outcomes, and a refusal if all that was found is of no known kind."""
    readable = False
    for outcome in outcomes:
        readable = readable or not isinstance(outcome, Skipped)
        yield outcome
    if not readable:
        reason = f"the {kind} holds no file that can be read; known are {endings(loaders)}"
        yield Refusal(path, None, reason)


def _walk(folder: Path, loaders: Sequence[Loader], above: frozenset[Path]) -> Iterator[Outcome]:
    """Entries in code point order of their names; `above` keeps a link from leading in circles."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(shown(folder), None, _why(error))
        return
    for path in entries:
        if path.name.startswith("."):
            yield Skipped(shown(path), "hidden")
        elif path.is_dir():
            target = path.resolve()
            if target in above:
                yield Skipped(shown(path), "a link back to a folder that it lies in")
            elif _is_graph(path):
                yield Skipped(shown(path), "a graph")
            else:
                yield from _walk(path, loaders, above | {target})
        elif not is_known(path.name, loaders):
            yield Skipped(shown(path), "unknown extension")
        else:
            yield from _read_file(path, loaders)


def _read_file(path: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Refusal(shown(path), None, "this is not a regular file; give a file or a folder")
            return
        with path.open("rb") as stream:
            budget = Budget.for_size(status.st_size)
            loaders = _with_mapping(path, loaders)
            yield from read_content(stream, path.name, Source(shown(path)), loaders, budget)
    except MappingError as error:
        yield Refusal(shown(path), None, str(error))
    except OSError as error:
        yield Refusal(shown(path), None, _why(error))


def _with_mapping(path: Path, loaders: Sequence[Loader]) -> Sequence[Loader]:
    """The loaders, first of them one for this very table if a mapping lies beside it."""
    if path.suffix.lower() not in TABLES or _has_mapping(loaders):
        return loaders
    mapping = mapping_beside(path)
    return (TableLoader(mapping=read_mapping(mapping)), *loaders) if mapping else loaders


def _has_mapping(loaders: Sequence[Loader]) -> bool:
    return any(isinstance(one, TableLoader) and one.mapping for one in loaders)


def _read_stdin(stdin: IO[bytes] | None, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    """`{` first means JSON Lines, anything else is one plain text."""
    source = Source("<stdin>")
    if stdin is None:
        yield Refusal(source.path, None, "there is no standard input; give a file or a folder")
        return
    first = b""
    while not first.strip() and (line := stdin.readline()):
        first += line
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    wanted = ".jsonl" if start.startswith(b"{") else ".txt"
    fitting = (one for one in loaders if wanted in one.suffixes)
    loader = next(one for one in fitting if one.mismatch(first[:HEAD_SIZE]) is None)
    try:
        yield from loader.read(io.BufferedReader(Rejoined(first, stdin)), source)
    except UnreadableSourceError as error:
        yield Refusal(error.path, error.line, error.reason)


def _why(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "there is no such file or folder; check the path",
        PermissionError: "it may not be read; check its permissions",
        IsADirectoryError: "this is a folder, not a file",
    }
    return reasons.get(type(error), f"it cannot be read ({error.strerror or error})")
