"""The two things a sync is asked for: make equal, and compare."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.errors import ServerError, UsageError
from kg.fact_index import no_pauses
from kg.project import project
from kg.property_graph import Loss
from kg.property_mapping import PropertyMapping, property_mapping
from kg.reproject import reproject
from kg.store.base import Change, View
from kg.sync.apply import Writer, prepare
from kg.sync.batches import SIZE
from kg.sync.beside import beside
from kg.sync.compare import compare
from kg.sync.failures import as_server_errors
from kg.sync.ledger import Held, Known, locked, look, mapping_digest
from kg.sync.memory import Memory
from kg.sync.plan import Changes, Delta, plan, plan_part
from kg.sync.readback import indexes, pages
from kg.sync.report import SyncReport, VerifyReport
from kg.sync.statements import Statements
from kg.sync.target import Connection, Neo4jTarget, connect

LONGEST: Final = 8000
"""Bytes of an IRI: an index of Neo4j holds some more, with the name of the graph."""


def sync(
    view: View,
    target: Neo4jTarget,
    *,
    dry_run: bool = False,
    full: bool = False,
    graph: str = "default",
    step: int = SIZE,
    progress: Callable[[int], None] | None = None,
) -> SyncReport:
    """Make the database equal to the graph, by additions, changes and removals only.

    If nobody changed the database since the last sync, only what changed in the graph is worked
    out and sent; otherwise every value on the server is compared. Done twice in a row, the second
    sends nothing. Whatever does not carry our mark stays as it is, except relationships of others
    on nodes that have to go.

    Args:
        dry_run: only say what would be sent.
        full: compare every value, whatever the server's token says.
        graph: name that our nodes are marked with; several graphs may live in one database.
        step: how many nodes and relationships one transaction should change at most.
        progress: is told, after each transaction, how many more have been sent.

    Raises:
        BusyServerError: another sync of the same graph is at work.
        ServerError: see `connect`.
    """
    began, name = time.monotonic(), _named(graph)
    with as_server_errors(target.address), connect(target) as connection:
        memory = Memory.of(view, target, connection.database, name)
        mapping = property_mapping()
        digest = mapping_digest(mapping)
        work = _Work(
            view, connection, name, mapping, digest, memory, full, step, progress or _silent
        )
        done = work.look() if dry_run else work.do()
    return SyncReport.of(
        done.delta, done.losses, time.monotonic() - began, done.unchanged, done.counters
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What there is to do, and what the server will have afterwards."""

    delta: Delta
    losses: tuple[Loss, ...]
    nodes: int
    relationships: int
    counters: Counter[str]

    @property
    def unchanged(self) -> tuple[int, int]:
        """Nodes and relationships that stay as they are."""
        n, r = self.delta.nodes, self.delta.relationships
        nodes = self.nodes - len(n.added) - len(n.changed)
        return nodes, self.relationships - len(r.added) - len(r.changed)


@dataclass(frozen=True, slots=True)
class _Work:
    """One sync of one graph with one database."""

    view: View
    connection: Connection
    graph: str
    mapping: PropertyMapping
    digest: str
    memory: Memory
    full: bool
    step: int
    progress: Callable[[int], None]

    def look(self) -> _Plan:
        """What a sync would do."""
        return self._plan(look(self.connection, self.graph))

    def do(self) -> _Plan:
        """Do it; without a lock if there is nothing to do."""
        known = look(self.connection, self.graph)
        if self._change_since(known) == Change():
            return self._plan(known)
        revision = self.view.revision()
        statements, found = Statements(self.mapping), indexes(self.connection)
        prepare(self.connection, statements.constraints(found))
        with locked(self.connection, self.graph) as held:
            planned = self._plan(look(self.connection, self.graph))
            self._send(planned, held)
            now = held.finish(revision, self.digest, planned.nodes, planned.relationships)
        now = self._indexed(now, list(statements.indexes(found)))
        self.memory.after(now, planned.losses).keep()
        return planned

    def _indexed(self, known: Known, wanted: list[str]) -> Known:
        """What is known of the server with its indexes: to fill one once is quicker than with
        every node, and makes the token another one."""
        if not wanted or look(self.connection, self.graph) != known:
            return known
        prepare(self.connection, wanted)
        return look(self.connection, self.graph)

    def _send(self, planned: _Plan, held: Held) -> None:
        creating = planned.delta.first and self.connection.knows_dynamic_labels
        writer = Writer(self.graph, Statements(self.mapping), planned.delta, creating=creating)
        writer.apply(self.connection, held, size=self.step, progress=self.progress)
        planned.counters.update(writer.counters)

    def _change_since(self, known: Known) -> Change | None:
        """What changed in the graph since the server was surely equal to it."""
        ledger = known.ledger
        if self.full or ledger is None or not self.memory.fits(known):
            return None
        if ledger.mapping != self.digest:
            return None
        if ledger.revision == self.view.revision():
            return Change()
        changes_since = getattr(self.view, "changes_since", None)
        return changes_since(ledger.revision) if changes_since else None

    def _plan(self, known: Known) -> _Plan:
        change = self._change_since(known)
        planned = self._compared() if change is None else self._followed(known, change)
        for node in planned.delta.nodes.added:
            _refuse_if_too_long(node.iri)
        return planned

    def _compared(self) -> _Plan:
        stored = pages(self.connection, self.graph, Statements(self.mapping))
        with beside(stored) as told:
            wanted = project(self.view, self.mapping)
            with no_pauses():
                delta, losses = plan(told, wanted), wanted.not_representable
        return _Plan(delta, losses, len(wanted.nodes), len(wanted.relationships), Counter())

    def _followed(self, known: Known, change: Change) -> _Plan:
        assert known.ledger is not None
        nodes, relationships = known.ledger.nodes, known.ledger.relationships
        if not change:
            delta = Delta(Changes(), Changes())
            return _Plan(delta, self.memory.losses, nodes, relationships, Counter())
        found = reproject(self.view, change, self.mapping)
        delta = plan_part(found)
        losses = _followed_losses(
            self.memory.losses, found.before.not_representable, found.after.not_representable
        )
        nodes += len(delta.nodes.added) - len(delta.nodes.removed)
        relationships += len(delta.relationships.added) - len(delta.relationships.removed)
        return _Plan(delta, losses, nodes, relationships, Counter())


def _refuse_if_too_long(iri: str) -> None:
    """Raises:
    ServerError: no index of Neo4j holds the IRI.
    """
    if len(iri) > LONGEST // 4 and len(iri.encode()) > LONGEST:
        raise ServerError(
            f"{iri[:80]}…: an IRI of more than {LONGEST} bytes fits into no index of Neo4j; "
            "load the report under a shorter id"
        )


def _followed_losses(
    known: tuple[Loss, ...], gone: tuple[Loss, ...], come: tuple[Loss, ...]
) -> tuple[Loss, ...]:
    counts = Counter({(x.what, x.why): x.count for x in known})
    counts.subtract({(x.what, x.why): x.count for x in gone})
    counts.update({(x.what, x.why): x.count for x in come})
    return tuple(Loss(*what, counts[what]) for what in sorted(counts) if counts[what])


def verify(
    view: View,
    target: Neo4jTarget,
    *,
    graph: str = "default",
    progress: Callable[[int], None] | None = None,
) -> VerifyReport:
    """Compare database and graph, node by node, relationship by relationship, value by value.

    Args:
        progress: is told, now and then, how many more nodes and relationships have been compared.

    Raises:
        ServerError: see `connect`.
    """
    statements, name = Statements(property_mapping()), _named(graph)
    with (
        as_server_errors(target.address),
        connect(target) as connection,
        beside(pages(connection, name, statements)) as stored,
    ):
        wanted = project(view)
        with no_pauses():
            return compare(wanted, stored, progress or _silent)


def _silent(_: int) -> None:
    """Nobody wants to know."""


def _named(graph: str) -> str:
    if not graph:
        raise UsageError("the graph needs a name")
    return graph
