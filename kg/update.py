"""What must change in the graph when reports or judgements come, change or go.

Invariant: the default graph is a pure function of the report graphs, the judgements and the
reference data. Only what a change can touch is computed again, and the result is the same as
computing all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.affected import Affected
from kg.blocks import block, month_keys
from kg.clusters import Cluster, clusters
from kg.draft import Draft
from kg.entities import Entities
from kg.entity_upkeep import sync_entities
from kg.identity import Identity
from kg.instance import meeting_facts, meeting_iri
from kg.instance_parts import Background
from kg.judgements import GRAPH, Judgements, read_judgements
from kg.kept_names import KeptNames, restood
from kg.merge import Mention
from kg.model import Extraction, Report
from kg.namesakes import Written, read_back
from kg.outlets import Outlets
from kg.rdf import report_card, report_quads
from kg.rdf_read import ReadReport, read_report
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH, Change, View
from kg.surroundings import surroundings
from kg.syndication import Syndication
from kg.terms import DM, IS_REPLACED_BY, RDF_TYPE
from kg.told import Reader, Reports, names_kept, report_of
from kg.touched import Stretch, Touched
from kg.united import united
from kg.visits import VisitMention, visit_facts, visit_links

_OWNED = (
    DM.participation, DM.agendaItem, DM.claim, DM.produced, DM.stated, DM.source, DM.decision
)  # fmt: skip


class Updater:
    """Turns new, changed and retracted reports and judgements into one change of the store."""

    def __init__(self, view: View, resolver: Resolver, entities: Entities) -> None:
        self._view, self._resolver, self._entities = view, resolver, entities
        self._outlets = Outlets(resolver.lexicon)

    def change(
        self,
        loaded: Mapping[str, tuple[Report, Extraction]],
        retracted: Iterable[str] = (),
        judged: Judgements | None = None,
    ) -> Change:
        """The change that brings in `loaded` (by report IRI) and takes out `retracted`.

        It is empty if the graph has all of it already.

        Args:
            judged: all judgements there are after the change; None if they stay as they are.
        """
        stored = {iri: set(self._view.quads(graph=NamedNode(iri))) for iri in {*loaded, *retracted}}
        quads = {iri: report_quads(r, e) for iri, (r, e) in loaded.items()}
        new = {iri: q for iri, q in quads.items() if q != stored[iri]}
        old = {iri: q for iri, q in stored.items() if q and (iri in new or iri not in loaded)}
        before = read_judgements(self._view.quads(graph=GRAPH))
        after = before if judged is None else judged
        judged_both = _Judged(before, after)
        step = _Step(
            self._view, self._resolver, self._entities, judged_both, old, self._outlets, new
        )
        draft = step.draft()
        return Change(
            dropped=frozenset(NamedNode(iri) for iri in old),
            removed=frozenset(draft.really_removed() | (before.quads() - after.quads())),
            added=frozenset(
                draft.really_added().union(after.quads() - before.quads(), *new.values())
            ),
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """The judgements before and after a change."""

    before: Judgements
    after: Judgements


class _Step:
    """One change being worked out; reads no report twice.

    Args:
        old: quads of the reports that go or are replaced, by report IRI.
        new: quads of the reports that come or replace.
    """

    def __init__(
        self,
        view: View,
        resolver: Resolver,
        entities: Entities,
        judged: _Judged,
        old: Mapping[str, set[Quad]],
        outlets: Outlets,
        new: Mapping[str, set[Quad]],
    ) -> None:
        self._view, self._entities, self._resolver = view, entities, resolver
        self._judged, self._old = judged, old
        self._affected = Affected(view, judged.before, judged.after)
        reads = {iri: read_report(q) for iri, q in sorted(new.items())}
        names = self._names(reads.values())
        kept = KeptNames(view, judged.after, frozenset(old), names)
        reader = Reader(Identity(resolver, judged.after, kept.stands_for), outlets, entities)
        now = {iri: reader.told_in(read) for iri, read in reads.items()}
        self._reports = Reports(view, reader, old, now)
        self._draft = Draft(view)
        self._syndication = Syndication(outlets)
        self._touched = Touched(
            view,
            self._reports,
            [
                *self._gone(DM.ReportedMeeting),
                *self._affected.mentions(),
                *self._restood(names, kept),
            ],
            (judged.before, judged.after),
            entities.is_organization,
        )

    def _names(self, reads: Iterable[ReadReport]) -> list[Written]:
        """The names to keep of the reports that come or replace."""
        identity = Identity(self._resolver, self._judged.after)
        return [
            name
            for read in reads
            for _, meeting in read.meetings
            for name in names_kept(meeting, read.report, identity)
        ]

    def _restood(self, names: Iterable[Written], after: KeptNames) -> Iterator[str]:
        """Stored mentions of persons who stand for somebody else because of the change."""
        gone = (
            read_back(_node(q).value)
            for mention in self._gone(DM.ReportedMeeting)
            for q in self._view.quads(NamedNode(mention), DM.wrote, None, DEFAULT_GRAPH)
        )
        keys = {key for name in (*names, *gone) for key in name.families}
        keys.update(self._affected.families())
        yield from restood(self._view, keys, KeptNames(self._view, self._judged.before), after)

    def _gone(self, cls: NamedNode) -> Iterator[str]:
        """Stored mentions of a class in the reports that go or are replaced."""
        for _, quads in sorted(self._old.items()):
            for quad in quads:
                if quad.predicate == RDF_TYPE and quad.object == cls:
                    yield _subject(quad).value

    def draft(self) -> Draft:
        """The default graph after the change. All that is out of date is taken away before
        anything is put in, because two meetings can share a quad (of a span)."""
        stretches = self._touched.stretches()
        self._take_away({iri for stretch in stretches for iri in stretch.mentions})
        visits = self._touched_visits()
        for iri in self._old:
            self._draft.remove(self._stored_about(iri))
        for quads in self._meetings(stretches):
            self._draft.add(quads)
        for told in visits.values():
            if told:
                self._draft.add(visit_facts(told, self._entities))
        for told_report in self._reports.now.values():
            self._draft.add(report_card(told_report.read.report))
        sync_entities(self._draft, self._entities, self._resolver)
        return self._draft

    def _stored_about(self, subject: str) -> Iterator[Quad]:
        return iter(list(self._view.quads(subject=NamedNode(subject), graph=DEFAULT_GRAPH)))

    # Meetings

    def _take_away(self, mentions: Iterable[str]) -> None:
        meetings: set[NamedNode] = set()
        for mention in sorted(mentions):
            for quad in self._stored_about(mention):
                self._draft.remove([quad])
                if quad.predicate == DM.span:
                    self._draft.remove(self._stored_about(_node(quad).value))
                if quad.predicate == IS_REPLACED_BY:
                    meetings.add(_node(quad))
        for meeting in meetings:
            for quad in self._stored_about(meeting.value):
                self._draft.remove([quad])
                if quad.predicate in _OWNED:
                    self._draft.remove(self._stored_about(_node(quad).value))

    def _meetings(self, stretches: Iterable[Stretch]) -> Iterator[Iterable[Quad]]:
        told = [self._mentions(s) for s in stretches]
        found = [c for mentions in told for c in clusters(mentions, self._judged.after)]
        merged = united(found, self._judged.after)
        around = surroundings(merged, told, self._judged.after)
        background = Background(
            self._entities, self._judged.after, self._told_in, self._syndication
        )
        for cluster, near in zip(merged, around, strict=True):
            yield meeting_facts(cluster, near, background)
            yield self._links(cluster)

    def _mentions(self, stretch: Stretch) -> list[Mention]:
        """The mentions of a stretch after the change."""
        found = [iri for iri in stretch.mentions if self._touched.home(iri) == stretch.block]
        return [m for iri in found if (m := self._reports.mention(iri))]

    def _told_in(self, report: str) -> Report:
        told = self._reports.told_by(report)
        assert told is not None
        return told.read.report

    def _links(self, cluster: Cluster) -> Iterator[Quad]:
        """To the visits during which a meeting was held; and where a mention is compared, if not
        under its own parties."""
        meeting = NamedNode(meeting_iri(cluster))
        for mention in cluster:
            told = self._reports.told_by(mention.report)
            for visit in visit_links(told.visits, mention) if told else ():
                yield Quad(meeting, DM.during, NamedNode(visit))
            for name in mention.names:
                yield Quad(NamedNode(mention.iri), DM.wrote, NamedNode(name.iri))
            home = self._touched.home(mention.iri)
            if home is not None and home != block(mention.meeting) and mention.reach:
                node = NamedNode(mention.iri)
                yield Quad(node, DM.block, Literal(home))
                for key in month_keys(home, mention.reach):
                    yield Quad(node, DM.monthBlock, Literal(key))

    # Visits

    def _touched_visits(self) -> dict[str, list[VisitMention]]:
        """What is told of every visit that the change touches, by the visit's IRI. What the graph
        says of them is taken away."""
        told: dict[str, list[VisitMention]] = {}
        for report in self._reports.now.values():
            for visit in report.visits:
                told.setdefault(visit.merged, []).append(visit)
        waiting = {*told, *self._affected.visits(), *self._stored_visits()}
        seen: set[str] = set()
        while waiting:
            iri = min(waiting)
            seen.add(iri)
            for visit in self._still_told(iri):
                told.setdefault(visit.merged, []).append(visit)
                waiting.add(visit.merged)
            waiting -= seen
        return told

    def _stored_visits(self) -> Iterator[str]:
        """Visits that the reports which go or are replaced tell of."""
        for mention in self._gone(DM.ReportedVisit):
            for quad in self._view.quads(NamedNode(mention), IS_REPLACED_BY, None, DEFAULT_GRAPH):
                yield _node(quad).value

    def _still_told(self, visit: str) -> Iterator[VisitMention]:
        self._draft.remove(self._stored_about(visit))
        links = self._view.quads(None, IS_REPLACED_BY, NamedNode(visit), DEFAULT_GRAPH)
        for mention in sorted(_subject(q).value for q in links):
            self._draft.remove(self._stored_about(mention))
            told = self._reports.told_by(report_of(mention))
            if told and report_of(mention) not in self._reports.now:
                yield from (v for v in told.visits if v.iri == mention)


def _node(quad: Quad) -> NamedNode:
    assert isinstance(quad.object, NamedNode)
    return quad.object


def _subject(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode)
    return quad.subject
