"""The card of a meeting, person, state or report: all that the graph holds, with its evidence.

The evidence of a meeting is a list of sentences of the reports, each with what it supports; its
`text` is the report's own text from `start` to `end`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import ids
from kg.errors import UnknownNameError
from kg.model import TREATMENTS
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import ALT_LABEL, DM, IDENTIFIER, IS_REPLACED_BY, LABEL, RDF_TYPE, TITLE, URL
from queries.evidence import evidence
from queries.lookup import find, judged_to_be, label_of, meeting_now
from queries.questions import calls, visits, who_met_whom

Card = dict[str, Any]
_LISTED = 20
_SHOWN = "meeting, person, state or report"


class Node:
    """One subject of the default graph and its values."""

    def __init__(self, view: View, iri: str) -> None:
        self.view, self.iri = view, iri
        self._values: dict[str, list[NamedNode | Literal]] = {}
        for quad in view.quads(NamedNode(iri), None, None, DEFAULT_GRAPH):
            assert isinstance(quad.object, NamedNode | Literal)
            self._values.setdefault(quad.predicate.value, []).append(quad.object)

    def __bool__(self) -> bool:
        return bool(self._values)

    def texts(self, predicate: NamedNode) -> list[str]:
        """Values as texts, sorted."""
        return sorted(v.value for v in self._values.get(predicate.value, ()))

    def text(self, predicate: NamedNode) -> str | None:
        """The first value, or None."""
        values = self.texts(predicate)
        return values[0] if values else None

    def nodes(self, predicate: NamedNode) -> Iterator[Node]:
        """The nodes that a property points at."""
        for iri in self.texts(predicate):
            yield Node(self.view, iri)

    @property
    def label(self) -> str:
        """What a person would call it."""
        return label_of(self.view, self.iri)

    def is_a(self, cls: NamedNode) -> bool:
        """True if it has this type."""
        return cls.value in self.texts(RDF_TYPE)


def card(view: View, what: str) -> Card:
    """The card of whatever `what` means: an IRI, a report's id, a code or a name.

    Raises:
        UnknownNameError: the graph knows nothing of that name.
    """
    node = _node(view, what)
    for cls, make in _CARDS:
        if node.is_a(cls):
            return make(node)
    raise UnknownNameError(_SHOWN, what)


def _node(view: View, what: str) -> Node:
    if what.startswith(ids.BASE):
        if not _is_iri(what):
            raise UnknownNameError("meeting, person, state or report", what)
        node = Node(view, what)
        leads_to = node.text(IS_REPLACED_BY) or (None if node else _now(view, what))
        return Node(view, leads_to) if leads_to else node
    if what.startswith(("meeting/", "person/", "state/", "organization/", "report/", "visit/")):
        return _node(view, ids.BASE + what)
    quads = view.quads(None, IDENTIFIER, Literal(what), DEFAULT_GRAPH)
    reports = sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    if len(reports) == 1:
        return Node(view, reports[0])
    try:
        return Node(view, find(view, "entity", what).value)
    except UnknownNameError as error:
        if error.kind.startswith("single"):
            raise
        raise UnknownNameError(_SHOWN, what, error.nearest) from error


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _now(view: View, iri: str) -> str | None:
    """What an IRI leads to that is not in the graph any more."""
    if iri.startswith(ids.BASE + "meeting/"):
        return meeting_now(view, iri)
    found = judged_to_be(view, NamedNode(iri))
    return found.value if found else None


def _meeting(node: Node) -> Card:
    place = next(node.nodes(DM.place), None)
    return {
        "meeting": node.iri,
        "label": node.text(LABEL),
        "status": node.text(DM.status),
        "format": node.text(DM.format),
        "date": node.text(DM.when),
        "date_basis": node.text(DM.dateBasis),
        "place": _place(place, node) if place else None,
        "sidelines_of": node.text(DM.sidelinesOf),
        "multilateral": node.text(DM.multilateral) == "true",
        "parties": [{"code": p.text(DM.code), "name": p.label} for p in node.nodes(DM.party)],
        "participants": sorted(
            map(_participation, node.nodes(DM.participation)), key=_participant_order
        ),
        "agenda": sorted(map(_item, node.nodes(DM.agendaItem)), key=_item_order),
        "documents": [_document(d) for d in node.nodes(DM.produced)],
        "figures": [_figure(f) for f in node.nodes(DM.stated) if f.is_a(DM.Figure)],
        "statements": [_statement(s) for s in node.nodes(DM.stated) if s.is_a(DM.Statement)],
        "visits": [v.label for v in node.nodes(DM.during)],
        "announced": [_linked_meeting(m) for m in node.nodes(DM.announcedAs)],
        "outcome": [_linked_meeting(m) for m in _pointing(node, DM.announcedAs)],
        "disagreements": [_claim(c) for c in node.nodes(DM.claim)],
        "confidence": float(node.text(DM.confidence) or 1),
        "sources": len(node.texts(DM.reportedIn)),
        "independent_sources": int(node.text(DM.independentSources) or 0),
        "same_source": [_source(s) for s in node.nodes(DM.source)],
        "reports": [_report_line(r) for r in node.nodes(DM.reportedIn)],
        "merged": list(_merged(node)),
        "evidence": evidence(node.view, node.iri),
    }


def _linked_meeting(node: Node) -> Card:
    """A plan beside its outcome, or the outcome beside its plan."""
    return {
        "meeting": node.iri,
        "label": node.text(LABEL),
        "status": node.text(DM.status),
        "reports": [_outlet(r) or r.iri for r in node.nodes(DM.reportedIn)],
    }


def _participant_order(p: Card) -> tuple[str, str, str]:
    return (str(p["role"] == "attendee"), p["state"] or "~", p["name"] or "~")


def _place(place: Node, meeting: Node) -> Card:
    state = next(place.nodes(DM.inState), None)
    return {
        "name": place.label,
        "state": state.text(DM.code) if state else None,
        "basis": meeting.text(DM.placeBasis),
    }


def _participation(node: Node) -> Card:
    person = next(node.nodes(DM.person), None)
    party = next(node.nodes(DM.onBehalfOf), None)
    return {
        "name": person.label if person else None,
        "office": node.text(DM.office),
        "state": party.text(DM.code) if party else None,
        "role": node.text(DM.role),
        "person": person.iri if person else None,
        "resolved_by": node.text(DM.resolution),
        "reason": node.text(DM.reason),
        "score": _score(node),
        "also_decided": [_decision(d) for d in _pointing(node, DM.decides)],
        "reports": len(node.texts(DM.reportedIn)),
    }


def _score(node: Node) -> float | None:
    text = node.text(DM.score)
    return float(text) if text else None


def _decision(node: Node) -> Card:
    """Why other reports are taken to mean the same person."""
    return {
        "names": node.texts(DM.personName),
        "reason": node.text(DM.reason),
        "score": _score(node),
        "reports": node.texts(DM.reportedIn),
    }


def _merged(node: Node) -> Iterator[Card]:
    """Why the mentions of a meeting are one; the one that dates it has no reason."""
    for mention in _pointing(node, IS_REPLACED_BY):
        if mention.text(DM.reason):
            yield {
                "mention": mention.iri,
                "reason": mention.text(DM.reason),
                "score": _score(mention),
            }


def _item(node: Node) -> Card:
    topic = next(node.nodes(DM.topic), None)
    by = next(node.nodes(DM.by), None)
    return {
        "topic": topic.label if topic else None,
        "text": node.texts(DM.verbatim),
        "treatment": node.text(DM.treatment),
        "by": by.label if by else node.text(DM.byName),
    }


def _item_order(item: Card) -> tuple[object, ...]:
    """What was agreed first; topics of the tree before words that it has none for."""
    treatment, topic = item["treatment"], item["topic"]
    return (treatment != "agreed", TREATMENTS.index(treatment), topic is None, topic or "",
            item["text"], item["by"] or "")  # fmt: skip


def _document(node: Node) -> Card:
    return {
        "title": node.text(TITLE),
        "type": node.text(DM.documentType),
        "status": node.text(DM.documentStatus),
    }


def _figure(node: Node) -> Card:
    value = float(node.text(DM.value) or 0)
    return {
        "indicator": node.text(DM.indicator),
        "value": int(value) if value.is_integer() else value,
        "unit": node.text(DM.unit),
        "period": node.text(DM.period),
        "modality": node.text(DM.modality),
        "comparator": node.text(DM.comparator),
    }


def _statement(node: Node) -> Card:
    speaker = next(node.nodes(DM.speaker), None)
    return {
        "speaker": speaker.label if speaker else node.text(DM.speakerName),
        "quote": node.text(DM.quote),
        "direct": node.text(DM.direct) == "true",
    }


def _claim(node: Node) -> Card:
    return {
        "about": node.text(DM.about),
        "value": node.text(DM.claimedValue),
        "reports": [_outlet(r) or r.iri for r in node.nodes(DM.reportedIn)],
    }


def _source(node: Node) -> Card:
    """Reports that are one independent source, and why."""
    return {
        "reports": node.texts(DM.reportedIn),
        "because": node.texts(DM.because),
        "origin": node.text(DM.originName),
    }


def _outlet(report: Node) -> str | None:
    outlet = next(report.nodes(DM.publishedBy), None)
    return outlet.label if outlet else None


def _report_line(node: Node) -> Card:
    return {
        "report": node.iri,
        "title": node.text(TITLE),
        "outlet": _outlet(node),
        "published": node.text(DM.published),
        "url": node.text(URL),
    }


def _person(node: Node) -> Card:
    view = node.view
    met = who_met_whom(view, person=node.iri, status="all").as_dicts()
    return {
        "person": node.iri,
        "name": node.label,
        "aliases": node.texts(ALT_LABEL),
        "posts": sorted(map(_tenure, _pointing(node, DM.holder)), key=lambda t: t["from"] or ""),
        "meetings": len({row["meeting"] for row in met}),
        "latest": _short(met),
        "visits": [f"{v.visited}, {v.from_}" for v in visits(view, person=node.iri)[:_LISTED]],
    }


def _tenure(node: Node) -> Card:
    post = next(node.nodes(DM.post), None)
    party = next(post.nodes(DM.postOf), None) if post else None
    return {
        "office": node.text(DM.office),
        "of": party.label if party else None,
        "from": node.text(DM["from"]),
        "until": node.text(DM.until),
        "status": node.text(DM.tenureStatus),
    }


def _pointing(node: Node, predicate: NamedNode) -> Iterator[Node]:
    quads = node.view.quads(None, predicate, NamedNode(node.iri), DEFAULT_GRAPH)
    for iri in sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode)):
        yield Node(node.view, iri)


def _short(rows: list[Card]) -> list[Card]:
    keys = ("date", "whom", "whom_state", "format", "status", "meeting")
    return [{k: row[k] for k in keys} for row in rows[:_LISTED]]


def _party(node: Node) -> Card:
    view = node.view
    met = who_met_whom(view, state=node.iri, status="all").as_dicts()
    partners: dict[str, set[str]] = {}
    for row in met:
        if row["whom_state"]:
            partners.setdefault(row["whom_state"], set()).add(row["meeting"])
    most = sorted(partners.items(), key=lambda p: (-len(p[1]), p[0]))[:_LISTED]
    return {
        "party": node.iri,
        "name": node.label,
        "code": node.text(DM.code),
        "meetings": len({row["meeting"] for row in met}),
        "partners": [{"state": code, "meetings": len(held)} for code, held in most],
        "calls": len(calls(view, party=node.iri)),
        "latest": [{k: row[k] for k in ("date", "who", "whom", "whom_state", "format", "meeting")}
                   for row in met[:_LISTED]],
    }  # fmt: skip


def _report(node: Node) -> Card:
    mentions = node.view.quads(None, DM.reportedIn, NamedNode(node.iri), DEFAULT_GRAPH)
    told = {
        leads_to
        for q in mentions
        if isinstance(q.subject, NamedNode)
        and (leads_to := Node(node.view, q.subject.value).text(IS_REPLACED_BY))
    }
    return {
        "label": node.label,
        **_report_line(node),
        "id": node.text(IDENTIFIER),
        "skipped": _skipped(node),
        "tells_of": [{"iri": iri, "label": label_of(node.view, iri)} for iri in sorted(told)],
        "evidence": [e for iri in sorted(told) for e in evidence(node.view, iri, node.iri)],
    }


def _skipped(report: Node) -> str | None:
    """Why a report tells of no contact; stands in the report's own graph."""
    graph = NamedNode(report.iri)
    found = next(iter(report.view.quads(graph, DM.skipped, None, graph)), None)
    return found.object.value if found and isinstance(found.object, Literal) else None


def _visit(node: Node) -> Card:
    visitor = next(node.nodes(DM.visitor), None)
    return {
        "visit": node.iri,
        "label": node.text(LABEL),
        "visitor": visitor.label if visitor else None,
        "visited": [v.label for v in node.nodes(DM.visited)],
        "from": node.text(DM["from"]),
        "until": node.text(DM.until),
        "kind": node.text(DM.kind),
        "places": [p.label for p in node.nodes(DM.place)],
        "meetings": [m.label for m in _pointing(node, DM.during)],
        "reports": [_report_line(r) for r in node.nodes(DM.reportedIn)],
    }


_CARDS: tuple[tuple[NamedNode, Callable[[Node], Card]], ...] = (
    (DM.Meeting, _meeting),
    (DM.Person, _person),
    (DM.State, _party),
    (DM.Organization, _party),
    (DM.Report, _report),
    (DM.Visit, _visit),
)
