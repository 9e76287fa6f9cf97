"""Visits: a person's stay in a state, told by one or more reports.

A visit's IRI is a pure function of each mention (visitor, state visited, first day), so mentions
with one IRI are one visit and no comparison is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import choose, ids
from kg.entities import Entities
from kg.merge import Mention
from kg.model import VISIT_KINDS, ReportedVisit
from kg.rdf import GraphWriter, report_node
from kg.rdf_read import ReadReport
from kg.resolve import Resolved, Resolver
from kg.terms import DM, IS_REPLACED_BY, LABEL, RDF_TYPE, XSD_DATE


@dataclass(frozen=True, slots=True)
class _Mention:
    iri: str
    report: str
    visit: ReportedVisit
    visitor: Resolved


def visit_iri(visit: ReportedVisit, visitor: Resolved) -> str:
    """IRI of the visit that a mention tells of."""
    who = (visitor.iri or "/unnamed").rsplit("/", 1)[1]
    return ids.entity("visit", f"{who}-{visit.visited}-{visit.when.first.isoformat()}")


def _mentions(reads: Iterable[ReadReport], resolver: Resolver) -> Iterator[_Mention]:
    for read in reads:
        report = report_node(read.report).value
        for iri, visit in read.visits:
            yield _Mention(iri, report, visit, resolver.resolve(visit.visitor, visit.when))


def visit_iris(read: ReadReport, resolver: Resolver) -> set[str]:
    """IRIs of the visits that one report tells of."""
    return {visit_iri(m.visit, m.visitor) for m in _mentions([read], resolver)}


def visit_facts(
    reads: Iterable[ReadReport], resolver: Resolver, entities: Entities
) -> dict[str, frozenset[Quad]]:
    """Triples of every visit that the reports tell of, by its IRI, mention links included."""
    grouped: dict[str, dict[str, _Mention]] = {}
    for m in _mentions(reads, resolver):
        grouped.setdefault(visit_iri(m.visit, m.visitor), {})[m.iri] = m
    return {
        iri: _facts(iri, [found[k] for k in sorted(found)], entities)
        for iri, found in sorted(grouped.items())
    }


def _facts(iri: str, mentions: list[_Mention], entities: Entities) -> frozenset[Quad]:
    w, node = GraphWriter(None), NamedNode(iri)
    first = mentions[0]
    last_day = max(m.visit.when.last for m in mentions)
    when = first.visit.when.first.isoformat(), last_day.isoformat()
    name = _visitor_name(mentions)
    w.add(node, RDF_TYPE, DM.Visit)
    label = f"{name or 'Visit'} in {entities.party_label(first.visit.visited)}"
    w.add(node, LABEL, Literal(f"{label}, {_edtf(*when)}", language="en"))
    w.add(node, DM.visited, NamedNode(entities.party(first.visit.visited)))
    w.add(node, DM["from"], Literal(when[0], datatype=XSD_DATE))
    w.add(node, DM.until, Literal(when[1], datatype=XSD_DATE))
    w.add(node, DM.when, _edtf(*when))
    w.add(node, DM.kind, min((m.visit.kind for m in mentions), key=VISIT_KINDS.index))
    if first.visitor.iri:
        w.add(node, DM.visitor, NamedNode(first.visitor.iri))
        w.add(node, DM.personName, name)
    for m in mentions:
        _add_mention(w, node, m, entities)
    return frozenset(w.quads)


def _edtf(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _visitor_name(mentions: list[_Mention]) -> str | None:
    if mentions[0].visitor.known:
        return mentions[0].visitor.label
    return choose.best_name(m.visit.visitor.name for m in mentions if m.visit.visitor.name) or None


def _add_mention(w: GraphWriter, node: NamedNode, m: _Mention, entities: Entities) -> None:
    w.add(node, DM.reportedIn, NamedNode(m.report))
    w.add(NamedNode(m.iri), IS_REPLACED_BY, node)
    w.add(NamedNode(m.iri), DM.reportedIn, NamedNode(m.report))
    for name in m.visit.places:
        place = entities.place(name, m.visit.visited, m.visit.when)
        w.add(node, DM.place, NamedNode(place))
        w.add(node, DM.placeName, name)


def visit_links(read: ReadReport, mention: Mention, resolver: Resolver) -> Iterator[str]:
    """IRIs of the visits in the mention's own report during which its meeting was held."""
    persons = {p.iri for p in mention.persons if p.iri}
    when = mention.meeting.when
    for _, visit in read.visits:
        visitor = resolver.resolve(visit.visitor, visit.when)
        if visitor.iri in persons and when is not None and visit.when.overlaps(when):
            yield visit_iri(visit, visitor)
