"""Entities that only reports know: a person without a tenure, a town not in the reference data.

Their label and aliases are a pure function of the set of names that the facts of the default graph
give them. A load only adds names; what a retraction takes away is asked for name by name, so that
neither has to read everything that was ever said of an outlet or a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.draft import Draft
from kg.letters import is_cyrillic
from kg.rdf import GraphWriter
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH
from kg.terms import ALT_LABEL, DM, LABEL, PREF_LABEL, RDF_TYPE

_LEADING = frozenset({"head-of-state", "head-of-government"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """How facts point at entities of a kind (`links`) and name them (`name`)."""

    cls: str
    links: tuple[NamedNode, ...]
    name: NamedNode


_KINDS = {
    "person": _Kind("Person", (DM.person, DM.visitor), DM.personName),
    "place": _Kind("Place", (DM.place,), DM.placeName),
    "gathering": _Kind("Gathering", (DM.onSidelinesOf, DM.partOf), DM.sidelinesOf),
    "outlet": _Kind("Outlet", (DM.publishedBy,), DM.outletName),
}


def split_iri(iri: str) -> tuple[str, str]:
    """Kind and key of an entity: `…/id/state/BLR` -> state, BLR."""
    kind, _, tail = iri.removeprefix(ids.BASE).partition("/")
    return kind, tail


def best_spelling(names: Iterable[str], iri: str) -> str:
    """The name to show: in Latin letters if there is one, that the IRI is made of, not in
    capitals, then the longest, then the first in the alphabet."""

    def rank(n: str) -> tuple[bool, bool, bool, int, str]:
        return is_cyrillic(n), not _is_namesake(iri, n), _is_flat(n), -len(n), n

    return min(names, key=rank)


def _is_flat(name: str) -> bool:
    return name == name.upper() or name == name.lower()


def _is_namesake(iri: str, name: str) -> bool:
    kind, tail = split_iri(iri)
    state = tail.partition("-")[0]
    if kind == "person":
        return ids.person(name, state) == iri
    if kind == "place":
        return ids.entity("place", f"{state}-{ids.slug(name)}") == iri
    return kind == "outlet" and ids.outlet(name) == iri


class OwnEntity:
    """One entity that only reports know, in the graph as a change leaves it."""

    def __init__(self, iri: str, draft: Draft, resolver: Resolver) -> None:
        self.iri, self._draft, self._resolver = iri, draft, resolver
        kind, tail = split_iri(iri)
        self._state = tail.partition("-")[0]
        self._kind = _KINDS.get(kind)

    def describe(self) -> frozenset[str]:
        """Bring the entity's description up to date; gives the entities that it needs."""
        names = self._names()
        if self._kind is None or not names:
            return frozenset()
        w, node, label = GraphWriter(None), NamedNode(self.iri), best_spelling(names, self.iri)
        w.add(node, RDF_TYPE, DM[self._kind.cls])
        w.add(node, LABEL, Literal(label, language="en"))
        w.add(node, PREF_LABEL, Literal(label, language="en"))
        for name in names - {label}:
            w.add(node, ALT_LABEL, name)
        if self._kind.cls == "Person" and self._leads():
            w.add(node, RDF_TYPE, DM.Leader)
        needs = set()
        if self._kind.cls == "Place" and self._state != "XX":
            needs.add(ids.state(self._state))
            w.add(node, DM.inState, NamedNode(ids.state(self._state)))
        self._draft.remove(list(self._draft.about(self.iri)))
        self._draft.add(w.quads)
        return frozenset(needs)

    def _names(self) -> set[str]:
        """All names that facts give to the entity."""
        if self._kind is None:
            return set()
        given = {n for s in self._facts(self._draft.added_to(self.iri)) for n in self._given(s)}
        stored = {
            q.object.value
            for q in self._draft.view.quads(subject=NamedNode(self.iri), graph=DEFAULT_GRAPH)
            if q.predicate in (PREF_LABEL, ALT_LABEL) and isinstance(q.object, Literal)
        }
        lost = self._taken_away() - given
        return given | (stored - lost) | {n for n in lost & stored if self._is_still_given(n)}

    def _facts(self, quads: Iterable[Quad]) -> Iterator[NamedNode]:
        assert self._kind is not None
        for quad in quads:
            if quad.predicate in self._kind.links and isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _given(self, fact: NamedNode) -> set[str]:
        return self._named_by(self._draft.about(fact.value))

    def _taken_away(self) -> set[str]:
        facts = self._facts(self._draft.removed_from(self.iri))
        stored = self._draft.view.quads
        return {n for s in facts for n in self._named_by(stored(subject=s, graph=DEFAULT_GRAPH))}

    def _named_by(self, quads: Iterable[Quad]) -> set[str]:
        assert self._kind is not None
        found = {
            q.object.value
            for q in quads
            if q.predicate == self._kind.name and isinstance(q.object, Literal)
        }
        # A visit names several towns, each of which is only called by its own name.
        return {n for n in found if self._kind.cls != "Place" or _is_namesake(self.iri, n)}

    def _is_still_given(self, name: str) -> bool:
        """True if a stored fact that the change leaves alone gives the name."""
        assert self._kind is not None
        draft, node = self._draft, NamedNode(self.iri)
        for quad in draft.view.quads(None, self._kind.name, Literal(name), DEFAULT_GRAPH):
            for link in self._kind.links:
                fact = Quad(quad.subject, link, node)
                stored = draft.view.quads(_subject(quad), link, node, DEFAULT_GRAPH)
                if quad not in draft.removed and fact not in draft.removed and any(stored):
                    return True
        return False

    def _leads(self) -> bool:
        """True if a fact gives the person the office of a head of state or government."""
        draft = self._draft
        if any(True for _ in self._facts(draft.removed_from(self.iri))):
            return any(map(self._is_leading, self._facts(draft.pointing_at(self.iri))))
        stored = any(draft.view.quads(NamedNode(self.iri), RDF_TYPE, DM.Leader, DEFAULT_GRAPH))
        return stored or any(map(self._is_leading, self._facts(draft.added_to(self.iri))))

    def _is_leading(self, fact: NamedNode) -> bool:
        return any(
            self._resolver.office_kind(q.object.value) in _LEADING
            for q in self._draft.about(fact.value)
            if q.predicate == DM.office and isinstance(q.object, Literal)
        )


def _subject(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode)
    return quad.subject
