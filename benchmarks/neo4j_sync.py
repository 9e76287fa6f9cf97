"""The sync on a live Neo4j: first load, nothing changed, one report, comparison, a question.

    PYTHONPATH=. python benchmarks/neo4j_sync.py GRAPH_DIRECTORY [--copies N] [--rdflib-neo4j PYTHON]
        [--jars DIR --java JAVA]

Starts the Neo4j of the tests (Java and Maven) and stops it again. `--jars` and `--java` name another
version (what `mvn dependency:copy-dependencies` makes of tests/neo4j/server/pom.xml with that
version in it) and the Java that it wants. `--copies` puts N copies of the
merged graph side by side, for a larger one. `--rdflib-neo4j` names a Python that has rdflib-neo4j.
Times are of the client, the opening of the graph and the connection included, start-up of Python
and server not; compare ratios, since server and client share the machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import neo4j
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

import queries
from kg import ids
from kg.project import project
from kg.property_graph import PropertyGraph
from kg.store.base import DEFAULT_GRAPH, Change
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync, verify
from kg.sync.query import ask
from kg.sync.target import connect
from queries.running import cypher_parameters
from tests.neo4j.server_process import Server
from tests.sample import load, told

FIRST_LOAD = """
import re, sys, time
from pathlib import Path
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync
began = time.perf_counter()
with OxigraphStore.open_read_only(sys.argv[2]) as view:
    sync(view, Neo4jTarget(sys.argv[1], database="neo4j"))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())  # Linux only
print(time.perf_counter() - began, int(peak[1]) // 1024 if peak else 0)
"""
RDFLIB_NEO4J = """
import sys, time
from rdflib import Graph
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig
auth = {"uri": sys.argv[1], "database": "neo4j", "user": "neo4j", "pwd": "none"}
config = Neo4jStoreConfig(auth_data=auth, batching=True,
    handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE)
began = time.perf_counter()
graph = Graph(store=Neo4jStore(config=config))
graph.parse(sys.argv[2], format="nt")
graph.close(True)
print(time.perf_counter() - began)
"""

# By its IRI: copies of a graph have every name several times.
TRADE = f"{ids.BASE}topic/trade"


def main() -> None:
    """Measure, and print a Markdown table."""
    arguments = _arguments()
    folder = Path(tempfile.mkdtemp())
    server = Server(other=arguments.jars, java=arguments.java)
    try:
        home = copied(Path(arguments.graph), folder / "graph", arguments.copies)
        bench = Bench(home, Neo4jTarget(server.uri, database="neo4j"))
        rows = [*bench.loads(arguments.rdflib_neo4j, folder), *bench.syncs(), *bench.questions()]
    finally:
        server.stop()
        shutil.rmtree(folder)
    print(f"{bench.size}, {bench.version}\n\n| what | seconds |\n| --- | --- |")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.3f} |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rdflib-neo4j", metavar="PYTHON")
    parser.add_argument("--jars", metavar="DIR", type=Path)
    parser.add_argument("--java", default="java")
    return parser.parse_args()


def copied(source: Path, home: Path, copies: int) -> Path:
    """A directory with the merged graph, so many times side by side."""
    with OxigraphStore.open_read_only(source) as view, OxigraphStore(home) as store:
        quads = list(view.quads(graph=DEFAULT_GRAPH))
        added = {q for n in range(copies) for q in (quads if not n else _beside(quads, n))}
        store.apply(Change(added=frozenset(added)))
    return home


def _beside(quads: list[Quad], n: int) -> Iterator[Quad]:
    def moved(term: Any) -> Any:
        ours = isinstance(term, NamedNode) and term.value.startswith(ids.BASE)
        return NamedNode(f"{term.value}~{n}") if ours else term

    return (Quad(moved(q.subject), q.predicate, moved(q.object)) for q in quads)


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


class Bench:
    """One graph and one server."""

    def __init__(self, home: Path, target: Neo4jTarget) -> None:
        self.home, self.target = home, target
        with OxigraphStore.open_read_only(home) as view:
            self.projected = project(view)
            triples = sum(1 for _ in view.quads(graph=DEFAULT_GRAPH))
        nodes, arrows = len(self.projected.nodes), len(self.projected.relationships)
        with neo4j.GraphDatabase.driver(target.uri) as driver:
            self.version = driver.get_server_info().agent
        self.size = f"{triples} triples, {nodes} nodes, {arrows} relationships"

    def sync(self, **options: Any) -> Any:
        with OxigraphStore.open_read_only(self.home) as view:
            return sync(view, self.target, **options)

    def verify(self) -> None:
        with OxigraphStore.open_read_only(self.home) as view:
            assert verify(view, self.target).equal

    def loads(self, other: str | None, folder: Path) -> Iterator[tuple[str, float]]:
        """First loads, each into an empty database; the plain writer first, to warm the server."""
        with neo4j.GraphDatabase.driver(
            self.target.uri, notifications_min_severity="OFF"
        ) as driver:
            plain_load(driver, self.projected)
            empty(driver)
            with OxigraphStore.open_read_only(self.home) as view:
                seconds = timed(lambda: plain_load(driver, project(view)))
            yield "first load by a plain writer (UNWIND … CREATE), projection included", seconds
            empty(driver)
            if other:
                yield from self._by_rdflib(other, folder)
                empty(driver)
        # In a process of its own, of which the memory is measured.
        seconds, memory = _in_python(sys.executable, FIRST_LOAD, self.target.uri, str(self.home))
        yield f"first load by kg sync, {memory:.0f} MB at most", seconds

    def _by_rdflib(self, python: str, folder: Path) -> Iterator[tuple[str, float]]:
        file = folder / "all.nt"
        with OxigraphStore.open_read_only(self.home) as view:
            triples = (q.triple for q in view.quads(graph=DEFAULT_GRAPH))
            serialize(triples, str(file), format=RdfFormat.N_TRIPLES)
        with neo4j.GraphDatabase.driver(
            self.target.uri, notifications_min_severity="OFF"
        ) as driver:
            driver.execute_query(
                "CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS "
                "FOR (r:Resource) REQUIRE r.uri IS UNIQUE"
            )
        (seconds,) = _in_python(python, RDFLIB_NEO4J, self.target.uri, str(file))
        yield "first load by rdflib-neo4j, parsing included", seconds

    def syncs(self) -> Iterator[tuple[str, float]]:
        """Syncs and comparisons of what is there."""
        yield "nothing changed, median of 9", statistics.median(timed(self.sync) for _ in range(9))
        (report, extraction), *_ = told()
        followed = []
        for n in range(9):
            with OxigraphStore(self.home) as store:
                load(store, [(replace(report, id=f"bench-{n}"), extraction)])
            followed.append(timed(self.sync))
        yield "after one report, median of 9", statistics.median(followed)
        yield "everything compared, nothing changed (--full)", timed(lambda: self.sync(full=True))
        yield "verify", timed(self.verify)

    def questions(self) -> Iterator[tuple[str, float]]:
        """The main question, asked in Cypher over an open connection."""
        busiest = self._busiest()
        for given in ({}, {"with": f"{ids.BASE}state/FRA"}, {"topic": TRADE}):
            yield self._question({"person": busiest, **given})
        yield self._question({"topic": TRADE})

    def _question(self, given: dict[str, Any]) -> tuple[str, float]:
        asked = queries.question("who-met-whom")
        with OxigraphStore.open_read_only(self.home) as view:
            values = cypher_parameters(view, asked, given)
        with connect(self.target) as connection:
            rows = len(ask(connection, asked.cypher, values))
            spent = [timed(lambda: ask(connection, asked.cypher, values)) for _ in range(15)]
        named = (v.removeprefix(ids.BASE) for k, v in given.items() if k != "person")
        words = ", ".join([*(["the busiest person"] if "person" in given else []), *named])
        longest = f"longest {max(spent):.3f}"
        what = f"who met whom: {words}, {rows} rows, median of 15, {longest}"
        return what, statistics.median(spent)

    def _busiest(self) -> str:
        """The person who attended most meetings."""
        found = Counter(r.start for r in self.projected.relationships if r.type == "ATTENDED")
        return min(found, key=lambda iri: (-found[iri], iri))


def _in_python(python: str, text: str, *arguments: str) -> list[float]:
    """The numbers that a program of its own prints in the end."""
    command = [python, "-c", text, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.splitlines()[-1].split()]


def empty(driver: neo4j.Driver) -> None:
    """Take everything out, indexes too."""
    with driver.session() as session:
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()
        for row in session.run("SHOW CONSTRAINTS YIELD name").data():
            session.run(f"DROP CONSTRAINT {row['name']}").consume()  # type: ignore[arg-type]
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type = 'RANGE'").data():
            session.run(f"DROP INDEX {row['name']}").consume()  # type: ignore[arg-type]


def plain_load(driver: neo4j.Driver, graph: PropertyGraph) -> None:
    """What anybody would write: constraints, nodes, relationships, in batches of 10,000."""
    labels = graph.node_labels()
    with driver.session() as session:
        for label in sorted(set(labels.values())):
            query: Any = f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.iri IS UNIQUE"
            session.run(query).consume()
        for names, nodes in groupby(graph.nodes, key=lambda n: n.labels):
            rows = [{"iri": n.iri, **_sent(n.properties)} for n in nodes]
            _create(session, f"CREATE (n:{':'.join(names)}) SET n = row", rows)
        shapes = {r.identity: (r.type, labels[r.start], labels[r.end]) for r in graph.relationships}
        ordered = sorted(graph.relationships, key=lambda r: shapes[r.identity])
        for (kind, a, b), found in groupby(ordered, key=lambda r: shapes[r.identity]):
            arrows = [{"a": r.start, "b": r.end, "p": _sent(r.properties)} for r in found]
            query = f"MATCH (a:{a} {{iri: row.a}}) MATCH (b:{b} {{iri: row.b}}) "
            _create(session, query + f"CREATE (a)-[r:{kind}]->(b) SET r = row.p", arrows)


def _create(session: neo4j.Session, text: str, rows: list[dict[str, Any]]) -> None:
    query: Any = f"UNWIND $rows AS row {text}"
    for n in range(0, len(rows), 10_000):
        session.execute_write(lambda t, n=n: t.run(query, rows=rows[n : n + 10_000]).consume())


def _sent(properties: Any) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


if __name__ == "__main__":
    main()
