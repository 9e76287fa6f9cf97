"""The merged graph as followthemoney entities, for tools that investigate networks of people.

Meetings become `Event`, persons `Person`, states `PublicBody`, organizations `Organization`,
reports `Article` and documents `Document`, both tied to their meeting by `Documentation`. One
entity is one JSON object on one line; ids depend on the IRI alone. What an office was at which
meeting, who raised a topic and what was agreed have no place in that model.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from kg import ids
from kg.property_graph import Node, PropertyGraph, Relationship
from kg.terms import WIKIDATA
from loaders.ftm_codes import country_of

_ALLOWED: Final = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?\Z")
_STATES: Final = ("PARTY_TO", "REPRESENTED_AT")
Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: values of a property are texts, sorted, each once, never empty."""

    id: str
    schema: str
    properties: Properties


def write_ftm(graph: PropertyGraph, output: IO[bytes]) -> None:
    """Write all entities, one a line; the same graph gives the same bytes."""
    for entity in entities(graph):
        row = {"id": entity.id, "schema": entity.schema, "properties": entity.properties}
        output.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def entities(graph: PropertyGraph) -> Iterator[Entity]:
    """The entities of meetings, of those who took part, and of what documents them."""
    index = _Index(graph)
    meetings = index.of_label("Meeting")
    takers = {
        r.start for m in meetings for r in index.into[m.iri] if r.type in ("ATTENDED", *_STATES)
    }
    for node in graph.nodes:
        if node.iri in takers:
            yield _taker(node, index)
    for meeting in meetings:
        yield _event(meeting, index)
    yield from _papers(meetings, index)


def ftm_id(iri: str) -> str:
    """Id of an entity by its IRI: `dm-person-angela-merkel`; a digest where letters forbid that."""
    readable = "dm-" + iri.removeprefix(ids.BASE).replace("/", "-")
    return readable if _ALLOWED.match(readable) else f"dm-{ids.digest(iri, length=32)}"


class _Index:
    """The nodes by IRI, and the relationships that enter and leave each."""

    def __init__(self, graph: PropertyGraph) -> None:
        self.nodes = {node.iri: node for node in graph.nodes}
        self.into: dict[str, list[Relationship]] = defaultdict(list)
        self.out: dict[str, list[Relationship]] = defaultdict(list)
        for relationship in graph.relationships:
            self.into[relationship.end].append(relationship)
            self.out[relationship.start].append(relationship)

    def of_label(self, label: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.label == label]

    def ends(self, iri: str, *types: str) -> list[Node]:
        return [self.nodes[r.end] for r in self.out[iri] if r.type in types]

    def starts(self, iri: str, *types: str) -> list[Node]:
        return [self.nodes[r.start] for r in self.into[iri] if r.type in types]


def _taker(node: Node, index: _Index) -> Entity:
    if node.label == "Person":
        return _person(node, index)
    country = country_of(_text(node, "code"))
    schema = "PublicBody" if node.label == "State" else "Organization"
    return _entity(node.iri, schema, _names(node) | {"country": [country] if country else []})


def _names(node: Node) -> Properties:
    """The English label is the name, all others are aliases; and the id that Wikidata has."""
    name = _text(node, "name")
    others = [other for other in _texts(node, "names", "aliases") if other != name]
    same = [known.removeprefix(WIKIDATA) for known in _texts(node, "sameAs")]
    return {"name": [name], "alias": others, "wikidataId": same}


def _person(node: Node, index: _Index) -> Entity:
    roles = [r for r in index.out[node.iri] if r.type in ("ATTENDED", "HELD_POST")]
    codes = {str(r.properties.get("onBehalfOf", "")) for r in roles if r.type == "ATTENDED"}
    codes |= {_text(index.nodes[r.end], "code") for r in roles if r.type == "HELD_POST"}
    return _entity(
        node.iri,
        "Person",
        _names(node)
        | {
            "position": [str(r.properties.get("office", "")) for r in roles],
            "country": [country for code in codes if (country := country_of(code))],
            "topics": ["role.pep"] if "Leader" in node.labels else [],
        },
    )


def _event(meeting: Node, index: _Index) -> Entity:
    places = index.ends(meeting.iri, "HELD_IN")
    states = [state for place in places for state in index.ends(place.iri, "IN_STATE")]
    reports = index.ends(meeting.iri, "REPORTED_IN")
    outlets = [outlet for report in reports for outlet in index.ends(report.iri, "PUBLISHED_BY")]
    takers = index.starts(meeting.iri, "ATTENDED", *_STATES)
    topics = index.ends(meeting.iri, "DISCUSSED", "AGREED_ON")
    return _entity(
        meeting.iri,
        "Event",
        {
            "name": [_text(meeting, "name")],
            **_dates(_text(meeting, "when")),
            "location": [_text(place, "name") for place in places] or _texts(meeting, "placeName"),
            "country": [c for state in states if (c := country_of(_text(state, "code")))],
            "involved": [ftm_id(node.iri) for node in takers],
            "keywords": [_text(topic, "name") for topic in topics]
            + _texts(meeting, "unmappedTopics"),
            "notes": [f"{name}: {_text(meeting, name)}" for name in ("status", "format")],
            "sourceUrl": [_text(report, "url") for report in reports],
            "publisher": [_text(outlet, "name") for outlet in outlets],
        },
    )


def _dates(when: str) -> Properties:
    first, interval, last = when.partition("/")
    return {"startDate": [first], "endDate": [last]} if interval else {"date": [first]}


def _papers(meetings: Iterable[Node], index: _Index) -> Iterator[Entity]:
    """Reports and documents, each once, and what ties them to their meetings."""
    papers: dict[str, Entity] = {}
    ties: list[Entity] = []
    for meeting in meetings:
        for report in index.ends(meeting.iri, "REPORTED_IN"):
            papers[report.iri] = _article(report, index)
            ties.append(_tie(report, meeting, "report"))
        for document in index.ends(meeting.iri, "PRODUCED"):
            papers[document.iri] = _document(document)
            ties.append(_tie(document, meeting, _text(document, "status") or "document"))
    yield from (papers[iri] for iri in sorted(papers))
    yield from sorted(ties, key=lambda tie: tie.id)


def _article(report: Node, index: _Index) -> Entity:
    outlets = index.ends(report.iri, "PUBLISHED_BY")
    return _entity(
        report.iri,
        "Article",
        {
            "fileName": [report.iri.removeprefix(ids.BASE)],
            "title": _texts(report, "title"),
            "publishedAt": [_text(report, "published")[:19]],
            "sourceUrl": _texts(report, "url"),
            "publisher": [_text(outlet, "name") for outlet in outlets],
        },
    )


def _document(document: Node) -> Entity:
    title = _text(document, "title") or _text(document, "name")
    kind = _texts(document, "type")
    return _entity(
        document.iri, "Document", {"fileName": [title], "title": [title], "summary": kind}
    )


def _tie(paper: Node, meeting: Node, role: str) -> Entity:
    key = f"dm-documentation-{ids.digest(paper.iri, meeting.iri, length=24)}"
    ends = {"document": [ftm_id(paper.iri)], "entity": [ftm_id(meeting.iri)], "role": [role]}
    return Entity(key, "Documentation", ends)


def _entity(iri: str, schema: str, properties: Properties) -> Entity:
    filled = {name: sorted({v for v in values if v}) for name, values in properties.items()}
    return Entity(ftm_id(iri), schema, {name: values for name, values in filled.items() if values})


def _text(node: Node, name: str) -> str:
    return next(iter(_texts(node, name)), "")


def _texts(node: Node, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        value = node.properties.get(name, ())
        found += map(str, value) if isinstance(value, tuple) else [str(value)]
    return found
