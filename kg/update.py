"""What must change in the graph when reports come, change or go.

Invariant: the default graph is a pure function of the report graphs and the reference data. Only
what a change can touch is computed again - the mentions of the same parties on the same or
neighbouring days - and the result is the same as computing all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from kg.draft import Draft
from kg.entities import Entities
from kg.entity_upkeep import sync_entities
from kg.instance import block_facts
from kg.merge import Mention, clusters
from kg.model import Extraction, Report
from kg.rdf import block, report_card, report_node, report_quads
from kg.rdf_read import ReadReport, read_report
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH, Change, View
from kg.terms import DM, IS_REPLACED_BY
from kg.visits import VisitMention, visit_facts, visit_links, visit_mentions

_OWNED = (DM.participation, DM.agendaItem, DM.claim, DM.produced, DM.stated)


class Updater:
    """Turns new, changed and retracted reports into one change of the store."""

    def __init__(self, view: View, resolver: Resolver, entities: Entities) -> None:
        self._view, self._resolver, self._entities = view, resolver, entities

    def change(
        self,
        loaded: Mapping[str, tuple[Report, Extraction]],
        retracted: Iterable[str] = (),
    ) -> Change:
        """The change that brings in `loaded` (by report IRI) and takes out `retracted`.

        It is empty if the graph has all of it already.
        """
        stored = {iri: set(self._view.quads(graph=NamedNode(iri))) for iri in {*loaded, *retracted}}
        quads = {iri: report_quads(r, e) for iri, (r, e) in loaded.items()}
        new = {iri: q for iri, q in quads.items() if q != stored[iri]}
        old = {iri: q for iri, q in stored.items() if q and (iri in new or iri not in loaded)}
        draft = _Step(self._view, self._resolver, self._entities, old, new).draft()
        return Change(
            dropped=frozenset(NamedNode(iri) for iri in old),
            removed=frozenset(draft.really_removed()),
            added=frozenset(draft.really_added().union(*new.values())),
        )


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
        old: Mapping[str, set[Quad]],
        new: Mapping[str, set[Quad]],
    ) -> None:
        self._view, self._resolver, self._entities = view, resolver, entities
        self._told_before = {iri: self._told(q) for iri, q in sorted(old.items())}
        self._told_now = {iri: self._told(q) for iri, q in sorted(new.items())}
        self._kept: dict[str, _Told] = {}
        self._draft = Draft(view)

    def draft(self) -> Draft:
        """The default graph after the change. All that is out of date is taken away before
        anything is put in, because two meetings can share a quad (of a span)."""
        mentions = [group for key in self._blocks() for group in self._touched(key)]
        visits = self._touched_visits()
        for iri in self._told_before:
            self._draft.remove(self._stored_about(iri))
        for group in mentions:
            self._draft.add(q for quads in self._meetings(group) for q in quads)
        for told in visits.values():
            if told:
                self._draft.add(visit_facts(told, self._entities))
        for told_report in self._told_now.values():
            self._draft.add(report_card(told_report.read.report))
        sync_entities(self._draft, self._entities, self._resolver)
        return self._draft

    def _told(self, quads: Iterable[Quad]) -> _Told:
        return _Told(read_report(quads), self._resolver)

    def _told_by(self, report: str) -> _Told | None:
        """What a report tells after the change; None if it goes."""
        if report in self._told_now:
            return self._told_now[report]
        if report in self._told_before:
            return None
        if report not in self._kept:
            self._kept[report] = self._told(self._view.quads(graph=NamedNode(report)))
        return self._kept[report]

    # Meetings

    def _blocks(self) -> list[str]:
        told = (*self._told_before.values(), *self._told_now.values())
        return sorted({key for t in told for key in t.blocks})

    def _touched(self, key: str) -> Iterator[list[str]]:
        """Mentions of a block, in groups that no date connects, as far as the change touches
        them. What the graph says of their meetings is taken away."""
        stored = {iri: self._days(iri) for iri in self._stored_in_block(key)}
        coming = {
            iri: _span_of_days(mention.meeting.when.first, mention.meeting.when.last)
            if mention.meeting.when
            else None
            for told in self._told_now.values()
            for iri, mention in told.in_block(key)
        }
        days = [*((d, iri) for iri, d in stored.items()), *((d, iri) for iri, d in coming.items())]
        for group in connected(days):
            if any(i in coming or _report_of(i) in self._told_before for i in group):
                self._take_away(i for i in group if i in stored)
                yield sorted(group)

    def _stored_in_block(self, key: str) -> list[str]:
        found = self._view.quads(predicate=DM.block, object=Literal(key))
        return sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode))

    def _days(self, mention: str) -> tuple[int, int] | None:
        node, graph = NamedNode(mention), NamedNode(_report_of(mention))
        days = [
            date.fromisoformat(_text(quad))
            for prop in (DM.date, DM.endDate)
            for quad in self._view.quads(node, prop, None, graph)
        ]
        return _span_of_days(*days) if len(days) == 2 else None

    def _take_away(self, mentions: Iterable[str]) -> None:
        meetings: set[NamedNode] = set()
        for mention in mentions:
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

    def _stored_about(self, subject: str) -> Iterator[Quad]:
        return iter(list(self._view.quads(subject=NamedNode(subject), graph=DEFAULT_GRAPH)))

    def _meetings(self, group: Iterable[str]) -> Iterator[Iterable[Quad]]:
        told = {iri: t for iri in group if (t := self._told_by(_report_of(iri)))}
        mentions = [t.meetings[iri] for iri, t in told.items() if iri in t.meetings]
        found = clusters(mentions)
        for cluster, quads in zip(found, block_facts(found, self._entities), strict=True):
            yield quads
            meeting = next(q.object for q in quads if q.predicate == IS_REPLACED_BY)
            assert isinstance(meeting, NamedNode)
            for mention in cluster:
                for visit in visit_links(told[mention.iri].visits, mention):
                    yield [Quad(meeting, DM.during, NamedNode(visit))]

    # Visits

    def _touched_visits(self) -> dict[str, list[VisitMention]]:
        """What is told of every visit that the change touches, by the visit's IRI. What the graph
        says of them is taken away."""
        now: dict[str, list[VisitMention]] = {
            v.merged: [] for t in self._told_before.values() for v in t.visits
        }
        for told in self._told_now.values():
            for visit in told.visits:
                now.setdefault(visit.merged, []).append(visit)
        for iri in sorted(now):
            now[iri] += self._still_told(iri)
        return now

    def _still_told(self, visit: str) -> Iterator[VisitMention]:
        self._draft.remove(self._stored_about(visit))
        links = self._view.quads(None, IS_REPLACED_BY, NamedNode(visit), DEFAULT_GRAPH)
        for mention in sorted(q.subject.value for q in links if isinstance(q.subject, NamedNode)):
            self._draft.remove(self._stored_about(mention))
            told = self._told_by(_report_of(mention))
            if told and _report_of(mention) not in self._told_now:
                yield from (v for v in told.visits if v.iri == mention)


class _Told:
    """What one report tells, with everybody resolved."""

    def __init__(self, read: ReadReport, resolver: Resolver) -> None:
        self.read = read
        self.meetings = {m.iri: m for m in report_mentions(read, resolver)}
        self.visits = tuple(visit_mentions(read, resolver))
        self.blocks: dict[str, list[str]] = {}
        for iri, mention in self.meetings.items():
            self.blocks.setdefault(block(mention.meeting), []).append(iri)

    def in_block(self, key: str) -> Iterator[tuple[str, Mention]]:
        return ((iri, self.meetings[iri]) for iri in self.blocks.get(key, ()))


def report_mentions(read: ReadReport, resolver: Resolver) -> Iterator[Mention]:
    """A report's meetings with their participants resolved."""
    report = read.report
    for iri, meeting in read.meetings:
        yield Mention(
            iri=iri,
            report=report_node(report).value,
            order_key=(report.published or "9999", report.outlet or "", report.id, iri),
            meeting=meeting,
            persons=tuple(resolver.resolve(p, meeting.when) for p in meeting.participants),
        )


def connected(dated: Iterable[tuple[tuple[int, int] | None, str]]) -> Iterator[set[str]]:
    """Mentions in groups whose days overlap or lie next to each other; undated ones alone.

    Args:
        dated: first and last day as ordinals (None for no date) and IRI; an IRI may come twice,
            with its days before and after a change.
    """
    pairs = list(dated)
    group: set[str] = set()
    groups: list[set[str]] = []
    reach = 0
    for days, iri in sorted((d, i) for d, i in pairs if d is not None):
        if group and days[0] > reach + 1:
            groups.append(group)
            group = set()
        group.add(iri)
        reach = max(reach, days[1]) if len(group) > 1 else days[1]
    groups += [group] if group else []
    yield from groups
    inside = set[str]().union(*groups)
    yield from ({i} for i in sorted({i for d, i in pairs if d is None} - inside))


def _span_of_days(first: date, last: date) -> tuple[int, int]:
    return first.toordinal(), last.toordinal()


def _report_of(mention: str) -> str:
    return mention.partition("#")[0]


def _node(quad: Quad) -> NamedNode:
    assert isinstance(quad.object, NamedNode)
    return quad.object


def _text(quad: Quad) -> str:
    assert isinstance(quad.object, Literal)
    return quad.object.value
