"""How long each question of the catalogue takes, whatever is asked of it: SPARQL beside Cypher.

    python benchmarks/questions.py [--db DIR]

Every question is asked with every set of its parameters that can be given together, with values that
the graph has much of and values it has little of. Prints, per question, how many ways were tried and
the median and longest time in milliseconds in both languages, and the parameters of the longest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import combinations, product
from statistics import median

import kg
import queries
from kg.errors import UsageError

VALUES = {
    "person": ("Putin", "Lukashenko"), "party": ("USA", "NATO"), "entity": ("Trump", "FRA"),
    "state": ("CHN",), "topic": ("trade",), "date": ("2000-01-01",),
}  # fmt: skip


def ways(question: queries.Question) -> Iterator[dict[str, str]]:
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


def timed(ask: queries.Question, graph: kg.Graph, given: dict[str, str], cypher: bool) -> float:
    """Milliseconds from the call to the last row, names looked up before."""
    from queries.running import bindings, cypher_parameters

    if cypher:
        values = cypher_parameters(graph.view, ask, given)
        start = time.perf_counter()
        graph.cypher(ask.cypher, **values)
    else:
        bound = bindings(graph.view, ask, given)
        start = time.perf_counter()
        for _row in graph.sparql(ask.sparql, **bound):
            pass
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print one line per question and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", default="kg-data")
    parser.add_argument("--question", help="only this one")
    arguments = parser.parse_args()
    print("| question | language | ways | median ms | longest ms | longest with |")
    print("| --- | --- | --- | --- | --- | --- |")
    with kg.open(arguments.db) as graph:
        for name, question in queries.catalogue().items():
            if arguments.question in (None, name):
                for cypher in (False, True):
                    _report(question, graph, cypher)


def _report(question: queries.Question, graph: kg.Graph, cypher: bool) -> None:
    taken = []
    for given in ways(question):
        try:
            taken.append((timed(question, graph, given, cypher), str(given)))
        except UsageError as error:
            print(f"  {question.name} {given}: {error}", file=sys.stderr)
    longest, given = max(taken)
    middle = median(ms for ms, _ in taken)
    language = "Cypher, embedded" if cypher else "SPARQL"
    print(f"| {question.name} | {language} | {len(taken)} | {middle:.1f} | {longest:.0f} | {given} |",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
