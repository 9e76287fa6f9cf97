"""What judgements that come or go are about, in the graph as it is: mentions and visits.

A judgement on a person concerns every mention of that person; one on a meeting names its mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg import ids
from kg.judgements import Judgements
from kg.kept_names import mentions_of_person, nodes_of
from kg.namesakes import person_key, read_back
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM, IS_REPLACED_BY

PERSON = ids.entity("person", "")
VISIT = ids.entity("visit", "")


class Affected:
    """Finds what the difference between two sets of judgements can touch."""

    def __init__(self, view: View, before: Judgements, after: Judgements) -> None:
        self._view = view
        named = {iri for j in {*before} ^ {*after} for iri in j.about}
        everybody = (iri for n in named for iri in before.same_as(n) | after.same_as(n))
        self._iris = sorted(set(everybody))

    def mentions(self) -> Iterator[str]:
        """IRIs of mentions of meetings, some of which may not be in the graph."""
        for iri in self._iris:
            if iri.startswith(PERSON):
                yield from self._of_meetings(DM.participant, iri)
                yield from mentions_of_person(self._view, iri)
            elif iri.startswith(VISIT):
                yield from self._of_meetings(DM.during, iri)
            else:
                yield iri

    def families(self) -> Iterator[str]:
        """Keys of the families of persons that the judgements are about."""
        for iri in self._iris:
            if iri.startswith(PERSON):
                for node in nodes_of(self._view, person_key(iri)):
                    yield from read_back(node).families

    def visits(self) -> Iterator[str]:
        """IRIs of visits, as the graph has them now."""
        for iri in self._iris:
            if iri.startswith(PERSON):
                yield from self._subjects(DM.visitor, iri)
            elif iri.startswith(VISIT):
                yield iri

    def _of_meetings(self, link: NamedNode, iri: str) -> Iterator[str]:
        for meeting in self._subjects(link, iri):
            yield from self._subjects(IS_REPLACED_BY, meeting)

    def _subjects(self, prop: NamedNode, iri: str) -> Iterator[str]:
        quads = self._view.quads(None, prop, NamedNode(iri), DEFAULT_GRAPH)
        yield from sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
