"""Entities that only reports know: a person without a tenure, a town not in the reference data.

Their label and aliases are a pure function of everything that the default graph says of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.choose import best_name
from kg.rdf import GraphWriter
from kg.resolve import Resolver
from kg.terms import ALT_LABEL, DM, LABEL, PREF_LABEL, RDF_TYPE

_LEADING = frozenset({"head-of-state", "head-of-government"})
# Kind of entity: (class, property by which a fact points at it, property with the name).
_KINDS = {
    "person": ("Person", (DM.person, DM.visitor), DM.personName),
    "place": ("Place", (DM.place,), DM.placeName),
    "gathering": ("Gathering", (DM.onSidelinesOf, DM.partOf), DM.sidelinesOf),
    "outlet": ("Outlet", (DM.publishedBy,), DM.outletName),
}


class Neighbourhood(Protocol):
    """What surrounds an entity in the default graph."""

    def about(self, subject: str) -> Iterator[Quad]: ...

    def pointing_at(self, iri: str) -> Iterator[Quad]: ...


def own_entity_sources(iri: str, graph: Neighbourhood) -> list[str]:
    """Every name that a fact gives to the entity, as often as it is given."""
    kind, tail = _split(iri)
    if kind not in _KINDS:
        return []
    _, links, name = _KINDS[kind]
    found = []
    for quad in list(graph.pointing_at(iri)):
        if quad.predicate in links and isinstance(quad.subject, NamedNode):
            values = (q.object for q in graph.about(quad.subject.value) if q.predicate == name)
            found += [v.value for v in values if isinstance(v, Literal)]
    if kind == "place":
        found = [n for n in found if tail.endswith(ids.slug(n))]
    return sorted(found)


def _split(iri: str) -> tuple[str, str]:
    kind, _, tail = iri.removeprefix(ids.BASE).partition("/")
    return kind, tail


def own_entity_quads(
    iri: str, names: Mapping[str, int], graph: Neighbourhood, resolver: Resolver
) -> tuple[frozenset[Quad], frozenset[str]]:
    """The entity's description from the names given to it, and the entities that it needs."""
    kind, tail = _split(iri)
    node, w = NamedNode(iri), GraphWriter(None)
    label = best_name(Counter(names).elements())
    w.add(node, RDF_TYPE, DM[_KINDS[kind][0]])
    w.add(node, LABEL, Literal(label, language="en"))
    w.add(node, PREF_LABEL, Literal(label, language="en"))
    for name in names:
        if name != label:
            w.add(node, ALT_LABEL, name)
    if kind == "person" and _leads(iri, graph, resolver):
        w.add(node, RDF_TYPE, DM.Leader)
    needs: set[str] = set()
    state = tail.partition("-")[0]
    if kind == "place" and state != "XX":
        needs.add(ids.state(state))
        w.add(node, DM.inState, NamedNode(ids.state(state)))
    return frozenset(w.quads), frozenset(needs)


def _leads(iri: str, graph: Neighbourhood, resolver: Resolver) -> bool:
    return any(resolver.office_kind(o) in _LEADING for o in _offices(iri, graph))


def _offices(iri: str, graph: Neighbourhood) -> Iterable[str]:
    for quad in list(graph.pointing_at(iri)):
        if quad.predicate == DM.person and isinstance(quad.subject, NamedNode):
            for q in graph.about(quad.subject.value):
                if q.predicate == DM.office and isinstance(q.object, Literal):
                    yield q.object.value
