"""A graph's directory: what is in it, who may write, and which state readers see.

```
kg-data/
  diplomatic-meetings-kg.json   marker: format, revision, whether the last writer finished
  lock                          held by the one process that writes
  data*/                        the engine's files; only the writer opens them
  snapshots/<revision>/         a finished state that readers open (hard links: milliseconds)
  snapshots/current             names the newest
  journal.jsonl                 what the latest changes did, for copies on other servers
```
Readers never open what a writer writes. A revision is a random word per opening that wrote, and a
count of changes, so that copies of a directory that went separate ways never share one.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.ids import GRAPH_MARKER

MARKER = GRAPH_MARKER
FORMAT = 1


@dataclass(frozen=True, slots=True)
class State:
    """What the marker says.

    Attributes:
        revision: of the last change that was surely finished.
        clean: False while a writer is at work, and after one that was killed.
        data: name of the folder with the engine's files.
        format: layout of the directory; a newer one than ours is refused.
    """

    revision: str
    clean: bool = True
    data: str = "data"
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Layout:
    """The places inside one graph directory."""

    root: Path

    @property
    def marker(self) -> Path:
        return self.root / MARKER

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    def read_state(self) -> State | None:
        """The marker's content; None if there is no marker.

        Raises:
            StoreError: not a directory, not readable, not ours, or of a newer format.
        """
        if not self.root.exists():
            return None
        if not self.root.is_dir():
            raise StoreError(f"{self.root} is a file; a graph is kept in a directory")
        try:
            text = self.marker.read_bytes()
        except FileNotFoundError:
            self._refuse_foreign()
            return None
        except OSError as error:
            raise unusable(self.root, error) from error
        return self._parse(text)

    def _refuse_foreign(self) -> None:
        """Without a marker, only an empty directory may become a graph."""
        try:
            first = min((entry.name for entry in self.root.iterdir()), default=None)
        except OSError as error:
            raise unusable(self.root, error) from error
        if first is not None:
            raise StoreError(
                f"{self.root} is no graph directory: it holds {first!r} and no {MARKER}; "
                "choose a new or empty directory"
            )

    def _parse(self, text: bytes) -> State:
        try:
            known = json.loads(text)
            state = State(
                str(known["revision"]), bool(known["clean"]), known["data"], int(known["format"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.marker} is damaged; nothing was touched") from error
        if state.format > FORMAT:
            raise StoreError(
                f"{self.root} has format {state.format}, this version knows {FORMAT}: "
                "use a newer version, or load its export into a new directory"
            )
        return state

    def write_state(self, state: State) -> None:
        """Replace the marker as a whole, and wait until it is on disk."""
        write_atomically(self.marker, json.dumps(asdict(state), sort_keys=True) + "\n")

    def create(self) -> State:
        """Make the directory and its marker."""
        try:
            self.snapshots.mkdir(parents=True, exist_ok=True)
            state = State(first_revision())
            self.write_state(state)
        except OSError as error:
            raise unusable(self.root, error) from error
        return state

    def clear_leftovers(self, state: State) -> None:
        """Remove what a killed writer left half done; only the holder of the lock may call it."""
        for left in [*self.snapshots.glob("*.partial"), *self.root.glob("data*")]:
            if left.name != state.data:
                shutil.rmtree(left, ignore_errors=True)


def first_revision() -> str:
    """A revision that no other store ever had."""
    return f"{secrets.token_hex(8)}-0"


def next_revision(revision: str) -> str:
    """The one after it, within the same opening."""
    word, _, count = revision.rpartition("-")
    return f"{word}-{int(count) + 1}"


def write_atomically(path: Path, text: str) -> None:
    """Readers see the old text or the new one, whole."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def unusable(path: Path, error: OSError) -> StoreError:
    """A system error on a path as one clear line."""
    reason = error.strerror or str(error)
    return StoreError(f"cannot use {path}: {reason}")
