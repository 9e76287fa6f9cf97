"""The reference graph: every state, organization, place, topic, person and tenure, used or not."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.entities import Entities
from kg.terms import VERSION_INFO
from ontology import TURTLE_FILES, fingerprint, lexicon, turtle


def reference_stamp() -> Literal:
    """Tells the reference data of this version from any other."""
    return Literal(fingerprint())


def reference_quads(graph: NamedNode) -> Iterator[Quad]:
    """The shipped Turtle files and the tables of leaders, as quads of `graph`, and their stamp."""
    yield Quad(graph, VERSION_INFO, reference_stamp(), graph)
    for name in TURTLE_FILES:
        for triple in parse(turtle(name), format=RdfFormat.TURTLE):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
    entities = Entities(lexicon())
    for iri in entities.all_reference():
        description = entities.describe(iri)
        for quad in sorted(description.quads, key=str) if description else ():
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
