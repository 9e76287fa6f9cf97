"""What a sync did, and what a comparison found, as the command line prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.property_graph import Loss
from kg.sync.plan import Delta

EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a kind were touched."""

    added: int
    changed: int
    removed: int
    unchanged: int

    def as_json(self) -> dict[str, int]:
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What was (or, of a dry run, would be) sent.

    Attributes:
        not_representable: triples that have no place in a property graph, with the reason.
        delta: the changes themselves; `delta.lines()` lists them.
        counters: what the server says that it did, e.g. `nodes_created`, `properties_set`.
    """

    nodes: Counts
    relationships: Counts
    not_representable: tuple[Loss, ...]
    seconds: float
    delta: Delta = field(repr=False)
    counters: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        delta: Delta,
        losses: tuple[Loss, ...],
        seconds: float,
        unchanged: tuple[int, int],
        counters: Mapping[str, int],
    ) -> SyncReport:
        """The report on one delta."""
        n, r = delta.nodes, delta.relationships
        return cls(
            Counts(len(n.added), len(n.changed), len(n.removed), unchanged[0]),
            Counts(len(r.added), len(r.changed), len(r.removed), unchanged[1]),
            losses,
            round(seconds, 3),
            delta,
            counters,
        )

    def changes(self) -> list[dict[str, object]]:
        """The changes by verb and label or type, how many of each, with the first few as examples."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for verb, kind, label, name in self.delta.named():
            found.setdefault((verb, kind, label), []).append(name)
        return [
            {"what": verb, kind: label, "count": len(names), "examples": sorted(names)[:EXAMPLES]}
            for (verb, kind, label), names in sorted(found.items())
        ]

    def as_json(self) -> dict[str, object]:
        """The object that `kg sync` prints."""
        return {
            "nodes": self.nodes.as_json(),
            "relationships": self.relationships.as_json(),
            "not_representable": [loss.as_json() for loss in self.not_representable],
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """How the server differs from the graph.

    Attributes:
        missing: nodes and relationships of the graph that the server lacks.
        extra: of the server, with our mark, that the graph lacks.
        different: those of which a label or a property differs.
        examples: the first of each kind.
    """

    missing: int
    extra: int
    different: int
    examples: tuple[Mapping[str, object], ...]

    @property
    def equal(self) -> bool:
        """True if nothing differs."""
        return not (self.missing or self.extra or self.different)

    def as_json(self) -> dict[str, object]:
        """The object that `kg sync --verify` prints."""
        return {
            "equal": self.equal,
            "missing": self.missing,
            "extra": self.extra,
            "different": self.different,
            "examples": [dict(example) for example in self.examples],
        }
