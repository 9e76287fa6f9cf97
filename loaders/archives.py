"""Archives as folders: the members of a .zip or .tar, and what a .gz, .bz2 or .zst holds.

Nothing is ever written under a member's name, so no name can lead anywhere; a name that tries, a
link, a device or an encrypted member comes with the reason why it is not read.
"""

from __future__ import annotations

import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import IO, Final, cast

from kg.errors import UnreadableSourceError
from loaders.base import printable
from loaders.unpacking import DECOMPRESSORS, Budget, reading_packed, seekable, unpacked

_SHORT: Final = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".tzst": ".tar.zst"}
_CONTAINERS: Final = (".zip", ".tar")
ARCHIVES: Final = (*_CONTAINERS, *DECOMPRESSORS, *_SHORT)
"""File name endings of archives, lower case, with the dot."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_ENCRYPTED: Final = 0x1
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_END_BLOCK: Final = bytes(tarfile.BLOCKSIZE)


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive.

    Attributes:
        name: its path in the archive, with slashes; empty if the archive is one packed file.
        inner: the name that tells by its ending what the content is.
        forged: why the name itself is refused, or None.
        unreadable: why the content is not read, or None.
        open: opens the content.
    """

    name: str
    inner: str
    open: Callable[[], IO[bytes]]
    forged: str | None = None
    unreadable: str | None = None


def suffix(name: str) -> str:
    """Ending of a file name, lower case, with the dot; empty if it has none."""
    stem, dot, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    return dot + ending.lower() if stem else ""


def innermost(name: str) -> str:
    """The name without the endings of packed files: `a.txt.gz` gives `a.txt`, `b.tgz` `b.tar`."""
    while (ending := suffix(name)) in (*DECOMPRESSORS, *_SHORT):
        name = name[: -len(ending)] + (".tar" if ending in _SHORT else "")
    return name


def is_container(name: str) -> bool:
    """True if the name is one of an archive that holds members."""
    return suffix(name) in _CONTAINERS


def members(stream: IO[bytes], name: str, path: str, budget: Budget) -> Iterator[Member]:
    """What an archive holds, in code point order of the names; folders are left out.

    Args:
        name: whose ending tells the kind of archive.
        path: of the archive, for messages.

    Raises:
        UnreadableSourceError: damaged or cut off; for a .tar after the members before the damage.
        UnpackedTooLargeError: it holds more than the budget has left.
        MissingExtraError: Zstandard without the extra `zst`.
    """
    ending = suffix(name)
    name = name.removesuffix(ending) + _SHORT[ending] if ending in _SHORT else name
    if suffix(name) in DECOMPRESSORS:
        yield _packed_file(stream, name, path, budget)
        return
    with ExitStack() as stack:
        opened = seekable(stream, stack)
        read = _zip_members if suffix(name) == ".zip" else _tar_members
        yield from _once_each(read(opened, path, budget))


def _packed_file(stream: IO[bytes], name: str, path: str, budget: Budget) -> Member:
    ending = suffix(name)

    def opened() -> IO[bytes]:
        with reading_packed(path):
            return unpacked(DECOMPRESSORS[ending](stream), path, budget)

    return Member("", name[: -len(ending)], opened)


def _once_each(found: Iterator[Member]) -> Iterator[Member]:
    last = None
    for member in found:
        if member.name == last:
            reason = "the archive has two members of this name; only the first is read"
            yield Member(member.name, member.inner, member.open, forged=reason)
        else:
            yield member
        last = member.name


def _zip_members(stream: IO[bytes], path: str, budget: Budget) -> Iterator[Member]:
    with reading_packed(path):
        archive = zipfile.ZipFile(stream)
    with archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        budget.need(sum(info.file_size for info in infos), path)
        for info in sorted(infos, key=lambda info: _plain(info.filename)):
            name = _plain(info.filename)
            yield Member(
                name=name,
                inner=name,
                open=partial(_open_zipped, archive, info, f"{path}!{printable(name)}", budget),
                forged=_forged(info.orig_filename),
                unreadable=_why_not_zipped(info),
            )


def _open_zipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: Budget
) -> IO[bytes]:
    with reading_packed(path):
        return unpacked(archive.open(info), path, budget)


def _why_not_zipped(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack it with its password and load the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, which is not followed"
    if info.compress_type not in _METHODS:
        return "it is packed by a method that is not read here; unpack it and load the folder"
    return None


def _tar_members(stream: IO[bytes], path: str, budget: Budget) -> Iterator[Member]:
    with reading_packed(path):
        archive = tarfile.TarFile(fileobj=stream)
    with archive:
        infos, damage = _tar_index(archive, stream, path)
        for info in sorted(infos, key=lambda info: _plain(info.name)):
            name = _plain(info.name)
            yield Member(
                name=name,
                inner=name,
                open=partial(_open_tarred, archive, info, f"{path}!{printable(name)}", budget),
                forged=_forged(info.name),
                unreadable=_why_not_tarred(info),
            )
    if damage:
        raise UnreadableSourceError(path, damage)


def _tar_index(
    archive: tarfile.TarFile, stream: IO[bytes], path: str
) -> tuple[list[tarfile.TarInfo], str | None]:
    """The members that can be read, and what is wrong with the rest of the archive, if anything.

    The library takes any header that it cannot read for the end, so the end mark is looked for.
    """
    infos: list[tarfile.TarInfo] = []
    try:
        with reading_packed(path):
            infos += (info for info in archive if not info.isdir())
            stream.seek(archive.offset)
            whole = stream.read(tarfile.BLOCKSIZE) == _END_BLOCK
    except UnreadableSourceError as error:
        return infos, error.reason
    cut = "the archive has no end mark, so it is damaged or cut off; what it holds before is read"
    return infos, None if whole else cut


def _open_tarred(
    archive: tarfile.TarFile, info: tarfile.TarInfo, path: str, budget: Budget
) -> IO[bytes]:
    with reading_packed(path):
        return unpacked(cast(IO[bytes], archive.extractfile(info)), path, budget)


def _why_not_tarred(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return "it is a link, which is not followed"
    if not info.isreg():
        return "it is no regular file"
    return "it is a sparse file, which is not read; unpack it first" if info.issparse() else None


def _plain(name: str) -> str:
    """The name with slashes only and without `.` and empty steps."""
    steps = name.replace("\\", "/").split("/")
    return "/".join(step for step in steps if step not in ("", "."))


def _forged(name: str) -> str | None:
    """Why a member's name is refused: it tries to lead out of the archive."""
    slashed = name.replace("\\", "/")
    if "\0" in name:
        return "its name holds a zero byte; the archive is forged"
    if slashed.startswith("/") or _DRIVE.match(slashed):
        return "its path is absolute; pack it again with paths inside the archive"
    if ".." in slashed.split("/"):
        return "its path leads out of the archive; pack it again with paths inside the archive"
    return None
