"""What a server knows of the last sync, the token that changes with it, and the lock.

The ledger is one node of its own for each graph, written in the very transaction that holds the
lock on it. So a lock ends with the connection that took it, and a ledger is never ahead of the
data: a sync that dies leaves the old one, and a token that fits no memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, cast

import neo4j
from neo4j.exceptions import Neo4jError

from kg.errors import BusyServerError, ServerError
from kg.property_mapping import PropertyMapping
from kg.sync import statements as text
from kg.sync.target import Connection

PATIENCE: Final = 2.0
"""Seconds to wait for another sync: one that sends little is over by then."""
_WAITED = ("TransactionTimedOut", "LockClientStopped", "LockAcquisition", "Terminated")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The last finished sync of one graph.

    Attributes:
        revision: of the graph that the server has.
        mapping: digest of the declaration by which it was projected.
        run: a random word, so that no other sync is taken for this one.
        nodes, relationships: how many of ours the server has.
    """

    revision: str
    mapping: str
    run: str
    nodes: int
    relationships: int

    @classmethod
    def read(cls, properties: Mapping[str, Any] | None) -> Ledger | None:
        """From the properties of the server's node; None if it is none, or of another version."""
        try:
            return cls(**{name: (properties or {})[name] for name in cls.__slots__})
        except KeyError:
            return None


@dataclass(frozen=True, slots=True)
class Known:
    """What a look at a server tells: the ledger, and a token that any change makes another."""

    ledger: Ledger | None
    token: str


def mapping_digest(mapping: PropertyMapping) -> str:
    """Changes with whatever the mapping declares."""
    kinds = [sorted(x) for x in (mapping.carried, mapping.short_paths, mapping.unmapped)]
    rules = (mapping.nodes, mapping.relationships, kinds)
    # Sets have no order of their own, so a rule's conditions are written out sorted.
    return sha256(_written(rules).encode()).hexdigest()[:24]


def _written(value: Any) -> str:
    if isinstance(value, frozenset):
        return _written(sorted(value))
    if isinstance(value, tuple | list):
        return f"[{','.join(map(_written, value))}]"
    if hasattr(value, "__slots__") and not isinstance(value, str):
        return _written([getattr(value, name) for name in value.__slots__])
    return repr(value)


def look(connection: Connection, graph: str) -> Known:
    """The ledger and the token, in one round trip and without a lock."""
    with connection.session() as session:
        row = session.run(cast(Any, text.READ_LEDGER), {"graph": graph}).single()
        return Known(Ledger.read(row and row["ledger"]), _token(session))


def _token(session: neo4j.Session) -> str:
    return " ".join(sorted(session.last_bookmarks().raw_values))


class Held:
    """A lock on one graph of a database, while its transaction is open."""

    def __init__(self, session: neo4j.Session, transaction: neo4j.Transaction, graph: str) -> None:
        self._session, self._graph = session, graph
        self.transaction = transaction

    def keep(self) -> None:
        """Ask something, so that nobody on the way closes a connection that is only waiting.

        Raises:
            Neo4jError: the lock is lost.
        """
        self.transaction.run("RETURN 1").consume()

    def finish(self, revision: str, mapping: str, nodes: int, relationships: int) -> Known:
        """Write the ledger, with all else that the transaction did, and give the lock back."""
        ledger = Ledger(revision, mapping, secrets.token_hex(8), nodes, relationships)
        values = {"graph": self._graph, "ledger": asdict(ledger)}
        self.transaction.run(text.WRITE_LEDGER, values).consume()
        self.transaction.commit()
        return Known(ledger, _token(self._session))


@contextmanager
def locked(connection: Connection, graph: str) -> Iterator[Held]:
    """Hold the lock; whatever is not finished inside is undone.

    Raises:
        BusyServerError: another sync of the same graph is at work.
    """
    _try_lock(connection, graph)
    with connection.session(writing=True) as session:
        transaction = session.begin_transaction()
        try:
            _lock(transaction, graph)
            yield Held(session, transaction, graph)
        finally:
            transaction.close()


def _try_lock(connection: Connection, graph: str) -> None:
    """Take the lock and give it back: this transaction may have a time limit, the real one not."""
    with connection.session(writing=True) as session:
        session.execute_write(lambda t: t.run(text.ENSURE_LEDGER, graph=graph).consume())
        transaction = session.begin_transaction(timeout=PATIENCE)
        try:
            _lock(transaction, graph)
        except Neo4jError as error:
            if any(word in (error.code or "") for word in _WAITED):
                raise BusyServerError(
                    f"another sync of the graph {graph!r} is at work on this database; "
                    "nothing was sent: run it again when that one has ended"
                ) from None
            raise
        finally:
            transaction.close()


def _lock(transaction: neo4j.Transaction, graph: str) -> None:
    found = transaction.run(text.LOCK, {"graph": graph}).single()
    if not (found and found["locked"]):
        raise ServerError("somebody else changed the database meanwhile; run the sync again")
