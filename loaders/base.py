"""What a loader is: bytes in, reports and refusals out, nothing else known or remembered.

A loader never sees a store or another report. What cannot be read comes out as a `Refusal` with
a place and a reason, never as an exception in the middle of a pile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from kg.model import Refusal, Report, Source

HEAD_SIZE = 8192
"""How many bytes from the start of a file a loader may look at before it is chosen."""

UNKNOWN_JSON = (
    "this JSON is not known; known are followthemoney entities, entities and query answers of "
    "Wikidata, and records one a line in .jsonl"
)
"""Why a file in JSON is read by no loader."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What no loader reads, such as README.md in a folder, an attachment: counted, not refused."""

    path: str
    reason: str


def printable(text: str) -> str:
    """A name as it can be printed on one line and stored: all else is escaped."""
    text = os.fsencode(text).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode-escape").decode() for c in text)


class Loader(Protocol):
    """Reads one kind of file.

    Attributes:
        name: short and stable; also the folder of its golden cases.
        suffixes: file name endings it reads, lower case, with the dot.
        description: one line for the documentation.
    """

    @property
    def name(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    @property
    def description(self) -> str: ...

    def mismatch(self, head: bytes, /) -> str | None:
        """Why a file of one of the suffixes with this start is not of this kind, or None."""

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal | Skipped]:
        """The reports of one file, in file order, and what in it is no report.

        Raises:
            UnreadableSourceError: the file as a whole cannot be read.
            MissingExtraError: an optional part of the installation is needed.
        """
