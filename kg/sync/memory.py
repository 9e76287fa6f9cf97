"""What is remembered beside a graph of the last sync with one server.

A memory that is missing, damaged or does not fit the server is no memory: everything is compared.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.property_graph import Loss
from kg.store.base import View
from kg.store.directory import write_atomically
from kg.sync.ledger import Known
from kg.sync.target import Neo4jTarget


@dataclass(frozen=True, slots=True)
class Memory:
    """The end of the last sync with a server.

    Attributes:
        path: where it is kept; None where the graph has no directory.
        run: of the ledger that it wrote.
        token: of the server right after it.
        losses: triples of the graph without a place.
    """

    path: Path | None
    run: str = ""
    token: str = ""
    losses: tuple[Loss, ...] = ()

    @classmethod
    def of(cls, view: View, target: Neo4jTarget, database: str, graph: str) -> Memory:
        """What is remembered of a server."""
        home: Path | None = getattr(view, "home", None)
        if home is None:
            return cls(None)
        key = json.dumps([target.uri, database, graph])
        path = home / "neo4j" / f"{sha256(key.encode()).hexdigest()[:24]}.json"
        try:
            return _parsed(path, json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    def fits(self, known: Known) -> bool:
        """Whether the server is as that sync left it."""
        ledger = known.ledger
        return ledger is not None and (self.run, self.token) == (ledger.run, known.token)

    def after(self, known: Known, losses: tuple[Loss, ...]) -> Memory:
        """The memory of a sync that has just ended."""
        run = known.ledger.run if known.ledger else ""
        return replace(self, run=run, token=known.token, losses=losses)

    def keep(self) -> None:
        """Write it; that it cannot be written only costs a comparison next time."""
        if self.path is None:
            return
        value = {"run": self.run, "token": self.token}
        losses = [loss.as_json() for loss in self.losses]
        with suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            write_atomically(self.path, json.dumps({**value, "losses": losses}) + "\n")


def _parsed(path: Path, value: dict[str, Any]) -> Memory:
    losses = tuple(Loss(x["what"], x["why"], x["count"]) for x in value["losses"])
    return Memory(path, value["run"], value["token"], losses)
