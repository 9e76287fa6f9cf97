"""Reports of diplomatic meetings as a knowledge graph.

    import kg
    graph = kg.open("kg-data")        # or kg.open() for one in memory

Everything else is in its module; this page of the package stays short on purpose.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["__version__", "open"]


def open(path: str | Path | None = None, *, read_only: bool = False) -> Graph:
    """The graph in a directory, at a SPARQL endpoint (http URL), or a new one in memory.

    Args:
        path: directory or URL; None for memory.
        read_only: open without the right to change, beside others that read.

    Raises:
        StoreError: the directory is not a graph of ours, or is open elsewhere for writing.
    """
    from kg.graph import Graph

    return Graph.open(path, read_only=read_only)
