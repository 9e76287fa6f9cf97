"""Finished states of a graph directory, for readers.

A snapshot never changes. Its reader holds a shared lock on it; whoever makes a newer one deletes
the older ones that nobody holds. Making one takes milliseconds, since the engine links its files
instead of copying them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.directory import Layout, State, first_revision, unusable, write_atomically
from kg.store.locks import FileLock, holder, lock_exclusive, lock_shared

_TRIES = 100


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state that stays as it is until `release`."""

    revision: str
    path: Path
    lock: FileLock

    def release(self) -> None:
        """Let it be deleted when a newer one is there."""
        self.lock.release()


def published(layout: Layout) -> str | None:
    """Revision of the newest snapshot; None if there is none."""
    try:
        name = (layout.snapshots / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(layout.root, error) from error
    return name if (layout.snapshots / name).is_dir() else None


def publish(layout: Layout, engine: Engine, revision: str) -> None:
    """Make the engine's present state the newest snapshot; only the writer calls it.

    Raises:
        StoreError: no room, or no right to write.
    """
    if published(layout) == revision:
        return
    target = layout.snapshots / revision
    partial = target.with_name(f"{revision}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)
        engine.backup(partial)
        target.with_name(f"{revision}.lock").touch()
        partial.rename(target)
        write_atomically(layout.snapshots / "current", revision + "\n")
        _delete_older(layout, revision)
    except OSError as error:
        raise unusable(layout.root, error) from error


def _delete_older(layout: Layout, newest: str) -> None:
    """Delete the snapshots that nobody reads."""
    for path in layout.snapshots.glob("*.lock"):
        if path.stem == newest:
            continue
        lock = lock_exclusive(path)
        if lock is not None:
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink(missing_ok=True)
            lock.release()


def newest(root: Path) -> Snapshot:
    """Hold the newest state that is finished, whether or not somebody writes at this moment.

    Raises:
        StoreError: no graph there, or no state that could be read.
    """
    layout = Layout(root)
    state = layout.read_state()
    if state is None:
        raise StoreError(f"there is no graph in {root}; load reports into it first")
    for _ in range(_TRIES):
        _publish_if_behind(layout)
        revision = published(layout)
        if revision is None:
            raise StoreError(f"{root} is being made by {holder(layout.lock)}; try again")
        lock = lock_shared(layout.snapshots / f"{revision}.lock")
        if lock is not None:
            return Snapshot(revision, layout.snapshots / revision, lock)
    raise StoreError(f"the graph in {root} changes too fast to be read; try again")


def _publish_if_behind(layout: Layout) -> None:
    """After a killed writer, its finished changes are in `data/` only: publish them."""
    state = layout.read_state()
    if state is None or (state.clean and published(layout) == state.revision):
        return
    try:
        with_writer_lock(layout, lambda: _recover(layout))
    except OSError as error:
        if isinstance(error, StoreError) or published(layout) is None:
            raise unusable(layout.root, error) from error


def with_writer_lock(layout: Layout, action: Callable[[], None]) -> bool:
    """Do something as the only writer; False if somebody else is writing."""
    lock = lock_exclusive(layout.lock)
    if lock is None:
        return False
    try:
        action()
    finally:
        lock.release()
    return True


def _recover(layout: Layout) -> None:
    state = settled(layout)
    publish(layout, open_engine(layout.root / state.data), state.revision)


def settled(layout: Layout) -> State:
    """The state to go on from: after a killed writer, one with a revision never given out."""
    state = layout.read_state() or layout.create()
    if not state.clean:
        state = replace(state, revision=first_revision(), clean=True)
        layout.write_state(state)
    return state


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """The engine on its own files.

    Raises:
        StoreError: they are damaged, or of an engine that stored otherwise.
    """
    try:
        return Engine.read_only(str(path)) if read_only else Engine(path)
    except OSError as error:
        raise StoreError(f"cannot open the graph in {path.parent}: {error}") from error
