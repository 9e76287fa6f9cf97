"""One named stream of bytes to reports: an archive is read through, the rest by its loader.

Whatever is wrong with one file or member comes out as a refusal that names it, as
`archive.zip!inner/report.txt`, and the next one is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import IO, Final

from kg.errors import KgError, UnreadableSourceError
from kg.model import Refusal, Report, Source
from loaders.archives import ARCHIVES, Member, innermost, is_container, members, suffix
from loaders.base import HEAD_SIZE, Loader, Skipped, printable
from loaders.unpacking import Budget, UnpackedTooLargeError

Outcome = Report | Refusal | Skipped
_DEEPEST: Final = 5
"""Layers of packing: a .zip of .tar.gz files of .txt.gz files has four."""


def candidates(name: str, loaders: Sequence[Loader]) -> list[Loader]:
    """The loaders for files of that name."""
    return [loader for loader in loaders if suffix(name) in loader.suffixes]


def is_known(name: str, loaders: Sequence[Loader]) -> bool:
    """True if files of that name are read, packed or not."""
    inner = innermost(name)
    return is_container(inner) or bool(candidates(inner, loaders))


def endings(loaders: Sequence[Loader]) -> str:
    """All file name endings that are read, for messages."""
    return " ".join(dict.fromkeys([*(s for one in loaders for s in one.suffixes), *ARCHIVES]))


def read_content(
    stream: IO[bytes],
    name: str,
    source: Source,
    loaders: Sequence[Loader],
    budget: Budget,
    *,
    depth: int = 0,
) -> Iterator[Outcome]:
    """The reports of one file, or of one member of an archive.

    Args:
        name: its ending tells what it is; for a packed file that is not the end of the path.
        depth: layers of packing around it.

    Raises:
        UnpackedTooLargeError: only inside an archive; the outermost file is then refused.
    """
    try:
        if suffix(name) in ARCHIVES:
            yield from _read_archive(stream, name, source, loaders, budget, depth)
        else:
            yield from _read_plain(stream, name, source, loaders)
    except UnpackedTooLargeError as error:
        if depth:
            raise
        yield Refusal(error.path, None, error.reason)
    except UnreadableSourceError as error:
        yield Refusal(error.path, error.line, error.reason)
    except KgError as error:
        yield Refusal(source.path, None, str(error))


def _read_archive(
    stream: IO[bytes],
    name: str,
    source: Source,
    loaders: Sequence[Loader],
    budget: Budget,
    depth: int,
) -> Iterator[Outcome]:
    if depth == _DEEPEST:
        reason = f"archives are packed in each other more than {_DEEPEST} deep; unpack this one"
        raise UnreadableSourceError(source.path, reason)
    for member in members(stream, name, source.path, budget):
        path = f"{source.path}!{printable(member.name)}" if member.name else source.path
        if outcome := _not_read(member, path, loaders):
            yield outcome
            continue
        with member.open() as content:
            inner = Source(path)
            yield from read_content(content, member.inner, inner, loaders, budget, depth=depth + 1)


def _not_read(member: Member, path: str, loaders: Sequence[Loader]) -> Refusal | Skipped | None:
    if member.forged:
        return Refusal(path, None, member.forged)
    if any(step.startswith(".") for step in member.name.split("/")):
        return Skipped(path, "hidden")
    if not is_known(member.inner, loaders):
        return Skipped(path, "unknown extension")
    return Refusal(path, None, member.unreadable) if member.unreadable else None


def _read_plain(
    stream: IO[bytes], name: str, source: Source, loaders: Sequence[Loader]
) -> Iterator[Outcome]:
    head = _at_least(stream, HEAD_SIZE)
    rest = io.BufferedReader(Rejoined(head, stream))
    yield from _chosen(head, source, candidates(name, loaders)).read(rest, source)


def _at_least(stream: IO[bytes], count: int) -> bytes:
    """The first `count` bytes, fewer only if there are no more."""
    head = b""
    while len(head) < count and (more := stream.read(count - len(head))):
        head += more
    return head


def _chosen(head: bytes, source: Source, loaders: Sequence[Loader]) -> Loader:
    if not head:
        raise UnreadableSourceError(source.path, "the file is empty; give a file that holds a text")
    mismatches = [(loader.mismatch(head), loader) for loader in loaders]
    for mismatch, loader in mismatches:
        if mismatch is None:
            return loader
    raise UnreadableSourceError(source.path, mismatches[0][0] or "no loader reads it")


class Rejoined(io.RawIOBase):
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
