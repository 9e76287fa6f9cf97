"""The graph in memory or in a directory, with Oxigraph as the engine.

Invariant: a change is one transaction of the engine, and whatever stops the process, the directory
holds the state before it or after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.base import DEFAULT_GRAPH, Answer, Change, GraphName, Object, Subject, Term
from kg.store.changes import check, in_graph, update_text
from kg.store.directory import Layout, State, first_revision, next_revision, unusable
from kg.store.export import write_sorted
from kg.store.journal import Journal, effect
from kg.store.locks import FileLock, holder, lock_exclusive
from kg.store.snapshots import Snapshot, newest, open_engine, publish, settled
from kg.store.sparql import evaluate, read_query
from kg.store.written import can_write, written

BULK = 20_000
"""From so many quads on, an empty directory is filled by the engine's bulk loader."""
_PATIENCE = 2.0
"""Seconds to wait for a lock: a reader that repairs a killed writer's state holds it briefly."""


class OxigraphStore:
    """A store of our own: `OxigraphStore()` in memory, `OxigraphStore(path)` in a directory.

    A directory has one writer; readers (`open_read_only`) see its last finished state meanwhile,
    see `docs/decisions/2026-11-24-store-locking.md`.

    Raises:
        StoreError: the directory is open elsewhere for writing, is not a graph's, is of a newer
            format, or cannot be used.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self._guard = threading.RLock()
        self._layout: Layout | None = None
        self._lock: FileLock | None = None
        self._snapshot: Snapshot | None = None
        self._wrote = self._read_only = False
        self._state = State("")
        self._engine: Engine | None = None
        if path is None:
            self._engine, self._revision = Engine(), first_revision()
        else:
            self._open_directory(Layout(Path(path)))

    @classmethod
    def open_read_only(cls, path: str | Path) -> OxigraphStore:
        """The last finished state of a directory, also while another process writes there.

        The state stays as it is until `close`, whatever is written meanwhile.

        Raises:
            StoreError: there is no graph, or it cannot be read.
        """
        snapshot = newest(Path(path))
        store = cls.on_snapshot(snapshot.path, snapshot.revision)
        store._snapshot = snapshot
        return store

    @classmethod
    def on_snapshot(cls, path: Path, revision: str) -> OxigraphStore:
        """A finished state that the caller keeps from being deleted, read-only.

        Raises:
            StoreError: it cannot be read.
        """
        store = cls.__new__(cls)
        store._guard, store._layout, store._lock = threading.RLock(), None, None
        store._wrote, store._snapshot, store._read_only = False, None, True
        store._engine = open_engine(path, read_only=True)
        store._revision = revision
        return store

    def _open_directory(self, layout: Layout) -> None:
        if layout.read_state() is None:
            layout.create()
        self._lock = _become_writer(layout)
        try:
            self._state = settled(layout)
            layout.clear_leftovers(self._state)
            self._revision = self._state.revision
            self._engine = open_engine(layout.root / self._state.data)
            self._layout = layout
            publish(layout, self._engine, self._revision)
        except BaseException:
            self._engine = None
            self._lock.release()
            raise

    @property
    def engine(self) -> Engine:
        """The pyoxigraph store underneath, for reading only: changes past `apply` are not seen.

        Raises:
            StoreError: the store was closed.
        """
        if self._engine is None:
            raise StoreError("the graph was closed")
        return self._engine

    @property
    def path(self) -> Path | None:
        """The directory, where this store is the writer of one."""
        return self._layout.root if self._layout else None

    @property
    def home(self) -> Path | None:
        """The directory of the graph, for writers and readers alike; None in memory."""
        if self._snapshot is not None:
            return self._snapshot.path.parent.parent
        return self.path

    @property
    def read_only(self) -> bool:
        """Whether `apply` is refused."""
        return self._read_only

    # Reading

    def query(self, sparql: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See `View.query`."""
        return evaluate(self.engine, read_query(sparql, bindings))

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """See `View.quads`."""
        yield from self.engine.quads_for_pattern(subject, predicate, object, graph)

    def graph_names(self) -> Iterator[NamedNode]:
        """See `View.graph_names`."""
        engine = self.engine
        for name in engine.named_graphs():
            if isinstance(name, NamedNode) and any(self.quads(graph=name)):
                yield name

    def export(
        self, output: IO[bytes], rdf_format: RdfFormat, *, graph: GraphName | None = None
    ) -> None:
        """See `View.export`."""
        write_sorted(self._dump, self.graph_names(), output, rdf_format, graph=graph)

    def _dump(self, graph: GraphName) -> bytes:
        return self.engine.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def written(self) -> Iterator[bytes] | None:
        """The default graph as N-Triples, written beside the one who reads; None if that cannot be."""
        return written(self.engine, DEFAULT_GRAPH) if can_write() else None

    def revision(self) -> str:
        """See `View.revision`; survives reopening, and is new after a writer was killed."""
        return self._revision

    def __len__(self) -> int:
        return len(self.engine)

    def changes_since(self, revision: str) -> Change | None:
        """What was added to and removed from the default graph since a revision.

        None if that is not known: the store is in memory, too much changed, or a writer was killed
        in between.
        """
        if revision == self._revision:
            return Change()
        home = self.home
        return Journal(home).between(revision, self._revision) if home else None

    # Writing

    def apply(self, change: Change) -> None:
        """See `Store.apply`."""
        if not change:
            return
        check(change)
        with self._guard:
            before = self._revision
            self._begin()
            noted = effect(self.engine, change) if self._layout else None
            try:
                self._carry_out(change)
            except (OSError, RuntimeError, SyntaxError, ValueError) as error:
                raise StoreError(f"the change was not made: {error}") from error
            self._revision = next_revision(self._revision)
            if self._layout:
                Journal(self._layout.root).append(before, self._revision, noted)

    def _begin(self) -> None:
        """Before the first change: mark the directory, under a revision that nobody has seen."""
        if self.read_only:
            raise StoreError("the graph was opened for reading only")
        if self._layout and not self._wrote:
            self._keep(self._layout, replace(self._state, clean=False))
            self._revision = first_revision()
            self._wrote = True

    def _keep(self, layout: Layout, state: State) -> None:
        try:
            layout.write_state(state)
        except OSError as error:
            raise unusable(layout.root, error) from error
        self._state = state

    def _carry_out(self, change: Change) -> None:
        engine = self.engine
        if change.dropped or change.removed:
            engine.update(update_text(change))
        elif self._layout and len(change.added) >= BULK and not any(self.quads()):
            self._fill(self._layout, change)
        else:
            engine.extend(change.added)

    def _fill(self, layout: Layout, change: Change) -> None:
        """Fill an empty directory three times as fast: in a new folder that the marker then names.

        Killed before that, the directory is the empty graph it was.
        """
        folder = layout.root / f"data-{self._revision}"
        filled = Engine(folder)
        filled.bulk_extend(change.added)
        filled.flush()
        self._keep(layout, replace(self._state, data=folder.name))
        self._engine = filled
        layout.clear_leftovers(self._state)

    def load_reference(self, graph: NamedNode, quads: Iterator[Quad]) -> None:
        """See `Store.load_reference`; equal content is no change."""
        wanted = {in_graph(q, graph) for q in quads}
        there = set(self.quads(graph=graph))
        self.apply(Change(removed=frozenset(there - wanted), added=frozenset(wanted - there)))

    def publish(self) -> None:
        """Let those who open the directory from now on see the present state.

        `close` does so by itself; a process that stays open for long calls it in between.
        """
        with self._guard:
            if self._layout and self._wrote:
                publish(self._layout, self.engine, self._revision)

    def close(self) -> None:
        """See `Store.close`."""
        with self._guard:
            if self._layout and self._wrote and self._engine is not None:
                self._finish(self._layout, self._engine)
            self._engine = None
            for held in (self._snapshot, self._lock):
                if held is not None:
                    held.release()

    def _finish(self, layout: Layout, engine: Engine) -> None:
        engine.flush()
        publish(layout, engine, self._revision)
        self._keep(layout, replace(self._state, revision=self._revision, clean=True))

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _become_writer(layout: Layout) -> FileLock:
    """The one lock for writing; waits a moment, then says who holds it."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            lock = lock_exclusive(layout.lock)
        except OSError as error:
            raise unusable(layout.root, error) from error
        if lock is not None:
            return lock
        if time.monotonic() > deadline:
            by = holder(layout.lock)
            raise StoreError(f"{layout.root} is open for writing elsewhere, by {by}")
        time.sleep(0.02)
