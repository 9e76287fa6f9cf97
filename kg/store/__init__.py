"""Where a graph is kept: in memory, in a directory, or on a SPARQL server.

`open_store` chooses by the location. All of them keep the same promises (`kg.store.base`), which
`tests/contract` asks of each.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.store.base import Change, Store, View

__all__ = ["Change", "Store", "View", "open_store"]


def open_store(location: str | Path | None = None, *, read_only: bool = False) -> Store:
    """The store at a location.

    Args:
        location: None for a new one in memory; an http or https address for a SPARQL server (its
            update address is `$KG_SPARQL_UPDATE_URL`); else a directory, made if it is missing.
        read_only: the last finished state of a directory, also beside a process that writes; the
            store then refuses `apply`.

    Raises:
        StoreError: the directory cannot be used, or is open elsewhere for writing.
        ServerError: an address that cannot be used.
    """
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        return _remote(location, read_only)
    from kg.store.oxigraph import OxigraphStore

    if read_only and location is not None:
        return OxigraphStore.open_read_only(location)
    return OxigraphStore(location)


def _remote(url: str, read_only: bool) -> Store:
    from kg.store.remote import RemoteStore

    update_url = None if read_only else os.environ.get("KG_SPARQL_UPDATE_URL")
    return RemoteStore(
        url,
        update_url=update_url or None,
        graph_store_url=None if read_only else os.environ.get("KG_SPARQL_GRAPH_STORE_URL") or None,
    )
