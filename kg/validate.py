"""The merged graph against its SHACL shapes, and against the promises that SHACL cannot express.

General validators take minutes on graphs of a million triples, so the shapes of
`ontology/shapes.ttl` are compiled to SPARQL and the store answers them. The subset of SHACL Core:
target class, one predicate as path, minCount, maxCount, datatype, class, nodeKind IRI, in, pattern,
lessThanOrEquals. Anything else in the file is an error, never ignored; pySHACL is the referee in
the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, parse

from kg.rebuild import computed, merged
from kg.store.base import DEFAULT_GRAPH, View
from ontology import turtle

SH = "http://www.w3.org/ns/shacl#"
_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_NIL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where the graph is not as it must be.

    Attributes:
        focus: IRI of what is wrong.
        path: the property, or None.
        value: the offending value, or None.
        constraint: local name of the SHACL constraint, or of the check of our own.
    """

    focus: str
    path: str | None
    value: str | None
    constraint: str
    message: str


@dataclass(frozen=True, slots=True)
class _Check:
    """One constraint as a query with ?focus and perhaps ?value."""

    path: str
    constraint: str
    message: str
    sparql: str


def _checks_of(constraint: str, path: str, value: str) -> str:
    """The part of a WHERE clause that finds what violates one constraint; ?focus is bound."""
    some = f"?focus <{path}> ?value ."
    both = f"{some} ?focus <{path}> ?other ."
    # What cannot be read as the datatype, or be compared, is an error in SPARQL, a violation in SHACL.
    unreadable = f"COALESCE(DATATYPE(<{value}>(STR(?value))) != <{value}>, true)"
    return {
        "minCount": f"FILTER NOT EXISTS {{ ?focus <{path}> ?any }}",
        "maxCount": f"{both} FILTER(!SAMETERM(?value, ?other) && STR(?value) <= STR(?other))",
        "datatype": f"{some} FILTER(!ISLITERAL(?value) || DATATYPE(?value) != <{value}> || {unreadable})",
        "class": f"{some} FILTER NOT EXISTS {{ ?value a <{value}> }}",
        "nodeKind": f"{some} FILTER(!ISIRI(?value))",
        "in": f"{some} FILTER(?value NOT IN ({value}))",
        "pattern": f"{some} FILTER(!REGEX(STR(?value), {value}))",
        "lessThanOrEquals": f"{some} ?focus <{value}> ?other . FILTER(COALESCE(!(?value <= ?other), true))",
    }[constraint]


_CONSTRAINTS = (
    "minCount", "maxCount", "datatype", "class", "nodeKind", "in", "pattern", "lessThanOrEquals",
)  # fmt: skip
_OF_PROPERTIES = frozenset({"path", "message", *_CONSTRAINTS})
_OF_NODES = frozenset({"targetClass", "property"})


class _Shapes:
    """The triples of the shapes file."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], list[NamedNode | Literal]] = {}
        for t in parse(turtle("shapes.ttl"), format=RdfFormat.TURTLE):
            self._values.setdefault((_name(t.subject), _name(t.predicate)), []).append(t.object)

    def values(self, subject: str, name: str) -> list[NamedNode | Literal]:
        return self._values.get((subject, SH + name), [])

    def subjects(self, name: str) -> list[str]:
        return sorted(s for s, p in self._values if p == SH + name)

    def used(self, subject: str) -> set[str]:
        return {p.removeprefix(SH) for s, p in self._values if s == subject and p.startswith(SH)}

    def members(self, head: NamedNode | Literal) -> Iterator[Literal]:
        node = _name(head)
        while node != _NIL:
            (first,) = self._values[node, _FIRST]
            assert isinstance(first, Literal)
            yield first
            node = _name(self._values[node, _REST][0])


def _name(node: object) -> str:
    return str(getattr(node, "value", node))


@cache
def _compiled() -> tuple[_Check, ...]:
    shapes = _Shapes()
    for shape in shapes.subjects("targetClass"):
        _only(shapes.used(shape), _OF_NODES, shape)
    checks = [
        check
        for shape in shapes.subjects("targetClass")
        for prop in sorted(map(_name, shapes.values(shape, "property")))
        for check in _compile(shapes, _name(shapes.values(shape, "targetClass")[0]), prop)
    ]
    return tuple(checks)


def _only(used: set[str], known: frozenset[str], shape: str) -> None:
    unknown = used - known
    if unknown:
        raise ValueError(f"shapes.ttl: {shape} uses sh:{min(unknown)}, which is not supported")


def _compile(shapes: _Shapes, target: str, prop: str) -> Iterator[_Check]:
    _only(shapes.used(prop), _OF_PROPERTIES, prop)
    path = _name(shapes.values(prop, "path")[0])
    message = _name(shapes.values(prop, "message")[0])
    for constraint in _CONSTRAINTS:
        for given in shapes.values(prop, constraint):
            value = _argument(shapes, constraint, given)
            where = _checks_of(constraint, path, value)
            query = f"SELECT DISTINCT ?focus ?value WHERE {{ ?focus a <{target}> . {where} }}"
            yield _Check(path, constraint, message, query)


def _argument(shapes: _Shapes, constraint: str, given: NamedNode | Literal) -> str:
    if constraint == "in":
        return ", ".join(str(m) for m in shapes.members(given))
    if constraint in ("minCount", "maxCount") and _name(given) != "1":
        raise ValueError(f"shapes.ttl: sh:{constraint} {given} is not supported, only 1")
    return str(given) if constraint == "pattern" else _name(given)


def validate(view: View) -> tuple[Violation, ...]:
    """What is wrong in the merged graph, sorted; empty if it conforms."""
    found: set[Violation] = set()
    for check in _compiled():
        answer = view.query(check.sparql)
        assert isinstance(answer, QuerySolutions)
        for row in answer:
            value = row["value"]
            found.add(
                Violation(
                    _name(row["focus"]),
                    check.path,
                    None if value is None else _name(value),
                    check.constraint,
                    check.message,
                )
            )
    return tuple(sorted(found | set(_loose_mentions(view)), key=str))


def _loose_mentions(view: View) -> Iterator[Violation]:
    """A mention that leads to no meeting would be a report whose words are lost."""
    query = """
        PREFIX dm: <https://w3id.org/diplomatic-meetings/ns#>
        SELECT ?m WHERE { GRAPH ?g { ?m a dm:ReportedMeeting }
          FILTER NOT EXISTS { ?m <http://purl.org/dc/terms/isReplacedBy> ?meeting } }"""
    answer = view.query(query)
    assert isinstance(answer, QuerySolutions)
    for row in answer:
        message = "what a report says leads to no meeting"
        yield Violation(_name(row["m"]), None, None, "mention", message)


def check_pure(view: View) -> list[Violation]:
    """Compute the merged layer again from the report graphs; list what differs from the store."""
    expected = merged(computed(view))
    stored = set(view.quads(graph=DEFAULT_GRAPH))
    return [
        Violation(_name(q.subject), _name(q.predicate), _name(q.object), kind, message)
        for kind, message, quads in (
            ("missing", "the reports say so, the merged graph does not", expected - stored),
            ("extra", "the merged graph says so, no report does", stored - expected),
        )
        for q in sorted(quads, key=str)
    ]
