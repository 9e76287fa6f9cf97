"""The default graph, indexed once for following paths, with a tick for every triple used.

Each triple has a number. Whoever turns it into something ticks the number; what is left without
a tick at the end is what a projection lost.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.property_mapping import Conditions, Path, Step
from kg.terms import RDF_TYPE


class Text(NamedTuple):
    """A literal: a text, number, date ..., with the IRI of its datatype."""

    value: str
    language: str | None
    datatype: str


# An IRI is a str; the rest is never followed.
Thing: TypeAlias = str | Text | BlankNode | Triple
Cell: TypeAlias = tuple[Thing, int]
Found: TypeAlias = tuple[Thing, tuple[int, ...]]

TYPE = RDF_TYPE.value
_NOTHING: dict[str, list[Cell]] = {}


class Facts(Protocol):
    """Triples by subject and predicate, and by object where a path goes back."""

    passable: frozenset[str]
    silent: frozenset[str]

    def cells(self, subject: str, predicate: str) -> Sequence[Cell]:
        """Objects and numbers of the triples with this subject and predicate."""
        ...

    def reaching(self, predicate: str, thing: str) -> Sequence[tuple[str, int]]:
        """Subjects and numbers of the triples with this predicate and object."""
        ...

    def tick(self, trail: Iterable[int]) -> None:
        """These triples have been turned into something."""
        ...


def classes(facts: Facts, subject: str) -> Iterator[str]:
    """Classes of a thing."""
    return (value for value, _ in facts.cells(subject, TYPE) if isinstance(value, str))


def follow(
    facts: Facts, start: str, path: Path, lacking: str | None = None, where: Conditions = ()
) -> list[Found]:
    """Where a path leads, each with the numbers of the triples on the way."""
    found: list[Found] = [(start, ())]
    for n, step in enumerate(path):
        if n:
            found = [hop for place in found for hop in _through(facts, place, lacking, where)]
        found = [hop for place in found for hop in _step(facts, place, step)]
    return found


def _step(facts: Facts, place: Found, step: Step) -> list[Found]:
    thing, trail = place
    if not isinstance(thing, str):
        return []
    if step.inverse:
        return [(s, (*trail, n)) for s, n in facts.reaching(step.predicate, thing)]
    return [(value, (*trail, n)) for value, n in facts.cells(thing, step.predicate)]


def _through(facts: Facts, place: Found, lacking: str | None, where: Conditions) -> list[Found]:
    """The same place, if a path may go on from there."""
    thing, trail = place
    if not isinstance(thing, str) or (lacking and facts.cells(thing, lacking)):
        return []
    for predicate, wanted in where:
        if not any(lexical(value) in wanted for value, _ in facts.cells(thing, predicate)):
            return []
    types = [(c, n) for c, n in facts.cells(thing, TYPE) if c in facts.passable]
    if not types:
        return []
    return [(thing, (*trail, *(n for c, n in types if c in facts.silent)))]


class FactIndex:
    """All triples of one graph, in memory.

    Args:
        quads: of one graph, in any order.
        backwards: predicates that are followed from object to subject.
        passable: classes whose members a path may lead through.
        silent: of these, the classes that nothing else than such a path ticks.
    """

    def __init__(
        self,
        quads: Iterable[Quad],
        *,
        backwards: Collection[str],
        passable: Collection[str],
        silent: Collection[str],
    ) -> None:
        self.about: dict[str, dict[str, list[Cell]]] = {}
        self._back: dict[str, dict[str, list[tuple[str, int]]]] = {p: {} for p in backwards}
        self.passable, self.silent = frozenset(passable), frozenset(silent)
        self.size = self._read(quads)
        self._used = bytearray(self.size)

    def _read(self, quads: Iterable[Quad]) -> int:
        back, about, n = self._back, self.about, -1
        intern, last = _Intern(), None
        subject, facts = "", dict[str, list[Cell]]()
        for n, (s, p, o, _) in enumerate(quads):
            if s != last:  # quads mostly come subject by subject
                last, subject = s, intern.name(name_of(s))
                facts = about.setdefault(subject, {})
            predicate, value = intern.name(p.value), intern.thing(o)
            facts.setdefault(predicate, []).append((value, n))
            if predicate in back and isinstance(value, str):
                back[predicate].setdefault(value, []).append((subject, n))
        return n + 1

    def cells(self, subject: str, predicate: str) -> Sequence[Cell]:
        """See `Facts.cells`."""
        return self.about.get(subject, _NOTHING).get(predicate, ())

    def reaching(self, predicate: str, thing: str) -> Sequence[tuple[str, int]]:
        """See `Facts.reaching`; only for predicates that are followed back."""
        return self._back[predicate].get(thing, ())

    def tick(self, trail: Iterable[int]) -> None:
        """These triples have been turned into something."""
        for n in trail:
            self._used[n] = 1

    def used(self, n: int) -> bool:
        """Whether the triple of this number has a tick."""
        return bool(self._used[n])

    def all(self) -> Iterator[tuple[str, str, Thing, int]]:
        """Every triple as subject, predicate, object and number."""
        for subject, facts in self.about.items():
            for predicate, cells in facts.items():
                for value, n in cells:
                    yield subject, predicate, value, n


class _Intern:
    """Every name and text once, however often it occurs."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._texts: dict[str, Text] = {}

    def name(self, iri: str) -> str:
        return self._names.setdefault(iri, iri)

    def thing(self, term: object) -> Thing:
        if isinstance(term, NamedNode):
            iri = term.value
            return self._names.setdefault(iri, iri)
        thing = thing_of(term)
        if isinstance(thing, Text):
            known = self._texts.setdefault(thing.value, thing)
            return known if known == thing else thing
        return thing


def name_of(term: object) -> str:
    """A subject as a text: its IRI, or the name of a blank node."""
    return term.value if isinstance(term, NamedNode) else str(term)


def thing_of(term: object) -> Thing:
    """An object as a thing."""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        return Text(term.value, term.language, term.datatype.value)
    return term  # type: ignore[return-value]


def lexical(thing: Thing) -> str:
    """The IRI, or the text of a literal."""
    return thing if isinstance(thing, str) else str(getattr(thing, "value", ""))


@contextmanager
def no_pauses() -> Iterator[None]:
    """Let Python not look for garbage meanwhile: millions of small values are made, none in a
    circle, and every look goes through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
