"""What must change in the graph when reports come, change or go.

Invariant: the default graph is a pure function of the report graphs and the reference data. Only
the blocks that a change touches are computed again; the result is the same as computing all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.entities import Entities
from kg.instance import block_facts
from kg.merge import Mention, clusters
from kg.model import Extraction, Report
from kg.names import own_entity_quads, own_entity_sources
from kg.rdf import block, report_card, report_node, report_quads
from kg.rdf_read import ReadReport, read_report
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH, Change, View
from kg.terms import DM, IS_REPLACED_BY
from kg.visits import visit_facts, visit_iris, visit_links

_OWNED = (DM.participation, DM.agendaItem, DM.claim, DM.produced, DM.stated)


@dataclass(slots=True)
class Draft:
    """The default graph as it would be: the store's content with a change not yet applied."""

    view: View
    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    _by_object: dict[str, set[Quad]] = field(default_factory=dict)
    _by_subject: dict[str, set[Quad]] = field(default_factory=dict)

    def remove(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            if quad in self.added:
                self._forget(quad)
            else:
                self.removed.add(quad)

    def add(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            self.removed.discard(quad)
            if quad not in self.added:
                self.added.add(quad)
                self._by_object.setdefault(_key(quad.object), set()).add(quad)
                self._by_subject.setdefault(_key(quad.subject), set()).add(quad)

    def _forget(self, quad: Quad) -> None:
        self.added.discard(quad)
        self._by_object[_key(quad.object)].discard(quad)
        self._by_subject[_key(quad.subject)].discard(quad)

    def about(self, subject: str) -> Iterator[Quad]:
        """Default-graph quads with this subject."""
        kept = self.view.quads(subject=NamedNode(subject), graph=DEFAULT_GRAPH)
        yield from (q for q in kept if q not in self.removed)
        yield from sorted(self._by_subject.get(subject, ()), key=str)

    def pointing_at(self, iri: str) -> Iterator[Quad]:
        """Default-graph quads with this object."""
        yield from sorted(self._by_object.get(iri, ()), key=str)
        kept = self.view.quads(object=NamedNode(iri), graph=DEFAULT_GRAPH)
        yield from (q for q in kept if q not in self.removed)


def _key(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""


class Updater:
    """Turns new, changed and retracted reports into one change of the store."""

    def __init__(self, view: View, resolver: Resolver, entities: Entities) -> None:
        self._view, self._resolver, self._entities = view, resolver, entities

    def change(
        self,
        loaded: Mapping[str, tuple[Report, Extraction]],
        retracted: Iterable[str] = (),
    ) -> Change:
        """The change that brings in `loaded` (by report IRI) and takes out `retracted`."""
        gone = {*loaded, *retracted}
        old = {iri: read for iri in sorted(gone) if (read := self.stored(iri))}
        quads = {iri: report_quads(r, e) for iri, (r, e) in loaded.items()}
        new = {iri: read_report(q) for iri, q in quads.items()}
        draft = Draft(self._view)
        for key in sorted(_blocks(old.values()) | _blocks(new.values())):
            self._recompute(key, gone, new, draft)
        self._visits(old, new, gone, draft)
        self._reports(old, new, draft)
        self._sync_entities(draft)
        return Change(
            dropped=frozenset(NamedNode(iri) for iri in old),
            removed=frozenset(draft.removed - draft.added),
            added=frozenset(draft.added.union(*quads.values())),
        )

    def stored(self, report_iri: str) -> ReadReport | None:
        """The report as the store has it, or None."""
        quads = list(self._view.quads(graph=NamedNode(report_iri)))
        return read_report(quads) if quads else None

    def mentions(self, read: ReadReport) -> Iterator[Mention]:
        """A report's meetings with their participants resolved."""
        report_iri = report_node(read.report).value
        for iri, meeting in read.meetings:
            yield Mention(
                iri=iri,
                report=report_iri,
                order_key=(
                    read.report.published or "9999", read.report.outlet or "", read.report.id, iri,
                ),
                meeting=meeting,
                persons=tuple(
                    self._resolver.resolve(p, meeting.when) for p in meeting.participants
                ),
            )  # fmt: skip

    def _recompute(
        self, key: str, gone: set[str], new: Mapping[str, ReadReport], draft: Draft
    ) -> None:
        stored = self._stored_in_block(key)
        draft.remove(q for mention in stored for q in self._meeting_of(mention))
        reads = [r for m in stored if (r := self._read_kept(m, gone)) is not None]
        distinct = {report_node(r.report).value: r for r in reads} | dict(new)
        mentions = [
            m for r in distinct.values() for m in self.mentions(r) if block(m.meeting) == key
        ]
        for quads in block_facts(clusters(mentions), self._entities):
            draft.add(quads)
        self._during(mentions, distinct, draft)

    def _read_kept(self, mention_iri: str, gone: set[str]) -> ReadReport | None:
        report_iri = mention_iri.partition("#")[0]
        return None if report_iri in gone else self.stored(report_iri)

    def _stored_in_block(self, key: str) -> list[str]:
        found = self._view.quads(predicate=DM.block, object=Literal(key))
        return sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode))

    def _meeting_of(self, mention_iri: str) -> Iterator[Quad]:
        """Stored triples of the meeting that a mention belongs to, the mention's own included."""
        mention = NamedNode(mention_iri)
        for quad in self._view.quads(subject=mention, graph=DEFAULT_GRAPH):
            yield quad
            if quad.predicate == DM.span:
                yield from self._view.quads(subject=_node(quad), graph=DEFAULT_GRAPH)
            if quad.predicate == IS_REPLACED_BY:
                yield from self._owned(_node(quad))

    def _owned(self, meeting: NamedNode) -> Iterator[Quad]:
        for quad in self._view.quads(subject=meeting, graph=DEFAULT_GRAPH):
            yield quad
            if quad.predicate in _OWNED:
                yield from self._view.quads(subject=_node(quad), graph=DEFAULT_GRAPH)

    def _during(
        self, mentions: Iterable[Mention], reads: Mapping[str, ReadReport], draft: Draft
    ) -> None:
        """Link a meeting to the visit that the same report tells of."""
        for mention in mentions:
            for visit in visit_links(reads[mention.report], mention, self._resolver):
                meeting = next(
                    _node(q) for q in draft.about(mention.iri) if q.predicate == IS_REPLACED_BY
                )
                draft.add([Quad(meeting, DM.during, NamedNode(visit))])

    def _visits(
        self,
        old: Mapping[str, ReadReport],
        new: Mapping[str, ReadReport],
        gone: set[str],
        draft: Draft,
    ) -> None:
        coming: dict[str, list[ReadReport]] = {}
        for read in new.values():
            for visit in visit_iris(read, self._resolver):
                coming.setdefault(visit, []).append(read)
        going = {v for read in old.values() for v in visit_iris(read, self._resolver)}
        for visit in sorted(coming.keys() | going):
            node = NamedNode(visit)
            draft.remove(list(self._view.quads(subject=node, graph=DEFAULT_GRAPH)))
            mentions = [
                q.subject.value
                for q in self._view.quads(
                    predicate=IS_REPLACED_BY, object=node, graph=DEFAULT_GRAPH
                )
                if isinstance(q.subject, NamedNode)
            ]
            for mention in mentions:
                draft.remove(self._view.quads(subject=NamedNode(mention), graph=DEFAULT_GRAPH))
            reads = [r for m in sorted(mentions) if (r := self._read_kept(m, gone))]
            facts = visit_facts([*reads, *coming.get(visit, ())], self._resolver, self._entities)
            draft.add(facts.get(visit, ()))

    def _reports(
        self, old: Mapping[str, ReadReport], new: Mapping[str, ReadReport], draft: Draft
    ) -> None:
        """A report without any meeting is in the default graph too: it was read."""
        for iri in old:
            draft.remove(list(self._view.quads(subject=NamedNode(iri), graph=DEFAULT_GRAPH)))
        for read in new.values():
            draft.add(report_card(read.report))

    def _sync_entities(self, draft: Draft) -> None:
        """Bring in what the new triples point at; take out what nothing points at any more."""
        pending = {o for q in draft.added if (o := _entity(q))}
        suspects = {o for q in draft.removed if (o := _entity(q))}
        own: set[str] = set()
        done: set[str] = set()
        while pending:
            iri = pending.pop()
            if iri in done:
                continue
            done.add(iri)
            described = self._entities.describe(iri)
            if described is None:
                own.add(iri)
            else:
                draft.add(described.quads)
                pending |= described.needs
        own |= self._drop_unused(suspects - done, draft)
        self._name_own(own, draft)

    def _drop_unused(self, suspects: set[str], draft: Draft) -> set[str]:
        """Remove the descriptions of entities that no fact uses; return own ones still in use."""
        still_used: set[str] = set()
        pending = set(suspects)
        while pending:
            iri = min(pending)
            pending.discard(iri)
            if any(not _is_own_description(q, iri) for q in draft.pointing_at(iri)):
                if self._entities.describe(iri) is None:
                    still_used.add(iri)
                continue
            quads = list(draft.about(iri))
            draft.remove(quads)
            pending |= {o for q in quads if (o := _entity(q)) and o != iri}
        return still_used

    def _name_own(self, own: set[str], draft: Draft) -> None:
        """Describe the entities that only reports know, from all that say something of them."""
        for iri in sorted(own):
            names = Counter(own_entity_sources(iri, draft))
            if not names:
                continue
            draft.remove(list(draft.about(iri)))
            quads, needs = own_entity_quads(iri, names, draft, self._resolver)
            draft.add(quads)
            for need in sorted(needs):
                described = self._entities.describe(need)
                draft.add(described.quads if described else ())


def _blocks(reads: Iterable[ReadReport]) -> set[str]:
    return {block(m) for read in reads for _, m in read.meetings}


def _node(quad: Quad) -> NamedNode:
    assert isinstance(quad.object, NamedNode)
    return quad.object


_OWN_KINDS = ("meeting/", "report/", "document/", "figure/", "statement/", "visit/")


def _entity(quad: Quad) -> str | None:
    """IRI of the shared entity that a quad points at, or None."""
    if not isinstance(quad.object, NamedNode) or not quad.object.value.startswith(ids.BASE):
        return None
    tail = quad.object.value.removeprefix(ids.BASE)
    return None if tail.startswith(_OWN_KINDS) else quad.object.value


def _is_own_description(quad: Quad, iri: str) -> bool:
    """A tenure points back at its holder: that alone keeps nobody in the graph."""
    return quad.predicate == DM.holder or _key(quad.subject) == iri
