"""Opens a graph that must be there already; one that is not is a clear error, and is not made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store.base import View


@contextmanager
def reading(db: str) -> Iterator[View]:
    """The graph at `db`, closed afterwards.

    Raises:
        StoreError: there is none.
    """
    from kg.store import open_store

    must_exist(db)
    store = open_store(db, read_only=True)
    try:
        yield store
    finally:
        store.close()


def must_exist(db: str) -> None:
    """Refuse a directory that is not there.

    Raises:
        StoreError: it is not.
    """
    if not db.startswith(("http://", "https://")) and not Path(db).exists():
        raise StoreError(f"no graph at {db}: load reports first (kg load PATH --db {db})")
