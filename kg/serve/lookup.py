"""Small questions of the pages to the graph, answered by the same workers as everybody's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.serve.frames import Job
from kg.serve.pool import WorkerPool

Row = Mapping[str, str]
_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a small answer; a cell that is not bound is missing. `truth` is that of an ASK."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Mapping[str, str]]]
    truth: bool | None = None

    def texts(self) -> list[Row]:
        """The rows as plain texts."""
        return [{name: cell["value"] for name, cell in row.items()} for row in self.rows]


async def collect(pool: WorkerPool, job: Job) -> tuple[str, bytes]:
    """A whole answer in memory, and its media type: only for jobs with a low limit of bytes."""
    answer = await pool.ask(job)
    async with answer:
        body = b"".join([chunk async for chunk in answer.chunks()])
        return answer.head.media_type, body


async def rows(pool: WorkerPool, query: str, *, max_bytes: int = 1 << 22) -> Table:
    """The answer to a SELECT or ASK.

    Raises:
        JobFailedError: no answer, or one larger than `max_bytes`.
    """
    _, body = await collect(pool, Job("query", "", query, _JSON, max_bytes=max_bytes))
    return parse_table(body)


def parse_table(body: bytes) -> Table:
    """A table from SPARQL's JSON results."""
    known = json.loads(body)
    if "boolean" in known:
        return Table((), (), known["boolean"])
    return Table(known["head"]["vars"], known["results"]["bindings"])
