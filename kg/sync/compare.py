"""The graph and the server, value by value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.property_graph import Properties, PropertyGraph, plain
from kg.sync.plan import content_hash
from kg.sync.readback import StoredNode, StoredRelationship
from kg.sync.report import VerifyReport

EXAMPLES: Final = 10


@dataclass(frozen=True, slots=True)
class _Content:
    """What is compared of a node or relationship, and how messages name it."""

    name: Mapping[str, object]
    labels: tuple[str, ...]
    properties: Properties

    def differences(self, stored: _Content) -> Iterator[Mapping[str, object]]:
        if self.labels != stored.labels:
            yield {"property": "labels", "graph": [*self.labels], "server": [*stored.labels]}
        for name in sorted({*self.properties, *stored.properties}):
            here, there = self.properties.get(name), stored.properties.get(name)
            if _digest(here) != _digest(there):
                yield {"property": name, "graph": _shown(here), "server": _shown(there)}


def _digest(value: object) -> str:
    return content_hash({"value": value})  # type: ignore[dict-item]


def _shown(value: Any) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    return plain(value) if not hasattr(value, "iso_format") else str(value)


@dataclass(slots=True)
class _Comparison:
    missing: int = 0
    extra: int = 0
    different: int = 0
    examples: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)

    def compare(
        self, wanted: dict[Hashable, _Content], stored: Iterable[tuple[Hashable, _Content]]
    ) -> None:
        """Compare one kind; empties `wanted`."""
        for key, there in stored:
            here = wanted.pop(key, None)
            if here is None:
                self.extra += 1
                self._note("extra", there.name)
            elif differences := list(here.differences(there)):
                self.different += 1
                for difference in differences:
                    self._note("different", {**here.name, **difference})
        self.missing += len(wanted)
        for here in wanted.values():
            self._note("missing", here.name)

    def _note(self, what: str, example: Mapping[str, object]) -> None:
        kept = self.examples.setdefault(what, [])
        if len(kept) < EXAMPLES:
            kept.append({"what": what, **example})

    def report(self) -> VerifyReport:
        kinds = ("missing", "extra", "different")
        examples = tuple(e for kind in kinds for e in self.examples.get(kind, ()))
        return VerifyReport(self.missing, self.extra, self.different, examples)


def compare(
    graph: PropertyGraph,
    nodes: Iterable[StoredNode],
    relationships: Iterable[StoredRelationship],
) -> VerifyReport:
    """Every node and relationship of both sides."""
    comparison = _Comparison()
    comparison.compare(
        {n.iri: _Content(_node_name(n.label, n.iri), n.labels, n.properties) for n in graph.nodes},
        ((n.iri, _Content(_node_name(n.label, n.iri), n.labels, n.properties)) for n in nodes),
    )
    comparison.compare(
        {
            r.identity: _Content(_arrow_name(r.identity), (), r.properties)
            for r in graph.relationships
        },
        (
            (r.id if r.whole else ("stray", *r.id), _Content(_arrow_name(r.id), (), r.properties))
            for r in relationships
        ),
    )
    return comparison.report()


def _node_name(label: str, iri: str | None) -> dict[str, object]:
    return {"node": label, "iri": iri}


def _arrow_name(identity: tuple[str, str, str, str]) -> dict[str, object]:
    kind, start, end, key = identity
    own: dict[str, object] = {"iri": key} if key else {}
    return {"relationship": kind, "start": start, "end": end, **own}
