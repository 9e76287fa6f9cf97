"""The merged meeting as triples: a pure function of the mentions that tell of it.

Nothing here reads a store. The nodes of a meeting are `<meeting>`, what lies under its IRI, and
its documents, figures and statements; all of them belong to this one meeting, so that it can be
taken out of the graph as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg import choose, ids
from kg.ids import fold
from kg.instance_parts import (
    Background,
    Draft,
    Figures,
    add_documents,
    add_items,
    add_sources,
    add_statements,
)
from kg.joined import joined
from kg.merge import Mention
from kg.rdf import boolean, integer, number, span_node
from kg.surroundings import Surroundings
from kg.terms import DM, IS_REPLACED_BY, LABEL, RDF_TYPE


def meeting_iri(cluster: Sequence[Mention]) -> str:
    """IRI of a merged meeting: day, parties, and a digest of its earliest-published mention."""
    first = cluster[0]
    parties = _parties([first])
    shown = "-".join(parties[:4]) or "x"
    return ids.entity("meeting", f"{_day(first)}-{shown}-{ids.digest(first.iri, length=8)}")


def _day(mention: Mention) -> str:
    return mention.meeting.when.first.isoformat() if mention.meeting.when else "undated"


def _parties(cluster: Sequence[Mention]) -> list[str]:
    return sorted(
        {
            p.state
            for m in cluster
            for p in m.meeting.participants
            if p.state and p.role != "attendee"
        }
    )


class MeetingFacts(Draft):
    """Builds the triples of one merged meeting.

    Args:
        cluster: its mentions, earliest-published first.
    """

    def __init__(
        self,
        cluster: Sequence[Mention],
        around: Surroundings,
        background: Background,
    ) -> None:
        super().__init__(meeting_iri(cluster), cluster, background)
        self._around = around

    def build(self) -> frozenset[Quad]:
        """All triples that belong to this meeting."""
        self._head()
        self._date()
        self._place()
        self._gathering()
        self.cast.write(self.node, self.w)
        add_items(self)
        add_documents(self)
        Figures(self).write()
        add_statements(self)
        self._sources()
        add_sources(self)
        self._plans()
        self._disagreements()
        return frozenset(self.w.quads)

    def _head(self) -> None:
        w, node, cluster = self.w, self.node, self.cluster
        w.add(node, RDF_TYPE, DM.Meeting)
        w.add(node, LABEL, Literal(self._label(), language="en"))
        w.add(node, DM.status, choose.status_of(cluster))
        w.add(node, DM.format, choose.format_of(cluster))
        w.add(node, DM.multilateral, boolean(any(m.meeting.multilateral for m in cluster)))
        w.add(node, DM.confidence, number(max(m.meeting.confidence for m in cluster)))
        for code in _parties(cluster):
            w.add(node, DM.party, NamedNode(self.entities.party(code)))

    def _label(self) -> str:
        names = self.cast.shown()
        listed = names[:4] + ([f"{len(names) - 4} more"] if len(names) > 4 else [])
        who = ", ".join(listed[:-1]) + " and " + listed[-1] if len(listed) > 1 else "".join(listed)
        dated = choose.date_mention(self.cluster)
        when = dated.meeting.when if dated else None
        return f"{who}, {when.edtf}" if when else who

    def _date(self) -> None:
        chosen = choose.date_mention(self.cluster)
        if chosen is None or chosen.meeting.when is None:
            return
        when = chosen.meeting.when
        self.w.when(self.node, when.first.isoformat(), when.last.isoformat(), when.edtf)
        self.w.add(self.node, DM.dateBasis, chosen.meeting.date_basis)

    def place_iri(self, mention: Mention) -> str | None:
        """IRI of the place one mention names."""
        place = mention.meeting.place
        if place is None:
            return None
        return self.entities.place(place.name, place.state, mention.meeting.when)

    def _place(self) -> None:
        chosen = choose.place_mention(self.cluster)
        if chosen is None or chosen.meeting.place is None:
            return
        iri = self.place_iri(chosen)
        assert iri is not None
        self.w.add(self.node, DM.place, NamedNode(iri))
        self.w.add(self.node, DM.placeBasis, chosen.meeting.place.basis)
        self.w.add(self.node, DM.placeName, chosen.meeting.place.name)

    def _gathering(self) -> None:
        names = [m.meeting.sidelines_of for m in self.cluster if m.meeting.sidelines_of]
        if not names:
            return
        name = choose.best_name(names)
        year = _day(self.cluster[0])[:4]
        iri = ids.entity("gathering", f"{ids.slug(_bare(name))}-{year}")
        self.w.add(self.node, DM.onSidelinesOf, NamedNode(iri))
        self.w.add(self.node, DM.sidelinesOf, name)

    def _sources(self) -> None:
        for one in joined(self.cluster, self.background.judged):
            self.w.add(NamedNode(one.mention), DM.reason, one.reason)
            self.w.add(NamedNode(one.mention), DM.score, number(one.score))
        for m in self.cluster:
            report, mention = NamedNode(m.report), NamedNode(m.iri)
            self.w.add(self.node, DM.reportedIn, report)
            self.w.add(mention, IS_REPLACED_BY, self.node)
            self.w.add(mention, DM.reportedIn, report)
            if m.meeting.span:
                span = span_node(report, m.meeting.span)
                self.w.add(mention, DM.span, span)
                self.w.add(span, RDF_TYPE, DM.Span)
                self.w.add(span, DM.start, integer(m.meeting.span.start))
                self.w.add(span, DM.end, integer(m.meeting.span.end))

    def _plans(self) -> None:
        for plan in self._around.plans:
            self.w.add(self.node, DM.announcedAs, NamedNode(meeting_iri(plan)))

    def _disagreements(self) -> None:
        for value, mentions in choose.conflicting_dates(self.cluster).items():
            self.claim("date", value, [m.report for m in mentions])
        self._claims_of("place", self._places_said())
        formats = [(m.meeting.format, m.report) for m in self.cluster]
        self._claims_of("format", [(f, r) for f, r in formats if f != "unspecified"])
        for other in self._around.against:
            for mention in (*self.cluster, *other):
                self.claim("status", mention.meeting.status, [mention.report])

    def _places_said(self) -> list[tuple[str, str]]:
        said = []
        for m in self.cluster:
            iri = self.place_iri(m)
            if iri and m.meeting.place:
                said.append((self.entities.present_name(iri).rsplit("/", 1)[1], m.report))
        return said

    def _claims_of(self, about: str, said: Sequence[tuple[str, str]]) -> None:
        if len({value for value, _ in said}) > 1:
            for value, report in said:
                self.claim(about, value, [report])


def _bare(name: str) -> str:
    folded = fold(name)
    for article in ("the ", "a ", "an "):
        folded = folded.removeprefix(article)
    return folded


def meeting_facts(
    cluster: Sequence[Mention],
    around: Surroundings,
    background: Background,
) -> frozenset[Quad]:
    """Triples of one meeting.

    Args:
        cluster: its mentions, earliest-published first.
    """
    return MeetingFacts(cluster, around, background).build()
