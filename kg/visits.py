"""Visits: a person's stay in a state, told by one or more reports.

A visit's IRI is a pure function of each mention (visitor, state visited, first day), so mentions
with one IRI are one visit and no comparison is needed; judgements of people join further ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import choose, ids
from kg.entities import Entities
from kg.identity import Identity
from kg.merge import Mention
from kg.model import VISIT_KINDS, ReportedVisit
from kg.rdf import GraphWriter, number, report_node
from kg.rdf_read import ReadReport
from kg.resolved import SURE, Resolved
from kg.terms import DM, IS_REPLACED_BY, LABEL, RDF_TYPE, XSD_DATE

# Visitor, state visited and first day are the same.
_SAME_VISIT = 0.95


@dataclass(frozen=True, slots=True)
class VisitMention:
    """One reported visit with its report and its visitor resolved.

    Attributes:
        merged: IRI of the visit that it tells of.
    """

    iri: str
    report: str
    visit: ReportedVisit
    visitor: Resolved
    merged: str


def _visit_iri(visit: ReportedVisit, visitor: Resolved) -> str:
    v, day = visit.visitor, visit.when.first.isoformat()
    unnamed = f"{v.state or 'XX'}-{ids.slug(v.office or 'unnamed')}"
    tail = ids.entity("visit", f"{visit.visited}-{day}").rpartition("/")[2]
    person = visitor.iri or ids.entity("person", unnamed)
    return f"{ids.BASE}visit/{person.rpartition('/')[2]}-{tail}"


def visit_mentions(read: ReadReport, identity: Identity) -> Iterator[VisitMention]:
    """The visits that one report tells of."""
    report = report_node(read.report).value
    for iri, visit in read.visits:
        visitor = identity.of(visit.visitor, visit.when)
        merged = identity.of_visit(_visit_iri(visit, visitor))
        yield VisitMention(iri, report, visit, visitor, merged)


def visit_facts(mentions: Iterable[VisitMention], entities: Entities) -> frozenset[Quad]:
    """Triples of one visit from all its mentions, their links to it included."""
    ordered = sorted(set(mentions), key=lambda m: (m.visit.when.first, m.iri))
    w, node = GraphWriter(None), NamedNode(ordered[0].merged)
    _add_head(w, node, ordered, entities)
    for m in ordered:
        _add_mention(w, node, m, entities)
        if m is not ordered[0]:
            same = _visit_iri(m.visit, m.visitor) == _visit_iri(
                ordered[0].visit, ordered[0].visitor
            )
            reason = "same-visit" if same else "judgement"
            w.add(NamedNode(m.iri), DM.reason, reason)
            w.add(NamedNode(m.iri), DM.score, number(_SAME_VISIT if same else SURE["judgement"]))
    return frozenset(w.quads)


def _add_head(
    w: GraphWriter, node: NamedNode, mentions: Sequence[VisitMention], entities: Entities
) -> None:
    first = mentions[0]
    last_day = max(m.visit.when.last for m in mentions)
    when = first.visit.when.first.isoformat(), last_day.isoformat()
    name = _visitor_name(mentions)
    label = f"{name or 'Visit'} in {entities.party_label(first.visit.visited)}"
    w.add(node, RDF_TYPE, DM.Visit)
    w.add(node, LABEL, Literal(f"{label}, {_edtf(*when)}", language="en"))
    w.add(node, DM.visited, NamedNode(entities.party(first.visit.visited)))
    w.add(node, DM["from"], Literal(when[0], datatype=XSD_DATE))
    w.add(node, DM.until, Literal(when[1], datatype=XSD_DATE))
    w.add(node, DM.when, _edtf(*when))
    w.add(node, DM.kind, min((m.visit.kind for m in mentions), key=VISIT_KINDS.index))
    if first.visitor.iri:
        w.add(node, DM.visitor, NamedNode(first.visitor.iri))
        w.add(node, DM.personName, name)
        surest = min((m.visitor for m in mentions), key=lambda v: (-v.score, v.reason))
        w.add(node, DM.reason, surest.reason)
        w.add(node, DM.score, number(surest.score))


def _edtf(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _visitor_name(mentions: Sequence[VisitMention]) -> str | None:
    if mentions[0].visitor.known:
        return mentions[0].visitor.label
    return choose.best_name(m.visit.visitor.name for m in mentions if m.visit.visitor.name) or None


def _add_mention(w: GraphWriter, node: NamedNode, m: VisitMention, entities: Entities) -> None:
    w.add(node, DM.reportedIn, NamedNode(m.report))
    w.add(NamedNode(m.iri), IS_REPLACED_BY, node)
    w.add(NamedNode(m.iri), DM.reportedIn, NamedNode(m.report))
    for name in m.visit.places:
        place = entities.place(name, m.visit.visited, m.visit.when)
        w.add(node, DM.place, NamedNode(place))
        w.add(node, DM.placeName, name)


def visit_links(visits: Iterable[VisitMention], mention: Mention) -> Iterator[str]:
    """IRIs of the visits, among those of the mention's own report, during which it was held."""
    persons = {p.iri for p in mention.persons if p.iri}
    when = mention.meeting.when
    for visit in visits:
        if visit.visitor.iri in persons and when is not None and visit.visit.when.overlaps(when):
            yield visit.merged
