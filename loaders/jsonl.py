"""JSON Lines: a record a line, `{id, text, title?, published?, outlet?/source?, url?, language?}`.

Unknown keys are ignored, null counts as absent, a record without an id gets one from its content.
A line that cannot be read is refused with its number, and the next one is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from kg.errors import UnreadableSourceError
from kg.model import Refusal, Report, Source
from loaders.encoding import decode, mark, read_whole
from loaders.text_record import KEYS, record_report

_LONGEST_LINE: Final = 64 << 20
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonLinesLoader:
    """A stream of records in constant memory, one line at a time."""

    name: str = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    description: str = "JSON Lines: one report a line, with id, text and what is known of it"

    def mismatch(self, _head: bytes, /) -> str | None:
        """What is not JSON is refused line by line."""
        return None

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal for each line that is not blank.

        Raises:
            UnreadableSourceError: no line holds anything, or the file is binary.
        """
        empty = True
        for number, line in enumerate(_lines(stream, source.path), start=1):
            if not line.strip():
                continue
            empty = False
            yield _record(line, Source(source.path, number))
        if empty:
            raise UnreadableSourceError(source.path, "the file is empty; give one record a line")


def _lines(stream: IO[bytes], path: str) -> Iterator[bytes]:
    """Lines as UTF-8; a file in UTF-16 or UTF-32 has to be decoded as a whole first."""
    first = stream.readline(_LONGEST_LINE)
    codec = mark(first)
    if codec in ("utf-16", "utf-32"):
        text = decode(first + read_whole(stream, path), path)
        yield from (line.encode() for line in text.split("\n"))
        return
    yield _to_its_end(first, stream).removeprefix(b"\xef\xbb\xbf")
    while line := stream.readline(_LONGEST_LINE):
        yield _to_its_end(line, stream)


def _to_its_end(line: bytes, stream: IO[bytes]) -> bytes:
    """The line; of one that is too long one byte too many, the rest being passed over."""
    if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
        return line
    while (more := stream.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
        pass
    return line + b"\n"


def _record(line: bytes, source: Source) -> Report | Refusal:
    if len(line) > _LONGEST_LINE:
        reason = f"the line is longer than {_LONGEST_LINE >> 20} MiB; split the record"
        return _refusal(source, reason)
    try:
        return record_report(_checked(json.loads(line.decode("utf-8").rstrip())), source)
    except UnicodeDecodeError as error:
        return _refusal(source, f"not UTF-8 at byte {error.start}; save the file as UTF-8")
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return _refusal(source, f"not JSON: {what} at column {error.colno}; mend the line")
    except RecursionError:
        return _refusal(source, "nested too deeply; a record is a flat object")
    except ValueError as error:
        return _refusal(source, str(error))


def _refusal(source: Source, reason: str) -> Refusal:
    return Refusal(source.path, source.line, reason)


def _checked(value: Any) -> dict[str, str]:
    """The known keys of a record as text.

    Raises:
        ValueError: not an object, or a value that is no text.
    """
    if not isinstance(value, dict):
        raise ValueError('the line is not an object; write {"id": …, "text": …}')
    fields = {key: _text(key, value[key]) for key in KEYS if value.get(key) is not None}
    return {key: text for key, text in fields.items() if text.strip()}


def _text(key: str, value: Any) -> str:
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is {_kind(value)} where text is needed')
    if _SURROGATE.search(value):
        raise ValueError(f'"{key}" holds half a character (a lone surrogate); mend the escape')
    return value


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return kinds.get(type(value), "an object")
