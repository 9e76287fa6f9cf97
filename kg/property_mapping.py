"""The declared mapping of `ontology/property_graph.toml`, read into frozen values.

Everything that a projection may produce stands in that file; a name that it does not have can
never come out of data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from kg.terms import RDF_TYPE

FILE: Final = "property_graph.toml"
RESERVED: Final = frozenset({"iri", "_kg"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One predicate of a path, forward or (`inverse`) back."""

    predicate: str
    inverse: bool = False


Path = tuple[Step, ...]
Conditions = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """How one property gets its value.

    Attributes:
        paths: the first that leads to something counts.
        many: every value as a sorted list.
        as_date: a real date instead of ISO text.
        language: only texts in this language or in none.
        languages: name of the parallel list of languages.
        lacking: the path must not lead through a thing that has this predicate.
        where: predicates and the values of which a thing on the path must have one.
    """

    name: str
    paths: tuple[Path, ...]
    many: bool = False
    as_date: bool = False
    language: str | None = None
    languages: str | None = None
    lacking: str | None = None
    where: Conditions = ()


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A class whose members are nodes; `parent` is the label that always goes with its own."""

    label: str
    cls: str
    parent: str | None
    properties: tuple[PropertyRule, ...]


@dataclass(frozen=True, slots=True)
class RelationshipRule:
    """What becomes a relationship: members of `classes`, or whatever has the predicate `having`.

    Attributes:
        where: predicate and the values of which it must have one.
        lacking: predicate that it must not have.
        keyed: one relationship per entity, not one per start and end.
        adds_only: gives properties to relationships that another rule makes, makes none.
        first_by: path to the number that puts several entities of one pair in order.
    """

    type: str
    classes: tuple[str, ...]
    having: str | None
    start: Path
    end: Path
    where: Conditions
    lacking: str | None
    keyed: bool
    adds_only: bool
    first_by: Path | None
    properties: tuple[PropertyRule, ...]


@dataclass(frozen=True, slots=True)
class PropertyMapping:
    """The whole declaration, with full IRIs.

    Attributes:
        short_paths: predicate -> type of the relationship that says the same in full.
        lost: class -> why its triples may have no place.
        unmapped: term -> why it has no place.
    """

    prefixes: Mapping[str, str]
    nodes: tuple[NodeRule, ...]
    relationships: tuple[RelationshipRule, ...]
    carried: frozenset[str]
    short_paths: Mapping[str, str]
    lost: Mapping[str, str]
    unmapped: Mapping[str, str]

    def compact(self, iri: str) -> str:
        """`dm:status` for a full IRI."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def labels_of(self, label: str) -> tuple[str, ...]:
        """The label with those that go with it, the most general first."""
        parent = next(n.parent for n in self.nodes if n.label == label)
        return (*self.labels_of(parent), label) if parent else (label,)

    def paths(self) -> list[Path]:
        """Every path that a rule follows."""
        rules: list[NodeRule | RelationshipRule] = [*self.nodes, *self.relationships]
        found = [p for rule in rules for prop in rule.properties for p in prop.paths]
        return found + [p for r in self.relationships for p in (r.start, r.end, r.first_by or ())]

    def backwards(self) -> frozenset[str]:
        """Predicates that paths follow from object to subject."""
        return frozenset(step.predicate for path in self.paths() for step in path if step.inverse)

    def passable(self) -> frozenset[str]:
        """Classes whose members a path may lead through."""
        return self._focus() | self._node_classes() | self.carried

    def silent(self) -> frozenset[str]:
        """Of these, the classes that are said by nothing else than such a path."""
        return (self._focus() | self.carried) - self._node_classes()

    def conditions(self) -> frozenset[str]:
        """Predicates that decide whether a path may lead through a thing."""
        rules: list[NodeRule | RelationshipRule] = [*self.nodes, *self.relationships]
        found = [prop for rule in rules for prop in rule.properties]
        lacking = {prop.lacking for prop in found if prop.lacking}
        where = {predicate for prop in found for predicate, _ in prop.where}
        return frozenset({RDF_TYPE.value, *lacking, *where})

    def _focus(self) -> frozenset[str]:
        return frozenset(c for rule in self.relationships for c in rule.classes)

    def _node_classes(self) -> frozenset[str]:
        return frozenset(rule.cls for rule in self.nodes)

    def node_properties(self) -> Mapping[str, frozenset[str]]:
        """Names of the properties of each label, `iri` included."""
        own = {n.label: {*names(n.properties), "iri"} for n in self.nodes}
        return {label: frozenset().union(*(own[x] for x in self.labels_of(label))) for label in own}

    def terms(self) -> frozenset[str]:
        """IRIs of every term that the mapping gives a place to."""
        having = {r.having for r in self.relationships if r.having}
        steps = {step.predicate for path in self.paths() for step in path}
        classes = self._focus() | self._node_classes() | self.carried
        return frozenset({*classes, *having, *steps, *self.short_paths})


def names(properties: tuple[PropertyRule, ...]) -> Iterator[str]:
    """Names of all properties that the rules produce."""
    for rule in properties:
        yield rule.name
        if rule.languages:
            yield rule.languages


class _Reader:
    """Turns the tables of the file into rules; any surprise is an error that names it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._prefixes: Mapping[str, str] = document["prefixes"]

    def mapping(self) -> PropertyMapping:
        document = self._document
        return PropertyMapping(
            prefixes=self._prefixes,
            nodes=tuple(self._node(label, table) for label, table in document["node"].items()),
            relationships=tuple(self._relationship(t) for t in document["relationship"]),
            carried=frozenset(self.iri(c) for c in document["carried"]["classes"]),
            short_paths={self.iri(k): v for k, v in document["short_path"].items()},
            lost={self.iri(t["of"]): t["why"] for t in document["lost"]},
            unmapped={self.iri(k): v for k, v in document["unmapped"].items()},
        )

    def iri(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        if not colon or prefix not in self._prefixes:
            raise ValueError(f"{FILE}: {name!r} has no known prefix")
        return self._prefixes[prefix] + local

    def path(self, text: str) -> Path:
        if text == ".":
            return ()
        return tuple(
            Step(self.iri(part.removeprefix("^")), part.startswith("^")) for part in text.split("/")
        )

    def _optional(self, name: str | None) -> str | None:
        return None if name is None else self.iri(name)

    def _conditions(self, table: dict[str, Any]) -> Conditions:
        return tuple((self.iri(k), frozenset(v)) for k, v in table.pop("where", {}).items())

    def _properties(self, table: Mapping[str, Any]) -> tuple[PropertyRule, ...]:
        return tuple(self._property(name, spec) for name, spec in table.items())

    def _property(self, name: str, spec: str | Mapping[str, Any]) -> PropertyRule:
        table: dict[str, Any] = {"from": spec} if isinstance(spec, str) else dict(spec)
        paths = table.pop("from")
        rule = PropertyRule(
            name=_checked(name),
            paths=tuple(self.path(p) for p in ([paths] if isinstance(paths, str) else paths)),
            many=table.pop("list", False),
            as_date=table.pop("as", None) == "date",
            language=table.pop("language", None),
            languages=table.pop("languages", None),
            lacking=self._optional(table.pop("lacking", None)),
            where=self._conditions(table),
        )
        _nothing_left(table, name)
        return rule

    def _node(self, label: str, given: Mapping[str, Any]) -> NodeRule:
        table = dict(given)
        rule = NodeRule(
            label=_checked(label),
            cls=self.iri(table.pop("class")),
            parent=table.pop("with", None),
            properties=self._properties(table.pop("properties", {})),
        )
        _nothing_left(table, label)
        return rule

    def _relationship(self, given: Mapping[str, Any]) -> RelationshipRule:
        table = dict(given)
        of, first_by = table.pop("of", []), table.pop("first_by", None)
        rule = RelationshipRule(
            type=_checked(table.pop("type")),
            classes=tuple(self.iri(c) for c in ([of] if isinstance(of, str) else of)),
            having=self._optional(table.pop("having", None)),
            start=self.path(table.pop("start")),
            end=self.path(table.pop("end")),
            where=self._conditions(table),
            lacking=self._optional(table.pop("lacking", None)),
            keyed=table.pop("keyed", False),
            adds_only=table.pop("adds_only", False),
            first_by=None if first_by is None else self.path(first_by),
            properties=self._properties(table.pop("properties", {})),
        )
        _nothing_left(table, rule.type)
        return rule


def _checked(name: str) -> str:
    """Names go into statements, where they cannot be parameters: so they are plain words."""
    if not _NAME.match(name) or name in RESERVED:
        raise ValueError(f"{FILE}: {name!r} cannot be a label, type or property")
    return name


def _nothing_left(table: Mapping[str, Any], where: str) -> None:
    if table:
        raise ValueError(f"{FILE}: {where} has unknown settings: {', '.join(table)}")


def parse(text: str) -> PropertyMapping:
    """Read a declaration.

    Raises:
        ValueError: it is no TOML, or says something that is not understood.
    """
    return _Reader(tomllib.loads(text)).mapping()


@cache
def property_mapping() -> PropertyMapping:
    """The declaration that ships with the ontology."""
    return parse((resources.files("ontology") / FILE).read_text(encoding="utf-8"))
