"""The Cypher that a sync sends.

Labels and types in the text come from the mapping and from nowhere else; all values are
parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kg.property_mapping import PropertyMapping

MARK: Final = "_kg"
"""Property of every node and relationship of ours: the name of the graph it belongs to."""
LEDGER: Final = "KgLedger"

READ_LEDGER: Final = f"MATCH (l:{LEDGER} {{graph: $graph}}) RETURN properties(l) AS ledger"
LEDGERS: Final = f"MATCH (l:{LEDGER}) RETURN l.graph AS graph ORDER BY graph"
ENSURE_LEDGER: Final = f"MERGE (:{LEDGER} {{graph: $graph}})"
# MERGE would lock an entry of the index too, and two that wait for each other's are both lost.
LOCK: Final = f"""
MATCH (l:{LEDGER} {{graph: $graph}}) SET l.locked = true REMOVE l.locked RETURN count(l) AS locked
"""
WRITE_LEDGER: Final = f"MATCH (l:{LEDGER} {{graph: $graph}}) SET l += $ledger"
LEDGER_CONSTRAINT: Final = (
    f"CREATE CONSTRAINT kg_ledger IF NOT EXISTS FOR (l:{LEDGER}) REQUIRE l.graph IS UNIQUE"
)
COUNT_NODES: Final = f"MATCH (n) WHERE n.{MARK} = $graph RETURN count(n) AS n"
COUNT_RELATIONSHIPS: Final = f"MATCH ()-[r]->() WHERE r.{MARK} = $graph RETURN count(r) AS n"


def _one_label(name: str) -> str:
    """Of exactly one of our labels."""
    return f"size([x IN labels({name}) WHERE x IN $roots]) = 1"


def _irregular(name: str) -> str:
    """Not so, or without a text as its IRI."""
    return f"NOT ({_one_label(name)} AND coalesce({name}.iri > '', false))"


READ_IRREGULAR_NODES: Final = f"""
MATCH (n) WHERE n.{MARK} = $graph AND {_irregular("n")}
RETURN labels(n) AS labels, properties(n) AS properties
"""
READ_IRREGULAR_RELATIONSHIPS: Final = f"""
MATCH (a)-[r]->(b) WHERE r.{MARK} = $graph
  AND (coalesce(a.{MARK}, '') <> $graph OR {_irregular("a")})
RETURN type(r) AS type, a.{MARK} = $graph AND b.{MARK} = $graph AS whole,
       a.iri AS start, b.iri AS end, properties(r) AS properties
"""
READ_INDEXES: Final = """
SHOW INDEXES YIELD labelsOrTypes, properties, owningConstraint
RETURN labelsOrTypes AS labels, properties, owningConstraint IS NOT NULL AS unique
"""
REMOVE_STRAYS: Final = f"""
MATCH (a)-[r]->(b) WHERE r.{MARK} = $graph
  AND (coalesce(a.{MARK}, '') <> $graph OR coalesce(b.{MARK}, '') <> $graph)
DELETE r
"""
REMOVE_NAMELESS: Final = f"""
MATCH (n) WHERE n.{MARK} = $graph AND n.iri IS NULL DETACH DELETE n
"""
# Labels and types that are parameters: one plan for all of them, where each statement of its own
# costs the server 50 ms to plan. The server's own ids spare it two look-ups per relationship.
CREATE_NODES: Final = """
UNWIND $rows AS row CREATE (n:$(row[0])) SET n = row[1]
RETURN collect([row[1].iri, elementId(n)]) AS ids, count(n) AS done
"""
CREATE_RELATIONSHIPS: Final = """
UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row[1] MATCH (b) WHERE elementId(b) = row[2]
CREATE (a)-[r:$(row[0])]->(b) SET r = row[3] RETURN count(r) AS done
"""
# Neo4j answers these from counters.
COUNT_ALL_NODES: Final = "MATCH (n) RETURN count(n) AS n"
COUNT_LEDGERS: Final = f"MATCH (l:{LEDGER}) RETURN count(l) AS n"
COUNT_ALL_RELATIONSHIPS: Final = "MATCH ()-[r]->() RETURN count(r) AS n"
REMOVE_UNLABELLED: Final = f"""
MATCH (n) WHERE n.{MARK} = $graph AND n.iri IN $iris DETACH DELETE n
"""


class Statements:
    """Statements for the labels and types of one mapping."""

    def __init__(self, mapping: PropertyMapping) -> None:
        self._families: dict[str, list[str]] = {}
        for rule in mapping.nodes:
            self._families.setdefault(mapping.labels_of(rule.label)[0], []).append(rule.label)
        self.types = frozenset(r.type for r in mapping.relationships)
        self.keyed = frozenset(r.type for r in mapping.relationships if r.keyed)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that nodes are found by."""
        return tuple(self._families)

    def known(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Those of a server's labels that are of our mapping, the one to find it by first."""
        for root, family in self._families.items():
            if root in labels:
                return tuple(label for label in family if label in labels)
        return ()

    def read_nodes(self, label: str) -> str:
        """Labels, properties and number of relationships of the next nodes, by their IRIs."""
        return (
            f"MATCH (n:{self._checked(label)}) WHERE n.iri > $after AND n.{MARK} = $graph "
            f"AND {_one_label('n')} "
            "WITH n ORDER BY n.iri LIMIT $size "
            "RETURN collect([labels(n), properties(n), COUNT { (n)-->() }]) AS found"
        )

    def read_leaving(self, label: str, *, each: bool = False) -> str:
        """What leaves the nodes of a range of IRIs.

        Args:
            each: one row for each relationship instead of all in one value.
        """
        found = f"[type(r), b.iri, b.{MARK} = $graph, properties(r)]"
        return (
            f"MATCH (a:{self._checked(label)}) "
            f"WHERE a.iri >= $first AND a.iri <= $last AND a.{MARK} = $graph "
            f"AND {_one_label('a')} "
            f"MATCH (a)-[r]->(b) WHERE r.{MARK} = $graph "
            + (
                f"RETURN a.iri AS start, {found} AS found"
                if each
                else f"WITH a, collect({found}) AS found RETURN collect([a.iri, found]) AS found"
            )
        )

    def constraints(self, found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """Constraints that a server lacks: no two nodes of one graph have one IRI and label.

        Args:
            found: what the server has, as `READ_INDEXES` answers.
        """
        there = {_columns(index) for index in found if index["unique"]}
        if (LEDGER, "graph") not in there:
            yield LEDGER_CONSTRAINT
        for label in self.labels:
            if (label, "iri", MARK) not in there:
                yield (
                    f"CREATE CONSTRAINT kg_{label.lower()}_key IF NOT EXISTS FOR (n:{label}) "
                    f"REQUIRE (n.iri, n.{MARK}) IS UNIQUE"
                )

    def indexes(self, found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """Indexes that a server lacks: who asks for an IRI without the graph is answered at once."""
        there = {_columns(index) for index in found}
        for label in self.labels:
            if (label, "iri") not in there:
                yield (
                    f"CREATE INDEX kg_{label.lower()}_iri IF NOT EXISTS FOR (n:{label}) ON (n.iri)"
                )

    def put_nodes(self, labels: Sequence[str]) -> str:
        """Nodes with exactly these labels of ours and exactly these properties."""
        root = self._checked(labels[0])
        other = [label for label in self._families[root] if label not in labels]
        return (
            f"UNWIND $rows AS row MERGE (n:{root} {{iri: row.iri, {MARK}: $graph}}) "
            "SET n = row.properties"
            + (f" SET n:{':'.join(labels)}" if len(labels) > 1 else "")
            + (f" REMOVE n:{':'.join(other)}" if other else "")
            + " RETURN count(n) AS done"
        )

    def put_relationships(self, kind: str, start: str, end: str) -> str:
        """Relationships with exactly these properties, between nodes that are there."""
        key = f"{MARK}: $graph" + (", iri: row.key" if kind in self.keyed else "")
        return (
            f"UNWIND $rows AS row {self._ends(start, end)} "
            f"MERGE (a)-[r:{kind} {{{key}}}]->(b) SET r = row.properties RETURN count(r) AS done"
        )

    def remove_relationships(self, kind: str, start: str, end: str) -> str:
        """Relationships of ours, whatever others there are between the same two."""
        pattern, which = (
            (f"[r:{kind}]", "") if kind in self.types else ("[r]", "type(r) = $type AND ")
        )
        return (
            f"UNWIND $rows AS row {self._ends(start, end)} MATCH (a)-{pattern}->(b) "
            f"WHERE {which}r.{MARK} = $graph AND coalesce(r.iri, '') = row.key DELETE r"
        )

    def relabel(self, old: str, new: str) -> str:
        """Nodes of ours that will be found by another label."""
        found = f"(n:{self._checked(old)})" if old else "(n)"
        return (
            f"MATCH {found} WHERE n.iri IN $iris AND n.{MARK} = $graph SET n:{self._checked(new)}"
            + (f" REMOVE n:{old}" if old else "")
        )

    def remove_nodes(self, label: str) -> str:
        """Nodes of ours, with whatever hangs on them."""
        if not label:
            return REMOVE_UNLABELLED
        return (
            f"MATCH (n:{self._checked(label)}) WHERE n.iri IN $iris AND n.{MARK} = $graph "
            "DETACH DELETE n"
        )

    def _ends(self, start: str, end: str) -> str:
        a, b = (f":{self._checked(label)}" if label else "" for label in (start, end))
        return (
            f"MATCH (a{a} {{iri: row.start, {MARK}: $graph}}) "
            f"MATCH (b{b} {{iri: row.end, {MARK}: $graph}})"
        )

    def _checked(self, label: str) -> str:
        if label not in self._families:
            raise ValueError(f"{label!r} is no label of the mapping")
        return label


def _columns(index: Mapping[str, Any]) -> tuple[str, ...]:
    return (*(index["labels"] or ()), *(index["properties"] or ()))
