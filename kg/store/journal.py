"""What changed in the merged graph from one revision to another, for copies kept elsewhere.

Invariant: an entry says exactly what one change did to the default graph. A missing, damaged or
overlong stretch of entries is no answer at all: whoever follows then compares everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize
from pyoxigraph import Store as Engine

from kg.store.base import Change

QUADS: Final = 20_000
"""Beyond so many quads in one change, comparing everything is no slower."""
BYTES: Final = 16_000_000


class Journal:
    """The changes of one graph directory, one JSON line each, oldest first."""

    def __init__(self, root: Path) -> None:
        self._path = root / "journal.jsonl"

    def append(self, before: str, after: str, change: Change | None) -> None:
        """Note what made `after` of `before`; None for a change too large to note.

        That it cannot be written is no error: the chain then ends there.
        """
        with suppress(OSError):
            if change is None or self._size() > BYTES:
                self._path.unlink(missing_ok=True)
            if change is not None:
                entry = {"from": before, "to": after} | {
                    "removed": _text(change.removed),
                    "added": _text(change.added),
                }
                with self._path.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def between(self, before: str, after: str) -> Change | None:
        """What made `after` of `before`; None if nobody knows."""
        steps = {entry["to"]: entry for entry in self._entries()}
        chain: list[dict[str, str]] = []
        at = after
        while at != before:
            if at not in steps:
                return None
            chain.append(steps.pop(at))
            at = chain[-1]["from"]
        return _together(reversed(chain))

    def _size(self) -> int:
        return self._path.stat().st_size if self._path.exists() else 0

    def _entries(self) -> Iterator[dict[str, str]]:
        try:
            lines = self._path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return
        for line in lines:
            with suppress(ValueError):  # half a line: its writer was killed
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.keys() == _KEYS:
                    yield entry


_KEYS: Final = {"from", "to", "removed", "added"}


def effect(engine: Engine, change: Change) -> Change | None:
    """What a change will do to the default graph as it is now; None if that is too much to note."""
    added = {q for q in change.added if isinstance(q.graph_name, DefaultGraph)}
    removed = {q for q in change.removed if isinstance(q.graph_name, DefaultGraph)}
    if len(added) + len(removed) > QUADS:
        return None
    return Change(
        removed=frozenset(q for q in removed - added if q in engine),
        added=frozenset(q for q in added if q not in engine),
    )


def _together(chain: Iterable[dict[str, str]]) -> Change | None:
    """The changes one after the other as one."""
    removed: set[Quad] = set()
    added: set[Quad] = set()
    try:
        for entry in chain:
            gone, come = set(_quads(entry["removed"])), set(_quads(entry["added"]))
            removed, added = (removed | (gone - added)) - come, (added - gone) | (come - removed)
    except (SyntaxError, ValueError):
        return None
    return Change(removed=frozenset(removed), added=frozenset(added))


def _text(quads: Iterable[Quad]) -> str:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()


def _quads(text: str) -> Iterator[Quad]:
    return parse(text, format=RdfFormat.N_QUADS)
