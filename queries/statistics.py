"""How much of what the default graph holds."""

from __future__ import annotations

from pyoxigraph import NamedNode, QuerySolutions

from kg.store.base import View
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


# Counting happens in the engine: a quad at a time, a million take half a minute.
_BY_VALUE = "SELECT ?value (COUNT(*) AS ?n) WHERE { ?node ?property ?value } GROUP BY ?value"
_ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?subject ?property ?value }"


def statistics(view: View) -> dict[str, object]:
    """Counts over the default graph, `triples` included, and meetings by status and format."""
    types = _count(view, RDF_TYPE)
    counts: dict[str, object] = {name: types.get(cls.value, 0) for name, cls in _COUNTED.items()}
    counts["triples"] = _total(view)
    counts["meetings_by_status"] = _count(view, DM.status)
    counts["meetings_by_format"] = _count(view, DM.format)
    return counts


def _count(view: View, predicate: NamedNode) -> dict[str, int]:
    """How often each value of a property is given, in the order of the values."""
    answer = view.query(_BY_VALUE, bindings={"property": predicate})
    assert isinstance(answer, QuerySolutions)
    return dict(sorted((row["value"].value, int(row["n"].value)) for row in answer))


def _total(view: View) -> int:
    answer = view.query(_ALL)
    assert isinstance(answer, QuerySolutions)
    return int(next(iter(answer))["n"].value)
