"""Paths to reports: files, folders in name order, standard input; no refusal stops a pile."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final

from kg.errors import KgError, UnreadableSourceError
from kg.model import Refusal, Report, Source
from loaders.base import HEAD_SIZE, Loader, Skipped

STDIN: Final = "-"
Outcome = Report | Refusal | Skipped


def read_paths(
    paths: Sequence[str | Path], loaders: Sequence[Loader], stdin: IO[bytes] | None
) -> Iterator[Outcome]:
    """The reports of files, folders and `-`, in the order given; see `loaders.read_path`."""
    for path in paths:
        if str(path) == STDIN:
            yield from _read_stdin(stdin, loaders)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), loaders)
        else:
            yield from _read_named(Path(path), loaders)


def shown(path: str | Path) -> str:
    """A path as it can be printed and stored: bytes that are no text are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _read_named(path: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    if _candidates(path, loaders) or not os.path.lexists(path):
        yield from _read_file(path, loaders)
    else:
        known = " ".join(s for loader in loaders for s in loader.suffixes)
        kind = f"the extension {path.suffix!r}" if path.suffix else "a name without an extension"
        yield Refusal(shown(path), None, f"{kind} is not known; known are {known}")


def _read_folder(folder: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    readable = False
    for outcome in _walk(folder, loaders, frozenset({folder.resolve()})):
        readable = readable or not isinstance(outcome, Skipped)
        yield outcome
    if not readable:
        known = " ".join(dict.fromkeys(s for loader in loaders for s in loader.suffixes))
        yield Refusal(
            shown(folder), None, f"the folder holds no file that can be read; known are {known}"
        )


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
            else:
                yield from _walk(path, loaders, above | {target})
        elif not _candidates(path, loaders):
            yield Skipped(shown(path), "unknown extension")
        else:
            yield from _read_file(path, loaders)


def _candidates(path: Path, loaders: Sequence[Loader]) -> list[Loader]:
    return [loader for loader in loaders if path.suffix.lower() in loader.suffixes]


def _read_file(path: Path, loaders: Sequence[Loader]) -> Iterator[Outcome]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Refusal(shown(path), None, "this is not a regular file; give a file or a folder")
            return
        with path.open("rb") as stream:
            yield from _read_stream(stream, Source(shown(path)), _candidates(path, loaders))
    except OSError as error:
        yield Refusal(shown(path), None, _why(error))


def _read_stream(
    stream: io.BufferedReader, source: Source, candidates: Sequence[Loader]
) -> Iterator[Outcome]:
    head = stream.read(HEAD_SIZE)
    stream.seek(0)
    try:
        yield from _chosen(head, source, candidates).read(stream, source)
    except UnreadableSourceError as error:
        yield Refusal(error.path, error.line, error.reason)
    except KgError as error:
        yield Refusal(source.path, None, str(error))


def _chosen(head: bytes, source: Source, candidates: Sequence[Loader]) -> Loader:
    if not head:
        raise UnreadableSourceError(source.path, "the file is empty; give a file that holds a text")
    mismatches = [(loader.mismatch(head), loader) for loader in candidates]
    for mismatch, loader in mismatches:
        if mismatch is None:
            return loader
    raise UnreadableSourceError(source.path, mismatches[0][0] or "no loader reads it")


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
    loader = next(one for one in loaders if wanted in one.suffixes)
    try:
        yield from loader.read(io.BufferedReader(_Rejoined(first, stdin)), source)
    except UnreadableSourceError as error:
        yield Refusal(error.path, error.line, error.reason)


class _Rejoined(io.RawIOBase):
    """Bytes already read from a stream, then the rest of it."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = len(buffer)
        data, self._first = self._first[:wanted], self._first[wanted:]
        data = data or self._rest.read(wanted)
        buffer[: len(data)] = data
        return len(data)


def _why(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "there is no such file or folder; check the path",
        PermissionError: "it may not be read; check its permissions",
        IsADirectoryError: "this is a folder, not a file",
    }
    return reasons.get(type(error), f"it cannot be read ({error.strerror or error})")
