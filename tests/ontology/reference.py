"""What the tests of the reference data ask of it: links that `lexicon.json` leaves out, and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.dates import When
from kg.ids import BASE
from kg.terms import DM
from ontology import lexicon, turtle
from ontology.lexicon import Tenure

LEXICON = lexicon()


@cache
def stated(file: str) -> dict[str, dict[str, list[str]]]:
    """Of each subject of a Turtle file: local name or IRI of each property, and its values."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in parse(turtle(file), format=RdfFormat.TURTLE):
        if not (
            isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal)
        ):
            continue  # the list of a closed value set, which no test asks for
        subject = found.setdefault(triple.subject.value, {})
        subject.setdefault(triple.predicate.value, []).append(triple.object.value)
    return found


def linked(code: str, name: str) -> list[str]:
    """Codes that a state's block in `states.ttl` links with one property of ours."""
    values = stated("states.ttl")[f"{BASE}state/{code}"].get(DM[name].value, [])
    return [value.rsplit("/", 1)[-1] for value in values]


def first_day(text: str | None) -> date:
    """First day of a date; the first of all where it is open."""
    return When.parse(text).first if text else date.min


def last_day(text: str | None) -> date:
    """Last day of a date; the last of all where it is open."""
    return When.parse(text).last if text else date.max


def certain(tenure: Tenure) -> tuple[date, date]:
    """The days on which the holder was surely in office: dates may be known to the month only."""
    return last_day(tenure.from_) if tenure.from_ else date.min, first_day(tenure.until or "9999")


def line(code: str, *, back: bool) -> Iterator[str]:
    """The states before a state, or those after it, near ones first."""
    seen = {code}
    waiting = [code]
    while waiting:
        state = LEXICON.states[waiting.pop(0)]
        for other in state.predecessors if back else state.successors:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other
