"""What people decided about sameness: data that rules yield to, and that can be taken back.

A judgement is about two sides, each a set of IRIs: the mentions that make up a meeting by the rules
alone, a person, or a visit. Its own IRI follows from its content, so the graph does not know in
what order judgements were made. Sameness is transitive, also over what is not in the graph now;
difference holds between all that is the same as one side and all that is the same as the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from kg import ids
from kg.rdf import GraphWriter, boolean
from kg.terms import DM, RDF_TYPE

GRAPH = NamedNode(ids.JUDGEMENT_GRAPH)


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """One decision. Build with `Judgement.of`, which puts the sides in order.

    Attributes:
        one, other: IRIs of the two sides, sorted; `one` sorts before `other`.
        same: whether they are the same.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    same: bool

    @classmethod
    def of(cls, same: bool, a: Iterable[str], b: Iterable[str]) -> Judgement:
        """The judgement on two sides, in whichever order they are given."""
        one, other = sorted((tuple(sorted(set(a))), tuple(sorted(set(b)))))
        return cls(one, other, same)

    @property
    def verdict(self) -> str:
        """`same` or `different`."""
        return "same" if self.same else "different"

    @property
    def iri(self) -> str:
        """Named by what it says."""
        digest = ids.digest(self.verdict, *self.one, "|", *self.other)
        return ids.entity("judgement", f"{self.verdict}-{digest}")

    @property
    def about(self) -> frozenset[str]:
        """All IRIs that it names."""
        return frozenset((*self.one, *self.other))

    def quads(self) -> set[Quad]:
        """Its triples, in the graph of judgements."""
        w, node = GraphWriter(GRAPH), NamedNode(self.iri)
        w.add(node, RDF_TYPE, DM.MergeJudgement)
        w.add(node, DM.same, boolean(self.same))
        for iri in self.one:
            w.add(node, DM.judged, NamedNode(iri))
        for iri in self.other:
            w.add(node, DM.judgedAgainst, NamedNode(iri))
        return w.quads


def read_judgements(quads: Iterable[Quad]) -> Judgements:
    """The judgements of a graph's quads."""
    sides: dict[str, tuple[list[str], list[str]]] = {}
    same: set[str] = set()
    for quad in quads:
        node = sides.setdefault(str(quad.subject), ([], []))
        if quad.predicate == DM.same and quad.object == boolean(True):
            same.add(str(quad.subject))
        elif isinstance(quad.object, NamedNode) and quad.predicate == DM.judged:
            node[0].append(quad.object.value)
        elif isinstance(quad.object, NamedNode) and quad.predicate == DM.judgedAgainst:
            node[1].append(quad.object.value)
    return Judgements(Judgement.of(s in same, one, other) for s, (one, other) in sides.items())


class Judgements:
    """All judgements there are, sorted, ready to be asked."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self.all = tuple(sorted(set(judgements)))

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def quads(self) -> set[Quad]:
        """The whole graph of judgements."""
        return {quad for judgement in self.all for quad in judgement.quads()}

    def one(self, iri: str) -> str:
        """What an IRI and all that is judged the same as it have in common: the smallest."""
        return self._roots.get(iri, iri)

    def same_as(self, iri: str) -> frozenset[str]:
        """The IRIs judged the same as this one, itself included."""
        return self._members.get(self.one(iri), frozenset((iri,)))

    def apart(self, a: str, b: str) -> bool:
        """True if they were judged to be different."""
        if not self._apart:
            return False
        return frozenset((self.one(a), self.one(b))) in self._apart

    def contradicted_by(self, judgement: Judgement) -> Judgement | None:
        """The first judgement here that cannot hold together with another one; None if all can."""
        if judgement.same:
            after = Judgements((*self.all, judgement))
            return next((j for j in self.all if not j.same and after._is_broken(j)), None)
        if not self._is_broken(judgement):
            return None
        sames = [j for j in self.all if j.same]
        return next(
            (j for j in sames if not Judgements(s for s in sames if s != j)._is_broken(judgement)),
            next((j for j in sames if j.about & judgement.about), None),
        )

    def _is_broken(self, judgement: Judgement) -> bool:
        """True if one IRI of either side of a difference are the same."""
        one = {self.one(iri) for iri in judgement.one}
        return any(self.one(iri) in one for iri in judgement.other)

    @cached_property
    def _roots(self) -> dict[str, str]:
        roots: dict[str, str] = {}

        def find(iri: str) -> str:
            while roots.setdefault(iri, iri) != iri:
                iri = roots[iri]
            return iri

        for judgement in self.all:
            if judgement.same:
                first, *rest = sorted({find(iri) for iri in judgement.about})
                roots.update(dict.fromkeys(rest, first))
        return {iri: find(iri) for iri in sorted(roots)}

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        members: dict[str, set[str]] = {}
        for iri, root in self._roots.items():
            members.setdefault(root, set()).add(iri)
        return {root: frozenset(found) for root, found in members.items()}

    @cached_property
    def _apart(self) -> frozenset[frozenset[str]]:
        return frozenset(
            frozenset((self.one(a), self.one(b)))
            for judgement in self.all
            if not judgement.same
            for a in judgement.one
            for b in judgement.other
        )


NONE = Judgements()
