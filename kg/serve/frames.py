"""What the server and its workers say to each other over pipes.

A job is one line of JSON. An answer is a sequence of frames: one HEAD, any number of DATA, one END;
or a FAIL, which may also come after DATA. A frame is its kind (one byte), its length, its content.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Literal

HEAD, DATA, END, FAIL = b"H", b"D", b"E", b"F"
PREFIX = struct.Struct(">cI")
CHUNK = 1 << 16
"""Bytes of an answer that are collected before they are sent."""


@dataclass(frozen=True, slots=True)
class Job:
    """One question to a worker.

    Attributes:
        kind: `query`; `dump` for the content of graphs; or what `kg.serve.asking` answers.
        snapshot: directory of the state to answer from.
        text: the query; for a dump the graph's IRI, "" for the default graph, "*" for all; else
            what is asked, as JSON.
        accept: the client's `Accept` header.
        base_iri: against which relative IRIs are read.
        dataset: IRIs of the graphs that a query sees: the default graph's ("" for an empty one),
            then the named ones'; empty for all graphs.
        max_rows: rows (or triples) after which the answer is broken off; 0 for no limit.
        max_bytes: the same for bytes.
    """

    kind: Literal["query", "dump", "ask", "read", "show", "stats"]
    snapshot: str
    text: str
    accept: str
    base_iri: str | None = None
    dataset: tuple[str, ...] = ()
    max_rows: int = 0
    max_bytes: int = 0

    def to_line(self) -> bytes:
        """The job as the worker reads it."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Job:
        """The job that a line holds."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before an answer.

    Attributes:
        media_type: of the content.
        complete: the whole content is in the one DATA frame that follows.
    """

    media_type: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, or no more of it.

    Attributes:
        status: the HTTP status.
        message: one line.
        nearest: names that were perhaps meant.
    """

    status: int
    message: str
    nearest: tuple[str, ...] = ()


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """A frame as it goes over the pipe."""
    return PREFIX.pack(kind, len(content)) + content


def describe(value: Head | Failure) -> bytes:
    """Content of a HEAD or FAIL frame."""
    return json.dumps(asdict(value)).encode()


def parse_head(content: bytes) -> Head:
    """What a HEAD frame holds."""
    return Head(**json.loads(content))


def parse_failure(content: bytes) -> Failure:
    """What a FAIL frame holds."""
    known = json.loads(content)
    return Failure(int(known["status"]), str(known["message"]), tuple(known["nearest"]))
