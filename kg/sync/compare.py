"""The graph and the server, value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.property_graph import Node, Properties, PropertyGraph, Relationship, plain
from kg.sync.report import VerifyReport
from kg.sync.stored import Page, RelationshipId, StoredNode, StoredRelationship, all_same, same

EXAMPLES: Final = 10


def _differences(here: Properties, there: Properties) -> Iterator[Mapping[str, object]]:
    for name in sorted({*here, *there}):
        one, other = here.get(name), there.get(name)
        if not same(one, other):
            yield {"property": name, "graph": _shown(one), "server": _shown(other)}


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

    def nodes(self, wanted: dict[str, Node], stored: Iterable[StoredNode]) -> None:
        """Compare nodes; takes those that are there out of `wanted`."""
        for there in stored:
            here = wanted.pop(there.iri, None) if there.iri is not None else None
            if here is None:
                self._extra(_node_name(there.label, there.iri))
            elif here.labels != there.labels or not all_same(here.properties, there.properties):
                self._different(_node_name(here.label, here.iri), _of_nodes(here, there))

    def relationships(
        self, wanted: dict[RelationshipId, Relationship], stored: Iterable[StoredRelationship]
    ) -> None:
        """Compare relationships; takes those that are there out of `wanted`."""
        for there in stored:
            here = wanted.pop(there.id, None) if there.whole else None
            if here is None:
                self._extra(_arrow_name(there.id))
            elif not all_same(here.properties, there.properties):
                found = _differences(here.properties, there.properties)
                self._different(_arrow_name(there.id), found)

    def missing_things(self, names: Iterable[Mapping[str, object]]) -> None:
        """Note what the server lacks."""
        for name in names:
            self.missing += 1
            self._note("missing", name)

    def _extra(self, name: Mapping[str, object]) -> None:
        self.extra += 1
        self._note("extra", name)

    def _different(
        self, name: Mapping[str, object], differences: Iterable[Mapping[str, object]]
    ) -> None:
        self.different += 1
        for difference in differences:
            self._note("different", {**name, **difference})

    def _note(self, what: str, example: Mapping[str, object]) -> None:
        kept = self.examples.setdefault(what, [])
        if len(kept) < EXAMPLES:
            kept.append({"what": what, **example})

    def report(self) -> VerifyReport:
        kinds = ("missing", "extra", "different")
        examples = tuple(e for kind in kinds for e in self.examples.get(kind, ()))
        return VerifyReport(self.missing, self.extra, self.different, examples)


def _of_nodes(here: Node, there: StoredNode) -> Iterator[Mapping[str, object]]:
    if here.labels != there.labels:
        yield {"property": "labels", "graph": [*here.labels], "server": [*there.labels]}
    yield from _differences(here.properties, there.properties)


def compare(
    graph: PropertyGraph, stored: Iterable[Page], progress: Callable[[int], None] = lambda _: None
) -> VerifyReport:
    """Every node and relationship of both sides, page by page as the server tells them."""
    comparison = _Comparison()
    nodes = {n.iri: n for n in graph.nodes}
    relationships = {r.identity: r for r in graph.relationships}
    for page in stored:
        comparison.nodes(nodes, page.nodes)
        comparison.relationships(relationships, page.relationships)
        progress(len(page.nodes) + len(page.relationships))
    comparison.missing_things(_node_name(n.label, n.iri) for n in nodes.values())
    comparison.missing_things(map(_arrow_name, relationships))
    return comparison.report()


def _node_name(label: str, iri: str | None) -> dict[str, object]:
    return {"node": label, "iri": iri}


def _arrow_name(identity: RelationshipId) -> dict[str, object]:
    kind, start, end, key = identity
    own: dict[str, object] = {"iri": key} if key else {}
    return {"relationship": kind, "start": start, "end": end, **own}
