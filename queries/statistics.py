"""How much of what the default graph holds."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Literal, NamedNode

from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM, RDF_TYPE

_COUNTED = {
    "reports": DM.Report,
    "meetings": DM.Meeting,
    "persons": DM.Person,
    "leaders": DM.Leader,
    "states": DM.State,
    "organizations": DM.Organization,
    "topics": DM.Topic,
    "places": DM.Place,
    "documents": DM.Document,
    "figures": DM.Figure,
    "statements": DM.Statement,
    "visits": DM.Visit,
    "outlets": DM.Outlet,
}


def statistics(view: View) -> dict[str, object]:
    """Counts over the default graph, `triples` included, and meetings by status and format."""
    types: Counter[NamedNode] = Counter()
    by: dict[str, Counter[str]] = {"status": Counter(), "format": Counter()}
    triples = 0
    for quad in view.quads(graph=DEFAULT_GRAPH):
        triples += 1
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            types[quad.object] += 1
        elif quad.predicate == DM.status and isinstance(quad.object, Literal):
            by["status"][quad.object.value] += 1
        elif quad.predicate == DM.format and isinstance(quad.object, Literal):
            by["format"][quad.object.value] += 1
    counts: dict[str, object] = {name: types[cls] for name, cls in _COUNTED.items()}
    return (
        counts
        | {"triples": triples}
        | {f"meetings_by_{k}": dict(sorted(v.items())) for k, v in by.items()}
    )
