"""The reference data of one graph: what is shipped, and the files that its user added.

The reference graph holds every state, organization, place, topic, person and tenure, used or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.entities import Entities
from kg.reference_files import (
    Parsed,
    ReferenceFile,
    digest_of,
    parsed,
    stored_files,
    turtle_quads,
)
from kg.resolve import Resolver
from kg.terms import VERSION_INFO
from kg.version import __version__
from ontology import TURTLE_FILES, fingerprint, turtle
from ontology.lexicon import Lexicon, extended, from_sections, shipped


@dataclass(frozen=True)
class Reference:
    """The reference data that a graph is made with.

    Attributes:
        files: added by the user, in the order of their names; sound.
    """

    files: tuple[ReferenceFile, ...] = ()

    @classmethod
    def stored(cls, quads: Iterable[Quad]) -> Reference:
        """That of a graph, by the quads of its graph of reference files."""
        return cls(stored_files(quads))

    @cached_property
    def parsed(self) -> tuple[Parsed, ...]:
        """The files, read."""
        return tuple(parsed(file) for file in self.files)

    @cached_property
    def added(self) -> Lexicon | None:
        """All that the user added; None if there is nothing."""
        whole = from_sections({})
        for one in self.parsed:
            whole = extended(whole, one.added)
        return whole if self.files else None

    @cached_property
    def lexicon(self) -> Lexicon:
        """All reference data there are."""
        return extended(shipped(), self.added) if self.added else shipped()

    @cached_property
    def resolver(self) -> Resolver:
        """Says who a name means."""
        return Resolver(self.lexicon)

    @cached_property
    def entities(self) -> Entities:
        """Describes states, persons, topics."""
        return Entities(self.lexicon) if self.added else _shipped_entities()

    @property
    def stamp(self) -> Literal:
        """Tells these reference data from any others, and this version's rules from another's."""
        parts = (__version__, fingerprint(), digest_of(self.files))
        return Literal("+".join(part for part in parts if part))

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """All Turtle files and tables of leaders, as quads of `graph`, and the stamp."""
        yield from self.turtle(graph)
        yield from self.described(self.entities.all_reference(), graph)

    def turtle(self, graph: NamedNode) -> Iterator[Quad]:
        """All Turtle files as quads of `graph`, and the stamp."""
        yield Quad(graph, VERSION_INFO, self.stamp, graph)
        for name in TURTLE_FILES:
            for triple in parse(turtle(name), format=RdfFormat.TURTLE):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
        for file in self.files:
            yield from turtle_quads(file, graph)

    def described(self, entities: Iterable[str], graph: NamedNode) -> Iterator[Quad]:
        """What these data say of entities, by their IRIs, as quads of `graph`."""
        for iri in entities:
            description = self.entities.describe(iri)
            for quad in description.quads if description else ():
                yield Quad(quad.subject, quad.predicate, quad.object, graph)


@cache
def _shipped_entities() -> Entities:
    """Those of every graph without files of its own: each is described once in a process."""
    return Entities(shipped())
