"""How long each question of the catalogue takes, whatever is asked of it: SPARQL beside Cypher.

    PYTHONPATH=. python benchmarks/questions.py [--db DIR] [--server] [--runs 5] [--drawn 300]

Every question is asked in every way: with every set of up to two of its free parameters, with values
that the graph has much of and values it has little of. Who-met-whom is besides asked what `--drawn`
meetings of the graph suggest, chosen by chance (always the same): one of its persons, two of them, a
person and a topic, a state and a topic; so the busy are asked for as often as they meet. All ways are
asked once to warm up and then each `--runs` times, of which the median counts. Prints, per question and
engine, the median way, the ninetieth of a hundred and the longest, in milliseconds from the call to
the last row, names looked up before. `--server` starts the Neo4j of the tests with the Java options
of an installed one (Java and Maven are needed), syncs the graph to it, asks it too over one open
connection, and stops it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import combinations, cycle, product
from random import Random
from statistics import median, quantiles
from typing import TypeAlias

import kg
import queries
from kg.errors import UsageError
from kg.graph import Graph
from kg.sync import Neo4jTarget, sync
from kg.sync.query import ask
from kg.sync.target import connect
from queries.running import bindings, cypher_parameters

Given: TypeAlias = dict[str, str]
Engine: TypeAlias = Callable[[queries.Question, Given], Callable[[], object]]
"""Gives what asks a question once."""

VALUES = {
    "person": ("Putin", "Lukashenko"), "party": ("USA", "NATO"), "entity": ("Trump", "FRA"),
    "state": ("CHN",), "topic": ("trade",), "date": ("2000-01-01",),
}  # fmt: skip
SEED = 7
HELD = """
MATCH (m:Meeting) WHERE m.status = 'held'
RETURN m.iri AS meeting, [(m)<-[:ATTENDED]-(p:Person) | p.iri] AS persons,
       [(m)<-[:PARTY_TO]-(s:State) | s.iri] AS states, [(m)-[:DISCUSSED]->(t:Topic) | t.iri] AS topics
ORDER BY meeting
"""
KINDS = (("persons",), ("persons", "persons"), ("persons", "topics"), ("states", "topics"))
NAMES = {"persons": "person", "states": "state", "topics": "topic"}


def ways(question: queries.Question) -> Iterator[Given]:
    """Sets of parameters: the required ones always, of the others up to two."""
    needed = [p for p in question.parameters if p.required]
    free = [p for p in question.parameters if not p.required]
    for count in range(min(2, len(free)) + 1):
        for chosen in combinations(free, count):
            names = [*needed, *chosen]
            offers = [VALUES.get(p.type, (p.example,)) for p in names]
            for values in product(*offers):
                if len(set(values)) == len(values):
                    yield {p.name: v for p, v in zip(names, values, strict=True)}


def drawn(graph: Graph, count: int) -> Iterator[Given]:
    """Questions that held meetings suggest, each kind a quarter of them."""
    meetings, chance, kinds = graph.cypher(HELD), Random(SEED), cycle(KINDS)
    for kind in (next(kinds) for _ in range(count)):
        offers = [{name: sorted(set(m[name])) for name in kind} for m in meetings]
        able = [o for o in offers if all(len(o[name]) >= kind.count(name) for name in kind)]
        if not able:
            continue
        chosen = chance.choice(able)
        if kind == ("persons", "persons"):
            yield dict(zip(("person", "with"), chance.sample(chosen["persons"], 2), strict=True))
        else:
            yield {NAMES[name]: chance.choice(chosen[name]) for name in kind}


def engines(graph: Graph, at: ExitStack, server: bool) -> Iterator[tuple[str, Engine]]:
    """What is asked, by name."""

    def sparql(question: queries.Question, given: Given) -> Callable[[], object]:
        bound = bindings(graph.view, question, given)
        return lambda: list(graph.sparql(question.sparql, **bound))

    def embedded(question: queries.Question, given: Given) -> Callable[[], object]:
        values = cypher_parameters(graph.view, question, given)
        return lambda: graph.cypher(question.cypher, **values)

    yield "SPARQL", sparql
    yield "Cypher, embedded", embedded
    if server:
        yield "Neo4j", at.enter_context(on_server(graph))


@contextmanager
def on_server(graph: Graph) -> Iterator[Engine]:
    """A server with the same graph."""
    from tests.neo4j.server_process import Server

    running = Server(quick_start=False)
    try:
        target = Neo4jTarget(running.uri, database="neo4j")
        sync(graph.view, target)
        with connect(target) as connection:

            def engine(question: queries.Question, given: Given) -> Callable[[], object]:
                values = cypher_parameters(graph.view, question, given)
                return lambda: ask(connection, question.cypher, values)

            yield engine
    finally:
        running.stop()


def main() -> None:
    """Print one line per question and engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", default="kg-data")
    parser.add_argument("--question", help="only this one")
    parser.add_argument("--server", action="store_true", help="a live Neo4j too")
    parser.add_argument("--runs", type=int, default=5, help="of each way, after one to warm up")
    parser.add_argument("--drawn", type=int, default=300, help="questions suggested by meetings")
    parser.add_argument("--only", help="one engine: SPARQL, embedded or Neo4j")
    arguments = parser.parse_args()
    print("| question | asked of | ways | median ms | 90th of 100 | longest | longest with |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with kg.open(arguments.db) as graph, ExitStack() as at:
        asked = [
            (name, engine)
            for name, engine in engines(graph, at, arguments.server)
            if not arguments.only or arguments.only in name
        ]
        for title, question, given in _populations(graph, arguments):
            for name, engine in asked:
                _report(f"{title} | {name}", _timed(engine, question, given, arguments.runs))  # fmt: skip


def _populations(
    graph: Graph, arguments: argparse.Namespace
) -> Iterator[tuple[str, queries.Question, list[Given]]]:
    for name, question in queries.catalogue().items():
        if arguments.question in (None, name):
            yield name, question, list(ways(question))
            if name == "who-met-whom" and arguments.drawn:
                yield f"{name}, drawn", question, list(drawn(graph, arguments.drawn))


def _timed(
    engine: Engine, question: queries.Question, asked: list[Given], runs: int
) -> Iterator[tuple[float, str]]:
    """The median of each way in milliseconds, after all have been asked once."""
    ready = list(_ready(engine, question, asked))
    for once, _ in ready:
        once()
    for once, given in ready:
        yield median(_milliseconds(once) for _ in range(runs)), given


def _ready(
    engine: Engine, question: queries.Question, asked: list[Given]
) -> Iterator[tuple[Callable[[], object], str]]:
    """Each way with its names looked up; one that the graph cannot be asked is named."""
    for given in asked:
        try:
            yield engine(question, given), str(given)
        except UsageError as error:
            print(f"  {question.name} {given}: {error}", file=sys.stderr)


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _report(title: str, taken: Iterator[tuple[float, str]]) -> None:
    found = sorted(taken)
    times = [ms for ms, _ in found]
    ninetieth = quantiles(times, n=10, method="inclusive")[-1]
    longest, given = found[-1]
    print(
        f"| {title} | {len(times)} | {median(times):.1f} | {ninetieth:.1f} | {longest:.0f} | {given} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
