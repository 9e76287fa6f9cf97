"""The default graph as it would be: a store's content with a change that is not yet applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.store.base import DEFAULT_GRAPH, View


@dataclass(slots=True)
class Draft:
    """What the store holds, less `removed`, and `added`: what is in both sets stays.

    Attributes:
        removed: quads of the default graph that were taken away, whether added again or not.
        added: quads of the default graph that must be there, whether stored already or not.
    """

    view: View
    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    _added_to: dict[str, set[Quad]] = field(default_factory=dict)
    _added_about: dict[str, set[Quad]] = field(default_factory=dict)
    _removed_from: dict[str, set[Quad]] = field(default_factory=dict)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take quads away, stored or added."""
        for quad in quads:
            if quad in self.added:
                self.added.discard(quad)
                self._added_to[_key(quad.object)].discard(quad)
                self._added_about[_key(quad.subject)].discard(quad)
            if quad not in self.removed:
                self.removed.add(quad)
                self._removed_from.setdefault(_key(quad.object), set()).add(quad)

    def add(self, quads: Iterable[Quad]) -> None:
        """Put quads in, also ones that were taken away."""
        for quad in quads:
            if quad not in self.added:
                self.added.add(quad)
                self._added_to.setdefault(_key(quad.object), set()).add(quad)
                self._added_about.setdefault(_key(quad.subject), set()).add(quad)

    def about(self, subject: str) -> Iterator[Quad]:
        """Quads with this subject."""
        yield from self.kept_about(subject)
        yield from self.added_about(subject)

    def kept_about(self, subject: str) -> Iterator[Quad]:
        """Stored quads with this subject that nothing took away."""
        yield from self._kept(self.view.quads(subject=NamedNode(subject), graph=DEFAULT_GRAPH))

    def added_about(self, subject: str) -> Iterator[Quad]:
        """Added quads with this subject, in a fixed order."""
        yield from sorted(self._added_about.get(subject, ()), key=str)

    def pointing_at(self, iri: str) -> Iterator[Quad]:
        """Quads with this object."""
        yield from self.added_to(iri)
        yield from self._kept(self.view.quads(object=NamedNode(iri), graph=DEFAULT_GRAPH))

    def added_to(self, iri: str) -> Iterator[Quad]:
        """Added quads with this object, in a fixed order."""
        yield from sorted(self._added_to.get(iri, ()), key=str)

    def removed_from(self, iri: str) -> Iterator[Quad]:
        """Stored quads with this object that were taken away, in a fixed order."""
        yield from sorted(self._removed_from.get(iri, ()), key=str)

    def _kept(self, stored: Iterable[Quad]) -> Iterator[Quad]:
        return (q for q in stored if q not in self.removed and q not in self.added)

    def really_removed(self) -> set[Quad]:
        """Quads that were taken away and not put in again."""
        return self.removed - self.added

    def really_added(self) -> set[Quad]:
        """Added quads that the store does not have."""
        return {q for q in self.added if not self._is_stored(q)}

    def _is_stored(self, quad: Quad) -> bool:
        found = self.view.quads(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)  # type: ignore[arg-type]
        return next(iter(found), None) is not None


def _key(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""
