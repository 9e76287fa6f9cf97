"""Where the server's snapshots come from: a directory, or a store that the caller holds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import StoreError, UsageError
from kg.store.base import View
from kg.store.oxigraph import OxigraphStore
from kg.store.snapshots import Snapshot, newest


@dataclass(frozen=True, slots=True)
class State:
    """A finished state of the graph, kept on disk until `release`."""

    revision: str
    path: Path
    release: Callable[[], None]


class Source(Protocol):
    """Gives the newest state; a new one only when something was written."""

    def newer_than(self, revision: str | None) -> State | None:
        """Hold the newest state; None if it is the one with this revision.

        Raises:
            StoreError: it cannot be read.
        """
        ...


class DirectorySource:
    """Follows a directory that any process may write."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def newer_than(self, revision: str | None) -> State | None:
        """See `Source.newer_than`."""
        return _held(newest(self._root), revision)


class WriterSource:
    """Follows a store that this process writes."""

    def __init__(self, store: OxigraphStore, root: Path) -> None:
        self._store, self._root = store, root

    def newer_than(self, revision: str | None) -> State | None:
        """See `Source.newer_than`; publishes what was written since."""
        self._store.publish()
        return _held(newest(self._root), revision)


class CopySource:
    """Copies a store that has no directory, whenever it changed."""

    def __init__(self, view: View) -> None:
        self._view = view

    def newer_than(self, revision: str | None) -> State | None:
        """See `Source.newer_than`."""
        now = self._view.revision()
        return None if now == revision else self._copy(now)

    def _copy(self, revision: str) -> State:
        folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        engine = Engine(folder / "data")
        with tempfile.TemporaryFile() as dump:
            self._view.export(dump, RdfFormat.N_QUADS)
            dump.seek(0)
            engine.bulk_load(dump, RdfFormat.N_QUADS)
        engine.flush()
        return State(revision, folder / "data", lambda: shutil.rmtree(folder, ignore_errors=True))


def _held(snapshot: Snapshot, known: str | None) -> State | None:
    if snapshot.revision == known:
        snapshot.release()
        return None
    return State(snapshot.revision, snapshot.path, snapshot.release)


def source_of(store: View | str | Path) -> Source:
    """The source for a store or a directory.

    Raises:
        StoreError: there is no graph in the directory.
        UsageError: a store on another server, which has an endpoint already.
    """
    if isinstance(store, str | Path):
        newest(Path(store)).release()
        return DirectorySource(Path(store))
    if not isinstance(store, OxigraphStore):
        raise UsageError(f"a {type(store).__name__} is served by its own server already")
    if store.read_only:
        raise StoreError("give the directory instead of a store that was opened for reading only")
    return WriterSource(store, store.path) if store.path else CopySource(store)
