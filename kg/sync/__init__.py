"""Makes a Neo4j database equal to the graph, compares the two, and asks the server questions.

Only the difference is sent. Nodes and relationships of ours carry `_kg`, the name of the graph;
nothing without it is ever changed or removed.
"""

from __future__ import annotations

from kg.sync.query import cypher_on_server
from kg.sync.report import Counts, SyncReport, VerifyReport
from kg.sync.restore import import_graph
from kg.sync.run import sync, verify
from kg.sync.target import Neo4jTarget

__all__ = [
    "Counts",
    "Neo4jTarget",
    "SyncReport",
    "VerifyReport",
    "cypher_on_server",
    "import_graph",
    "sync",
    "verify",
]
