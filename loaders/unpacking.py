"""Unpacked bytes as bounded streams: no file gives more than its budget, whatever it claims.

The budget belongs to the outermost file and is shared by all that lies in it, so that neither one
member nor many, neither nesting nor members that overlap in the file, can get round it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, cast

from kg.errors import KgError, MissingExtraError, UnreadableSourceError

RATIO: Final = 200
"""Text packs to a tenth, a register in XML to a thirtieth; a bomb begins at a thousandth."""
ALWAYS_ALLOWED: Final = 64 << 20
"""Bytes that any file may unpack to, however small it is."""
_IN_MEMORY: Final = 32 << 20
_CHUNK: Final = 1 << 16
# What the readers of packed data raise on damage; bare ValueError and its like come from headers.
_DAMAGE: Final = (
    EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
    struct.error, ValueError, LookupError, ArithmeticError, NotImplementedError, RuntimeError,
)  # fmt: skip


class UnpackedTooLargeError(UnreadableSourceError):
    """A file that unpacks to more than any honest one; nothing more of it is read."""


@dataclass(slots=True)
class Budget:
    """How many bytes one file may still unpack to."""

    left: int

    @classmethod
    def for_size(cls, size: int) -> Budget:
        """The budget of a file of `size` bytes."""
        return cls(max(ALWAYS_ALLOWED, RATIO * size))

    def need(self, count: int, path: str) -> None:
        """Refuse what is announced to be too much before any of it is unpacked."""
        if count > self.left:
            raise UnpackedTooLargeError(
                path,
                f"this unpacks to more than {RATIO} times its size, as archives made to do harm "
                "do; unpack it yourself if you trust it, and load the folder",
            )

    def spend(self, count: int, path: str) -> None:
        """Count bytes that were unpacked."""
        self.need(count, path)
        self.left -= count


class _Unpacked(io.RawIOBase):
    """What a decompressor gives, counted, with its errors turned into one line."""

    def __init__(self, packed: IO[bytes], path: str, budget: Budget) -> None:
        self._packed, self._path, self._budget = packed, path, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with reading_packed(self._path):
            data = self._packed.read(len(buffer))
        self._budget.spend(len(data), self._path)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._packed.close()
        super().close()


@contextmanager
def reading_packed(path: str) -> Iterator[None]:
    """Turns what a broken archive raises into an `UnreadableSourceError` that names `path`."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if not isinstance(error, (*_DAMAGE, *_zstd_errors())):
            raise
        words = " ".join(str(error).split()) or type(error).__name__
        reason = f"the packed file is damaged or cut off ({words}); get it again"
        raise UnreadableSourceError(path, reason) from error


def unpacked(packed: IO[bytes], path: str, budget: Budget) -> IO[bytes]:
    """A stream of unpacked bytes that counts and names what goes wrong."""
    return io.BufferedReader(_Unpacked(packed, path, budget), _CHUNK)


def seekable(stream: IO[bytes], stack: ExitStack) -> IO[bytes]:
    """The stream itself if it can be read at any place, else a copy without a name."""
    if stream.seekable():
        return stream
    temporary = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the stack closes it
    copy = cast(IO[bytes], stack.enter_context(temporary))
    while chunk := stream.read(_CHUNK):
        copy.write(chunk)
    copy.seek(0)
    return copy


def _gzip(stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb"))


def _bzip2(stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], bz2.BZ2File(stream))


def _zstandard(stream: IO[bytes]) -> IO[bytes]:
    library = _zstd_library()
    if library is None:
        raise MissingExtraError("reading .zst files", "zst")
    return cast(IO[bytes], library.ZstdFile(stream))


def _zstd_errors() -> tuple[type[Exception], ...]:
    library = _zstd_library()
    return (library.ZstdError,) if library else ()


@cache
def _zstd_library() -> Any:
    """The standard library's module, from Python 3.14 on, or the same for older versions."""
    for name in ("compression.zstd", "backports.zstd"):
        with suppress(ImportError):
            return import_module(name)
    return None


DECOMPRESSORS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".zst": _zstandard,
}
"""Extension of a packed file to what opens it."""
