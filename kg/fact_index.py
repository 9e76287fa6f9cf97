"""The default graph, indexed once for following paths, with a tick for every triple used.

Each triple has a number. Whoever turns it into something ticks the number; what is left without
a tick at the end is what a projection lost.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from kg.fact_runs import Run, Thing
from kg.property_mapping import Conditions, Path, Step
from kg.terms import RDF_TYPE

Cell: TypeAlias = tuple[Thing, int]
Found: TypeAlias = tuple[Thing, tuple[int, ...]]

TYPE = RDF_TYPE.value


class Facts(Protocol):
    """Triples by subject and predicate, and by object where a path goes back."""

    passable: frozenset[str]
    silent: frozenset[str]

    def predicates(self, subject: str) -> tuple[str, ...]:
        """What is said of a thing, each predicate once, sorted."""
        ...

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
    if not path:
        return [(start, ())]
    if len(path) == 1 and not path[0].inverse:  # most of them
        return [(value, (n,)) for value, n in facts.cells(start, path[0].predicate)]
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

    A subject is one row: its values in a line, and, shared by all subjects with the same
    predicates, where in the line the values of each predicate stand. The number of a triple is the
    place of its value in all lines put together.

    Args:
        runs: of one graph, in any order; one for each subject takes the least memory.
        backwards: predicates that are followed from object to subject.
        passable: classes whose members a path may lead through.
        silent: of these, the classes that nothing else than such a path ticks.
    """

    def __init__(
        self,
        runs: Iterable[Run],
        *,
        backwards: Collection[str],
        passable: Collection[str],
        silent: Collection[str],
    ) -> None:
        self._rows: dict[str, _Row] = {}
        self._back: dict[str, dict[str, list[tuple[str, int]]]] = {p: {} for p in backwards}
        self.passable, self.silent = frozenset(passable), frozenset(silent)
        self._shapes: dict[tuple[str, ...], _Shape | None] = {}
        self._used = bytearray()
        self._runs = runs

    def read(self) -> Iterator[str]:
        """Read the triples; gives each subject when all that is said of it has probably come.

        Where more comes later, the subject is given again, and its ticks are gone.
        """
        again: dict[str, list[tuple[str, Thing]]] = {}
        for subject, predicates, values in self._runs:
            if subject in self._rows:
                again.setdefault(subject, []).extend(zip(predicates, values, strict=True))
            else:
                self._add(subject, predicates, values)
                yield subject
        for subject, pairs in again.items():
            known = ((p, self._rows[subject][i]) for p, i in self._places(subject))
            self._add(subject, *_apart([*known, *pairs]))
            yield subject
        for subject in self._rows:
            self._note_back(subject)

    def _add(self, subject: str, predicates: list[str], values: list[Thing]) -> None:
        key = tuple(predicates)
        shape = self._shapes[key] if key in self._shapes else self._shape(key)
        if shape is None:
            self._add(subject, *_apart(zip(predicates, values, strict=True)))
            return
        self._rows[subject] = (shape, len(self._used) - _FIRST, *values)
        self._used.extend(bytes(len(values)))

    def _shape(self, predicates: tuple[str, ...]) -> _Shape | None:
        """Where the values of each predicate stand; None if they do not stand together."""
        slots: dict[str, tuple[int, int]] = {}
        for predicate, group in groupby(enumerate(predicates, _FIRST), key=lambda pair: pair[1]):
            places = [n for n, _ in group]
            if predicate in slots:
                return self._shapes.setdefault(predicates, None)
            slots[predicate] = (places[0], places[-1] + 1)
        return self._shapes.setdefault(predicates, _Shape(slots, tuple(sorted(slots))))

    def _places(self, subject: str) -> Iterator[tuple[str, int]]:
        for predicate, (start, stop) in self._rows[subject][0].slots.items():
            for n in range(start, stop):
                yield predicate, n

    def _note_back(self, subject: str) -> None:
        row, back = self._rows[subject], self._back
        for predicate in row[0].slots.keys() & back.keys():
            for n in range(*row[0].slots[predicate]):
                if isinstance(value := row[n], str):
                    back[predicate].setdefault(value, []).append((subject, row[1] + n))

    def subjects(self) -> Iterable[str]:
        """All that something is said of."""
        return self._rows

    def predicates(self, subject: str) -> tuple[str, ...]:
        """See `Facts.predicates`."""
        row = self._rows.get(subject)
        return row[0].predicates if row else ()

    def cells(self, subject: str, predicate: str) -> Sequence[Cell]:
        """See `Facts.cells`."""
        row = self._rows.get(subject)
        if row is None or (slot := row[0].slots.get(predicate)) is None:
            return ()
        start, stop = slot
        if stop - start == 1:
            return ((row[start], row[1] + start),)
        return [(row[n], row[1] + n) for n in range(start, stop)]

    def reaching(self, predicate: str, thing: str) -> Sequence[tuple[str, int]]:
        """See `Facts.reaching`; only for predicates that are followed back."""
        return self._back[predicate].get(thing, ())

    def tick(self, trail: Iterable[int]) -> None:
        """These triples have been turned into something."""
        for n in trail:
            self._used[n] = _TICKED

    def left(self, partly: Iterable[int]) -> Iterator[tuple[str, str, Thing, int, bool]]:
        """Triples without a tick, and those of the given numbers that have one.

        Returns:
            Subject, predicate, object, number, and whether it has a tick.
        """
        for n in partly:
            self._used[n] *= _PARTLY
        whole = bytes([_TICKED])
        for subject, row in self._rows.items():
            ticks = self._used[row[1] + _FIRST : row[1] + len(row)]
            if ticks.count(whole) < len(ticks):
                for predicate, n in self._places(subject):
                    if (tick := ticks[n - _FIRST]) != _TICKED:
                        yield subject, predicate, row[n], row[1] + n, bool(tick)


class _Shape(NamedTuple):
    """What subjects with the same predicates have in common."""

    slots: dict[str, tuple[int, int]]
    predicates: tuple[str, ...]


# A shape, the number of the row's first place, and the values; the first of them is at _FIRST.
_Row: TypeAlias = tuple[Any, ...]
_FIRST: Final = 2
_TICKED: Final = 1
_PARTLY: Final = 2


def _apart(pairs: Iterable[tuple[str, Thing]]) -> tuple[list[str], list[Thing]]:
    """Predicates and values of pairs, each predicate's together."""
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return [p for p, _ in ordered], [v for _, v in ordered]


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
