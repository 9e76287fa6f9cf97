"""The two things a sync is asked for: make equal, and compare."""

from __future__ import annotations

import time

from kg.errors import UsageError
from kg.project import project
from kg.property_mapping import property_mapping
from kg.store.base import View
from kg.sync.apply import Writer
from kg.sync.compare import compare
from kg.sync.failures import as_server_errors
from kg.sync.plan import plan
from kg.sync.readback import (
    missing_constraints,
    read_hashes,
    read_state,
    stored_nodes,
    stored_relationships,
)
from kg.sync.report import SyncReport, VerifyReport
from kg.sync.statements import Statements
from kg.sync.target import Neo4jTarget, connect


def sync(
    view: View,
    target: Neo4jTarget,
    *,
    dry_run: bool = False,
    full: bool = False,
    graph: str = "default",
) -> SyncReport:
    """Make the database equal to the graph, by additions, changes and removals only.

    Done twice in a row, the second sends nothing. Whatever does not carry our mark stays as it
    is, except relationships of others on nodes that have to go.

    Args:
        dry_run: only say what would be sent.
        full: look at every value on the server and not at the hashes it keeps, so that edits
            made there by hand are found and undone.
        graph: name that our nodes are marked with; two graphs need two databases, unless they
            have no node in common.

    Raises:
        ServerError: see `connect`; also if a node of somebody else has an IRI of ours.
    """
    began = time.monotonic()
    wanted = project(view)
    statements = Statements(property_mapping())
    with as_server_errors(target.address), connect(target) as connection:
        read = read_state if full else read_hashes
        delta = plan(read(connection, _named(graph), statements), wanted)
        writer = Writer(connection, graph, statements)
        writer.refuse_others(delta.nodes.added)
        if not dry_run:
            writer.constrain(missing_constraints(connection, statements))
            writer.apply(delta)
    return SyncReport.of(delta, wanted.not_representable, time.monotonic() - began)


def verify(view: View, target: Neo4jTarget, *, graph: str = "default") -> VerifyReport:
    """Compare database and graph, node by node, relationship by relationship, value by value.

    Raises:
        ServerError: see `connect`.
    """
    wanted = project(view)
    statements = Statements(property_mapping())
    with as_server_errors(target.address), connect(target) as connection:
        return compare(
            wanted,
            stored_nodes(connection, _named(graph), statements),
            stored_relationships(connection, graph),
        )


def _named(graph: str) -> str:
    if not graph:
        raise UsageError("the graph needs a name")
    return graph
