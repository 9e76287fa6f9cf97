"""Examples that have an answer in the graph at hand, whatever it holds."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from kg.serve.html import resource
from kg.serve.lookup import rows
from kg.serve.pool import JobFailedError, WorkerPool

Given = Mapping[str, str]
_PATIENCE = 5.0
"""Seconds that the first page after a change waits for examples at most."""


class Examples:
    """Values for the catalogue's questions, looked up again only when the graph has changed."""

    def __init__(self) -> None:
        self._revision: str | None = None
        self._found: Mapping[str, Given] = {}

    async def of(self, pool: WorkerPool) -> Mapping[str, Given]:
        """Question -> values of its parameters; without those that the graph has no answer to.

        Raises:
            StoreError: the graph cannot be read.
        """
        revision = (await pool.state()).revision
        if revision != self._revision:
            entries = _read("question")
            given = await asyncio.gather(*(_values(pool, entry["query"]) for entry in entries))
            found = zip(entries, given, strict=True)
            self._found = {name: values for e, values in found if values for name in e["names"]}
            self._revision = revision
        return self._found


async def _values(pool: WorkerPool, query: str) -> Given:
    """The first row; on a graph where it takes too long to find, none."""
    try:
        async with asyncio.timeout(_PATIENCE):
            found = (await rows(pool, query)).texts()
    except (JobFailedError, TimeoutError):
        return {}
    return found[0] if found else {}


def queries() -> Sequence[tuple[str, str]]:
    """Titles and texts of the queries that the start page offers."""
    return [(entry["title"], entry["query"]) for entry in _read("example")]


@cache
def _read(kind: str) -> Sequence[Mapping[str, str]]:
    entries = tomllib.loads(resource("examples.toml"))[kind]
    return [entry | {"query": entry["query"].strip()} for entry in entries]
