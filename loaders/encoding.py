"""Bytes to text, the same on every machine: byte order mark, UTF-8, then the likeliest code page.

Newlines become `\\n`, so that character offsets do not depend on the system that wrote the file.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import IO, Final
from unicodedata import category

from kg.errors import UnreadableSourceError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
# The code pages of news archives; a free choice among all known ones would be a lottery on a
# short text.
_CODE_PAGES: Final = ["cp1251", "cp1252", "koi8_r", "cp1250", "cp1254", "cp1253", "big5", "gb18030"]
_SAMPLE: Final = 65536
LARGEST: Final = 256 << 20
"""Bytes of a file that has to be held in memory as a whole."""
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL: Final = 0.01
# Letters of Mac Roman behind a small letter, where the code pages of Windows have signs or capitals; and two bytes
# together, or the letters of Windows beside those of ASCII, which a Western text in Mac Roman has not.
_MAC: Final = re.compile(rb"[a-z][\x87-\x89\x8b\x8d-\x90\x95\x98\x9b](?![\x80-\xff])")
_NOT_MAC: Final = re.compile(
    rb"[\x80-\xff]{2}|[A-Za-z][\xc0-\xcf\xd6-\xff]|[\xc0-\xcf\xd6-\xff][A-Za-z]"
)
# Upper bytes of alphabets: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, up to Georgian; the two most frequent
# ones (letters and blanks) make up most of a text.
_LAST_BLOCK: Final = 0x10
_OF_ONE_SCRIPT: Final = 0.9


def read_whole(stream: IO[bytes], path: str, *, most: int = LARGEST) -> bytes:
    """All bytes of a file.

    Raises:
        UnreadableSourceError: there are more than `most`.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        size = f"{most >> 20} MiB"
        raise UnreadableSourceError(path, f"it is larger than {size}; split it into smaller files")
    return data


def decode(data: bytes, path: str, *, declared: str | None = None) -> str:
    """The text of a file, without byte order mark and with `\\n` newlines.

    Args:
        declared: an encoding the file itself names, tried after UTF-8.

    Raises:
        UnreadableSourceError: the file is empty, binary, or broken in its own encoding.
    """
    if not data or data.isspace():
        raise UnreadableSourceError(path, "the file is empty; give a file that holds a text")
    text = _newlines(_decoded(data, path, declared))
    if not text.strip():
        raise UnreadableSourceError(path, "the file is empty; give a file that holds a text")
    return text


def mark(head: bytes) -> str | None:
    """Name of the encoding that a byte order mark at the start tells, or None."""
    return next((codec for bom, codec in _MARKS if head.startswith(bom)), None)


def told_by(head: bytes) -> str | None:
    """Name of the encoding that the start of a file tells, by a mark or as UTF-16 without one."""
    return mark(head) or _unmarked_utf16(head[: len(head) // 2 * 2])


def _decoded(data: bytes, path: str, declared: str | None) -> str:
    codec = mark(data) or _unmarked_utf16(data)
    if codec:
        return _strict(data, codec, path)
    _refuse_binary(data, path)
    for known in ("utf-8", declared):
        if known:
            try:
                return data.decode(known)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode(_code_page(data, path), errors="strict")


def _strict(data: bytes, codec: str, path: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        reason = f"the file starts as {codec.removesuffix('-sig').upper()} but is broken at byte "
        raise UnreadableSourceError(
            path, f"{reason}{error.start}; save it again as UTF-8"
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as bytes of a few blocks of characters on one side of the pairs.

    Zero for Latin letters and blanks, 4 for Cyrillic ones, and so on; what it decodes to must be text.
    """
    head = data[:1024]
    if len(head) < 4 or len(data) % 2:
        return None
    sides = {"utf-16-le": head[1::2], "utf-16-be": head[0::2]}
    found = [
        codec
        for codec, other in zip(sides, reversed(sides), strict=True)
        if _names_blocks(sides[codec], sides[other]) and _is_text(head, codec)
    ]
    return found[0] if len(found) == 1 else None


def _names_blocks(high: bytes, low: bytes) -> bool:
    """True if these can be the upper bytes of a text's characters, the others the lower ones."""
    if high.count(0) > 0.3 * len(high) and low.count(0) == 0:
        return True
    blocks = Counter(high).most_common(2)
    return all(byte <= _LAST_BLOCK for byte, _ in blocks) and (
        sum(count for _, count in blocks) >= _OF_ONE_SCRIPT * len(high)
    )


def _is_text(head: bytes, codec: str) -> bool:
    text = head[: len(head) // 2 * 2].decode(codec, "ignore")
    return all(c in "\t\n\r\f" or category(c) not in ("Cc", "Cn", "Co") for c in text)


def _refuse_binary(data: bytes, path: str) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableSourceError(path, f"this is {kind}, not text; save it as plain text")
    head = data[:_SAMPLE]
    if b"\x00" in data or len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head):
        raise UnreadableSourceError(
            path,
            "this is a binary file, or UTF-16 without a mark; give plain text in UTF-8, HTML or JSONL",
        )


def _code_page(data: bytes, path: str) -> str:
    """The likeliest code page, judged by the parts that are not ASCII."""
    from charset_normalizer import from_bytes

    if _MAC.search(data) and not _NOT_MAC.search(data):
        return "mac_roman"
    best = from_bytes(_telling(data), cp_isolation=_CODE_PAGES, threshold=0.5).best()
    for codec in (best.encoding if best else None, "cp1252", "latin-1"):
        if codec and _decodes(data, codec):
            return codec
    raise UnreadableSourceError(  # pragma: no cover - Latin-1 decodes anything
        path, "the encoding cannot be recognised; save it as UTF-8"
    )


def _telling(data: bytes) -> bytes:
    if len(data) <= _SAMPLE:
        return data
    sample = bytearray()
    for found in re.finditer(rb"[^\n]*[\x80-\xff][^\n]*", data):
        sample += found[0][:4096] + b"\n"
        if len(sample) >= _SAMPLE:
            break
    return bytes(sample)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
