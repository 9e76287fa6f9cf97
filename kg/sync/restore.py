"""The triples that a synced database was made of, from the database alone.

The mapping is read backwards: each property and relationship gives the triples that its path led
over. What a path cannot say backwards is listed by `one_way`, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS

from kg.errors import UsageError
from kg.property_graph import Loss, Node, Properties, PropertyGraph, Relationship, Value
from kg.property_mapping import (
    Path,
    PropertyMapping,
    PropertyRule,
    RelationshipRule,
    Step,
    property_mapping,
)
from kg.sync.failures import as_server_errors
from kg.sync.readback import pages
from kg.sync.statements import LEDGERS, Statements
from kg.sync.target import Connection, Neo4jTarget, connect
from kg.terms import DM, RDF_TYPE, XSD
from ontology import graph as ontology

SELF: Path = ()
IDENTIFYING = frozenset({DM.code.value})
"""Predicates of which no two things have the same value."""
SEVERAL_WAYS = "it is the first of several paths that led to something; the others say it in full"
BY_CONDITION = "it is kept of things that are there themselves"
REAL_DATE = "the same day is there as text"
NO_STEP = "nothing on the server names the thing that the path led through"
ADDED = "it was added to what another rule made"


def restore(found: PropertyGraph, mapping: PropertyMapping | None = None) -> list[Quad]:
    """Triples of the merged graph, sorted, each once.

    Args:
        found: what a server has, as a property graph.
    """
    rules = mapping or property_mapping()
    reader = _Backwards(rules, found)
    return sorted(set(reader.triples()), key=str)


def import_graph(target: Neo4jTarget, *, graph: str = "default") -> list[Quad]:
    """Triples of the merged graph from a database that `sync` made equal to it.

    Raises:
        ServerError: see `connect`.
        UsageError: the database has no graph of that name; says which it has.
    """
    statements = Statements(property_mapping())
    with as_server_errors(target.address), connect(target) as connection:
        stored = list(pages(connection, graph, statements))
        if not any(page.nodes for page in stored):
            _refuse_unknown(connection, graph)
    kept = tuple(
        Node(n.iri, n.labels, n.properties)
        for page in stored
        for n in page.nodes
        if n.iri and n.labels
    )
    iris = {n.iri for n in kept}
    found = tuple(
        Relationship(*r.id, r.properties)
        for page in stored
        for r in page.relationships
        if r.whole and {r.id[1], r.id[2]} <= iris
    )
    return restore(PropertyGraph(kept, found))


def _refuse_unknown(connection: Connection, graph: str) -> None:
    with connection.session() as session:
        names = [row["graph"] for row in session.run(LEDGERS)]
    if graph not in names:
        there = f"it has {', '.join(map(repr, names))}" if names else "nothing was synced to it"
        raise UsageError(f"the database {connection.database} has no graph {graph!r}; {there}")


def one_way(mapping: PropertyMapping | None = None) -> list[Loss]:
    """What the mapping declares and no triple can be made of again; `count` is of declarations."""
    rules = mapping or property_mapping()
    found = [
        Loss(f"({rule.label} {prop.name})", why, 1)
        for rule in rules.nodes
        for prop in rule.properties
        if (why := _why_not(prop, rule.properties))
    ]
    for r in rules.relationships:
        if r.adds_only:
            found.append(Loss(f"[{r.type}]", ADDED, 1))
            continue
        found += [
            Loss(f"[{r.type} {prop.name}]", why, 1)
            for prop in r.properties
            if (why := _why_not(prop, r.properties))
        ]
    return sorted(found)


def _why_not(rule: PropertyRule, beside: Sequence[PropertyRule]) -> str:
    if rule.as_date:
        return REAL_DATE
    if len(rule.paths) > 1:
        return SEVERAL_WAYS
    if rule.lacking or rule.where:
        return BY_CONDITION
    path = rule.paths[0]
    if len(path) < 2 or _anchor(path, beside) or path[-1].predicate in IDENTIFYING:
        return ""
    return NO_STEP


def _anchor(path: Path, beside: Iterable[PropertyRule]) -> PropertyRule | None:
    """The property that names the thing that a path of two steps leads through."""
    ways = (rule for rule in beside if rule.paths == (path[:1],) and not rule.many)
    return next(ways, None) if len(path) == 2 else None


@cache
def _ranges() -> dict[str, str]:
    """Datatype of the values of each predicate of the ontology; "" for things."""
    facts = ontology("meetings.ttl")
    datatypes = {str(p): str(r) for p, r in facts.subject_objects(RDFS.range)}
    things = {str(p): "" for p in facts.subjects(RDF.type, OWL.ObjectProperty)}
    return {p: r for p, r in datatypes.items() if r.startswith(XSD)} | things


@dataclass(frozen=True, slots=True)
class _Backwards:
    mapping: PropertyMapping
    found: PropertyGraph

    def triples(self) -> Iterator[Quad]:
        by_label = {rule.label: rule for rule in self.mapping.nodes}
        for node in self.found.nodes:
            for label in node.labels:
                yield _triple(node.iri, RDF_TYPE.value, NamedNode(by_label[label].cls))
                yield from self._said(node.iri, by_label[label].properties, node.properties)
        codes = self._things_by_code()
        nodes = {node.iri: node for node in self.found.nodes}
        for r in self.found.relationships:
            for rule in self._rules_of(r, nodes):
                yield from self._backwards(rule, r, codes)

    def _things_by_code(self) -> dict[tuple[str, Value], list[str]]:
        """Nodes by the values of the properties that identify them."""
        found: dict[tuple[str, Value], list[str]] = {}
        wanted = [
            (rule.label, prop.name, prop.paths[0][0].predicate)
            for rule in self.mapping.nodes
            for prop in rule.properties
            if len(prop.paths[0]) == 1 and prop.paths[0][0].predicate in IDENTIFYING
        ]
        for node in self.found.nodes:
            for label, name, predicate in wanted:
                if label in node.labels and name in node.properties:
                    found.setdefault((predicate, node.properties[name]), []).append(node.iri)
        return found

    def _rules_of(self, r: Relationship, nodes: dict[str, Node]) -> Iterator[RelationshipRule]:
        """The rules that may have made a relationship."""
        labels = {rule.cls: rule.label for rule in self.mapping.nodes}
        for rule in self.mapping.relationships:
            if rule.type != r.type or rule.adds_only:
                continue
            own = [x for x, path in ((r.start, rule.start), (r.end, rule.end)) if path == SELF]
            wanted = {labels.get(cls) for cls in rule.classes}
            if not own or wanted & {*nodes[own[0]].labels}:
                yield rule

    # One relationship

    def _backwards(
        self, rule: RelationshipRule, r: Relationship, codes: dict[tuple[str, Value], list[str]]
    ) -> Iterator[Quad]:
        for focus in self._foci(rule, r):
            if rule.keyed:
                yield _triple(focus, RDF_TYPE.value, NamedNode(rule.classes[0]))
            yield from self._led(focus, rule.start, r.start, rule, r.properties)
            yield from self._led(focus, rule.end, r.end, rule, r.properties)
        foci = self._foci(rule, r)
        if len(foci) == 1:  # of several, nothing says whose the single values are
            yield from self._said(foci[0], rule.properties, r.properties, codes)
        for predicate, full in self.mapping.short_paths.items():
            if full == rule.type:
                yield from _short(predicate, rule, r)

    def _foci(self, rule: RelationshipRule, r: Relationship) -> list[str]:
        """What said that there is this relationship."""
        if rule.keyed:
            return [r.key]
        if rule.start == SELF:
            return [r.start]
        if rule.end == SELF:
            return [r.end]
        named = next((p.name for p in rule.properties if p.paths == (SELF,)), None)
        found = r.properties.get(named, ()) if named else ()
        return list(found) if isinstance(found, tuple) else []

    def _led(
        self, focus: str, path: Path, thing: str, rule: RelationshipRule, values: Properties
    ) -> Iterator[Quad]:
        """What a path led over to a thing."""
        if len(path) == 1:
            yield _step(focus, path[0], NamedNode(thing))
        elif anchor := _anchor(path, rule.properties):
            if isinstance(between := values.get(anchor.name), str):
                yield _step(between, path[1], NamedNode(thing))

    # Properties

    def _said(
        self,
        focus: str,
        rules: Sequence[PropertyRule],
        values: Properties,
        codes: dict[tuple[str, Value], list[str]] | None = None,
    ) -> Iterator[Quad]:
        for rule in rules:
            if rule.name in values and rule.paths != (SELF,) and not _why_not(rule, rules):
                path = rule.paths[0]
                if len(path) == 1:
                    yield from _literals(focus, path[0], rule, values)
                    continue
                if anchor := _anchor(path, rules):
                    if isinstance(between := values.get(anchor.name), str):
                        yield from _literals(between, path[1], rule, values)
                        yield from self._carried(between, path[0])
                    continue
                things = (codes or {}).get((path[1].predicate, values[rule.name]), [])
                if len(things) == 1:
                    yield _step(focus, path[0], NamedNode(things[0]))

    def _carried(self, thing: str, step: Step) -> Iterator[Quad]:
        """The class of what a path leads through and is no node."""
        target = _class_of(step.predicate)
        if target in self.mapping.carried:
            yield _triple(thing, RDF_TYPE.value, NamedNode(target))


@cache
def _class_of(predicate: str) -> str:
    found = {str(p): str(r) for p, r in ontology("meetings.ttl").subject_objects(RDFS.range)}
    return found.get(predicate, "")


def _short(predicate: str, rule: RelationshipRule, r: Relationship) -> Iterator[Quad]:
    """The short path from the meeting to the other end."""
    back = bool(rule.end and rule.end[0].inverse)
    start, end = (r.end, r.start) if back else (r.start, r.end)
    yield _triple(start, predicate, NamedNode(end))


def _literals(focus: str, step: Step, rule: PropertyRule, values: Properties) -> Iterator[Quad]:
    value = values[rule.name]
    many = value if isinstance(value, tuple) else (value,)
    given = values.get(rule.languages, ()) if rule.languages else ()
    languages = given if isinstance(given, tuple) and given else ("",) * len(many)
    for item, language in zip(many, languages, strict=False):
        yield _step(focus, step, _term(item, step.predicate, language or rule.language or ""))


def _term(value: Value, predicate: str, language: str) -> NamedNode | Literal:
    datatype = _ranges().get(predicate)
    if datatype == "":
        return NamedNode(str(value))
    if language:
        return Literal(str(value), language=language)
    text = _lexical(value)
    return Literal(text, datatype=NamedNode(datatype or XSD + "string"))


def _lexical(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _step(focus: str, step: Step, value: NamedNode | Literal) -> Quad:
    if step.inverse and isinstance(value, NamedNode):
        return Quad(value, NamedNode(step.predicate), NamedNode(focus))
    return _triple(focus, step.predicate, value)


def _triple(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)
